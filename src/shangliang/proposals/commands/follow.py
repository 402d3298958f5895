"""The steps that follow from tasks and evaluations; the stages that come after call them."""

from django.utils.translation import gettext_lazy

from ...journal.record import as_stored, command, record
from ...rules.commands import end_clock
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies


def _tell_signers(proposal, words) -> None:
    """Put one piece of news before everybody who signed; a later one takes the place of an earlier one."""
    signed = proposal.signers.exclude(signed_on=None)
    signed.update(news=str(words)[:200], heard_on=None)


@command
def distribute(*, by, proposal, on=None):
    """Enter that units were given the proposal (called by tasks, which give it out); the clock of review ends."""
    require(policies.may_distribute(by, proposal))
    first = proposal.distributed_on is None
    end_clock(by=by, deadline=proposal.deadline)
    moved = move(proposal, "distribute", distributed_on=proposal.distributed_on or on or clock.today())
    record(events.ProposalDistributed(), about=proposal, by=by, moved=moved)
    if first and not proposal.entered_late:
        _tell_signers(proposal, as_stored(gettext_lazy("已交承办单位办理")))


@command
def replied(*, by, proposal, on=None):
    """Enter that every unit's answer was accepted; the proposer is asked to evaluate."""
    require(policies.may_replied(by, proposal))
    moved = move(proposal, "replied", replied_on=on or clock.today(), reminded_on=None)
    record(events.ProposalReplied(), about=proposal, by=by, moved=moved)
    if not proposal.entered_late:
        _tell_signers(proposal, as_stored(gettext_lazy("承办单位已经答复")))


@command
def evaluate(*, by, proposal, how):
    """Enter the evaluation that ends this round (called by outcomes, which keep it)."""
    require(policies.may_follow(by, proposal))
    moved = move(proposal, "evaluate")
    record(events.ProposalEvaluated(how=how), about=proposal, by=by, moved=moved)


@command
def redo(*, by, proposal):
    """Let the units work on it once more after 不满意."""
    require(policies.may_redo(by, proposal))
    moved = move(proposal, "redo")
    record(events.ProposalRedone(), about=proposal, by=by, moved=moved)


@command
def remind(*, by, proposal, until):
    """Remind the proposer, once for each answer, that the evaluation is still open; returns whether it was done now."""
    require(policies.may_remind(by, proposal))
    if proposal.reminded_on is not None or proposal.state != proposal.State.REPLIED:
        return False
    proposal.reminded_on = clock.today()
    proposal.save(update_fields=["reminded_on"])
    record(events.EvaluationReminded(until=str(until)), about=proposal, by=by)
    words = as_stored(gettext_lazy("请评价办理结果，%(day)s 截止")) % {"day": until}
    _tell_signers(proposal, words)
    return True


@command
def close(*, by, proposal, how, on=None):
    """Close the proposal when every task has ended."""
    require(policies.may_close(by, proposal))
    moved = move(proposal, "close", closed_on=on or clock.today(), closed_how=how)
    record(events.ProposalClosed(how=how), about=proposal, by=by, moved=moved)
    if not proposal.entered_late:
        _tell_signers(proposal, as_stored(gettext_lazy("提案办结：%(how)s")) % {"how": how})
