"""Answers, evaluations both ways, silence, and the second evaluation of promises."""

import datetime as dt
from fractions import Fraction

import pytest

from shangliang.journal.models import Entry
from shangliang.outcomes import commands as outcomes
from shangliang.outcomes.models import Evaluation
from shangliang.outcomes.queries import proposal_satisfaction
from shangliang.proposals.models import Proposal, Signer
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Task
from shangliang.tick import work

from .. import factories
from .conftest import MONDAY, answer, fresh


def test_an_accepted_answer_asks_the_proposer(replied, member_account):
    assert replied.proposal.state == "replied" and replied.proposal.replied_on == MONDAY
    assert Signer.objects.get(member=member_account.member).news == "承办单位已经答复"
    assert fresh(replied.task).step_deadline.key == "task.evaluate"


def test_only_when_every_unit_has_answered(filed, office_staff, unit, unit_clerk, committee, account):
    from types import SimpleNamespace

    from shangliang.people.roles import Role

    other = factories.unit(committee, name="区水利局", kind="department")
    first = tasks.assign_proposal(by=office_staff, proposal=filed, unit=unit, size="proposal", others=[other])
    then = Task.objects.get(unit=other)
    made = [
        SimpleNamespace(proposal=filed, task=first, office=office_staff, clerk=unit_clerk),
        SimpleNamespace(proposal=filed, task=then, office=office_staff, clerk=account(Role.UNIT_CLERK, unit=other)),
    ]
    assert answer(made[0]).state == "distributed"
    assert answer(made[1], "C").state == "replied"


@pytest.mark.parametrize("value", ["satisfied", "mostly"])
def test_a_satisfied_proposer_ends_it(value, replied, member_account):
    outcomes.evaluate_proposal(
        by=member_account, proposal=replied.proposal, value=value, visited=True, attitude="satisfied",
        heard_by="visit", leader_replied=True, comment="办得实",
    )  # fmt: skip
    assert fresh(replied.proposal).state == "closed"
    task = fresh(replied.task)
    assert task.state == "closed" and task.closed_how == fresh(replied.proposal).closed_how
    assert task.deadline.ended_on and task.contact_deadline.ended_on
    told = Entry.objects.get(event="outcomes.proposal_evaluated")
    assert "办得实" not in told.data
    with pytest.raises(Refused):
        outcomes.evaluate_proposal(by=member_account, proposal=fresh(replied.proposal), value="not")


def test_a_proposer_who_is_not_satisfied_gets_it_redone_once_and_then_a_joint_review(replied, member_account, unit_clerk):
    outcomes.evaluate_proposal(by=member_account, proposal=replied.proposal, value="not", comment="没改完")
    task = fresh(replied.task)
    assert fresh(replied.proposal).state == "redo" and task.state == "returned"
    assert task.deadline.key == "task.redo" and task.deadline.due_on == dt.date(2024, 5, 6)
    with clock.at(dt.date(2024, 4, 8)):
        again = answer(replied)
        assert again.state == "replied"
        outcomes.evaluate_proposal(by=member_account, proposal=again, value="not")
        assert fresh(again).state == "evaluated" and fresh(task).state == "joint_review"
        tasks.settle_joint_review(by=replied.office, task=fresh(task), result="纳入明年计划")
    assert fresh(again).state == "closed" and fresh(again).closed_how == "会商后销号"
    assert [each.value for each in Evaluation.objects.order_by("round")] == ["not", "not"]


def test_helping_units_are_asked_again_within_five_days(filed, office_staff, unit, unit_clerk, committee, member_account):
    from types import SimpleNamespace

    helper = factories.unit(committee, name="区水利局", kind="department")
    task = tasks.assign_proposal(by=office_staff, proposal=filed, unit=unit, size="proposal", co_units=[helper])
    made = answer(SimpleNamespace(proposal=filed, task=task, office=office_staff, clerk=unit_clerk))
    outcomes.evaluate_proposal(by=member_account, proposal=made, value="not")
    asked = task.helpers.get()
    assert asked.deadline.key == "task.co_unit.redo" and asked.deadline.due_on == dt.date(2024, 3, 11)


