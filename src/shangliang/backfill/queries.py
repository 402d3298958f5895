"""Batches as the desk lists them, and the columns that an earlier file of the same shape had."""

from django.db.models import Count

from . import fields
from .models import Batch


def batches(account):
    """All batches, the latest first, with how many records stand; without their rows."""
    rows = Batch.objects.visible_to(account).select_related("read_by").defer("sheet", "merged", "answers")
    return rows.annotate(count=Count("records")).order_by("-read_at", "-pk")


def proposed(batch, head=None) -> tuple[int, dict]:
    """(row of the headings, {field: column}): as for the last file with these headings, else guessed from the words.

    ``head`` is the row that a person named, if one was.
    """
    if head is None:
        head, columns = fields.guess(batch.kind, batch.sheet)
    else:
        cells = next((cells for number, cells in batch.sheet if number == head), [])
        columns = fields.columns_of(batch.kind, cells)
    same = Batch.objects.filter(kind=batch.kind, heads=heads_of(batch, head)).exclude(heads="").exclude(pk=batch.pk)
    known = same.order_by("-pk").values_list("columns", flat=True).first()
    return head, known or columns


def heads_of(batch, head) -> str:
    """The headings of this row as one text."""
    return next(("|".join(cells) for number, cells in batch.sheet if number == head), "")[:1000]
