"""The steps of who assigns: giving the task, deciding objections and extensions, reviewing, suspending."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...agreements.commands import assign as assign_agreement
from ...agreements.models import Agreement
from ...journal.record import as_stored, command, record
from ...proposals.commands import distribute
from ...rules.commands import end_clock, extend_clock, pause_clock, resume_clock, start_clock
from ...shared import clock
from ...shared.lifecycle import Moved, move
from ...shared.refusals import require
from .. import events, policies
from ..models import CoUnit, Task
from .follow import _end_all_clocks


@command
def assign(*, by, agreement, unit, size, co_units=(), note=""):
    """Give an agreed item to a unit; due on the agreed day, or after the days of its class.

    Raises Refused for a self-help item without its valid village decision.
    """
    require(policies.may_assign(by, agreement))
    require(unit, _("请选择承办单位。"), field="unit")
    require(size in Task.OF_AGREEMENTS, _("请选择难易。"), field="size")
    assign_agreement(by=by, agreement=agreement)
    return _create(by, agreement, unit, size, co_units, note, None)


@command
def assign_proposal(*, by, proposal, unit, size, co_units=(), others=(), note=""):
    """Give a filed proposal to a unit with helpers (主办、协办), and to ``others`` that answer for themselves (分办).

    Returns the task of ``unit``; the days are those that the rules give to proposals.
    """
    require(policies.may_assign_proposal(by, proposal))
    require(unit, _("请选择主办单位。"), field="unit")
    require(size in Task.OF_PROPOSALS, _("请选择难易。"), field="size")
    units = list(dict.fromkeys([unit, *others]))
    require(not set(units[1:]) & set(co_units), _("同一个单位不能既分办又协办。"), field="others")
    at_it = proposal.tasks.exclude(state=Task.State.REASSIGNED).filter(unit__in=units)
    busy = at_it.select_related("unit").first()
    require(busy is None, _("%(unit)s已经在办这件提案。") % {"unit": busy and busy.unit}, field="unit")
    distribute(by=by, proposal=proposal)
    made = [_create(by, proposal, each, size, () if n else co_units, note, None) for n, each in enumerate(units)]
    return made[0]


def _create(by, origin, unit, size, co_units, note, before):
    """A task of this unit with its clocks: of the work, of acknowledging, and of each helping unit.

    The unit of a proposal has a clock for speaking to the proposer besides.
    """
    agreed = isinstance(origin, Agreement)
    if agreed and origin.due_on and origin.due_on >= clock.today():
        deadline = start_clock(by=by, about=origin, key="task.due.agreed", until=origin.due_on)
    else:
        deadline = start_clock(by=by, about=origin, key=f"task.due.{size}")
    task = Task(
        committee=origin.committee, case=origin.case, unit=unit,
        size=size, note=note, assigned_on=clock.today(), assigned_by=by, deadline=deadline,
        reassigned_from=before, agreement=origin if agreed else None, proposal=None if agreed else origin,
        step_deadline=start_clock(by=by, about=origin, key="task.acknowledge"),
    )
    if not agreed:
        task.contact_deadline = start_clock(by=by, about=origin, key=task.rule_key("task.first_contact"))
    task.save()
    for helper in co_units:
        if helper.pk != unit.pk:
            due = start_clock(by=by, about=origin, key=task.rule_key("task.co_unit"))
            CoUnit.objects.create(committee=origin.committee, task=task, unit=helper, deadline=due)
    assigned = events.TaskAssigned(
        unit=unit.name, due_on=str(deadline.due_on), co_units="、".join(u.name for u in co_units)
    )
    record(assigned, about=task, by=by, why=note)
    return task


@command
def bring_in(*, by, proposal, unit, co_units=(), grade="", replied_on=None, how=""):
    """Enter who works on a proposal of an older list, the answer and, with ``how``, its end, as the list tells them.

    Without an answer the unit is at work; with one that is not yet rated, the days for rating run from the answer.
    """
    require(policies.may_bring_in(by, proposal))
    on, states = proposal.filed_on, Task.State
    state = states.CLOSED if how else states.AWAITING_EVALUATION if grade else states.ACKNOWLEDGED
    task = Task(
        committee=proposal.committee, case=proposal.case, proposal=proposal, unit=unit, size=Task.Class.PROPOSAL,
        state=state, assigned_on=on, acknowledged_on=on, grade=grade, replied_on=replied_on, closed_how=how,
        closed_on=(replied_on or on) if how else None,
        deadline=start_clock(by=by, about=proposal, key="task.due.proposal", on=on),
    )  # fmt: skip
    if state == states.AWAITING_EVALUATION:
        task.step_deadline = start_clock(by=by, about=proposal, key="task.evaluate", on=replied_on)
    if state != states.ACKNOWLEDGED:
        end_clock(by=by, deadline=task.deadline, on=replied_on or task.deadline.due_on)
    task.save()
    helpers = [helper for helper in dict.fromkeys(co_units) if helper.pk != unit.pk]
    CoUnit.objects.bulk_create(
        CoUnit(committee=proposal.committee, task=task, unit=each, replied_on=replied_on) for each in helpers
    )
    told = Task.Grade(grade).label if grade else as_stored(gettext_lazy("办理中"))
    names = "、".join(each.name for each in helpers)
    record(events.TaskBroughtIn(unit=unit.name, co_units=names, how=how or told), about=task, by=by,
           moved=Moved("bring_in", "", str(state)))  # fmt: skip
    return task


@command
def uphold_objection(*, by, task, unit, why):
    """Find that the matter is another unit's and give it to that one; only the assigner can (首接负责)."""
    require(policies.may_uphold_objection(by, task))
    require(unit and unit.pk != task.unit_id, _("请选择另一个单位。"), field="unit")
    require(why, _("请写明理由。"), field="why")
    moved = move(task, "uphold_objection")
    _decide_objection(task, True, why)
    _end_all_clocks(by, task)
    record(events.TaskReassigned(unit=unit.name), about=task, by=by, why=why, moved=moved)
    helpers = [helper.unit for helper in task.helpers.select_related("unit")]
    return _create(by, task.origin, unit, task.size, helpers, task.note, task)


