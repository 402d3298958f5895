"""Claims stand beside the ledger with their difference, and never count."""

import datetime as dt

import pytest

from shangliang.backfill import commands as backfill
from shangliang.backfill import intake
from shangliang.backfill.queries import proposed
from shangliang.claims import commands
from shangliang.claims.models import Claim
from shangliang.claims.queries import settled
from shangliang.figures import counting
from shangliang.figures.definitions import BY_KEY
from shangliang.newsroom import commands as newsroom
from shangliang.people.roles import Role
from shangliang.shared.refusals import Refused
from tests.newsroom.conftest import PAGE

SHEET = "日期\t地点\t议题\t人数\n2022-05-08\t毛万二小院\t路灯\t30\n2022-06-08\t毛万二小院\t水渠\t20"


@pytest.fixture
def office(account, committee):
    return account(Role.COMMITTEE_OFFICE)


@pytest.fixture
def report(office, committee):
    return newsroom.capture(by=office, committee=committee, text=PAGE)


def test_every_number_of_a_report_becomes_a_claim_once(office, committee, report):
    commands.read_off(by=office, committee=committee, snapshot=report)
    found = {claim.figure: claim.number for claim in Claim.objects.all()}
    assert found == {"consultations": 12, "attendances": 96, "solved": 7}
    assert counting.value(BY_KEY["consultations"]) == 0
    with pytest.raises(Refused, match="都登记过"):
        commands.read_off(by=office, committee=committee, snapshot=report)


def test_the_difference_shrinks_by_what_is_brought_in(office, committee, report, courtyard, client):
    commands.read_off(by=office, committee=committee, snapshot=report)
    assert [row.difference for row in settled(Claim.objects.standing().filter(figure="attendances"))] == [96]
    batch = intake.read(by=office, committee=committee, kind="consultation", text=SHEET)
    head, columns = proposed(batch)
    backfill.map_columns(by=office, batch=batch, head=head, columns=columns)
    backfill.take_in(by=office, batch=batch, grade="minutes", proof="档案")
    (row,) = settled(Claim.objects.standing().filter(figure="attendances"))
    assert (row.counted, row.live, row.grades, row.difference) == (50, 0, [("签字纪要", 50)], 46)
    for address in ("/claims/", "/figures/attendances/"):
        page = client.get(address).content.decode()
        assert "补录 50" in page and "签字纪要 50" in page and ">46<" in page
    told = client.get("/figures/attendances.json").json()
    assert (told["value"], told["live"], told["past"]) == (50, 0, [{"proof": "签字纪要", "value": 50}])
    assert "含补录" in client.get("/figures/").content.decode()


def test_a_number_that_no_figure_counts_is_kept_as_it_was_said(office, committee, client):
    commands.enter(by=office, committee=committee, number=295, words="295名委员", source="某报 2024-01-20")
    (row,) = settled(Claim.objects.standing())
    assert (row.figure, row.difference) == (None, None)
    page = client.get("/claims/").content.decode()
    assert "295名委员" in page and "没有这样的台账" in page


def test_a_claim_needs_a_source_and_holds_nobodys_number(office, committee):
    with pytest.raises(Refused, match="出自哪里"):
        commands.enter(by=office, committee=committee, number=1, words="一场")
    with pytest.raises(Refused, match="个人信息"):
        commands.enter(by=office, committee=committee, number=1, words="电话13812345678", source="某报")
    assert Claim.objects.count() == 0


def test_a_withdrawn_claim_is_shown_no_longer(office, committee, client, account):
    made = commands.enter(by=office, committee=committee, number=295, words="295名委员", source="某报")
    with pytest.raises(Refused):
        commands.withdraw(by=account(Role.MEMBER), claim=made, why="不对")
    commands.withdraw(by=office, claim=made, why="抄错了")
    assert "295名委员" not in client.get("/claims/").content.decode()


def test_the_list_of_claims_asks_a_fixed_number_of_queries(office, committee, client, django_assert_max_num_queries):
    for number in range(12):
        commands.enter(by=office, committee=committee, number=number, words=f"{number}场", source="某报", figure="consultations")
    with django_assert_max_num_queries(16):
        client.get("/claims/")


def test_what_a_report_says_is_quoted_only_while_it_is_public(office, committee, report, client):
    commands.read_off(by=office, committee=committee, snapshot=report)
    quoted = Claim.objects.get(figure="attendances")
    for step, is_open in ((newsroom.publish, True), (newsroom.take_down, False)):
        step(by=office, snapshot=report, **({} if is_open else {"why": "核对"}))
        report.refresh_from_db()
        for address in ("/claims/", "/figures/attendances/"):
            page = client.get(address).content.decode()
            assert (quoted.words in page, report.title in page) == (is_open, is_open), address
            assert str(quoted.number) in page


def test_many_claims_come_by_page_and_cost_the_same(office, committee, client, django_assert_max_num_queries):
    for number in range(1, 33):
        commands.enter(by=office, committee=committee, number=number, words=f"协商{number}场", source="某报 2024-01-20",
                       figure="consultations", since=dt.date(2023, 1, 1))  # fmt: skip
    with django_assert_max_num_queries(12):
        first = client.get("/claims/").content.decode()
    assert "协商32场" in first and "协商1场" not in first and "page=2" in first
    assert "协商1场" in client.get("/claims/?page=2").content.decode()
