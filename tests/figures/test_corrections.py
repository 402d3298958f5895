"""The log of corrections: entered by the office, read by everybody, never changed; what does not agree waits."""

import csv
import datetime as dt
from dataclasses import replace

import pytest

from shangliang.figures import definitions, history, opendata
from shangliang.figures.commands import correct, recount
from shangliang.figures.models import Correction
from shangliang.people.actors import CLOCK
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.voices.models import Voice
from tests.portal.conftest import text

TOLD = {
    "figure": "voices", "version": 1, "since": dt.date(2024, 1, 1), "words": "归并的两件算成了一件。",
    "found_by": "public", "before": 215, "after": 217,
}  # fmt: skip


@pytest.fixture
def office(account, committee):
    return account(Role.COMMITTEE_OFFICE)


def test_where_nothing_was_corrected_the_pages_say_so(browser, committee):
    assert "没有更正过" in text(browser.get("/figures/voices/"))
    assert "没有更正过" in text(browser.get("/figures/corrections/"))
    assert browser.get("/figures/voices.json").json()["corrections"] == []


def test_what_the_office_enters_at_the_desk_everybody_reads(browser, office, client_as, settings, tmp_path, committee):
    desk = client_as(office)
    asked = {**TOLD, "since": "2024-01-01", "key": "k" * 24}
    for _twice in range(2):
        assert desk.post("/desk/corrections/", asked).status_code == 302
    assert Correction.objects.count() == 1
    for path in ("/figures/voices/", "/figures/corrections/", "/desk/corrections/"):
        page = text((desk if path.startswith("/desk") else browser).get(path))
        assert "归并的两件算成了一件" in page and "原来 215，更正为 217" in page and "群众发现" in page, path
    assert "归并" not in text(browser.get("/figures/topics/"))
    feed = browser.get("/figures/corrections.atom")
    assert feed["Content-Type"].startswith("application/atom+xml") and "归并的两件" in text(feed)
    told = browser.get("/figures/voices.json").json()["corrections"]
    assert told == [
        {"corrected_on": clock.today().isoformat(), "figure": "voices", "version": 1, "since": "2024-01-01",
         "words": TOLD["words"], "before": 215, "after": 217, "found_by": "群众"}
    ]  # fmt: skip
    settings.HOME = tmp_path
    bundle = opendata.make(committee)
    with (bundle / "corrections.csv").open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    assert [(row["figure"], row["before"], row["after"]) for row in rows] == [("voices", "215", "217")]
    assert "corrections" in (bundle / "README.md").read_text(encoding="utf-8")
    assert "corrections.csv" in (bundle / "SHA256SUMS").read_text()


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"figure": "none"}, "figure"), ({"version": 2}, "version"), ({"version": 0}, "version"),
        ({"since": dt.date(2999, 1, 1)}, "since"), ({"since": dt.date(1, 1, 1)}, "since"), ({"words": "  "}, "words"), ({"words": "好" * 601}, "words"),
        ({"words": "打13812345678"}, "words"), ({"found_by": "boat"}, "found_by"), ({"after": -1}, "after"),
        ({"before": 10**16}, "before"),
    ],
)  # fmt: skip
def test_what_is_no_correction_is_refused_beside_its_field(office, committee, wrong, field):
    with pytest.raises(Refused) as refusal:
        correct(by=office, committee=committee, **{**TOLD, **wrong})
    assert refusal.value.field == field and not Correction.objects.exists()


def test_the_form_keeps_what_was_typed(office, client_as):
    answer = client_as(office).post("/desk/corrections/", {**TOLD, "since": "yesterday", "words": "电话13812345678"})
    assert answer.status_code == 422 and "电话13812345678" in text(answer) and "error" in text(answer)


def test_the_form_says_that_everybody_will_read_it_at_once(office, client_as):
    page = text(client_as(office).get("/desk/corrections/"))
    assert "登记并公开</" in page and "“定义”后面写着第几版" in page


@pytest.mark.parametrize("role", [Role.OFFICE_STAFF, Role.REVIEWER, Role.AUDITOR, Role.MEMBER])
def test_nobody_else_enters_one(account, committee, role):
    with pytest.raises(Refused):
        correct(by=account(role), committee=committee, **TOLD)


def test_an_earlier_definition_stands_in_the_same_history(browser, committee, monkeypatch):
    known = definitions.BY_KEY["voices"]
    changed = replace(known, version=2, earlier=((1, dt.date(2023, 6, 1), "每个反映人算一件。"),))
    monkeypatch.setitem(definitions.BY_KEY, "voices", changed)
    monkeypatch.setattr(history, "FIGURES", [changed])
    for path in ("/figures/corrections/", "/figures/voices/"):
        assert "以前（第 1 版）是：每个反映人算一件" in text(browser.get(path))


def test_somebody_who_doubts_a_number_comes_to_the_form_with_its_name(browser, committee):
    page = text(browser.get("/figures/voices/"))
    assert "/report/?about=figure&amp;figure=voices" in page
    assert "公布的数字“收到反映”不对：" in text(browser.get("/report/?about=figure&figure=voices"))
    assert "公布的数字不对：" in text(browser.get("/report/?about=figure&figure=<b>"))


def test_what_the_nightly_count_finds_otherwise_waits_for_the_office(office, account, client_as, committee, voice):
    desk = client_as(office)
    recount(by=CLOCK, committee=committee)
    assert "/figures/voices/" not in text(desk.get("/desk/"))
    Voice.objects.all().delete()  # behind the journal's back
    recount(by=CLOCK, committee=committee)
    page = text(desk.get("/desk/"))
    assert "“收到反映”记录里是 0，流水账另算是 1" in page and 'href="/figures/voices/"' in page
    assert "已过期限" not in page
    assert "“收到反映”" not in text(client_as(account(Role.OFFICE_STAFF)).get("/desk/"))
