"""The register's pages: who may open them, what a form takes, what it says when it does not."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.people import commands
from shangliang.people.models import ContactLink, Leader, Member, Office, Station, Unit
from shangliang.people.queries import serving_members
from shangliang.people.register import SECTIONS
from shangliang.people.roles import Role
from shangliang.shared import clock
from tests import factories

DAY = dt.date(2023, 5, 12)
EVERY = [section.name for section in SECTIONS]
BODIES = ["units", "offices", "stations"]


@pytest.fixture
def desk(client_as, office_staff):
    """The committee's office before its screen."""
    return client_as(office_staff)


@pytest.fixture
def office(office_staff, committee):
    return commands.add_office(by=office_staff, committee=committee, name="农业农村委")


def address(name, kind=""):
    return reverse(f"people:{name}") + (f"?kind={kind}" if kind else "")


def enter(desk, section, link="", /, **fields):
    return desk.post(address(section, link), fields)


def member_fields(**fields):
    return {"name": "张三", "sector": "农业界", "term": 15, "term_from": "2022-01-10", **fields}


def test_the_office_registers_all_that_a_committee_is_made_of(desk, village, courtyard):
    town = village.parent.pk
    assert enter(desk, "units", name="安富街道办事处", kind="town", region=town).status_code == 302
    enter(desk, "units", name="区城市管理局", kind="department")
    enter(desk, "offices", name="农业农村委")
    enter(desk, "stations", name="安富司法所", kind="justice", region=town)
    enter(desk, "members", **member_fields())
    enter(desk, "leaders", member=Member.objects.get().pk, post="副主席", since="2022-01-12")
    member, leader, office = Member.objects.get(), Leader.objects.get(), Office.objects.get()
    days = {"since": "2023-05-12"}
    enter(desk, "links", "leader_office", leader=leader.pk, office=office.pk, **days)
    enter(desk, "links", "office_station", office=office.pk, station=Station.objects.get().pk, **days)
    enter(desk, "links", "member_courtyard", member=member.pk, venue=courtyard.pk, **days)
    assert set(Unit.objects.values_list("name", "region")) == {("安富街道办事处", town), ("区城市管理局", None)}
    assert sorted(ContactLink.objects.values_list("kind", flat=True)) == sorted(ContactLink.Kind.values)
    assert serving_members(courtyard, DAY) == [member]
    page = desk.get(address("links", "member_courtyard")).content.decode()
    assert "张三（农业界，第15届）" in page and "安富街道普陀村毛万二小院" in page
    overview = desk.get(reverse("people:register")).content.decode()
    assert re.findall(r'class="stat-value">(\d+)<', overview) == ["2", "1", "1", "1", "1", "3"]


@pytest.mark.parametrize("name", EVERY)
def test_an_empty_list_offers_its_form_at_once(desk, name):
    page = desk.get(address(name)).content.decode()
    assert "还没有登记" in page and '<details class="verb verb-primary" open>' in page


