"""The desk's and the public's pages of studios: who finds what, how many queries, what stands there."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.cases import commands as cases
from shangliang.cases.models import Case
from shangliang.desk.verbs import verbs_for
from shangliang.desk.waiting import waiting_for
from shangliang.figures.counting import value
from shangliang.figures.definitions import BY_KEY
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.studios import commands as studios
from shangliang.studios.models import Studio
from shangliang.studios.queries import quarter_of, year_of
from shangliang.venues.models import Venue
from tests.journeys import walk
from tests.journeys.walk import picture

from .. import factories

DAY = dt.date(2026, 5, 20)
PUBLIC = ["/studios/", "/studios/GZ001/", "/studios/GZ001/2026/"]


def fill(studio, office_staff, reviewer, committee, place, members, number=1, start=0):
    """So many of everything, published too."""
    for n in range(start, start + number):
        text = {"title": f"活动{n}", "summary": "说明。"}
        made = studios.add_activity(
            by=office_staff, studio=studio, kind="publicity", on=DAY, people=9, team=list(studio.open_seats),
            guests=[members[2]], photos=[picture()], **text,
        )
        studios.publish_activity(
            by=reviewer, studio=studio, activity=made, photos=list(_pictures(made)), **text
        )
        kept = studios.promise(by=office_staff, studio=studio, text=f"承诺{n}", due_on=DAY)
        studios.publish_promise(by=reviewer, studio=studio, promise=kept)
        studios.keep_promise(by=office_staff, studio=studio, promise=kept, report="办好了")
        reception, _code = studios.receive_visitor(
            by=office_staff, studio=studio, matter=f"事{n}", raise_voice=True, key=f"page-{n}"
        )
        case = Case.objects.get(pk=reception.voice.case_id)
        cases.publish(by=reviewer, case=case, title=f"事{n}", summary="一件事。")
        studios.write_log(by=office_staff, studio=studio, text=f"日志{n}")
        day = DAY - dt.timedelta(days=n)
        studios.check(by=office_staff, studio=studio, met=[], on=day)
        studios.seat(by=office_staff, studio=studio, role="team", name=f"外{n}", level="city", body="某政协")
    hours = [(n, dt.time(9), dt.time(10), "") for n in range(start + number)]
    studios.set_hours(by=office_staff, studio=studio, hours=hours)


def _pictures(activity):
    from shangliang.files.queries import of

    return of(activity)


def queries(client, path) -> int:
    client.get(path)  # caches warm
    with CaptureQueriesContext(connection, ) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def test_every_page_takes_the_same_queries_for_one_and_for_many(
    studio, office_staff, reviewer, committee, place, members, village, client, client_as, lead
):
    world = (studio, office_staff, reviewer, committee, place, members)
    desk = [f"/desk/studios/{studio.pk}/", "/desk/studios/", f"/desk/studios/{studio.pk}/year/2026/", "/desk/studios/standards/"]
    fill(*world)
    office, browser = client_as(office_staff), client
    paths = [(browser, path) for path in PUBLIC] + [(office, path) for path in desk] + [(client_as(lead), desk[0])]
    before = [queries(*each) for each in paths]
    fill(*world, number=4, start=1)
    for n in range(4):
        more = studios.establish(by=office_staff, committee=committee, region=village, name=f"第{n}间", kind="area")
        studios.seat(by=office_staff, studio=more, role="lead", name=f"甲{n}", level="city", body="某政协")
        studios.open(by=office_staff, studio=more)
        studios.set_hours(by=office_staff, studio=more, hours=[(1, dt.time(9), dt.time(10), "")])
    after = [queries(*each) for each in paths]
    assert before == after
    assert max(before[:3]) <= 16, before


def test_every_offered_button_opens_its_form(studio, office_staff, reviewer, lead, team, client_as):
    opened = set()
    studios.promise(by=lead, studio=studio, text="x", due_on=DAY)
    studios.add_activity(by=lead, studio=studio, kind="learning", on=DAY, title="学习")
    studios.hang_sign(by=lead, studio=studio, photos=[picture()])
    for person in (office_staff, reviewer, lead, team):
        client = client_as(person)
        for verb in verbs_for(person, "studio", Studio.objects.get()):
            answer = client.get(f"/desk/do/studio/{studio.pk}/{verb.name}/")
            assert answer.status_code == 200, verb.name
            opened.add(verb.name)
    assert len(opened) == 15


@pytest.mark.parametrize("verb", ["set_hours", "add_activity", "write_log", "promise"])
def test_a_stranger_finds_neither_record_nor_verb(verb, studio, strangers, client_as):
    for name, by in strangers.items():
        if getattr(by, "pk", None) and name not in ("a leader",):
            client = client_as(by)
            assert client.get(f"/desk/studios/{studio.pk}/").status_code == 404, name
            assert client.get(f"/desk/do/studio/{studio.pk}/{verb}/").status_code == 404, name
            assert client.get(f"/desk/studios/{studio.pk}/year/2026/").status_code == 404, name


def test_a_leader_reads_and_has_no_buttons(studio, account, client_as):
    leader = account(Role.LEADER)
    page = client_as(leader).get(f"/desk/studios/{studio.pk}/")
    assert page.status_code == 200 and "修改标准" not in page.content.decode()
    assert verbs_for(leader, "studio", studio) == []


def test_the_list_has_the_customary_columns_and_the_same_as_excel(studio, office_staff, client_as, lead):
    studios.add_activity(by=lead, studio=studio, kind="learning", on=DAY, title="学习")
    client = client_as(office_staff)
    page = client.get("/desk/studios/?q=普陀").content.decode()
    assert all(words in page for words in ("GZ001", "普陀小院委员工作室", "领衔甲", "小院工作室", "登记工作室"))
    assert client.get("/desk/studios/?format=xlsx").content[:2] == b"PK"
    row = client.get("/desk/studios/?state=closed").content.decode()
    assert "GZ001" not in row


def test_the_office_finds_the_way_from_a_studio_to_its_standards(studio, office_staff, client_as):
    assert "/desk/studios/standards/" in client_as(office_staff).get(f"/desk/studios/{studio.pk}/").content.decode()


def test_a_studio_is_begun_on_its_page(office_staff, village, client_as, place, lead):
    client = client_as(office_staff)
    page = client.get("/desk/studios/new/").content.decode()
    assert "普陀村普陀小院委员工作室（GZ001）" in page
    form = {"key": "k1".ljust(24, "0"), "name": "新间", "kind": "area", "region": village.pk, "phone": "023-1"}
    answer = client.post("/desk/studios/new/", form)
    made = Studio.objects.get()
    assert answer["Location"] == f"/desk/studios/{made.pk}/"
    assert client.post("/desk/studios/new/", form)["Location"] == answer["Location"]
    wrong = client.post("/desk/studios/new/", {**form, "key": "k2".ljust(24, "0"), "region": "", "purpose": "听大家说"})
    assert wrong.status_code == 422 and "听大家说" in wrong.content.decode() and "请选择已有的场所" in wrong.content.decode()
    assert client_as(lead).get("/desk/studios/new/").status_code == 403


def test_what_waits_promises_due_for_who_sits_there_and_activities_for_the_reviewer(studio, lead, team, reviewer, liaison):
    studios.promise(by=lead, studio=studio, text="换指路牌", due_on=DAY)
    studios.add_activity(by=lead, studio=studio, kind="learning", on=DAY, title="学习条例")
    with clock.at(DAY + dt.timedelta(days=3)):
        for person in (lead, team):
            [thing] = [thing for thing in waiting_for(person, clock.today()) if thing.kind == "studio"]
            assert (thing.title, thing.tone, thing.place) == ("换指路牌", "late", studio.name)
    [thing] = [thing for thing in waiting_for(reviewer, DAY) if thing.kind == "studio"]
    assert thing.title == "学习条例" and thing.href.startswith(f"/desk/do/studio/{studio.pk}/publish_activity/?activity=")
    assert [thing for thing in waiting_for(liaison, DAY) if thing.kind == "studio"] == []


def test_the_year_is_counted_from_its_records(studio, office_staff, reviewer, committee, place, members, client, client_as):
    fill(studio, office_staff, reviewer, committee, place, members, number=3)
    studios.add_activity(by=office_staff, studio=studio, kind="learning", on=DAY, title="内部学习", people=4)
    studios.receive_visitor(
        by=office_staff, studio=studio, matter="问路", outcome="指了路", answered_on_spot=True, visitors=5
    )
    found = year_of(studio, 2026)
    assert found.kinds == [("宣讲宣传", 3, 27), ("学习", 1, 4)] and found.total == 4
    assert found.receptions == {"times": 4, "visitors": 8, "spot": 1, "voices": 3}
    assert found.voices == [("审看中", 3)] and (found.logged, len(found.promises)) == (3, 3)
    text = client.get("/studios/GZ001/2026/").content.decode()
    assert "内部学习" not in text and "问路" not in text
    assert text.count('data-kind="宣讲宣传"') == 3 and text.count('data-kind="接待登记"') == 4
    assert f"{DAY:%Y-%m} · 学习 · 4 人" in text
    assert "内部学习" in client_as(office_staff).get(f"/desk/studios/{studio.pk}/year/2026/").content.decode()


def test_a_consultation_held_here_stands_in_the_year(studio, committee, place, liaison, party_approver, unit, members, client, reviewer):
    with clock.at(dt.date(2026, 4, 1)):
        voice, _code = walk.report(committee, place, key="held")
        walk.agreed(liaison, party_approver, unit, members[:2], place, voice)
    assert len(year_of(studio, 2026).consultations) == 1
    assert year_of(studio, 2026, public=True).consultations == []
    cases.publish(by=reviewer, case=Case.objects.get(pk=voice.case_id), title="装路灯", summary="小院装灯。")
    assert "装路灯" in client.get("/studios/GZ001/2026/").content.decode()


@pytest.mark.parametrize(("path", "status"), [
    ("/studios/GZ001/2025/", 404), ("/studios/GZ001/2027/", 404), ("/studios/GZ001/99999999999/", 404),
    ("/studios/XX/", 404), ("/studios/%00/", 404), ("/studios/" + "x" * 40 + "/", 404), ("/studios/GZ001/2026/", 200),
])
def test_a_page_that_is_not_there_says_so(path, status, studio, client):
    assert client.get(path).status_code == status


def test_before_it_opens_a_studio_is_not_public_and_afterwards_its_page_stays(preparing, office_staff, members, client):
    assert client.get("/studios/GZ001/").status_code == 404
    assert "普陀小院委员工作室" not in client.get("/studios/").content.decode()
    studios.seat(by=office_staff, studio=preparing, role="lead", member=members[0])
    studios.open(by=office_staff, studio=preparing)
    assert "普陀小院委员工作室" in client.get("/studios/").content.decode()
    studios.close(by=office_staff, studio=preparing, why="并入")
    text = client.get("/studios/GZ001/").content.decode()
    assert "撤销" in text and "什么时候有人" not in text
    assert "普陀小院委员工作室" not in client.get("/studios/").content.decode()


def test_the_public_page_names_members_and_not_the_officers_who_serve(studio, office_staff, client):
    studios.seat(by=office_staff, studio=studio, role="serving", name="干部己", body="安富街道办事处")
    text = client.get("/studios/GZ001/").content.decode()
    assert all(words in text for words in ("领衔甲", "外单位丁", "政协四川省委员会", "023-46780000", "预约接待"))
    assert "干部己" not in text


def test_the_place_leads_to_its_studio(studio, client):
    assert 'href="/studios/GZ001/"' in client.get("/places/GZ001/").content.decode()


def test_a_list_without_studios_and_an_installation_without_committee(committee, client, other_committee):
    assert "还没有工作室" in client.get("/studios/").content.decode()


def test_another_committees_studio_does_not_exist_here(studio, other_committee, client_as):
    stranger = client_as(factories.clerk_of_register(other_committee))
    for path in (f"/desk/studios/{studio.pk}/", f"/desk/do/studio/{studio.pk}/close/", f"/desk/studios/{studio.pk}/year/2026/"):
        assert stranger.get(path).status_code == 404


@pytest.mark.parametrize(("day", "first", "last"), [
    ((2026, 1, 1), (2026, 1, 1), (2026, 3, 31)), ((2026, 5, 20), (2026, 4, 1), (2026, 6, 30)),
    ((2026, 12, 31), (2026, 10, 1), (2026, 12, 31)),
])
def test_quarters(day, first, last):
    assert quarter_of(dt.date(*day)) == (dt.date(*first), dt.date(*last))


def test_a_studio_in_preparation_is_no_public_place_until_it_opens(preparing, client, office_staff, members):
    Venue.objects.filter(pk=preparing.venue_id).update(latitude="29.4", longitude="105.6")
    pages = ("/places/", "/dashboard/", "/figures/places/", "/places/GZ001/", "/embed/place/?code=GZ001")
    assert all("普陀小院委员工作室" not in client.get(page).content.decode() for page in pages)
    assert client.get("/places/GZ001/").status_code == 404 and value(BY_KEY["places"]) == 0
    studios.seat(by=office_staff, studio=preparing, role="lead", member=members[0])
    studios.open(by=office_staff, studio=preparing)
    assert client.get("/places/GZ001/").status_code == 200 and value(BY_KEY["places"]) == 1
    assert "普陀小院委员工作室" in client.get("/places/").content.decode()
