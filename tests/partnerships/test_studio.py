"""A studio run by two committees: members of three levels, and names that cross by consent alone."""

import datetime as dt
import json

import pytest

from shangliang.federation import relay
from shangliang.federation.models import Incoming, Outgoing
from shangliang.journal.models import PersonalValue
from shangliang.partnerships import commands
from shangliang.partnerships.models import JointStudio
from shangliang.people.models import Member
from shangliang.people.tenancy import everywhere, within
from shangliang.shared import clock
from shangliang.studios import commands as studios

from .conftest import mirror


@pytest.fixture
def studio(sides, post, active):
    with clock.at(dt.date(2023, 3, 28)):
        own = studios.establish(
            by=sides.rc.office, committee=sides.rc.committee, name="“双昌”委员工作室", kind="joint", region=sides.rc.place
        )
        studios.seat(by=sides.rc.office, studio=own, role="lead", member=sides.rc.member)
        studios.open(by=sides.rc.office, studio=own)
        made = commands.set_up(by=sides.rc.office, committee=sides.rc.committee, partnership=active, studio=own)
        relay.relay()
        with within(sides.lc.committee):
            commands.join(by=sides.lc.office, jointstudio=mirror(sides.lc, made))
        relay.relay()
    return mirror(sides.rc, made)


def bodies():
    with everywhere():
        return " ".join([*Outgoing.objects.values_list("body", flat=True), *Incoming.objects.values_list("body", flat=True)])


def test_it_is_open_when_both_have_joined(sides, studio):
    assert studio.state == JointStudio.State.OPEN
    with within(sides.lc.committee):
        assert mirror(sides.lc, studio).state == JointStudio.State.OPEN


def test_members_of_three_levels_sit_in_it_and_only_who_agreed_is_named(sides, studio):
    Member.objects.filter(pk=sides.rc.other_member.pk).update(level="province")
    sides.rc.other_member.refresh_from_db()
    commands.tell_seat(by=sides.rc.office, jointstudio=studio, member=sides.rc.member)
    commands.tell_seat(by=sides.rc.office, jointstudio=studio, member=sides.rc.other_member, consented=True)
    relay.relay()
    assert sides.rc.member.name + '"' not in bodies()
    with within(sides.lc.committee):
        seats = list(mirror(sides.lc, studio).seats.all())
        assert [(seat.level, seat.name) for seat in seats] == [("county", ""), ("province", sides.rc.other_member.name)]
    with within(sides.rc.committee):
        out = Outgoing.objects.order_by("-pk")[:2]
        assert [row.consents for row in out] == ["name", ""]


def test_a_consent_taken_back_takes_the_name_away_on_both_sides(sides, studio):
    name = sides.rc.other_member.name
    commands.tell_seat(by=sides.rc.office, jointstudio=studio, member=sides.rc.other_member, consented=True)
    relay.relay()
    assert name in bodies()
    commands.take_back_seat(by=sides.rc.office, jointstudio=studio, seat=studio.seats.get())
    relay.relay()
    with everywhere():
        assert not PersonalValue.objects.filter(value=name, entry__subject="partnerships.jointstudio").exists()
    for side in (sides.rc, sides.lc):
        with within(side.committee):
            seat = mirror(side, studio).seats.get()
            assert (seat.name, bool(seat.withdrawn_on)) == ("", True)
    assert name not in bodies()
    assert json.loads(Outgoing.objects.order_by("-pk").first().body)["fields"] == {"nth": 3, "number": 1}
