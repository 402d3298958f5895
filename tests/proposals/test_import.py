"""Bringing in lists of proposals: what is taken, what is refused by name, what is never taken twice."""

import csv
import datetime as dt

import pytest
from click.testing import CliRunner
from xlsxwriter import Workbook

from shangliang.cli import main
from shangliang.journal.models import Entry
from shangliang.outcomes.importing import run
from shangliang.outcomes.models import Evaluation
from shangliang.outcomes.queries import proposal_satisfaction
from shangliang.proposals.models import Proposal
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks.models import Task

from .. import factories
from .conftest import MONDAY

HEAD = "编号,年度,案由,第一提案人,联名人,类别,主办单位,协办单位,办理结果,评价,提出日期,答复日期"
GOOD = [
    "12,2023,关于雨污分流的建议,委员甲,委员乙、委员丙,城乡建设,安富街道办事处,区水利局,A,满意,2023-01-15,2023-04-10",
    "第13号,2023,关于夏布的建议,农业界,,文化,安富街道办事处,,B类,,2023/1/16,2023-04-11",
    "2024年第2号,,关于河道的建议,委员乙,,环保,安富街道办事处、区水利局,,,,2024-01-10,",
    "3,2024,关于书屋的建议,委员丙,,,,,,,2024-01-11,",
]


@pytest.fixture
def register(committee, unit, monday):
    """Three members and two units whom the list names."""
    factories.unit(committee, name="区水利局", kind="department")
    return [factories.member(committee, name=f"委员{letter}") for letter in "甲乙丙"]


def written(tmp_path, *rows, name="往年提案.csv"):
    path = tmp_path / name
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def test_a_list_comes_in_as_it_stands(register, tmp_path):
    report = run(written(tmp_path, *GOOD))
    assert (report.read, report.taken, report.skipped) == (4, 4, {})
    first = Proposal.objects.get(year=2023, number=12)
    assert (first.state, first.closed_how, first.kind, first.category) == ("closed", "满意", "joint", "urban")
    assert first.entered_late and first.submitted_on == dt.date(2023, 1, 15) and first.replied_on == dt.date(2023, 4, 10)
    assert [each.member.name for each in first.signers.all()] == ["委员甲", "委员乙", "委员丙"]
    task = first.tasks.get()
    assert (task.grade, task.state, task.helpers.get().unit.name) == ("A", "closed", "区水利局")
    assert Evaluation.objects.get().value == "satisfied"
    group = Proposal.objects.get(number=13)
    assert (group.who, group.closed_how, group.category) == ("农业界", "未评价", "culture")


def test_what_is_still_going_on_goes_on_here(register, tmp_path):
    run(written(tmp_path, *GOOD))
    running = Proposal.objects.get(year=2024, number=2)
    assert running.state == "distributed"
    assert {task.state for task in running.tasks.all()} == {"acknowledged"}
    assert {task.deadline.due_on for task in running.tasks.all()} == {dt.date(2024, 4, 10)}
    assert Proposal.objects.get(year=2024, number=3).state == "filed"


def test_a_late_answer_waits_for_its_proposer(register, tmp_path):
    run(written(tmp_path, "5,2024,关于驿站的建议,委员甲,,,安富街道办事处,,A,,2024-01-15,2024-03-01"))
    made = Proposal.objects.get(number=5)
    assert made.state == "replied" and made.tasks.get().state == "awaiting_evaluation"


def test_silence_of_older_lists_counts_for_nothing(register, tmp_path):
    run(written(tmp_path, *GOOD[:2]))
    told = proposal_satisfaction(Proposal.objects.all())
    assert (told.satisfied, told.rated, told.silent) == (1, 1, 1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,2023,甲事,张不识,,,,,,,2023-01-15,", "委员名册里没有“张不识”。"),
        ("1,2023,甲事,委员甲,王不识,,,,,,2023-01-15,", "委员名册里没有“王不识”。"),
        ("1,2023,甲事,委员甲,,,某某局,,,,2023-01-15,", "单位名册里没有“某某局”。"),
        ("1,2023,甲事,委员甲,,,,某某局,,,2023-01-15,", "单位名册里没有“某某局”。"),
        ("1,2023,甲事,,,,,,,,2023-01-15,", "没有写第一提案人。"),
        (",2023,甲事,委员甲,,,,,,,2023-01-15,", "没有写编号。"),
        ("1,2023,,委员甲,,,,,,,2023-01-15,", "没有写案由。"),
        ("1,2023,甲事,委员甲,,,安富街道办事处,,E,,2023-01-15,", "办理结果看不懂：E。"),
        ("1,2023,甲事,委员甲,,,安富街道办事处,,A,还行,2023-01-15,", "评价看不懂：还行。"),
        ("1,2023,甲事,委员甲,,,,,A,,2023-01-15,", "有办理结果，却没有写主办单位。"),
        ("1,2023,甲事,委员甲,,,安富街道办事处,,,满意,2023-01-15,", "有评价，却没有写办理结果。"),
        ("1,2023,甲事,委员甲,,,,,,,某日,", "日期看不懂：某日。"),
        ("1,2031,甲事,委员甲,,,,,,,2031-01-15,", "日期在将来：2031-01-15。"),
        ("1,2031,甲事,委员甲,,,,,,,,", "看不出是哪一年的提案。"),
        ("1,2023,甲事,委员甲,,,安富街道办事处,,A,,2023-01-15,2022-01-15", "答复日期早于提出日期。"),
        (f"1,2023,{'长' * 81},委员甲,,,,,,,2023-01-15,", "案由超过 80 字。"),
    ],
)
def test_a_row_that_cannot_be_taken_names_what_is_wrong_and_is_written_beside(row, why, register, tmp_path):
    path = written(tmp_path, GOOD[3], row)
    report = run(path)
    assert report.taken == 1 and report.skipped == {why: [3]}
    assert why in str(report) and "refused.csv" in str(report)
    text = (tmp_path / "往年提案.csv.refused.csv").read_text(encoding="utf-8-sig")
    beside = list(csv.DictReader(text.splitlines()))
    assert [(each["行号"], each["没收的原因"]) for each in beside] == [("3", why)]
    assert beside[0]["年度"] == row.split(",")[1]


