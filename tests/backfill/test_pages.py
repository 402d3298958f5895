"""The pages of the desk: each step is resumable, a refusal keeps what was typed, strangers stay outside."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.backfill.models import Batch, PastRecord
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from tests import factories

from .conftest import messy

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROOF = {"grade": "statement", "proof": "办公室的台账"}


@pytest.fixture
def browser(office, client_as):
    return client_as(office)


def text(answer) -> str:
    return answer.content.decode()


def test_a_file_goes_from_the_list_into_the_figures_and_out_again(browser, courtyard, other_village, village):
    file = SimpleUploadedFile("2022.xlsx", messy(), XLSX)
    answer = browser.post("/desk/backfill/", {"kind": "consultation", "file": file})
    batch = Batch.objects.get()
    home = batch.get_absolute_url()
    assert (answer.status_code, answer.url) == (302, home)
    page = text(browser.get(home))
    assert "第 1 步" in page and "协商日期" in page
    assert "没有这一栏" in text(browser.get(home + "?head=5&step=map"))
    columns = {"head": 3, "on": 0, "place": 1, "topic": 2, "present": 3, "agreed": 4, "grade": 5}
    browser.post(home + "map/", columns)
    page = text(browser.get(home))
    assert "可以补录 3 行，不能补录 2 行" in page and "“普托村”是哪里？" in page and "差 12" in page
    name = page.split('name="places_')[1].split('"')[0]
    browser.post(home + "match/", {f"places_{name}": f"r{village.pk}"})
    assert "可以补录 4 行" in text(browser.get(home))
    assert PastRecord.objects.count() == 0
    browser.post(home + "take/", PROOF)
    assert "已补录" in text(browser.get(home)) and PastRecord.objects.counted().count() == 4
    browser.post(home + "prove/", {"rows": "8", "grade": "minutes", "proof": "档案 8"})
    assert PastRecord.objects.get(row=8).grade == "minutes"
    browser.post(home + "undo/", {"why": "先撤回"})
    assert PastRecord.objects.counted().count() == 0
    assert "已撤回" in text(browser.get("/desk/backfill/"))


def test_refusals_come_back_with_what_was_typed(browser, year):
    answer = browser.post("/desk/backfill/", {"kind": "visit", "text": "没有日期的一句话"})
    assert answer.status_code == 422 and "没有日期的一句话" in text(answer)
    home = year.get_absolute_url()
    answer = browser.post(home + "take/", {"grade": "minutes", "proof_url": "javascript:1", "proof": "某档案"})
    assert answer.status_code == 422 and "javascript:1" in text(answer) and "某档案" in text(answer)
    assert browser.post(home + "map/", {"head": 3, "on": 0}).status_code == 422
    assert browser.post(home + "prove/", {"rows": "x-y", "grade": "photo", "proof": "a"}).status_code == 422
    assert browser.post(home + "nonsense/").status_code == 404


@pytest.mark.parametrize("verb", ["map", "match", "take", "prove", "undo", "forget"])
def test_hostile_values_never_break_a_page(browser, year, verb):
    hostile = {"head": "²", "on": "99999", "rows": "1-9999999999", "grade": "x", "snapshot": "-1", "why": "", "twice": "a"}
    for state in ("read", "mapped", "taken", "undone", "dropped"):
        Batch.objects.filter(pk=year.pk).update(state=state)
        assert browser.post(f"{year.get_absolute_url()}{verb}/", hostile).status_code in (302, 422)


def test_a_batch_given_up_keeps_no_rows(browser, year):
    browser.post(f"{year.get_absolute_url()}drop/")
    year.refresh_from_db()
    assert (year.state, year.sheet) == ("dropped", [])


def test_another_committee_finds_no_batch(year, other_committee, client_as):
    with within(other_committee):
        stranger = factories.account(Role.COMMITTEE_OFFICE, committee=other_committee)
    for address in (year.get_absolute_url(), f"{year.get_absolute_url()}undo/"):
        assert client_as(stranger).get(address).status_code in (404, 405)
    assert client_as(stranger).post(f"{year.get_absolute_url()}undo/", {"why": "x"}).status_code == 404


def test_the_pages_ask_a_fixed_number_of_queries(browser, bring, courtyard, django_assert_max_num_queries):
    rows = "\n".join(f"2022-05-{day:02}\t毛万二小院\t第{day}件" for day in range(1, 31))
    batch = bring(text=f"日期\t地点\t议题\n{rows}")
    with django_assert_max_num_queries(24):
        browser.get(batch.get_absolute_url())
    browser.post(f"{batch.get_absolute_url()}take/", PROOF)
    for address in (batch.get_absolute_url(), "/desk/backfill/"):
        with django_assert_max_num_queries(24):
            browser.get(address)


def test_what_people_said_is_never_public(browser, bring, courtyard, client):
    batch = bring("voice", text="反映日期\t地点\t反映内容\n2022-05-08\t毛万二小院\t王五家的狗咬人 13812345678")
    browser.post(f"{batch.get_absolute_url()}take/", PROOF)
    page = text(client.get("/figures/voices/"))
    assert "补录的以前的记录" in page and "王五" not in page and "毛万二" not in page and "5678" not in page
    for kind, figure in (("solved", "solved"), ("visit", "visits")):
        PastRecord.objects.update(kind=kind)
        page = text(client.get(f"/figures/{figure}/"))
        assert "补录的以前的记录" in page and "王五" not in page
