"""What was corrected of a figure and how its definition changed: one list, the latest first."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from .definitions import BY_KEY, FIGURES, Figure
from .models import Correction

#: So many of the latest corrections are shown and published.
MOST = 500


@dataclass(frozen=True)
class Change:
    """One line of the log: when it was entered, of which figure and version, since when, what, and who noticed."""

    on: dt.date
    figure: Figure
    version: int
    since: dt.date
    words: str
    before: int | None = None
    after: int | None = None
    found_by: str = ""
    #: What a feed knows it by.
    mark: str = ""


def changes(key: str = "") -> list[Change]:
    """The changes of one figure, or of all; one query. Earlier definitions are code, corrections are records."""
    rows = Correction.objects.filter(figure=key) if key else Correction.objects.filter(figure__in=BY_KEY)
    found = [_corrected(row) for row in rows.order_by("-corrected_at", "-pk")[:MOST]]
    for figure in FIGURES:
        if key in ("", figure.key):
            found += [_defined(figure, *earlier) for earlier in figure.earlier]
    return sorted(found, key=lambda change: change.on, reverse=True)


def _corrected(row) -> Change:
    return Change(
        timezone.localdate(row.corrected_at), BY_KEY[row.figure], row.version, row.since, row.words, row.before,
        row.after, str(row.get_found_by_display()), f"correction-{row.pk}",
    )  # fmt: skip


def _defined(figure, version, until, words) -> Change:
    told = _("定义改了。以前（第 %(n)s 版）是：%(words)s") % {"n": version, "words": words}
    return Change(until, figure, version, until, told, mark=f"{figure.key}-{version}")


def plain(change: Change) -> dict:
    """The same for programs."""
    return {
        "corrected_on": change.on, "figure": change.figure.key, "version": change.version, "since": change.since,
        "words": change.words, "before": change.before, "after": change.after, "found_by": change.found_by,
    }  # fmt: skip