def test_two_members_of_one_name_are_not_guessed_between(register, committee, tmp_path):
    factories.member(committee, name="委员甲", sector="教育界")
    report = run(written(tmp_path, GOOD[0]))
    assert report.taken == 0 and "有 2 位“委员甲”" in str(report)


def test_what_was_mended_in_the_file_beside_comes_in(register, committee, tmp_path):
    run(written(tmp_path, "1,2023,甲事,张不识,,城乡建设,,,,,2023-01-15,"))
    factories.member(committee, name="张不识")
    report = run(tmp_path / "往年提案.csv.refused.csv")
    assert report.taken == 1 and Proposal.objects.get().proposer.name == "张不识"


def test_a_second_run_takes_nothing_twice(register, tmp_path):
    path = written(tmp_path, *GOOD, GOOD[0])
    assert run(path).skipped == {"与前面的一行完全相同": [6]}
    before = Entry.objects.count()
    again = run(path)
    assert again.taken == 0 and again.skipped["以前已经导入"] == [2, 3, 4, 5]
    assert Entry.objects.count() == before and Proposal.objects.count() == 4 and Task.objects.count() == 4
    assert not (tmp_path / "往年提案.csv.refused.csv").exists(), "what is here already is not refused"


def test_a_number_that_is_taken_by_another_proposal_is_refused(register, tmp_path):
    run(written(tmp_path, GOOD[0]))
    report = run(written(tmp_path, "12,2023,别的建议,委员甲,,,,,,,2023-01-15,", name="b.csv"))
    assert report.taken == 0 and "2023年第12号已经有了" in str(report)


def test_a_dry_run_keeps_nothing(register, tmp_path):
    before = Entry.objects.count()
    report = run(written(tmp_path, *GOOD, "1,2023,甲事,张不识,,,,,,,,"), dry_run=True)
    assert report.taken == 4 and "什么都没有写入" in str(report) and "张不识" in str(report)
    assert Proposal.objects.count() == 0 and Entry.objects.count() == before
    assert [path.name for path in tmp_path.iterdir()] == ["往年提案.csv"]
    assert run(tmp_path / "往年提案.csv").taken == 4


def test_a_workbook_and_what_goes_out_as_excel_come_in_too(register, tmp_path, client_as, office_staff, other_committee):
    path = tmp_path / "book.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for n, cells in enumerate([HEAD.split(","), GOOD[0].split(",")]):
            sheet.write_row(n, 0, cells)
    assert run(path, committee_code="RC").taken == 1
    out = client_as(office_staff).get("/desk/proposals/?format=xlsx")
    assert out.content[:2] == b"PK"
    again = tmp_path / "out.xlsx"
    again.write_bytes(out.content)
    assert run(again, committee_code="RC").skipped == {"以前已经导入": [2]}


def test_the_committee_has_to_be_named_where_there_are_two(register, other_committee, tmp_path):
    with pytest.raises(Refused, match="--committee"):
        run(written(tmp_path, *GOOD))


def test_a_file_without_the_heading_is_refused(register, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(Refused, match="案由"):
        run(path)


def test_a_cell_that_looks_like_a_formula_is_written_beside_as_text(register, tmp_path):
    run(written(tmp_path, "1,2023,=1+1,张不识,,,,,,,2023-01-15,"))
    assert "'=1+1" in (tmp_path / "往年提案.csv.refused.csv").read_text(encoding="utf-8-sig")


def test_it_runs_from_the_command_line(register, tmp_path):
    with clock.at(MONDAY):
        answer = CliRunner().invoke(main, ["import", "proposals", str(written(tmp_path, *GOOD)), "--dry-run"])
    assert answer.exit_code == 0 and "收下 4 行" in answer.output
