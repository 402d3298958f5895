"""The seventeen ledgers: every sheet opens, filters, exports and asks a fixed number of queries; exports are entered."""

import datetime as dt
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from shangliang.journal.events import EVENTS
from shangliang.journal.models import Entry
from shangliang.ledgers.book import told
from shangliang.ledgers.catalogue import BY_NUMBER, LEDGERS
from shangliang.ledgers.counsel import PERSONAL
from shangliang.ledgers.shape import Asked
from shangliang.people.roles import Role
from shangliang.shared import clock
from tests import factories
from tests.journeys import walk

SHEETS = [(ledger, sheet) for ledger in LEDGERS for sheet in ledger.sheets]


def opened(response):
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content))


def test_there_are_seventeen_and_each_says_what_it_is():
    assert [ledger.number for ledger in LEDGERS] == list(range(1, 18))
    for ledger, sheet in SHEETS:
        assert str(ledger.words).endswith("。")
        titles = [str(column.title) for column in sheet.columns]
        assert titles[0] == "序号" and len(set(titles)) == len(titles), sheet.name


@pytest.fixture
def readers(committee, account, client_as):
    """A browser for each role that reads ledgers, made when it is first asked for."""
    made: dict = {}

    def browse(ledger):
        role = Role.COMMITTEE_OFFICE if Role.COMMITTEE_OFFICE in ledger.seen_by else ledger.seen_by[0]
        if role not in made:
            made[role] = client_as(account(role))
        return made[role]

    return browse


def test_every_sheet_opens_filters_and_exports(rated, readers):
    for ledger, sheet in SHEETS:
        client, address = readers(ledger), f"/desk/ledgers/{ledger.number}/"
        page = client.get(f"{address}?sheet={sheet.key}&since=2023-01-01&until=2023-12-31&q=%25")
        assert page.status_code == 200, (ledger.number, sheet.key)
        rows = opened(client.post(f"{address}export/", {"sheet": sheet.key})).get_sheet_by_index(0).to_python(skip_empty_area=False)
        assert rows[2] == [str(column.title) for column in sheet.columns]
        assert str(ledger.name) in rows[0][0] and "委员会" in rows[1][0] and "截至" in rows[1][0]


def test_every_sheet_asks_as_many_queries_for_much_as_for_little(rated, readers, committee, courtyard, count_queries):
    asks = {f"/desk/ledgers/{ledger.number}/?sheet={sheet.key}": readers(ledger) for ledger, sheet in SHEETS}
    few = {}
    for address, client in asks.items():
        client.get(address)
        few[address] = count_queries(lambda client=client, address=address: client.get(address))
    for number in range(3):
        walk.report(committee, courtyard, key=f"many-{number}" + "x" * 30)
        factories.member(committee)
    for address, client in asks.items():
        assert count_queries(lambda client=client, address=address: client.get(address)) <= few[address], address


def test_the_index_counts_what_the_reader_may_read(rated, office_staff, client_as, account, other_village):
    text = client_as(office_staff).get("/desk/ledgers/").content.decode()
    assert "交办督办台账" in text and "审计与导出登记" not in text
    elsewhere = account(Role.LIAISON, region=other_village.parent)
    assert "没有符合条件" in client_as(elsewhere).get("/desk/ledgers/3/").content.decode()


def test_a_period_and_a_town_choose_the_rows(rated, office_staff, client_as):
    client = client_as(office_staff)

    def count(query):
        return len(opened(client.post("/desk/ledgers/3/export/", query)).get_sheet_by_index(0).to_python()) - 3

    assert count({}) == 1
    assert count({"since": "2023-05-12", "until": "2023-05-12"}) == 1
    assert count({"since": "2023-05-13"}) == 0 and count({"until": "2023-05-11"}) == 0
    assert count({"town": "500153005"}) == 1 and count({"town": "500153112"}) == 0