def test_a_promise_is_evaluated_when_it_is_given_and_again_when_it_is_kept(at_work, member_account):
    made = answer(at_work, "B")
    assert made.state == "replied" and fresh(at_work.task).state == "tracking"
    outcomes.evaluate_proposal(by=member_account, proposal=made, value="mostly")
    assert fresh(made).state == "evaluated" and fresh(at_work.task).state == "tracking"
    with clock.at(dt.date(2024, 9, 2)):
        tasks.keep_promise(by=at_work.clerk, task=fresh(at_work.task), report="已改完")
        tasks.check_promise(by=at_work.office, task=fresh(at_work.task), words="已改完")
        assert fresh(made).state == "replied"
        outcomes.evaluate_proposal(by=member_account, proposal=fresh(made), value="satisfied")
    assert fresh(made).state == "closed" and fresh(at_work.task).closed_how == "满意"


def test_a_promise_that_does_not_satisfy_goes_back_to_the_unit(at_work, member_account):
    made = answer(at_work, "B")
    outcomes.evaluate_proposal(by=member_account, proposal=made, value="not")
    assert fresh(made).state == "redo" and fresh(at_work.task).state == "returned"


def test_silence_after_the_days_and_one_reminder_ends_it_unrated_and_counts_for_nothing(replied):
    last = fresh(replied.task).step_deadline.due_on
    with clock.at(last + dt.timedelta(days=3)):
        work()
        work()
        assert fresh(replied.proposal).state == "replied", "not before the reminder, and not on the same day"
        assert Entry.objects.filter(event="proposals.evaluation_reminded").count() == 1
    with clock.at(last + dt.timedelta(days=4)):
        work()
    made = fresh(replied.proposal)
    assert made.state == "closed" and made.closed_how == "未评价" and fresh(replied.task).state == "closed"
    told = proposal_satisfaction(Proposal.objects.all())
    assert (told.rated, told.silent, told.rate) == (0, 1, None)


def test_the_reminder_comes_before_the_last_day(replied):
    last = fresh(replied.task).step_deadline.due_on
    with clock.at(last - dt.timedelta(days=10)):
        work()
        assert fresh(replied.proposal).reminded_on is None
    with clock.at(last - dt.timedelta(days=1)):
        work()
        assert fresh(replied.proposal).reminded_on == last - dt.timedelta(days=1)
    assert str(last) in Signer.objects.get().news
    with clock.at(last):
        work()
        assert fresh(replied.proposal).state == "replied", "the last day still counts"


def test_the_rate_counts_the_last_word_alone(replied, member_account):
    outcomes.evaluate_proposal(by=member_account, proposal=replied.proposal, value="not")
    again = answer(replied)
    outcomes.evaluate_proposal(by=member_account, proposal=again, value="mostly")
    told = proposal_satisfaction(Proposal.objects.all())
    assert (told.mostly, told.not_satisfied, told.rate) == (1, 0, Fraction(1))


def test_the_office_enters_what_was_said_by_telephone_with_a_note(replied, office_staff):
    with pytest.raises(Refused) as refusal:
        outcomes.evaluate_proposal(by=office_staff, proposal=replied.proposal, value="satisfied")
    assert refusal.value.field == "note"
    made = outcomes.evaluate_proposal(
        by=office_staff, proposal=replied.proposal, value="satisfied", note="3 月 4 日电话回访"
    )
    assert made.said == "call_back"


def test_nobody_else_evaluates_and_nothing_before_it_is_answered(at_work, replied, second, unit_clerk, member_account):
    for by in (second, unit_clerk):
        with pytest.raises(Refused):
            outcomes.evaluate_proposal(by=by, proposal=replied.proposal, value="satisfied", note="x")


def test_an_unanswered_proposal_is_not_evaluated(at_work, member_account):
    with pytest.raises(Refused, match="还没有都答复"):
        outcomes.evaluate_proposal(by=member_account, proposal=at_work.proposal, value="satisfied")


def test_a_word_that_is_no_evaluation_is_refused(replied, member_account):
    with pytest.raises(Refused) as refusal:
        outcomes.evaluate_proposal(by=member_account, proposal=replied.proposal, value="great")
    assert refusal.value.field == "value"
    assert fresh(replied.proposal).state == "replied"