@command
def deny_objection(*, by, task, why):
    """Find that the unit stays responsible; its clock goes on."""
    require(policies.may_deny_objection(by, task))
    require(why, _("请写明理由。"), field="why")
    moved = move(task, "deny_objection", acknowledged_on=task.acknowledged_on or clock.today())
    _decide_objection(task, False, why)
    end_clock(by=by, deadline=task.step_deadline)
    resume_clock(by=by, deadline=task.deadline)
    record(events.TaskObjectionDenied(), about=task, by=by, why=why, moved=moved)


def _decide_objection(task, upheld, why):
    objection = task.objections.filter(decided_on=None).order_by("-pk").first()
    objection.decided_on, objection.upheld, objection.decision = clock.today(), upheld, why
    objection.save(update_fields=["decided_on", "upheld", "decision"])


@command
def grant_extension(*, by, task, why=""):
    """Give the days asked for; the old and the new date stand in the journal."""
    require(policies.may_grant_extension(by, task))
    moved = move(task, "grant_extension")
    extension = _decide_extension(task, True, why)
    before = task.deadline.due_on
    extend_clock(by=by, deadline=task.deadline, days=extension.days)
    granted = events.TaskExtended(due_on=str(task.deadline.due_on), before=str(before))
    record(granted, about=task, by=by, why=extension.reason, moved=moved)


@command
def deny_extension(*, by, task, why):
    """Keep the date."""
    require(policies.may_deny_extension(by, task))
    require(why, _("请写明理由。"), field="why")
    moved = move(task, "deny_extension")
    _decide_extension(task, False, why)
    record(events.TaskExtensionDenied(), about=task, by=by, why=why, moved=moved)


