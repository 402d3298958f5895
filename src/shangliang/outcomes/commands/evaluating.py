"""Evaluating how a proposal was handled, and entering what older lists tell of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...journal.record import as_stored, command, record
from ...people.actors import CLOCK
from ...proposals import commands as proposals
from ...proposals.models import Proposal
from ...rules.queries import last_day
from ...shared import clock
from ...shared.refusals import require
from ...tasks import commands as tasks
from ...tasks.models import Task
from .. import events, policies
from ..models import Evaluation, Rating

UNRATED = gettext_lazy("未评价")


@command
def evaluate_proposal(
    *, by, proposal, value, visited=None, attitude="", heard_by="", leader_replied=None, comment="", note=""
):
    """Say as the proposer how good the answer is; the office may enter it with how it was told.

    满意 and 基本满意 end what is answered; after 不满意 the units work on it once more, and after a second time they,
    the proposer and the office meet (Chongqing rule arts 26-27). A B answer is rated again once its promise is kept.
    """
    require(policies.may_evaluate_proposal(by, proposal))
    require(proposal.state == Proposal.State.REPLIED, _("承办单位还没有都答复，暂时不能评价。"))
    require(value in Rating.Value.values, _("请选择满意、基本满意或不满意。"), field="value")
    own = by.pk == proposal.drafted_by_id or (by.member_id and by.member_id == proposal.proposer_id)
    own = bool(own and not (proposal.by_office and by.member_id is None))
    require(own or note.strip(), _("代为登记评价，请写明何时、怎样得知（电话或书面）。"), field="note")
    evaluation = Evaluation.objects.create(
        committee=proposal.committee, case=proposal.case, proposal=proposal, value=value,
        round=proposal.evaluations.count() + 1, said=Rating.Said.ACCOUNT if own else Rating.Said.CALL_BACK,
        visited=visited, attitude=attitude, heard_by=heard_by, leader_replied=leader_replied,
        comment=comment.strip(), evaluated_on=clock.today(),
    )  # fmt: skip
    record(_told(evaluation), about=evaluation, by=by, why=note)
    _settle(proposal, value)
    return evaluation


def _told(evaluation) -> events.ProposalRated:
    attitude, heard_by = evaluation.attitude, evaluation.heard_by
    return events.ProposalRated(
        value=Rating.Value(evaluation.value).label, code=evaluation.value, said=Rating.Said(evaluation.said).label,
        visited=evaluation.visited, attitude=Evaluation.Attitude(attitude).label if attitude else "",
        heard_by=Task.Contact(heard_by).label if heard_by else "", leader_replied=evaluation.leader_replied,
        comment=evaluation.comment,
    )


def _settle(proposal, value):
    """What an evaluation means for the proposal and for the tasks that have been answered."""
    label = as_stored(Rating.Value(value).label)
    states = Task.State
    answered = [states.AWAITING_EVALUATION]
    if value != Rating.Value.NOT:
        proposals.evaluate(by=CLOCK, proposal=proposal, how=label)
        for task in _tasks(proposal, answered):
            tasks.close(by=CLOCK, task=task, how=label)
        return
    for task in _tasks(proposal, [*answered, states.TRACKING]):
        tasks.return_rated(by=CLOCK, task=task, why=label)
    if proposal.tasks.filter(state=states.RETURNED).exists():
        proposals.redo(by=CLOCK, proposal=proposal)
    else:
        proposals.evaluate(by=CLOCK, proposal=proposal, how=label)


def _tasks(proposal, states) -> list:
    related = ("case", "committee", "deadline", "step_deadline", "contact_deadline", "proposal__case")
    return list(proposal.tasks.filter(state__in=states).select_related(*related).order_by("pk"))


@command
def bring_in_proposal(
    *, by, committee, key, units=(), co_units=(), grade="", value="", replied_on=None, proposed_on, **told
):
    """Enter one row of an older list of proposals with its units, answer and evaluation; returns the proposal.

    An answer that nobody rated is 未评价 when the days for it are over, and waits for the proposer otherwise.
    """
    require(policies.may_bring_in_proposal(by, committee))
    proposal = proposals.bring_in(by=by, committee=committee, key=key, proposed_on=proposed_on, **told)
    if not units or proposal.state != Proposal.State.FILED:
        return proposal
    how = _ended(committee, grade, value, replied_on)
    proposals.distribute(by=by, proposal=proposal, on=proposed_on)
    for number, unit in enumerate(units):
        tasks.bring_in(
            by=by, proposal=proposal, unit=unit, co_units=() if number else co_units, grade=grade,
            replied_on=replied_on, how=how,
        )  # fmt: skip
    if grade:
        proposals.replied(by=by, proposal=proposal, on=replied_on or proposed_on)
    if value:
        evaluation = Evaluation.objects.create(
            committee=committee, case=proposal.case, proposal=proposal, value=value, said=Rating.Said.CALL_BACK,
            evaluated_on=replied_on,
        )
        record(_told(evaluation), about=evaluation, by=by)
    if how:
        proposals.close(by=by, proposal=proposal, how=how, on=replied_on or proposed_on)
    return proposal


def _ended(committee, grade, value, replied_on) -> str:
    """How the row ended, in the words of a closed task; nothing while it still goes on."""
    if value:
        return as_stored(Rating.Value(value).label)
    over = grade and (replied_on is None or clock.today() > last_day(committee.pk, "task.evaluate", replied_on))
    return as_stored(UNRATED) if over else ""
