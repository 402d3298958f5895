"""Verifying the chain from the stored rows alone: the first broken entry is named with the rule it breaks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max

from . import digest
from .models import Entry, Head, PersonalValue


@dataclass(frozen=True)
class Finding:
    """What a verification saw: how many entries, and the first broken one with its reason, if any."""

    entries: int
    broken_seq: int | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        """True when nothing was found."""
        return self.broken_seq is None


def verify(progress: Callable[[int], None] = lambda done: None) -> Finding:
    """Recompute the whole chain, the commitments and the sealed head.

    A changed, removed, added or reordered row breaks the entry at which the recomputation first differs.
    ``progress`` is told the number of entries done.
    """
    expected, previous = 1, digest.GENESIS
    personal = _Personal()
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        reason = _fault(entry, expected, previous, personal)
        if reason:
            return Finding(expected - 1, expected, reason)
        previous, expected = entry.digest, expected + 1
        if expected % 1000 == 0:
            progress(expected)
    return _head_fault(expected - 1, previous)


def _fault(entry, expected, previous, personal) -> str:
    if entry.seq != expected:
        later = isinstance(entry.seq, int) and entry.seq > expected
        return f"entry {expected} is missing" if later else "an entry was added"
    if entry.prev != previous:
        return "it does not continue the entry before it"
    try:
        if digest.digest(entry.body()) != entry.digest:
            return "its content does not match its digest"
        fields = entry.fields
    except (ValueError, TypeError):
        return "its content cannot be read"
    for row in personal.of(entry.seq):
        if digest.commitment(row.salt, row.value) != fields.get(row.field):
            return f"the personal value “{row.field}” does not match its commitment"
    return ""


class _Personal:
    """The personal values in the order of the entries, read alongside them without holding all in memory."""

    def __init__(self):
        self._rows = PersonalValue.objects.order_by("entry_id").iterator(chunk_size=2000)
        self._next = next(self._rows, None)

    def of(self, seq: int):
        while self._next is not None and self._next.entry_id <= seq:
            row, self._next = self._next, next(self._rows, None)
            if row.entry_id == seq:
                yield row


def _head_fault(count: int, last: str) -> Finding:
    head = Head.objects.filter(pk=1).first()
    if head is None:
        return Finding(0) if count == 0 else Finding(count, 1, "the head of the journal is missing")
    if head.count != count:
        stored = Entry.objects.aggregate(last=Max("seq"))["last"] or 0
        return Finding(
            count, min(head.count, stored) + 1,
            f"the head counts {head.count} entries, {count} are stored",
        )
    if head.digest != last or head.seal != digest.seal(settings.JOURNAL_KEY, count, last):
        return Finding(count, count, "the sealed head does not match the last entry")
    return Finding(count)
