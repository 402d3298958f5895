"""The steps that follow from ratings and from the passing of days; the system takes them."""

from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...rules.commands import end_clock, start_clock
from ...rules.queries import rule
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Reminder


@command
def close(*, by, task, how):
    """Close the task after a good rating, or unrated when the days for it are over."""
    require(policies.may_close(by, task))
    moved = move(task, "close", closed_on=clock.today(), closed_how=how)
    _end_all_clocks(by, task)
    record(events.TaskClosed(how=how, grade=task.grade), about=task, by=by, moved=moved)


def _end_all_clocks(by, task):
    """The clocks of the work, of the present step and of the helping units end with the task."""
    helping = [helper.deadline for helper in task.helpers.select_related("deadline")]
    for deadline in (task.deadline, task.step_deadline, task.contact_deadline, *helping):
        end_clock(by=by, deadline=deadline)


@command
def return_rated(*, by, task, why=""):
    """Work on it again after 不满意: within two months, so often as the rule says; after that a joint review."""
    require(policies.may_return_rated(by, task))
    end_clock(by=by, deadline=task.step_deadline)
    if task.redone >= rule(task.committee_id, "task.redo.times"):
        moved = move(task, "call_joint_review")
        record(events.TaskJointReview(), about=task, by=by, why=why, moved=moved)
        return
    started = start_clock(by=by, about=task, key="task.redo")
    moved = move(task, "return_rated", redone=task.redone + 1, deadline=started)
    if task.proposal_id:
        _ask_helpers_again(by, task)
    told = events.TaskReturnedRated(due_on=str(started.due_on))
    record(told, about=task, by=by, why=why, moved=moved)


def _ask_helpers_again(by, task):
    """Helping units of a proposal give their opinion once more, within five working days (Chongqing rule art. 20)."""
    for helper in task.helpers.select_related("deadline"):
        end_clock(by=by, deadline=helper.deadline)
        helper.replied_on = None
        helper.deadline = start_clock(by=by, about=task, key="task.co_unit.redo")
        helper.save(update_fields=["replied_on", "deadline"])


@command
def remind(*, by, task, step):
    """Enter one step of the ladder of reminders for the present date; each step once."""
    require(by.reference == "system", _("催办由系统按期发出。"))
    _row, made = Reminder.objects.get_or_create(
        task=task, step=step, due_on=task.deadline.due_on,
        defaults={"committee": task.committee, "sent_on": clock.today()},
    )
    if made:
        reminded = events.TaskReminded(
            step=Reminder.Step(step).label, due_on=str(task.deadline.due_on)
        )
        record(reminded, about=task, by=by)
    return made
