"""Comparing the figures with the journal and keeping what came of it; entering what had to be corrected."""

import datetime as dt

from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..journal import once
from ..journal.record import command, record
from ..shared import clock
from ..shared.refusals import require
from . import events
from .definitions import BY_KEY
from .models import Correction, Recount
from .policies import may_correct, may_recount
from .recount import Journal, compare

MOST = 600
EARLIEST = dt.date(1949, 10, 1)
#: What fits the column of a number, with room to spare.
LARGEST = 10**15


@command
def recount(*, by, committee) -> list[Recount]:
    """Count every figure of the committee from its records and from its journal, and keep both; nothing is entered."""
    require(may_recount(by, committee))
    journal, at = Journal(committee), clock.now()
    kept = []
    for row in compare(journal):
        both = {"counted": row.counted, "told": row.told, "seq": journal.last, "compared_at": at}
        found, _new = Recount.objects.update_or_create(committee=committee, figure=row.key, defaults=both)
        kept.append(found)
    return kept


@command
def correct(*, by, committee, figure, version, since, words, found_by, before=None, after=None, key="") -> Correction:
    """Enter a correction for everybody to read; the same key gives the same one.

    Raises Refused, by the field, for a figure or version that is none, a day to come, words that are missing or
    name somebody, and numbers that are none.
    """
    require(may_correct(by, committee))
    require(figure in BY_KEY, _("请选一个数字。"), field="figure")
    known = BY_KEY[figure]
    only = _("这个数字的定义只有第 1–%(n)s 版。") % {"n": known.version}
    require(1 <= version <= known.version, only, field="version")
    require(EARLIEST <= since <= clock.today(), _("日期请在 1949 年到今天之间。"), field="since")
    words = words.strip()
    require(words and len(words) <= MOST, _("请写明错在哪里，最多 %(max)s 字。") % {"max": MOST}, field="words")
    refuse_personal(words=words)
    require(found_by in Correction.Finder.values, _("请选择是谁发现的。"), field="found_by")
    for name, number in (("before", before), ("after", after)):
        require(number is None or 0 <= number <= LARGEST, _("请写一个不小于零的数。"), field=name)
    asked = [figure, version, since.isoformat(), words, found_by, before, after]
    if made := once.made(key, asked, Correction):
        return made
    made = Correction.objects.create(
        committee=committee, figure=figure, version=version, since=since, words=words, found_by=found_by,
        before=before, after=after, corrected_at=clock.now(),
    )  # fmt: skip
    if key:
        once.remember(key, asked, made)
    told = events.FigureCorrected(
        figure_words=known.name, version=version, finder_words=Correction.Finder(found_by).label
    )
    record(told, about=made, by=by)
    return made
