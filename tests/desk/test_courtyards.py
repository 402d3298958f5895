"""The desk about courtyards: the page of a place, coverage, where to go next, the steward's own page."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shangliang.desk.plan import Stop, distance, stops_for, walk
from shangliang.files.queries import signs_of
from shangliang.people import commands as people
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.venues import commands
from shangliang.venues.coverage import coverage
from shangliang.venues.models import Steward, Venue
from shangliang.visits.models import Visit
from tests import factories
from tests.files.samples import jpeg, upload
from tests.journeys import walk as story


def link(committee, member, venue, since=factories.LONG_AGO):
    return people.link(
        by=factories.clerk_of_register(committee), committee=committee, kind="member_courtyard", member=member,
        venue=venue, since=since,
    )


def visited(committee, venue, on, by):
    """A visit as it was, for pages that only read its day."""
    return Visit.objects.create(committee=committee, venue=venue, on=on, state="made", entered_by=by)


@pytest.fixture
def yards(committee, village, other_village, courtyard, office_staff):
    """毛万二小院 is served and visited, 竹林小院 served only, 马草小院 has nobody."""
    bamboo = factories.courtyard(village, committee=committee, name="竹林小院", households=12)
    nobody = factories.courtyard(other_village, committee=committee, name="马草小院", households=7)
    one, two = factories.member(committee, name="甲委员"), factories.member(committee, name="乙委员", sector="教育界")
    idle = factories.member(committee, name="丙委员", sector="经济界")
    link(committee, one, courtyard)
    link(committee, one, bamboo)
    link(committee, two, courtyard)
    visited(committee, courtyard, clock.today() - dt.timedelta(3), office_staff)
    return courtyard, bamboo, nobody, one, two, idle


def queries(browser, path):
    browser.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(path).status_code == 200
    return len(caught)


def test_coverage_knows_who_has_nobody_and_whom_each_serves(yards, django_assert_num_queries):
    courtyard, bamboo, nobody, one, two, idle = yards
    with django_assert_num_queries(3):
        found = coverage(Venue.objects.all(), clock.today())
    assert [yard.pk for yard in found.without_anybody()] == [nobody.pk]
    assert {pk: member.load for pk, member in found.members.items()} == {one.pk: 2, two.pk: 1, idle.pk: 0}
    assert found.members[one.pk].households == 30
    assert found.spread() == [(0, 1), (1, 1), (2, 1)]
    assert found.median() == 1
    assert found.suggestions() == [(found.without_anybody()[0], [])]
    assert {yard.town_name for yard in found.yards} == {"安富街道", "清流镇"}


def test_those_of_the_same_town_with_the_fewest_courtyards_are_suggested(yards, committee, village):
    _courtyard, _bamboo, _nobody, one, two, _idle = yards
    new = factories.courtyard(village, committee=committee, name="新小院")
    found = coverage(Venue.objects.all(), clock.today())
    beside = next(members for yard, members in found.suggestions() if yard.pk == new.pk)
    assert [member.pk for member in beside] == [two.pk, one.pk]


def test_who_left_and_what_was_closed_is_covered_no_more(yards, committee, office_staff, liaison):
    courtyard, bamboo, _nobody, one, two, _idle = yards
    commands.close_venue(by=liaison, venue=bamboo)
    yesterday = clock.today() - dt.timedelta(1)
    links = {each.pk: None for each in one.links.all()}
    people.leave(by=office_staff, committee=committee, member=one, on=yesterday, successors=links)
    found = coverage(Venue.objects.all(), clock.today())
    assert bamboo.pk not in {yard.pk for yard in found.yards}
    assert next(yard for yard in found.yards if yard.pk == courtyard.pk).members == (two.pk,)
    assert one.pk not in found.members


def test_the_coverage_page_shows_nobody_first_and_says_it_in_words(client_as, office_staff, yards):
    html = client_as(office_staff).get(reverse("desk:coverage")).content.decode()
    table = html[html.index("<tbody>"):]
    assert table.index("马草小院") < table.index("竹林小院") < table.index("毛万二小院")
    assert "没有委员联系：<b>1</b>" in html
    assert 'dot-nobody' in html
    assert "style=" not in html


def test_the_coverage_page_narrows_and_never_sorts_members_by_load(client_as, office_staff, yards):
    desk, where = client_as(office_staff), reverse("desk:coverage")
    table = lambda query: desk.get(where + query).content.decode().partition("<tbody>")[2]  # noqa: E731
    assert "毛万二小院" not in table("?town=500153112")
    assert "马草小院" not in table("?state=unvisited")
    members = table("?tab=members")
    assert members.index("甲委员") < members.index("乙委员") < members.index("丙委员")  # 农业界, 教育界, 经济界 by code
    assert "丙委员" in table("?tab=members&load=0")
    assert "乙委员" not in table("?tab=members&load=1")
    assert desk.get(where + "?tab=x&town=<&state=9&page=99").status_code == 200
    balance = desk.get(where + "?tab=balance").content.decode()
    assert "本镇街还没有委员联系" in balance


@pytest.mark.parametrize(("tab", "head", "rows"), [("yards", "编号", 3), ("members", "姓名", 3), ("balance", "没有人联系的小院", 1)])
def test_each_table_is_given_as_a_workbook(client_as, office_staff, yards, tab, head, rows):
    answer = client_as(office_staff).get(reverse("desk:coverage") + f"?tab={tab}&format=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == head
    assert len(sheet) == rows + 1


def test_a_liaison_sees_the_coverage_of_the_own_town(client_as, liaison, yards):
    html = client_as(liaison).get(reverse("desk:coverage")).content.decode()
    assert "竹林小院" in html
    assert "马草小院" not in html


def test_the_pages_take_a_fixed_number_of_queries(client_as, office_staff, committee, village, yards, account):
    courtyard, _bamboo, _nobody, one, *_rest = yards
    walker = client_as(account(Role.MEMBER, member=one))
    keeper = account(Role.STEWARD, region=village)
    commands.appoint_steward(by=office_staff, venue=courtyard, name="毛", post="head", account=keeper)
    desk, steward = client_as(office_staff), client_as(keeper)
    asked = [
        (desk, reverse("desk:coverage")), (desk, reverse("desk:coverage") + "?tab=balance"),
        (walker, reverse("desk:plan")), (steward, reverse("desk:yard")),
        (desk, reverse("venues:venue", args=[courtyard.pk])), (steward, f"/places/{courtyard.code}/"),
    ]  # fmt: skip
    few = [queries(browser, path) for browser, path in asked]
    for n in range(5):
        more = factories.courtyard(village, committee=committee, name=f"小院{n}")
        link(committee, one, more)
        link(committee, factories.member(committee), courtyard)
        commands.appoint_steward(by=office_staff, venue=courtyard, name=f"管家{n}", post="steward", shown=True)
        visited(committee, courtyard, clock.today() - dt.timedelta(n), office_staff)
        story.report(committee, courtyard, key=f"k{n}" * 12)
    assert [queries(browser, path) for browser, path in asked] == few


def test_a_member_goes_first_where_somebody_waits(committee, yards, office_staff):
    courtyard, bamboo, _nobody, one, *_rest = yards
    assert [(stop.venue, stop.group) for stop in stops_for(one, clock.today())] == [(bamboo, "long"), (courtyard, "rest")]
    with clock.at(clock.now() - dt.timedelta(days=40)):
        story.report(committee, courtyard)
    first, second = stops_for(one, clock.today())
    assert (first.venue, first.group) == (courtyard, "first")
    assert first.needs == ["1 件事超过了期限", "上次走访是 3 天前"]
    assert second.needs == ["还没有走访记录"]


def test_the_walk_goes_to_the_nearest_known_point_and_else_by_place(committee, village, other_village):
    def stop(name, region, point=None):
        venue = factories.courtyard(region, committee=committee, name=name)
        if point:
            venue.latitude, venue.longitude = map(Decimal, point)
        return Stop(venue)

    a = stop("甲", village, ("29.40", "105.60"))
    far = stop("乙", village, ("29.50", "105.60"))
    near = stop("丙", other_village, ("29.41", "105.60"))
    unknown = stop("丁", village)
    assert [s.venue.name for s in walk([unknown, far, near, a])] == ["甲", "丙", "乙", "丁"]
    assert round(near.far, 1) == 1.1
    assert unknown.far is None
    assert distance((29.4, 105.6), (29.4, 105.6)) == 0


def test_the_office_plans_for_a_member_and_a_member_only_for_oneself(client_as, office_staff, account, yards):
    *_rest, one, two, idle = yards
    where = reverse("desk:plan")
    office = client_as(office_staff)
    assert "先选一位委员" in office.get(where).content.decode()
    assert "竹林小院" in office.get(f"{where}?member={one.pk}").content.decode()
    walker = client_as(account(Role.MEMBER, member=idle))
    assert "竹林小院" not in walker.get(f"{where}?member={one.pk}").content.decode()
    assert "还没有对应的委员" in client_as(account(Role.MEMBER)).get(where).content.decode()


def test_the_plan_leads_to_writing_the_visit_with_the_place_filled_in(client_as, account, yards):
    courtyard, _bamboo, _nobody, one, *_rest = yards
    walker = client_as(account(Role.MEMBER, member=one))
    html = walker.get(reverse("desk:plan")).content.decode()
    address = f"/desk/visits/new/?venue={courtyard.pk}"
    assert address in html
    assert f'value="{courtyard.pk}" selected' in walker.get(address).content.decode()


def test_a_steward_sees_the_own_courtyard_and_no_word_of_what_is_not_public(
    client_as, account, office_staff, village, courtyard, committee
):
    keeper = account(Role.STEWARD, region=village)
    browser, where = client_as(keeper), reverse("desk:yard")
    assert "还没有对应的小院" in browser.get(where).content.decode()
    commands.appoint_steward(by=office_staff, venue=courtyard, name="毛院长", post="head", account=keeper)
    voice, _code = story.report(committee, courtyard)
    html = browser.get(where).content.decode()
    assert "另有 1 件还没有公开" in html
    assert voice.text[:8] not in html
    form = browser.get(f"{reverse('desk:enter_voice')}?venue={courtyard.pk}").content.decode()
    assert f'value="{courtyard.pk}" selected' in form
    assert f'value="{courtyard.region_id}" selected' in form


def test_a_place_of_elsewhere_is_not_filled_in(client_as, account, village, other_village, committee):
    there = factories.courtyard(other_village, committee=committee, name="马草小院")
    keeper = client_as(account(Role.STEWARD, region=village))
    for asked in (there.pk, "x", "9" * 30):
        html = keeper.get(f"{reverse('desk:enter_voice')}?venue={asked}").content.decode()
        assert f'value="{there.pk}" selected' not in html


def do(verb, venue):
    return f"/desk/do/venue/{venue.pk}/{verb}/"


def test_the_office_appoints_shows_the_sign_and_reads_a_telephone_from_the_page(
    client_as, office_staff, courtyard, reviewer
):
    desk = client_as(office_staff)
    posted = {"name": "毛院长", "post": "head", "since": clock.today().isoformat(), "phone": "13800001234", "shown": "on"}
    assert desk.post(do("appoint_steward", courtyard), posted).status_code == 302
    again = desk.post(do("appoint_steward", courtyard), {**posted, "name": "李院长"})
    assert again.status_code == 409
    assert "已有院长" in again.content.decode()
    assert "李院长" in again.content.decode()
    page = desk.get(reverse("venues:venue", args=[courtyard.pk])).content.decode()
    assert "毛院长" in page
    assert "13800001234" not in page
    head = Steward.objects.get()
    shown = desk.post(do("reveal_steward", courtyard), {"steward": head.pk, "why": "通知开会"}).content.decode()
    assert "13800001234" in shown
    desk.post(do("add_sign", courtyard), {"uploads": [upload(jpeg())]})
    sign = signs_of(courtyard)[0]
    public = f"/places/{courtyard.code}/"
    assert sign.name not in desk.get(public).content.decode()
    assert desk.post(do("publish_sign", courtyard), {"sign": sign.pk}).status_code == 302
    html = desk.get(public).content.decode()
    assert sign.thumbnail_name in html
    assert "毛院长" in html
    assert desk.post(do("withhold_sign", courtyard), {"sign": sign.pk, "why": "拍到了人"}).status_code == 302
    assert sign.thumbnail_name not in desk.get(public).content.decode()


def test_the_public_page_names_only_those_who_agreed_and_tells_of_visits(
    client, office_staff, courtyard, committee
):
    commands.appoint_steward(by=office_staff, venue=courtyard, name="不愿意写", post="steward")
    for days in (1, 20):
        visited(committee, courtyard, clock.today() - dt.timedelta(days), office_staff)
    visited(committee, courtyard, clock.today() + dt.timedelta(5), office_staff)
    html = client.get(f"/places/{courtyard.code}/").content.decode()
    assert "不愿意写" not in html
    assert "没有写姓名" in html
    assert f"{(clock.today() - dt.timedelta(1)).day}日" in html


@pytest.mark.parametrize("verb", ["update_venue", "appoint_steward", "add_sign", "publish_sign"])
def test_a_reader_finds_no_button_and_is_refused_when_posting(client_as, account, courtyard, verb):
    member = client_as(account(Role.MEMBER))
    page = member.get(reverse("venues:venue", args=[courtyard.pk])).content.decode()
    assert do(verb, courtyard) not in page
    posted = {"name": "王", "post": "head", "since": "2024-01-01", "why": "x", "uploads": [upload(jpeg())], "sign": "1"}
    assert member.post(do(verb, courtyard), posted).status_code in {409, 422}
    assert not Steward.objects.exists()


def test_a_stranger_adds_no_sign(account, courtyard):
    from shangliang.files.commands import add_sign

    with pytest.raises(Refused):
        add_sign(by=account(Role.MEMBER), venue=courtyard, uploads=[upload(jpeg())])