@pytest.mark.parametrize("query", ["since=2023-02-30", "since=1800-01-01", "since=2023-02-01&until=2023-01-01",
                                   "town=999", "state=nonsense", "page=999999999", "q=" + "x" * 80, "q=%00"])  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(query, office_staff, client_as, committee):
    page = client_as(office_staff).get(f"/desk/ledgers/3/?{query}")
    assert page.status_code in (200, 422)
    assert client_as(office_staff).get("/desk/ledgers/3/?sheet=none").status_code == 404
    assert client_as(office_staff).get("/desk/ledgers/18/").status_code == 404


def test_personal_data_is_masked_on_the_page_and_in_the_sheet(committee, courtyard, office_staff, client_as):
    walk.report(committee, courtyard, key="m" * 40, text="=1+1 请打13812345678找毛万二")
    client = client_as(office_staff)
    assert "138****5678" in client.get("/desk/ledgers/3/").content.decode()
    response = client.post("/desk/ledgers/3/export/", {})
    row = opened(response).get_sheet_by_index(0).to_python()[3]
    assert any("138****5678" in str(cell) and str(cell).startswith("=1+1") for cell in row)
    assert "13812345678" not in response.content.decode("latin-1")


def test_an_export_is_entered_and_ledger_17_shows_it(rated, office_staff, account, client_as):
    client_as(office_staff).post("/desk/ledgers/7/export/", {"since": "2023-01-01", "q": "毛万二"})
    client_as(office_staff).get("/desk/tasks/?format=xlsx")
    entries = list(Entry.objects.filter(event="ledgers.exported").order_by("seq"))
    assert [entry.fields["title"] for entry in entries] == ["交办督办台账", "交办"]
    assert entries[0].fields["rows"] == 1 and "毛万二" not in entries[0].data
    auditor = account(Role.AUDITOR)
    text = client_as(auditor).get("/desk/ledgers/17/").content.decode()
    assert "交办督办台账" in text and office_staff.name in text and "按文字筛选" in text
    assert client_as(office_staff).get("/desk/ledgers/17/").status_code == 403


def test_a_get_exports_nothing(office_staff, client_as, committee):
    assert client_as(office_staff).get("/desk/ledgers/7/export/").status_code == 405


def test_the_ledger_of_tasks_has_the_customary_columns(rated, office_staff, client_as):
    from tests.desk.test_task_ledger import HEADINGS

    rows = opened(client_as(office_staff).post("/desk/ledgers/7/export/", {})).get_sheet_by_index(0).to_python()
    assert rows[2] == HEADINGS and len(rows) == 4
    assert dict(zip(HEADINGS, rows[3], strict=True))["主办"] == "安富街道办事处"


def test_a_whole_ledger_has_all_its_sheets(rated, office_staff, client_as):
    book = opened(client_as(office_staff).post("/desk/ledgers/10/export/", {"all": "1"}))
    assert book.sheet_names == ["档案", "成员", "活动", "接待", "社情民意", "会议", "学习", "工作日志"]


def test_lines_are_numbered_on_over_the_pages(committee, courtyard, office_staff):
    for number in range(3):
        walk.report(committee, courtyard, key=f"line-{number}" + "x" * 30)
    sheet = BY_NUMBER[3].sheet("")
    rows = sheet.chosen(office_staff, Asked(), clock.today())
    assert [cells[0] for _row, cells in told(sheet, rows[1:], Asked(), 1)] == [2, 3]


def test_the_duty_ledger_counts_the_period_and_names_nobody_first(rated, office_staff):
    sheet = BY_NUMBER[15].sheet("")
    asked = Asked(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    rows = [cells for _row, cells in told(sheet, sheet.chosen(office_staff, asked, clock.today()), asked)]
    names = [cells[1] for cells in rows]
    assert names == sorted(names) and any(cells[6] for cells in rows)


def test_the_register_knows_every_event_that_reads_or_erases_personal_data():
    named = {name for name in EVENTS if re.search(r"_(read|erased|forgotten|expired)$|\.(erased|forgotten)$", name)}
    assert named - {"witness.salt_erased"} <= set(PERSONAL)


def test_a_telephone_number_cannot_be_searched_for(office_staff, client_as, committee):
    answer = client_as(office_staff).get("/desk/ledgers/3/?q=13812345678")
    assert answer.status_code == 422 and "不能按电话" in answer.content.decode()
