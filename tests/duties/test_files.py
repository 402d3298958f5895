"""A duty file is computed from the records, each line with its proof, and compares nobody."""

import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from shangliang.duties.lines import KINDS, lines_between
from shangliang.duties.queries import duty_file, files_of
from shangliang.journal.models import Entry
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.visits import commands as visits
from tests import factories
from tests.duties.conftest import MAY_16


def kinds(lines):
    return [line.kind for line in lines]


def test_the_year_tells_what_the_records_hold(busy):
    file = duty_file(busy.member, 2023)
    assert sorted(kinds(file.counting)) == ["brief", "courtyard", "promise", "visit"]
    assert duty_file(busy.member, 2022).counting[0].kind == "courtyard"
    months = {str(title): per for title, per in file.months}
    assert months["走访"][4] == 1
    assert sum(months["走访"]) == 1


def test_each_line_leads_to_its_record_and_to_the_entry_that_proves_it(busy, client_as):
    file = duty_file(busy.member, 2023)
    proofs = {shown.line.kind: shown.proof for _n, _t, lines in file.groups for shown in lines}
    assert {kind: proof.event for kind, proof in proofs.items()} == {
        "courtyard": "people.linked", "visit": "visits.made", "brief": "briefs.submitted",
        "promise": "visits.promise_kept",
    }  # fmt: skip
    client = client_as(busy)
    for line in file.counting:
        if line.kind != "courtyard":
            assert client.get(line.href.split("#")[0]).status_code == 200, line
    entry = Entry.objects.get(event="visits.made")
    page = client.get(f"/desk/duties/{busy.member.pk}/2023/").content.decode()
    assert f"第 {entry.seq} 条" in page


def test_every_kind_names_an_event_that_exists():
    from shangliang.journal.events import EVENTS

    missing = [kind.event for kind in KINDS.values() if kind.event not in EVENTS]
    assert missing == []


def test_three_hundred_files_cost_as_many_queries_as_one(
    busy, committee, courtyard, office_staff, django_assert_num_queries
):
    with django_assert_num_queries(len(KINDS) + 1):
        one = files_of(2023)
    with clock.at(MAY_16):
        for n in range(12):
            visits.write_visit(
                by=office_staff, committee=committee, key=f"n{n:02}-".ljust(24, "0"), venue=courtyard, on=MAY_16,
                members=[factories.member(committee)], kinds=["uniting"],
            )
    with django_assert_num_queries(len(KINDS) + 1):
        many = files_of(2023)
    assert len(many) == len(one) + 12


def test_a_day_outside_the_year_is_not_in_it(busy):
    assert "visit" not in kinds(lines_between(dt.date(2023, 5, 17), dt.date(2023, 12, 31))[busy.member.pk])
    assert "visit" in kinds(lines_between(MAY_16, MAY_16)[busy.member.pk])


def test_a_member_reads_the_own_file_and_nobody_elses(busy, committee, account, office_staff, liaison, client_as):
    other = account(Role.MEMBER, member=factories.member(committee))
    address = f"/desk/duties/{busy.member.pk}/2023/"
    answers = [client_as(who).get(address).status_code for who in (busy, office_staff, other, liaison)]
    assert answers == [200, 200, 404, 403]
    led = client_as(busy).get("/desk/duties/")
    assert led["Location"] == f"/desk/duties/{busy.member.pk}/{clock.today().year}/"


@pytest.mark.parametrize("year", ["1999", "2999"])
def test_a_year_that_was_not_is_not_found(busy, client_as, year):
    assert client_as(busy).get(f"/desk/duties/{busy.member.pk}/{year}/").status_code == 404


def test_the_list_of_members_carries_no_numbers_and_no_order_but_names(busy, committee, office_staff, client_as):
    for name in ("丁一", "甲二", "乙三"):
        factories.member(committee, name=name)
    import re

    page = client_as(office_staff).get("/desk/duties/").content.decode()
    part = page.split("<ul class=\"lines\">")[1].split("</ul>")[0]
    words = re.sub(r"<[^>]+>", " ", part)
    assert not re.search(r"\d", words), words
    shown = re.findall(r"丁一|甲二|乙三", words)
    assert shown == sorted(["丁一", "甲二", "乙三"])


def test_the_sheet_of_all_members_holds_facts_by_name_and_no_sums(busy, office_staff, client_as):
    book = client_as(office_staff).post("/desk/duties/2023.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["姓名", "界别", "类别", "次数"]
    assert ["委员甲", "农业界", "走访", 1.0] in rows
    assert not any("合计" in str(cell) or "总" in str(cell) for row in rows for cell in row)


def test_one_members_sheet_is_the_ledger_with_proofs(busy, client_as):
    book = client_as(busy).get(f"/desk/duties/{busy.member.pk}/2023/?format=xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["日期", "类别", "内容", "凭据"]
    assert any("走访" in row[2] for row in rows[1:])