def _decide_extension(task, granted, why):
    extension = task.extensions.filter(decided_on=None).order_by("-pk").first()
    extension.decided_on, extension.granted, extension.decision = clock.today(), granted, why
    extension.save(update_fields=["decided_on", "granted", "decision"])
    return extension


@command
def suspend(*, by, task, why):
    """Let the task rest for force majeure; the clock stands still."""
    require(policies.may_suspend(by, task))
    require(why, _("请写明为什么中止。"), field="why")
    pause_clock(by=by, deadline=task.deadline)
    moved = move(task, "suspend")
    record(events.TaskSuspended(), about=task, by=by, why=why, moved=moved)


@command
def resume(*, by, task):
    """Go on with a suspended task."""
    require(policies.may_resume(by, task))
    resume_clock(by=by, deadline=task.deadline)
    moved = move(task, "resume")
    record(events.TaskResumed(), about=task, by=by, moved=moved)


@command
def take_review(*, by, task):
    """Begin to look at the unit's answer."""
    require(policies.may_take_review(by, task))
    moved = move(task, "take_review")
    record(events.TaskReviewBegun(), about=task, by=by, moved=moved)


@command
def accept(*, by, task, words):
    """Accept the answer with the result in plain words for the people; a B answer is tracked until it is kept."""
    require(policies.may_accept(by, task))
    require(words.strip(), _("请用一两句大白话写明结果。"), field="words")
    require(len(words) <= 200, _("结果请写在 200 字以内。"), field="words")
    if task.grade == Task.Grade.B:
        return _track(by, task, words.strip())
    return _await_rating(by, task, "accept", words.strip())


def _track(by, task, words):
    promise = task.promises.order_by("-pk").first()
    due = start_clock(by=by, about=task, key="promise.due", until=max(promise.due_on, clock.today()))
    moved = move(task, "track", result_words=words, step_deadline=due)
    tracked = events.TaskTracked(promise=promise.text, due_on=str(promise.due_on))
    record(tracked, about=task, by=by, moved=moved)


def _await_rating(by, task, verb, words):
    end_clock(by=by, deadline=task.step_deadline)
    started = start_clock(by=by, about=task, key="task.evaluate")
    moved = move(task, verb, result_words=words, step_deadline=started)
    accepted = events.TaskAccepted(words=words, grade=task.grade)
    record(accepted, about=task, by=by, moved=moved)


@command
def send_back(*, by, task, why):
    """Return the answer to the unit; the days of rule ``task.send_back`` start."""
    require(policies.may_send_back(by, task))
    require(why, _("请写明哪里还不够。"), field="why")
    started = start_clock(by=by, about=task, key="task.send_back")
    moved = move(task, "send_back", deadline=started)
    record(events.TaskSentBack(), about=task, by=by, why=why, moved=moved)


@command
def check_promise(*, by, task, words):
    """Find that the promise is kept; those concerned now rate it (second evaluation, Chongqing rule art. 28)."""
    require(policies.may_check_promise(by, task))
    require(words.strip(), _("请用一两句大白话写明结果。"), field="words")
    require(len(words) <= 200, _("结果请写在 200 字以内。"), field="words")
    _await_rating(by, task, "check_promise", words.strip())


@command
def reject_promise(*, by, task, why):
    """Find that the promise is not kept; it goes on being tracked."""
    require(policies.may_reject_promise(by, task))
    require(why, _("请写明核实情况。"), field="why")
    moved = move(task, "reject_promise")
    record(events.TaskPromiseRejected(), about=task, by=by, why=why, moved=moved)


@command
def settle_joint_review(*, by, task, result):
    """Enter how the joint review of proposer, unit and office ended, and close the task."""
    require(policies.may_settle_joint_review(by, task))
    require(result.strip(), _("请写会商结果。"), field="result")
    how = as_stored(gettext_lazy("会商后销号"))
    moved = move(task, "settle_joint_review", closed_on=clock.today(), closed_how=how)
    _end_all_clocks(by, task)
    settled = events.TaskJointReviewSettled(result=result.strip())
    record(settled, about=task, by=by, moved=moved)
