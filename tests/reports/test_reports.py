"""A report's numbers are those of the figures' pages; settled, they stay; what cannot be is said in words."""

import datetime as dt
import json

import pytest

from shangliang.consultations.models import Attendance
from shangliang.journal.models import Entry, Head
from shangliang.journal.verify import verify
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.reports import commands
from shangliang.reports.filling import Period
from shangliang.reports.models import WorkReport
from shangliang.reports.queries import content_of
from shangliang.reports.wording import DEFAULT, check, marks
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from tests import factories
from tests.journeys import walk
from tests.portal.conftest import text

from .conftest import TEXT

STATES = WorkReport.State


def words(content):
    return ["".join(piece for piece, _place in pieces) for _kind, pieces in content["blocks"]]


@pytest.mark.parametrize(
    "year, quarter, since, until, before, title",
    [
        (2023, 0, "2023-01-01", "2023-12-31", (2022, 0), "2023年度协商工作报告"),
        (2023, 1, "2023-01-01", "2023-03-31", (2022, 4), "2023年第一季度协商工作报告"),
        (2024, 4, "2024-10-01", "2024-12-31", (2024, 3), "2024年第四季度协商工作报告"),
        (2024, 2, "2024-04-01", "2024-06-30", (2024, 1), "2024年第二季度协商工作报告"),
    ],
)
def test_a_period_has_its_days_its_words_and_the_one_before(year, quarter, since, until, before, title):
    period = Period(year, quarter)
    assert (period.since.isoformat(), period.until.isoformat()) == (since, until)
    assert (period.before, period.title) == (Period(*before), title)
    assert period.before.until + dt.timedelta(days=1) == period.since


def test_the_text_is_filled_with_what_the_pages_tell(browser, draft):
    content = content_of(draft)
    assert words(content) == [
        "一、总体情况", "2023年收到反映1件（上一年无记录），到会7人次、7人。", "（一）覆盖",
        "各镇街：安富街道1场；小院1场，沙龙0场。", "现有协商的地方1处。", "二、下一步", "多走几个小院。",
    ]  # fmt: skip
    page = text(browser.get("/reports/"))
    assert "还没有公开的报告" in page
    with clock.at(dt.date(2024, 1, 6)):
        for row in content["numbers"]:
            path = f"/figures/{row['key']}/?since={row['since']}&until={row['until']}&town={row['town']}&carrier={row['carrier']}"
            assert f'class="stat-value">{row["shown"]}<' in text(browser.get(path)), path


def test_it_is_compared_with_the_period_before(office, committee, courtyard, rated):
    with clock.at(dt.date(2022, 11, 1)):
        walk.report(committee, courtyard, key="e" * 30)
        walk.report(committee, courtyard, key="f" * 30)
    with clock.at(dt.date(2024, 1, 5)):
        report = commands.begin(by=office, committee=committee, year=2023)
        commands.write(by=office, workreport=report, draft="{{voices}}件{{voices.compared}}，{{before}}{{voices.before}}件")
        assert words(content_of(report)) == ["1件（上一年2件，少1件），上一年2件"]


def test_fewer_than_five_people_are_not_told_and_not_compared(office, draft):
    few = Attendance.objects.order_by("pk").values_list("pk", flat=True)[:4]
    Attendance.objects.exclude(pk__in=list(few)).update(status="absent")
    commands.write(by=office, workreport=draft, draft="到会{{persons}}{{persons.compared}}")
    assert words(content_of(draft)) == ["到会不足5人（人太少，不作比较）"]


def test_every_mark_can_be_filled_and_the_customary_text_knows_its_marks(office, draft):
    check(DEFAULT, "text")
    commands.write(by=office, workreport=draft, draft="\n".join("{{" + mark + "}}" for mark in marks()))
    content = content_of(draft)
    assert len(content["blocks"]) == len(marks()) and all(words(content))
    assert not any("{{" in line for line in words(content))


