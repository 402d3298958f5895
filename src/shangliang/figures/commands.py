"""Comparing the figures with the journal and keeping what came of it; entering what had to be corrected."""

import datetime as dt
import hashlib

from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..journal import once
from ..journal.record import command, record
from ..regions.census import MOST as MOST_RESIDENTS
from ..regions.census import Census, keep
from ..shared import clock
from ..shared.refusals import require
from . import boundary, events
from .definitions import BY_KEY
from .models import Correction, Recount
from .policies import may_correct, may_enter_places, may_recount
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


@command
def enter_census(*, by, committee, region, year, residents, source) -> None:
    """Enter how many people a census found in a division, in place of what was entered of it before.

    Raises Refused, by the field, for a division of another committee, a year to come, a number that is none, and a
    source that is missing.
    """
    require(may_enter_places(by, committee))
    require(region.code.startswith(committee.region.code), _("请选本区县里的地方。"), field="region")
    require(EARLIEST.year <= year <= clock.today().year, _("请写普查是哪一年的。"), field="year")
    require(0 < residents < MOST_RESIDENTS, _("请写常住人口数，一个正的整数。"), field="residents")
    source = " ".join(source.split())
    require(source and len(source) <= 120, _("请写数字是哪里公布的，最多 120 字。"), field="source")
    refuse_personal(source=source)
    told = events.CensusEntered(place=region.full_name, year=year, residents=residents, source=source)
    record(told, about=committee, by=by)
    keep(region.code, Census(residents, year, source))


@command
def draw_boundary(*, by, committee, content, approval) -> int:
    """Draw the county and its towns from a GeoJSON file with its map's approval number; how many divisions it draws.

    Raises Refused, by the field, with what is wrong with the file or the number.
    """
    require(may_enter_places(by, committee))
    drawn = boundary.install(content, approval, committee.region)
    told = events.BoundaryDrawn(
        approval=approval.strip(), divisions=drawn, file_digest="sha256:" + hashlib.sha256(content).hexdigest()
    )
    record(told, about=committee, by=by)
    return drawn
