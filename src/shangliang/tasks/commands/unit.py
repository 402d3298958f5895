"""The steps of the unit: acknowledging, objecting, asking for time, reporting, replying, keeping a promise."""

from django.utils.translation import gettext as _

from ...files.commands import attach
from ...files.models import Attachment
from ...journal.record import command, record
from ...rules.commands import end_clock, pause_clock, start_clock
from ...rules.queries import last_day, rule
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Extension, Objection, Promise, Reply, Task


@command
def acknowledge(*, by, task):
    """Confirm that the duty reached the unit."""
    require(policies.may_acknowledge(by, task))
    end_clock(by=by, deadline=task.step_deadline)
    moved = move(task, "acknowledge", acknowledged_on=clock.today())
    record(events.TaskAcknowledged(), about=task, by=by, moved=moved)


@command
def object(*, by, task, reason, suggests=None):
    """Say that the matter is not the unit's own, within the days of the rule; the clock stands still.

    信访工作条例 art. 23: within five working days, with reasons; the assigner decides.
    """
    require(policies.may_object(by, task))
    require(reason.strip(), _("请写明理由和依据。"), field="reason")
    last = last_day(task.committee_id, task.rule_key("task.objection"), task.assigned_on)
    require(clock.today() <= last, _("提出异议的期限（%(day)s）已过，请与交办单位联系。") % {"day": last})
    require(
        not task.objections.filter(upheld=False).exists(), _("异议已被裁定不成立，不能再次提出。")
    )
    pause_clock(by=by, deadline=task.deadline)
    end_clock(by=by, deadline=task.step_deadline)
    Objection.objects.create(
        committee=task.committee, task=task, reason=reason.strip(), suggests=suggests,
        raised_on=clock.today(),
    )
    started = start_clock(by=by, about=task, key=task.rule_key("task.objection_decide"))
    moved = move(task, "object", step_deadline=started)
    record(events.TaskObjected(), about=task, by=by, why=reason, moved=moved)


@command
def contact_proposer(*, by, task, on, how, words):
    """Enter on which day and how the unit spoke to the proposer; the first time ends the clock of doing so."""
    require(policies.may_contact_proposer(by, task))
    require(task.proposal_id, _("这件交办不是提案。"))
    require(task.state not in task.FINISHED, _("这件交办已经结束。"))
    require(on >= task.assigned_on, _("联系日期不能早于交办日期。"), field="on")
    require(on <= clock.today(), _("联系日期不能在将来。"), field="on")
    require(how in Task.Contact.values, _("请选择联系方式。"), field="how")
    require(words.strip(), _("请写一句谈了什么。"), field="words")
    if task.proposer_met_on is None:
        task.proposer_met_on, task.proposer_met_how = on, how
        task.save(update_fields=["proposer_met_on", "proposer_met_how"])
        end_clock(by=by, deadline=task.contact_deadline, on=on)
    told = events.TaskProposerContacted(on=str(on), how=Task.Contact(how).label, words=words.strip())
    record(told, about=task, by=by)


@command
def progress(*, by, task, text, photos=()):
    """Tell how far the work is; photos are welcome, never asked for."""
    require(policies.may_progress(by, task))
    require(text.strip(), _("请写一句进展。"), field="text")
    attach(by=by, about=task, role=Attachment.Role.BEFORE, uploads=photos)
    moved = move(task, "progress")
    told = events.TaskProgressed(text=text.strip(), photos=len(photos))
    record(told, about=task, by=by, moved=moved)


