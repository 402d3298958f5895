"""The register of bodies, members and the three links of the serving chain."""

import datetime as dt

import pytest
from django_scopes.exceptions import ScopeError

from shangliang.journal.models import Entry
from shangliang.people import commands
from shangliang.people.actors import CLOCK
from shangliang.people.models import ContactLink, Member, Office, Station, Unit
from shangliang.people.queries import serving_members
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.shared.refusals import Refused
from tests import factories

DAY = dt.date(2023, 5, 12)


@pytest.fixture
def office(office_staff, committee):
    return commands.add_office(by=office_staff, committee=committee, name="农业农村委")


@pytest.fixture
def station(office_staff, committee, village):
    return commands.add_station(
        by=office_staff, committee=committee, name="安富司法所",
        kind=Station.Kind.JUSTICE, region=village.parent,
    )


def _serve(office_staff, committee, member, venue, **days):
    return commands.link(
        by=office_staff, committee=committee, kind=ContactLink.Kind.MEMBER_COURTYARD,
        member=member, venue=venue, **days,
    )


def test_a_query_without_a_committee_in_scope_raises(db):
    for model in (Office, Unit, Member, ContactLink):
        with pytest.raises(ScopeError):
            model.objects.count()


def test_one_committee_sees_nothing_of_another(committee, other_committee, unit):
    factories.member(committee)
    with within(other_committee):
        assert Unit.objects.count() == Member.objects.count() == 0
    assert Unit.objects.count() == 1


def test_only_the_command_line_establishes_a_committee(office_staff, county):
    with pytest.raises(Refused, match="服务器上用命令"):
        commands.establish_committee(
            by=office_staff, code="X", name="x", short_name="x", region=county
        )


def test_a_body_is_registered_once(office_staff, committee, unit):
    with pytest.raises(Refused, match="同名"):
        commands.add_unit(
            by=office_staff, committee=committee, name=unit.name, kind=Unit.Kind.TOWN
        )


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDITOR, Role.REVIEWER])
def test_others_do_not_keep_the_register(account, committee, role):
    with pytest.raises(Refused, match="登记"):
        commands.add_office(by=account(role), committee=committee, name="文史委")


def test_another_committees_office_keeps_away(account, committee, other_committee):
    stranger = account(Role.COMMITTEE_OFFICE, committee=other_committee)
    with pytest.raises(Refused):
        commands.add_office(by=stranger, committee=committee, name="文史委")


def test_many_members_are_as_many_entries(office_staff, committee):
    before = Entry.objects.count()
    rows = [
        {"name": f"演示委员{n}", "sector": "农业界", "term": 15, "term_from": DAY, "demo": True}
        for n in range(12)
    ]
    members = commands.add_members(by=office_staff, committee=committee, rows=rows)
    entries = Entry.objects.filter(seq__gt=before)
    assert len({m.pk for m in members}) == 12
    assert [e.subject_id for e in entries] == [m.pk for m in members]
    assert not entries.filter(data__contains="演示委员").exists()


def test_a_member_serves_a_courtyard_from_day_to_day(office_staff, committee, courtyard):
    member = factories.member(committee)
    _serve(office_staff, committee, member, courtyard, since=DAY, until=DAY + dt.timedelta(9))
    assert serving_members(courtyard, DAY) == [member]
    assert serving_members(courtyard, DAY - dt.timedelta(1)) == []
    assert serving_members(courtyard, DAY + dt.timedelta(10)) == []


def test_the_same_two_are_linked_once_at_a_time(office_staff, committee, courtyard):
    member = factories.member(committee)
    _serve(office_staff, committee, member, courtyard, since=DAY)
    with pytest.raises(Refused, match="已有联系"):
        _serve(office_staff, committee, member, courtyard, since=DAY + dt.timedelta(30))
    _serve(
        office_staff, committee, member, courtyard,
        since=DAY - dt.timedelta(30), until=DAY - dt.timedelta(1),
    )
    assert ContactLink.objects.count() == 2


def test_a_link_does_not_end_before_it_starts(office_staff, committee, courtyard):
    with pytest.raises(Refused, match="早于开始日期"):
        _serve(
            office_staff, committee, factories.member(committee), courtyard,
            since=DAY, until=DAY - dt.timedelta(1),
        )


def test_a_link_joins_the_two_that_its_kind_names(office_staff, committee, office, courtyard):
    with pytest.raises(Refused, match="两方不对"):
        commands.link(
            by=office_staff, committee=committee, kind=ContactLink.Kind.MEMBER_COURTYARD,
            since=DAY, office=office, venue=courtyard,
        )


def test_a_link_does_not_reach_into_another_committee(
    office_staff, committee, other_committee, courtyard
):
    stranger = factories.member(other_committee)
    with pytest.raises(Refused, match="两方不对"):
        _serve(office_staff, committee, stranger, courtyard, since=DAY)


def test_the_whole_serving_chain_can_be_recorded(office_staff, committee, office, station):
    member = factories.member(committee, name="班子甲")
    leader = commands.appoint_leader(by=office_staff, member=member, post="副主席", since=DAY)
    first = commands.link(
        by=office_staff, committee=committee, kind="leader_office", since=DAY,
        leader=leader, office=office,
    )
    second = commands.link(
        by=office_staff, committee=committee, kind="office_station", since=DAY,
        office=office, station=station,
    )
    assert first.ends == (leader, office)
    assert second.ends == (office, station)


def test_a_hand_over_leaves_no_gap(office_staff, committee, courtyard):
    old, new = factories.member(committee), factories.member(committee)
    link = _serve(office_staff, committee, old, courtyard, since=DAY)
    last = DAY + dt.timedelta(100)
    taken = commands.end_link(by=office_staff, link=link, on=last, successor=new, why="换届")
    assert serving_members(courtyard, last) == [old]
    assert serving_members(courtyard, last + dt.timedelta(1)) == [new]
    assert taken.since == last + dt.timedelta(1)
    with pytest.raises(Refused, match="已经结束"):
        commands.end_link(by=office_staff, link=link, on=last)


def test_the_command_line_may_fill_the_register(committee):
    assert commands.add_office(by=CLOCK, committee=committee, name="提案委").name == "提案委"
