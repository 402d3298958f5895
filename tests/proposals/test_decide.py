"""Filing, declining with the ten grounds, merging, passing on, giving out."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shangliang.journal.queries import public_timeline
from shangliang.people.roles import Role
from shangliang.proposals import commands as proposals
from shangliang.proposals.models import Proposal, Signer
from shangliang.proposals.reasons import GROUNDS
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Task

from .. import factories
from .conftest import MONDAY, WORDS, fresh


def another(committee, office, *, signers=(), title="关于小区雨污分流的另一个建议", state="pre_review"):
    made = proposals.draft(
        by=office, committee=committee, proposer=factories.member(committee), signers=signers,
        **WORDS | {"title": title},
    )  # fmt: skip
    proposals.submit(by=office, proposal=made)
    proposals.take_review(by=office, proposal=made)
    if state == "filed":
        proposals.file(by=office, proposal=made)
    return made


def test_filing_gives_the_next_number_of_the_year_and_each_once(filed, committee, office_staff):
    assert (filed.year, filed.number, filed.number_words) == (2024, 1, "2024年第1号")
    other = another(committee, office_staff)
    with pytest.raises(Refused, match="2024年第1号已经有了") as refusal:
        proposals.file(by=office_staff, proposal=other, number=1)
    assert refusal.value.field == "number"
    proposals.file(by=office_staff, proposal=other)
    assert other.number == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=other.pk).update(number=1)


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_each_of_the_ten_grounds_tells_how_the_matter_is_passed_on(ground, reviewed, office_staff, member_account):
    proposals.decline(by=office_staff, proposal=reviewed, ground=ground)
    assert reviewed.state == "declined" and reviewed.review_note == str(GROUNDS[ground].words)
    mine = Signer.objects.get(member=member_account.member)
    assert str(GROUNDS[ground].title) in mine.news
    assert "declined" not in str(public_timeline(reviewed.case_no)), "why it was declined is nobody else's matter"


def test_there_are_ten_grounds_and_no_other(reviewed, office_staff):
    assert len(GROUNDS) == 10
    with pytest.raises(Refused) as refusal:
        proposals.decline(by=office_staff, proposal=reviewed, ground="dull")
    assert refusal.value.field == "ground"


def test_the_database_refuses_a_declined_proposal_without_its_ground(reviewed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=reviewed.pk).update(state="declined")


def test_who_signed_what_is_merged_signs_the_other_and_hears_of_it(filed, committee, office_staff, second, member_account):
    other = another(committee, office_staff, signers=[second.member, member_account.member])
    first = other.proposer
    proposals.merge(by=office_staff, proposal=other, into=filed, why="都是雨污分流")
    assert other.state == "merged" and other.merged_into == filed
    rows = {each.member: each for each in filed.signers.select_related("member")}
    assert set(rows) == {member_account.member, second.member, first}
    assert rows[second.member].came_from == other and rows[member_account.member].came_from is None
    assert rows[member_account.member].lead and not rows[first].lead
    assert all("已并入这件提案" in each.news for each in rows.values())
    proposals.hear(by=second, proposal=fresh(filed))
    with pytest.raises(Refused):
        proposals.hear(by=second, proposal=fresh(filed))
    assert Proposal.objects.visible_to(second).filter(pk=filed.pk).exists()


def test_what_was_merged_before_follows_too(filed, committee, office_staff):
    first, then = another(committee, office_staff, title="一"), another(committee, office_staff, title="二")
    proposals.merge(by=office_staff, proposal=first, into=then, why="同一件事")
    proposals.merge(by=office_staff, proposal=then, into=filed, why="同一件事")
    assert fresh(first).merged_into == filed


def test_a_proposal_is_merged_neither_into_itself_nor_into_one_that_is_answered(replied, committee, office_staff):
    other = another(committee, office_staff)
    with pytest.raises(Refused, match="不能归并到自己"):
        proposals.merge(by=office_staff, proposal=other, into=other, why="同一件事")
    with pytest.raises(Refused, match="已经答复"):
        proposals.merge(by=office_staff, proposal=other, into=replied.proposal, why="同一件事")


def test_what_is_better_told_as_information_says_so(reviewed, office_staff, member_account):
    proposals.convert(by=office_staff, proposal=reviewed, why="情况反映为主")
    assert reviewed.state == "converted"
    assert "转为社情民意信息" in Signer.objects.get(member=member_account.member).news


@pytest.mark.parametrize("verb", ["take_review", "file", "decline", "merge", "convert", "send_back", "distribute"])
def test_members_and_units_decide_nothing(verb, reviewed, member_account, second, unit_clerk):
    extra = {"decline": {"ground": "empty"}, "merge": {"into": reviewed, "why": "x"}, "convert": {"why": "x"},
             "send_back": {"why": "x"}}.get(verb, {})  # fmt: skip
    for by in (member_account, second, unit_clerk):
        with pytest.raises(Refused, match="政协办公室"):
            getattr(proposals, verb)(by=by, proposal=reviewed, **extra)


def test_one_lead_with_helpers_has_the_days_that_the_rules_give_to_proposals(filed, office_staff, unit, committee):
    helper = factories.unit(committee, name="区水利局", kind="department")
    task = tasks.assign_proposal(by=office_staff, proposal=filed, unit=unit, size="proposal", co_units=[helper])
    assert fresh(filed).state == "distributed" and fresh(filed).deadline.ended_on == MONDAY
    assert task.deadline.key == "task.due.proposal" and task.deadline.due_on == dt.date(2024, 6, 4)
    assert task.contact_deadline.key == "task.first_contact.proposal"
    assert task.helpers.get().deadline.key == "task.co_unit.proposal"
    assert task.text == WORDS["title"] and task.origin == filed and "2024年第1号" in task.source


def test_a_complex_one_has_six_months_and_several_units_answer_each_for_itself(filed, office_staff, unit, committee):
    other = factories.unit(committee, name="区水利局", kind="department")
    tasks.assign_proposal(by=office_staff, proposal=filed, unit=unit, size="proposal_complex", others=[other])
    made = Task.objects.filter(proposal=filed)
    assert {task.unit for task in made} == {unit, other}
    assert {task.deadline.due_on for task in made} == {dt.date(2024, 9, 4)}


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"size": "ordinary"}, "size"), ({"unit": None}, "unit"), ({"co_units": "same", "others": "same"}, "others")],
)
def test_what_cannot_be_given_out_is_refused(fields, field, filed, office_staff, unit, committee):
    other = factories.unit(committee, name="区水利局", kind="department")
    told = {"unit": unit, "size": "proposal"} | {
        name: [other] if value == "same" else value for name, value in fields.items()
    }
    with pytest.raises(Refused) as refusal:
        tasks.assign_proposal(by=office_staff, proposal=filed, **told)
    assert refusal.value.field == field
    assert fresh(filed).state == "filed"


def test_a_unit_that_is_at_it_already_is_not_given_it_twice(at_work, unit, office_staff):
    with pytest.raises(Refused, match="已经在办"):
        tasks.assign_proposal(by=office_staff, proposal=at_work.proposal, unit=unit, size="proposal")


def test_an_agreed_item_takes_no_class_of_proposals(lamp_agreement, office_staff, unit):
    with pytest.raises(Refused) as refusal:
        tasks.assign(by=office_staff, agreement=lamp_agreement[1], unit=unit, size="proposal")
    assert refusal.value.field == "size"


def test_a_task_has_one_origin_and_the_database_keeps_it_so(at_work):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=at_work.task.pk).update(proposal=None)


def test_an_objection_has_the_days_of_proposals_and_moves_the_whole_proposal(
    filed, office_staff, unit, unit_clerk, committee
):
    from shangliang.shared import clock

    other = factories.unit(committee, name="区水利局", kind="department")
    task = tasks.assign_proposal(by=office_staff, proposal=filed, unit=unit, size="proposal")
    with clock.at(dt.date(2024, 3, 18)):
        tasks.object(by=unit_clerk, task=task, reason="属于水利部门", suggests=other)
        assert task.step_deadline.key == "task.objection_decide.proposal"
        new = tasks.uphold_objection(by=office_staff, task=fresh(task), unit=other, why="职责在水利局")
    assert new.proposal == filed and new.size == "proposal" and new.reassigned_from == task
    assert fresh(task).state == "reassigned"


def test_the_unit_enters_that_it_spoke_to_the_proposer_and_its_clock_ends(at_work, unit_clerk):
    tasks.contact_proposer(by=unit_clerk, task=at_work.task, on=MONDAY, how="visit", words="已上门听取意见")
    task = fresh(at_work.task)
    assert (task.proposer_met_on, task.proposer_met_how) == (MONDAY, "visit")
    assert task.contact_deadline.ended_on == MONDAY
    for fields, field in (
        ({"on": dt.date(2024, 3, 1)}, "on"), ({"on": dt.date(2024, 3, 9)}, "on"), ({"how": "none!"}, "how"),
        ({"words": " "}, "words"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            told = {"on": MONDAY, "how": "phone", "words": "x"} | fields
            tasks.contact_proposer(by=unit_clerk, task=task, **told)
        assert refusal.value.field == field


def test_the_units_clerk_reads_the_proposal_and_the_signers_read_its_tasks(at_work, unit_clerk, member_account, second):
    assert Proposal.objects.visible_to(unit_clerk).get() == at_work.proposal
    assert Task.objects.visible_to(member_account).get() == at_work.task
    assert not Task.objects.visible_to(second).exists()
    assert not Proposal.objects.visible_to(second).exists()


def test_a_liaison_reads_no_proposal(at_work, account, village):
    liaison = account(Role.LIAISON, region=village.parent)
    assert not Proposal.objects.visible_to(liaison).exists()