@command
def request_extension(*, by, task, days, reason):
    """Ask for more days before the date is over; granted once, by the rule's days, with a reason for the proposer."""
    require(policies.may_request_extension(by, task))
    most, times = (
        rule(task.committee_id, "task.extension"), rule(task.committee_id, "task.extension.times")
    )
    require(0 < days <= most, _("延期最多 %(days)d 天。") % {"days": most}, field="days")
    require(reason.strip(), _("请写明原因，反映人会看到。"), field="reason")
    require(
        task.extensions.filter(granted=True).count() < times, _("已经延期过，不能再次延期。")
    )
    require(clock.today() <= task.deadline.due_on, _("期限已过，不能再申请延期。"))
    Extension.objects.create(
        committee=task.committee, task=task, days=days, reason=reason.strip(), asked_on=clock.today()
    )
    moved = move(task, "request_extension")
    record(events.TaskExtensionAsked(days=days), about=task, by=by, why=reason, moved=moved)


@command
def co_reply(*, by, task, opinion):
    """Report to the lead unit as a helping unit."""
    require(policies.may_co_reply(by, task))
    require(opinion.strip(), _("请写协办意见。"), field="opinion")
    for helper in task.helpers.select_related("unit", "deadline"):
        if by.has("unit_clerk", unit_id=helper.unit_id):
            helper.opinion, helper.replied_on = opinion.strip(), clock.today()
            helper.save(update_fields=["opinion", "replied_on"])
            end_clock(by=by, deadline=helper.deadline)
            told = events.TaskCoReplied(unit=helper.unit.name, text=helper.opinion)
            record(told, about=task, by=by)


@command
def reply(*, by, task, grade, text, photos=(), would_change="", promise="", promise_due=None):
    """Answer with a grade: A needs evidence, B a dated promise, C what would change it, D only for suggestions."""
    require(policies.may_reply(by, task))
    require(text.strip(), _("请写办理情况。"), field="text")
    _check_grade(task, grade, photos, would_change, promise, promise_due)
    attach(by=by, about=task, role=Attachment.Role.AFTER, uploads=photos)
    Reply.objects.create(
        committee=task.committee, task=task, version=task.replies.count() + 1, grade=grade,
        text=text.strip(), would_change=would_change, replied_on=clock.today(),
    )
    if grade == Task.Grade.B:
        Promise.objects.create(
            committee=task.committee, task=task, text=promise.strip(), due_on=promise_due
        )
    end_clock(by=by, deadline=task.deadline)
    moved = move(task, "reply", grade=grade, replied_on=clock.today())
    told = events.TaskReplied(
        grade=str(grade), text=text.strip(), photos=len(photos), would_change=would_change
    )
    record(told, about=task, by=by, moved=moved)


def _check_grade(task, grade, photos, would_change, promise, promise_due):
    grades = Task.Grade
    require(grade in grades.values, _("请选择办理结果。"), field="grade")
    evidence = Attachment.objects.filter(
        subject="tasks.task", subject_id=task.pk, role=Attachment.Role.AFTER
    )
    if grade == grades.A:
        require(photos or evidence.exists(), _("A 类答复要附办理后的照片或文件。"), field="photos")
    if grade == grades.B:
        require(promise.strip(), _("B 类答复要写明承诺什么。"), field="promise")
        require(
            promise_due and promise_due > clock.today(), _("请写明今天以后的兑现日期。"),
            field="promise_due",
        )
    if grade == grades.C:
        require(would_change.strip(), _("C 类答复要写明什么条件下可以解决。"), field="would_change")
    if grade == grades.D:
        suggestion = task.proposal_id or task.agreement.kind == "suggestion"
        require(suggestion, _("只有意见建议可以留作参考。"), field="grade")


@command
def keep_promise(*, by, task, report, photos=()):
    """Report that the promise of a B reply is kept, with evidence."""
    require(policies.may_keep_promise(by, task))
    require(report.strip(), _("请写兑现情况。"), field="report")
    attach(by=by, about=task, role=Attachment.Role.AFTER, uploads=photos)
    moved = move(task, "keep_promise")
    promise = task.promises.order_by("-pk").first()
    promise.kept_on, promise.report = clock.today(), report.strip()
    promise.save(update_fields=["kept_on", "report"])
    told = events.TaskPromiseKept(report=report.strip(), photos=len(photos))
    record(told, about=task, by=by, moved=moved)