@pytest.mark.parametrize(
    "wrong, said",
    [
        ("{{voice}}件", "voice"), ("{{places.before}}处", "places.before"), ("{{voices.boat}}", "voices.boat"),
        ("{{voices}件", "花括号"), ("  ", "不能是空的"), ("打13812345678", "138"), ("好" * 30_001, "30000"),
        ("{{voices.compared.before}}", "voices.compared.before"), ("{{}}", "记号"),
    ],
)  # fmt: skip
def test_what_cannot_stand_in_a_text_is_named(office, committee, draft, wrong, said):
    for step in (
        lambda: commands.write(by=office, workreport=draft, draft=wrong),
        lambda: commands.reword(by=office, committee=committee, text=wrong),
    ):
        with pytest.raises(Refused) as refusal:
            step()
        assert said in str(refusal.value) and refusal.value.field in ("draft", "text")
    draft.refresh_from_db()
    assert draft.draft == TEXT


@pytest.mark.parametrize("year, quarter, field", [(1999, 0, "year"), (2025, 0, "year"), (2024, 4, "quarter"), (2023, 5, "quarter")])
def test_a_period_that_cannot_be_is_refused(office, committee, year, quarter, field):
    with clock.at(dt.date(2024, 1, 5)), pytest.raises(Refused) as refusal:
        commands.begin(by=office, committee=committee, year=year, quarter=quarter)
    assert refusal.value.field == field


def test_nothing_is_settled_before_its_time_or_with_a_place_left_to_write(office, committee, draft):
    with clock.at(dt.date(2023, 12, 31)), pytest.raises(Refused, match="2023年12月31日 才结束"):
        commands.settle(by=office, workreport=draft)
    with clock.at(dt.date(2024, 1, 5)):
        other = commands.begin(by=office, committee=committee, year=2023)
        with pytest.raises(Refused, match="待写：和毗邻地区"):
            commands.settle(by=office, workreport=other)
    assert {draft.state, other.state} == {STATES.DRAFT}


def test_a_settled_report_says_how_far_the_journal_went_and_is_bound_to_it(settled, draft):
    content, entry = settled.content, Entry.objects.get(event="reports.settled")
    assert content["entries"] == entry.seq - 1 and content["journal"] == entry.prev
    assert entry.fields["text_digest"] == settled.digest and settled.is_intact
    assert verify().whole and Head.objects.get().count == entry.seq
    WorkReport.objects.filter(pk=settled.pk).update(settled=json.dumps({**content, "entries": 1}))
    settled.refresh_from_db()
    assert not settled.is_intact


def test_what_was_tampered_with_is_not_published(office, settled):
    settled.settled = settled.settled.replace("多走", "少走")
    settled.save(update_fields=["settled"])
    with pytest.raises(Refused, match="对不上"):
        commands.publish(by=office, workreport=settled)


def test_what_was_settled_is_written_no_more(office, settled):
    with pytest.raises(Refused):
        commands.write(by=office, workreport=settled, draft="别的")
    with pytest.raises(Refused):
        commands.settle(by=office, workreport=settled)


@pytest.mark.parametrize("verb", ["write", "settle", "publish", "take_back", "drop"])
def test_nobody_else_takes_a_step(account, settled, verb):
    extra = {"write": {"draft": "x"}, "take_back": {"why": "x"}, "drop": {"why": "x"}}.get(verb, {})
    for role in (Role.LIAISON, Role.LEADER, Role.AUDITOR, Role.MEMBER):
        scope = {"region": settled.committee.region} if role == Role.LIAISON else {}
        with pytest.raises(Refused):
            getattr(commands, verb)(by=account(role, **scope), workreport=settled, **extra)
    assert WorkReport.objects.get().state == STATES.SETTLED


def test_a_page_is_public_only_while_it_is_published(browser, office, settled):
    path = f"/reports/{settled.pk}"
    for address in (f"{path}/", f"{path}.docx", f"{path}.pdf", f"{path}.exe"):
        assert browser.get(address).status_code == 404
    commands.publish(by=office, workreport=settled)
    page = text(browser.get(f"{path}/"))
    assert "2023年度协商工作报告" in page and settled.digest in page and "（<a" not in page
    assert '<a href="/figures/voices/?since=2023-01-01&amp;until=2023-12-31">1</a>件' in page
    assert f'href="{path}/"' in text(browser.get("/reports/"))
    commands.take_back(by=office, workreport=settled, why="有一处写错")
    assert browser.get(f"{path}/").status_code == 404 and browser.get(f"{path}.docx").status_code == 404


