"""What opening and closing a report does to it and its copies; called by commands, which say who may."""

from django.db.models import Q
from django.utils.translation import gettext as _

from ..journal.record import record
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import require
from . import events
from .models import Snapshot


def require_intact(snapshot) -> None:
    """Raise Refused for a text that is not the one that was taken."""
    require(snapshot.is_intact, _("文字和收录时的摘要对不上，不能公开，请告诉审计员。"))


def close_all(by, snapshot, why: str) -> list:
    """Close a report and every open copy of it, or the next copy would take its place; gives those closed."""
    earliest = snapshot.first_id or snapshot.pk
    same = Snapshot.objects.published().filter(Q(pk=earliest) | Q(first=earliest)).exclude(pk=snapshot.pk)
    closed = [snapshot, *same.order_by("pk")]
    for each in closed:
        moved = move(each, "take_down", published_on=None)
        record(events.SnapshotTakenDown(), about=each, by=by, why=why, moved=moved)
    return closed


def open_again(by, snapshot, why: str) -> None:
    """Open one closed report again."""
    require_intact(snapshot)
    moved = move(snapshot, "restore", published_on=clock.today())
    record(events.SnapshotRestored(), about=snapshot, by=by, why=why, moved=moved)