@pytest.mark.parametrize(
    ("name", "fields", "sentence"),
    [
        ("units", {"name": "安富街道办事处", "kind": "town"}, "镇街、村（社区）要写明在哪里"),
        ("units", {"name": "毗邻单位", "kind": "other", "region": "511083104"}, "选择一个有效的选项"),
        ("stations", {"name": "安富司法所", "kind": "justice"}, "这个字段是必填项"),
        ("offices", {"name": "   "}, "这个字段是必填项"),
        ("members", {"name": "张三", "sector": "农业界", "term": 15, "term_from": "去年"}, "输入一个有效的日期"),
        ("members", member_fields(term_to="2020-01-01"), "任期的结束日期早于开始日期"),
    ],
)
def test_a_refusal_is_a_sentence_and_the_input_stays(desk, county, name, fields, sentence):
    if "region" in fields:
        fields = fields | {"region": county.at[fields["region"]].pk}
    answer = enter(desk, name, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{fields["name"]}"' in page
    assert not Unit.objects.exists() and not Member.objects.exists()


def test_what_is_registered_already_is_refused_with_the_input_kept(desk, unit):
    answer = enter(desk, "units", name=unit.name, kind="other")
    assert answer.status_code == 422
    assert "同名的已经登记过" in answer.content.decode() and f'value="{unit.name}"' in answer.content.decode()


def test_pressing_twice_registers_a_person_once(desk):
    enter(desk, "members", **member_fields())
    again = enter(desk, "members", **member_fields())
    assert again.status_code == 422 and "请在姓名后加注区别" in again.content.decode()
    member = Member.objects.get()
    for _press in range(2):
        answer = enter(desk, "leaders", member=member.pk, post="主席", since="2022-01-12")
    assert "已经登记在这个职务上" in answer.content.decode() and Leader.objects.count() == 1


def test_the_next_member_is_of_the_same_term_unless_one_says_otherwise(desk):
    enter(desk, "members", **member_fields())
    page = desk.get(address("members")).content.decode()
    assert 'name="term" value="15"' in page and 'name="term_from" value="2022-01-10"' in page


def test_only_who_serves_today_can_be_linked(desk, committee, courtyard):
    factories.member(committee, name="老委员", term=14, term_to=dt.date(2021, 12, 31))
    factories.member(committee, name="新委员")
    page = desk.get(address("links", "member_courtyard")).content.decode()
    assert "新委员（" in page and "老委员" not in page


def test_a_link_is_handed_over_without_a_gap(desk, office_staff, committee, courtyard):
    old, new = factories.member(committee, name="旧委员"), factories.member(committee, name="新委员")
    link = commands.link(
        by=office_staff, committee=committee, kind="member_courtyard", member=old, venue=courtyard, since=DAY
    )
    where = reverse("people:end_link", args=[link.pk])
    page = desk.get(where).content.decode()
    assert "毛万二小院" in page and f'<option value="{new.pk}">' in page and f'<option value="{old.pk}">' not in page
    early = desk.post(where, {"on": "2020-01-01", "successor": new.pk, "why": "换届"})
    assert early.status_code == 422
    assert "早于开始日期" in early.content.decode() and "换届" in early.content.decode()
    done = desk.post(where, {"on": "2024-01-31", "successor": new.pk, "why": "换届"})
    assert done.url == address("links", "member_courtyard")
    assert serving_members(courtyard, dt.date(2024, 1, 31)) == [old]
    assert serving_members(courtyard, dt.date(2024, 2, 1)) == [new]
    stale = desk.post(where, {"on": "2024-02-05"})
    assert stale.status_code == 422 and "已经结束" in stale.content.decode()


def test_a_link_may_simply_end(desk, office_staff, committee, office, village):
    station = commands.add_station(
        by=office_staff, committee=committee, name="安富司法所", kind=Station.Kind.JUSTICE, region=village.parent
    )
    link = commands.link(
        by=office_staff, committee=committee, kind="office_station", office=office, station=station, since=DAY
    )
    desk.post(reverse("people:end_link", args=[link.pk]), {"on": "2024-01-31"})
    link.refresh_from_db()
    assert link.until == dt.date(2024, 1, 31) and ContactLink.objects.count() == 1
    assert "2024年1月31日" in desk.get(address("links", "office_station")).content.decode()


def test_a_list_shows_fifty_and_finds_the_rest(desk, office_staff, committee):
    rows = [
        {"name": f"委员{n:02}", "sector": "农业界", "term": 15, "term_from": DAY} for n in range(60)
    ]
    commands.add_members(by=office_staff, committee=committee, rows=rows)
    page = desk.get(address("members")).content.decode()
    assert page.count("<tr><td") == 50 and "第 1 页，共 2 页" in page
    assert desk.get(address("members") + "?page=2").content.decode().count("<tr><td") == 10
    assert desk.get(address("members") + "?q=委员57").content.decode().count("<tr><td") == 1
    for nonsense in ("?q=%00", "?page=zz", "?kind=x"):
        assert desk.get(address("members") + nonsense).status_code == 200
    assert "没有找到" in desk.get(address("members") + "?q=没有这人").content.decode()


@pytest.mark.parametrize("name", EVERY)
def test_a_list_asks_as_many_queries_however_long_it_is(desk, office_staff, committee, village, courtyard, name):
    def fill(numbers):
        for n in numbers:
            member = factories.member(committee)
            link = {"by": office_staff, "committee": committee, "since": DAY}
            office = commands.add_office(by=office_staff, committee=committee, name=f"委室{n}")
            commands.add_station(
                by=office_staff, committee=committee, name=f"所站{n}", kind="other", region=village
            )
            factories.unit(committee, name=f"单位{n}", region=village)
            leader = commands.appoint_leader(by=office_staff, member=member, post="副主席", since=DAY)
            commands.link(kind="leader_office", leader=leader, office=office, **link)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address(name)).status_code == 200
        return len(queries)

    fill(range(2))
    few = asked()
    fill(range(2, 12))
    assert asked() == few


def test_the_system_administrator_keeps_bodies_and_not_people(account, client_as):
    client = client_as(account(Role.SYSTEM_ADMIN))
    assert "单位" in client.get(reverse("people:register")).content.decode()
    assert client.post(address("offices"), {"name": "文史委"}).status_code == 302
    for name in set(EVERY) - set(BODIES):
        assert client.get(address(name)).status_code == 403
        assert client.post(address(name), member_fields()).status_code == 403
    assert client.post(reverse("people:import_sheet"), {"what": "members"}).status_code == 403


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDITOR, Role.OFFICE_STAFF, Role.LEADER, Role.MEMBER])
def test_nobody_else_keeps_the_register(account, client_as, role):
    client = client_as(account(role))
    for name in ["register", "import_sheet", *EVERY]:
        assert client.post(address(name), {"name": "文史委"}).status_code == 403
    assert not Office.objects.exists()


def test_another_committees_link_is_not_found(client_as, account, other_committee, office_staff, committee, courtyard):
    link = commands.link(
        by=office_staff, committee=committee, kind="member_courtyard",
        member=factories.member(committee), venue=courtyard, since=clock.today(),
    )
    stranger = client_as(account(Role.COMMITTEE_OFFICE, committee=other_committee))
    assert stranger.get(reverse("people:end_link", args=[link.pk])).status_code == 404