def test_what_is_counted_otherwise_now_stands_beside(browser, committee, courtyard, other_village, published):
    assert "（<a" not in text(browser.get(published.get_absolute_url()))
    factories.courtyard(other_village, committee=committee)
    assert text(browser.get(published.get_absolute_url())).count("（<a") == 1  # places, counted as they stand
    with clock.at(dt.date(2023, 8, 1)):
        walk.report(committee, courtyard, key="l" * 30)
    page = text(browser.get(published.get_absolute_url()))
    assert '<span data-words>1</span><small class="muted">（<a href=' in page and ">现在 2</a>）</small>件" in page
    assert "定稿以后记录又有变化" in page and page.count("（<a") == 2


def test_another_committees_people_find_nothing(published, other_committee, client_as, account):
    with within(other_committee):
        stranger = account(Role.COMMITTEE_OFFICE, committee=other_committee)
    browser = client_as(stranger)
    for address in (f"/desk/reports/{published.pk}/", f"/desk/reports/{published.pk}.docx", f"/desk/do/workreport/{published.pk}/take_back/"):
        assert browser.get(address).status_code == 404


def test_the_list_takes_as_many_queries_for_many_as_for_one(browser, office, committee, published, count_queries):
    browser.get("/reports/")
    one = count_queries(lambda: browser.get("/reports/"))
    with clock.at(dt.date(2024, 2, 1)):
        for quarter in range(1, 5):
            made = commands.begin(by=office, committee=committee, year=2023, quarter=quarter)
            commands.write(by=office, workreport=made, draft="{{voices}}")
            commands.settle(by=office, workreport=made)
            commands.publish(by=office, workreport=made)
    assert count_queries(lambda: browser.get("/reports/")) == one
    assert text(browser.get("/reports/")).count("协商工作报告</a>") == 5


def test_from_the_desk_begun_written_looked_at_and_settled(office, client_as, rated):
    desk = client_as(office)
    with clock.at(dt.date(2024, 1, 5)):
        assert "报告模板" in text(desk.get("/desk/reports/"))
        begun = desk.post("/desk/reports/new/", {"year": 2023, "quarter": 0, "key": "k" * 24})
        desk.post("/desk/reports/new/", {"year": 2023, "quarter": 0, "key": "k" * 24})
        report = WorkReport.objects.get()
        assert begun.status_code == 302 and "还是草稿" in text(desk.get(begun["Location"]))
        step = f"/desk/do/workreport/{report.pk}"
        assert "{{voices.compared}}" in text(desk.get(f"{step}/write/"))
        wrong = desk.post(f"{step}/write/", {"draft": "我们收到{{voice}}件", "seen": "draft"})
        assert wrong.status_code == 409 and "没有“voice”" in text(wrong) and "我们收到{{voice}}件" in text(wrong)
        desk.post(f"{step}/write/", {"draft": TEXT, "seen": "draft"})
        assert "2023年度协商工作报告" in text(desk.get("/desk/"))
        desk.post(f"{step}/settle/", {"seen": "draft"})
        page = text(desk.get(f"/desk/reports/{report.pk}/"))
    report.refresh_from_db()
    assert report.state == STATES.SETTLED and report.digest in page
    assert desk.get(f"/desk/reports/{report.pk}.docx").content[:2] == b"PK"


def test_the_text_they_begin_from_is_the_committees_own(office, committee, client_as, rated):
    desk = client_as(office)
    page = text(desk.get("/desk/reports/wording/"))
    assert "{{consultations.courtyard}}" in page and "记号表" in page
    seen = desk.post("/desk/reports/wording/", {"text": "一共{{voices}}件。", "do": "preview"})
    assert seen.status_code == 200 and 'id="preview"' in text(seen)
    wrong = desk.post("/desk/reports/wording/", {"text": "一共{{voyces}}件。", "do": "save"})
    assert wrong.status_code == 422 and "没有“voyces”" in text(wrong) and "一共{{voyces}}件" in text(wrong)
    assert desk.post("/desk/reports/wording/", {"text": "一共{{voices}}件。", "do": "save"}).status_code == 302
    assert commands.begin(by=office, committee=committee, year=2023).draft == "一共{{voices}}件。"
