"""The committee's own lists, checking a studio against them, and reviews where they are switched on."""

from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...rules.queries import rule
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Checklist, ChecklistItem, StandardCheck, StudioReview
from ..queries import asked_items
from ..seeds import LISTS

MOST_ITEMS = 30


@command
def seed_checklists(*, by, committee) -> int:
    """Give a committee that has no list at all its own copy of the shipped ones; returns how many were made."""
    require(policies.may_seed_checklists(by, committee))
    if Checklist.objects.filter(committee=committee).exists():
        return 0
    made = 0
    for kind, lists in LISTS.items():
        for name, lines in lists:
            _write(Checklist.objects.create(committee=committee, kind=kind, name=name), lines)
            made += 1
    record(events.ChecklistsSeeded(lists=made), about=committee, by=by)
    return made


@command
def add_checklist(*, by, committee, name, items):
    """Write a new standard of the committee's own, line by line."""
    require(policies.may_edit_checklists(by, committee))
    name, items = _checked(committee, name, items)
    made = Checklist.objects.create(committee=committee, name=name)
    _write(made, items)
    record(events.ChecklistAdded(name=name, items=len(items)), about=made, by=by)
    return made


@command
def revise_checklist(*, by, checklist, name, items):
    """Rename a list or change its lines: a line that is gone is retired, so that checks of old keep their words."""
    require(policies.may_edit_checklists(by, checklist.committee))
    require(checklist.retired_on is None, _("这份标准已经停用。"))
    name, items = _checked(checklist.committee, name, items, besides=checklist)
    kept = {item.text: item for item in checklist.items.filter(retired_on=None)}
    gone = [item.pk for text, item in kept.items() if text not in items]
    ChecklistItem.objects.filter(pk__in=gone).update(retired_on=clock.today())
    for order, text in enumerate(items, 1):
        if text in kept:
            ChecklistItem.objects.filter(pk=kept[text].pk).update(order=order)
    new = [(order, text) for order, text in enumerate(items, 1) if text not in kept]
    _create(checklist, new)
    Checklist.objects.filter(pk=checklist.pk).update(name=name)
    checklist.name = name
    told = events.ChecklistRevised(name=name, added=len(new), retired=len(gone))
    record(told, about=checklist, by=by)


@command
def retire_checklist(*, by, checklist):
    """Ask a list no more; what was checked stays on record."""
    require(policies.may_edit_checklists(by, checklist.committee))
    require(checklist.kind == Checklist.Kind.STANDARD, _("评议等次不能停用；不用时在规则里关闭评议即可。"))
    changed = Checklist.objects.filter(pk=checklist.pk, retired_on=None).update(retired_on=clock.today())
    require(changed, _("这份标准已经停用。"))
    record(events.ChecklistRetired(name=checklist.name), about=checklist, by=by)


def _checked(committee, name, items, besides=None) -> tuple:
    """The name and the lines without blanks, each once."""
    name, items = name.strip(), list(dict.fromkeys(line.strip() for line in items if line.strip()))
    require(name, _("请填写标准的名称。"), field="name")
    require(items, _("请至少写一条，一行一条。"), field="items")
    require(len(items) <= MOST_ITEMS, _("最多 %(most)s 条。") % {"most": MOST_ITEMS}, field="items")
    require(max(map(len, items)) <= 60, _("每条请写在 60 字以内。"), field="items")
    same = Checklist.objects.filter(committee=committee, name=name, retired_on=None)
    if besides:
        same = same.exclude(pk=besides.pk)
    require(not same.exists(), _("已有同名的标准。"), field="name")
    return name, items


def _write(checklist, lines):
    _create(checklist, list(enumerate(lines, 1)))


def _create(checklist, numbered):
    ChecklistItem.objects.bulk_create(
        ChecklistItem(committee_id=checklist.committee_id, checklist=checklist, order=order, text=text)
        for order, text in numbered
    )


@command
def check(*, by, studio, met, note="", on=None):
    """Look whether the studio meets every line of the lists: ``met`` are those it does, all others are lacking.

    A second look on the same day takes the place of the first; earlier days stay.
    """
    require(policies.may_check(by, studio))
    on = on or clock.today()
    require(on <= clock.today(), _("检查日期不能在将来。"), field="on")
    items = asked_items(studio.committee_id)
    require(items, _("还没有检查标准，请政协办公室先写一份。"))
    known = {item.pk for item in items}
    ticked = {item.pk for item in met}
    require(ticked <= known, _("这一条已经停用，请重新打开页面。"), field="met")
    moved = move(studio, "check")
    StandardCheck.objects.filter(studio=studio, checked_on=on).delete()
    StandardCheck.objects.bulk_create(
        StandardCheck(
            committee=studio.committee, studio=studio, item=item, met=item.pk in ticked, checked_on=on,
            checked_by=by, note="" if item.pk in ticked else note.strip(),
        )
        for item in items
    )
    told = events.StandardsChecked(met=len(ticked), lacking=len(known - ticked))
    record(told, about=studio, by=by, moved=moved)


@command
def review(*, by, studio, level, basis, on=None):
    """Enter the level that a committee gave the studio; only where its rule ``studio.review_levels`` is on.

    Why it is off by default: see StudioReview. Raises Refused while it is off, and without a basis.
    """
    require(policies.may_review(by, studio))
    on = on or clock.today()
    require(rule(studio.committee_id, "studio.review_levels"), _("评议等次没有启用，可在“规则与日历”里打开。"))
    levels = level.checklist.kind == Checklist.Kind.LEVELS and level.retired_on is None
    require(levels, _("请选择评议等次。"), field="level")
    require(basis.strip(), _("请写明评议依据，例如文件名称和文号。"), field="basis")
    require(on <= clock.today(), _("评议日期不能在将来。"), field="on")
    moved = move(studio, "review")
    made = StudioReview.objects.create(
        committee=studio.committee, studio=studio, level=level, basis=basis.strip(), on=on
    )
    record(events.StudioReviewed(level=level.text), about=studio, by=by, moved=moved)
    return made
