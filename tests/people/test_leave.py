"""A member leaves: every link is handed over or ends in so many words, and nothing is forgotten on the way."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.journal.models import Entry
from shangliang.people import commands
from shangliang.people.models import ContactLink, Leader, Member, Station
from shangliang.people.queries import chain, serving_members
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from tests import factories

SINCE = dt.date(2023, 1, 10)
LAST = dt.date(2023, 6, 30)
AFTER = LAST + dt.timedelta(1)


@pytest.fixture
def chained(office_staff, committee, courtyard, village):
    """毛万二小院 with its whole chain: a vice chair who serves it too, an office, a station."""
    by = {"by": office_staff, "committee": committee}
    office = commands.add_office(**by, name="农业农村委")
    station = commands.add_station(**by, name="安富联络站", kind=Station.Kind.LIAISON, region=village.parent)
    commands.add_station(**by, name="清流联络站", kind=Station.Kind.LIAISON, region=_elsewhere(village))
    member = factories.member(committee, name="张委员")
    leader = commands.appoint_leader(by=office_staff, member=member, post="副主席", since=SINCE)
    top = commands.link(**by, kind="leader_office", since=SINCE, leader=leader, office=office)
    commands.link(**by, kind="office_station", since=SINCE, office=office, station=station)
    low = commands.link(**by, kind="member_courtyard", since=SINCE, member=member, venue=courtyard)
    return member, leader, top, low


def _elsewhere(village):
    return type(village).objects.get(code="500153112")


def leave(office_staff, member, successors, on=LAST, **fields):
    return commands.leave(
        by=office_staff, committee=member.committee, member=member, on=on, successors=successors, **fields
    )


def test_the_chain_runs_from_the_leader_to_the_member_in_four_queries(chained, courtyard, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = chain(courtyard, SINCE)
        words = [list(map(str, level)) for level in (found.leaders, found.offices, found.stations, found.members)]
    assert words == [["副主席 张委员"], ["农业农村委"], ["安富联络站"], ["张委员"]]
    early = chain(courtyard, SINCE - dt.timedelta(1))
    assert (early.leaders, early.offices, early.members) == ([], [], [])


def test_a_member_leaves_and_every_link_goes_on_or_ends(office_staff, committee, courtyard, chained):
    member, leader, top, low = chained
    taking = factories.member(committee, name="李委员")
    leave(office_staff, member, {low.pk: taking, top.pk: None}, why="工作调动")
    assert Member.objects.get(pk=member.pk).term_to == LAST
    assert Leader.objects.get(pk=leader.pk).until == LAST
    assert serving_members(courtyard, LAST) == [member]
    assert serving_members(courtyard, AFTER) == [taking]
    assert chain(courtyard, AFTER).leaders == []
    told = set(Entry.objects.values_list("event", flat=True))
    assert {"people.member_left", "people.leader_ended", "people.link_ended"} <= told


@pytest.mark.parametrize("wrong", ["forgotten", "himself", "gone", "already", "before", "early", "twice"])
def test_a_hand_over_that_cannot_be_changes_nothing(office_staff, committee, courtyard, chained, wrong):
    member, _leader, top, low = chained
    other = factories.member(committee, name="李委员", term_to=LAST if wrong == "gone" else None)
    if wrong == "already":
        commands.link(
            by=office_staff, committee=committee, kind="member_courtyard", since=SINCE, member=other, venue=courtyard
        )
    successors = {low.pk: member if wrong == "himself" else other, top.pk: None}
    if wrong == "forgotten":
        del successors[low.pk]
    on = {"before": factories.LONG_AGO - dt.timedelta(1), "early": SINCE - dt.timedelta(1)}.get(wrong, LAST)
    if wrong == "twice":
        leave(office_staff, member, successors)
    said = {
        "forgotten": "没有人接", "himself": "他自己", "gone": "已经离任", "already": "已有联系",
        "before": "早于任期", "early": "才开始", "twice": "已经结束",
    }[wrong]  # fmt: skip
    before = Entry.objects.count()
    with pytest.raises(Refused, match=said) as refusal:
        leave(office_staff, member, successors, on=on)
    assert Entry.objects.count() == before
    beside_link = {"forgotten", "himself", "gone", "already"}
    assert refusal.value.field == (f"link_{low.pk}" if wrong in beside_link else refusal.value.field)
    if wrong != "twice":
        assert Member.objects.get(pk=member.pk).term_to is None
        assert not ContactLink.objects.exclude(until=None).exists()


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.COMMITTEE_OFFICE, Role.LIAISON, Role.UNIT_CLERK)])
def test_only_the_office_enters_that_a_member_leaves(account, chained, role):
    member, _leader, top, low = chained
    with pytest.raises(Refused, match="政协办公室"):
        leave(account(role), member, {top.pk: None, low.pk: None})


def test_the_page_asks_for_each_link_and_keeps_what_was_chosen(client_as, office_staff, committee, chained, account):
    member, _leader, top, low = chained
    account(Role.MEMBER, member=member)
    near, far = factories.member(committee, name="近邻"), factories.member(committee, name="远客")
    yard = factories.courtyard(low.venue.region, committee=committee, name="竹林小院")
    commands.link(by=office_staff, committee=committee, kind="member_courtyard", since=SINCE, member=near, venue=yard)
    desk, where = client_as(office_staff), reverse("people:leave", args=[member.pk])
    page = desk.get(where).content.decode()
    assert page.index("近邻") < page.index("远客")
    assert "账号不会自动停用" in page
    assert "副主席" in page
    posted = {"on": clock.today().isoformat(), f"link_{low.pk}": f"member-{far.pk}", "why": "调动"}
    answer = desk.post(where, posted)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请选一位接手的人" in html
    assert f'value="member-{far.pk}" selected' in html
    assert "调动" in html
    answer = desk.post(where, {**posted, f"link_{top.pk}": "nobody"})
    assert answer.status_code == 302
    assert serving_members(low.venue, clock.today() + dt.timedelta(1)) == [far]
    assert member.account.is_active
    assert "离任" in desk.get(where).content.decode()


def test_a_refusal_stands_beside_its_link(client_as, office_staff, committee, chained):
    member, _leader, top, low = chained
    gone = factories.member(committee, name="快离任", term_to=clock.today())
    posted = {
        "on": clock.today().isoformat(), f"link_{low.pk}": f"member-{gone.pk}", f"link_{top.pk}": "nobody", "why": "",
    }  # fmt: skip
    answer = client_as(office_staff).post(reverse("people:leave", args=[member.pk]), posted)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'id="id_link_{low.pk}_error"' in html
    assert "那时已经离任" in html


def test_the_page_takes_a_fixed_number_of_queries(client_as, office_staff, committee, village, chained):
    member, *_rest = chained
    desk, where = client_as(office_staff), reverse("people:leave", args=[member.pk])
    desk.get(where)
    with CaptureQueriesContext(connection) as few:
        desk.get(where)
    for n in range(6):
        yard = factories.courtyard(village, committee=committee, name=f"小院{n}")
        for who in (member, factories.member(committee)):
            commands.link(
                by=office_staff, committee=committee, kind="member_courtyard", since=SINCE, member=who, venue=yard
            )
    with CaptureQueriesContext(connection) as many:
        desk.get(where)
    assert len(many) == len(few)


def test_a_member_linked_twice_and_a_link_that_ends_too_early_are_refused_on_the_page(
    client_as, office_staff, chained, courtyard
):
    member, _leader, _top, low = chained
    desk = client_as(office_staff)
    twice = desk.post(
        reverse("people:links") + "?kind=member_courtyard",
        {"member": member.pk, "venue": courtyard.pk, "since": "2023-05-12"},
    )
    assert twice.status_code == 422
    assert "已有联系" in twice.content.decode()
    early = desk.post(reverse("people:end_link", args=[low.pk]), {"on": "2023-01-09", "why": "打错了"})
    assert early.status_code == 422
    assert "早于开始日期" in early.content.decode()
    assert "打错了" in early.content.decode()
    assert ContactLink.objects.get(pk=low.pk).until is None
