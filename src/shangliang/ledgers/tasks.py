"""Ledger 7 (交办督办台账), the one every unit knows: its customary columns, and what they need besides the task."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from ..files.models import Attachment
from ..journal.models import Entry
from ..outcomes.models import Rating
from ..tasks.models import CoUnit, Extension
from .columns import Column

SUBJECT = "tasks.task"


def complete(tasks: list) -> None:
    """Give each task ``helping``, ``extended``, ``progress``, ``proofs`` and ``rated``; five queries for all."""
    keys = [task.pk for task in tasks]
    helping: dict[int, list] = defaultdict(list)
    extended: dict[int, int] = defaultdict(int)
    proofs: dict[int, int] = defaultdict(int)
    helpers = CoUnit.objects.filter(task__in=keys).order_by("pk")
    for pk, name in helpers.values_list("task", "unit__name"):
        helping[pk].append(name)
    for pk, days in Extension.objects.filter(task__in=keys, granted=True).values_list("task", "days"):
        extended[pk] += days
    told = Entry.objects.filter(subject=SUBJECT, subject_id__in=keys, event="tasks.progressed").order_by("seq")
    progress = {entry.subject_id: entry.fields["text"] for entry in told}
    of_tasks = Attachment.objects.filter(subject=SUBJECT, subject_id__in=keys)
    for pk in of_tasks.values_list("subject_id", flat=True):
        proofs[pk] += 1
    ratings = Rating.objects.filter(case__in={task.case_id for task in tasks}).order_by("pk")
    rated = {rating.case_id: str(rating.get_value_display()) for rating in ratings}
    for task in tasks:
        task.helping, task.extended = "、".join(helping[task.pk]), extended[task.pk] or None
        task.progress, task.proofs = progress.get(task.pk, ""), proofs[task.pk] or None
        task.rated = rated.get(task.case_id, "")


#: In the order in which units know them. 回头看 stays empty until somebody looks again.
COLUMNS = [
    Column(_("序号"), None, 6, False, "serial"),
    Column(_("编号"), lambda t: t.case.no, kind="link"),
    Column(_("来源"), lambda t: t.source, 30, False),
    Column(_("事项"), lambda t: t.text, 50),
    Column(_("具体要求"), lambda t: t.note, 30, False),
    Column(_("主办"), lambda t: t.unit.name, 20),
    Column(_("协办"), lambda t: t.helping, 20, False),
    Column(_("交办日期"), lambda t: t.assigned_on, kind="date"),
    Column(_("签收日期"), lambda t: t.acknowledged_on, 14, False, "date"),
    Column(_("时限"), lambda t: t.deadline.due_on, kind="date"),
    Column(_("延期"), lambda t: t.extended, 8, False, "number"),
    Column(_("进展"), lambda t: t.progress, 40, False),
    Column(_("状态"), lambda t: str(t.get_state_display()), kind="state"),
    Column(_("办理结果"), lambda t: t.grade, 8, False),
    Column(_("佐证"), lambda t: t.proofs, 8, False, "number"),
    Column(_("答复日期"), lambda t: t.replied_on, 14, False, "date"),
    Column(_("评价"), lambda t: t.rated, 12, False),
    Column(_("回头看"), lambda t: None, 10, False),
    Column(_("销号日期"), lambda t: t.closed_on, 14, False, "date"),
    Column(_("备注"), lambda t: t.closed_how, 30, False),
]
