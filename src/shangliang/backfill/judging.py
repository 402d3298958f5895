"""The dry run: what would become of each row of a batch, with everything that is wrong, doubtful or to be asked."""

import datetime as dt
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from ..consultations.models import Consultation
from ..outcomes.models import Rating
from ..shared.refusals import Refused, require
from ..venues.models import Venue
from ..visits.models import Visit
from ..voices.models import Voice
from . import reading
from .fields import NEEDED, WORDS
from .models import Kind, PastRecord, Proof
from .places import Places, Register

_SPLIT = re.compile(r"[、,，;；/\s]+")
_TOTALS = ("合计", "总计", "共计", "小计")
#: A meeting in one of these places is of this carrier, where the row says nothing else.
CARRIER_OF = {
    Venue.Kind.COURTYARD: "courtyard", Venue.Kind.JOINT_ROOM: "joint_room", Venue.Kind.STUDIO: "studio",
    Venue.Kind.ROOM: "room",
}  # fmt: skip
#: What takes place at a venue; everything else is known by its region.
_AT_A_PLACE = (Kind.CONSULTATION, Kind.VISIT)
#: Cells that a merged area fills; a number in one is the number of its first row alone.
_FILLED = ("on", "place", "carrier", "members", "grade", "proof")


@dataclass
class Row:
    """One row of the file: what was written, what it is taken for, and why it is not taken, if it is not."""

    number: int
    told: dict
    on: object = None
    region: object = None
    venue: object = None
    carrier: str = ""
    topic: str = ""
    present: int = 0
    rough: bool = False
    agreed: int = 0
    grade: str = ""
    members: list = field(default_factory=list)
    key: str = ""
    wrong: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    twice: str = ""

    @property
    def good(self) -> bool:
        """Whether it is taken in."""
        return not self.wrong


@dataclass
class Total:
    """A row of totals: what it says of a field, and what the rows above it come to."""

    number: int
    words: str
    said: int
    summed: int

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.said == self.summed


@dataclass
class Judged:
    """All rows of a batch, and what a person has to say about them."""

    rows: list = field(default_factory=list)
    totals: list = field(default_factory=list)
    #: Written place → offers (code, words).
    places: dict = field(default_factory=dict)
    #: Name → members of that name.
    members: dict = field(default_factory=dict)
    rough: int = 0
    twice: list = field(default_factory=list)

    @property
    def good(self) -> list[Row]:
        """The rows that would be taken in."""
        return [row for row in self.rows if row.good]

    @property
    def bad(self) -> list[Row]:
        """The rows that would not."""
        return [row for row in self.rows if not row.good]


def numbers_of(kind: str, rows) -> dict:
    """By figure how much these rows (or past records) add."""
    if kind == Kind.CONSULTATION:
        told = {"consultations": len(rows), "attendances": sum(row.present for row in rows),
                "agreements": sum(row.agreed for row in rows)}  # fmt: skip
        return {key: number for key, number in told.items() if number}
    return {{Kind.VISIT: "visits", Kind.VOICE: "voices", Kind.SOLVED: "solved"}[Kind(kind)]: len(rows)}


def judge(batch, today) -> Judged:
    """Look at every row; nothing is stored. A fixed number of queries."""
    return _Judge(batch, today).run()


class _Judge:
    def __init__(self, batch, today):
        self.batch, self.today, self.answers = batch, today, batch.answers
        self.places, self.register = Places(batch.committee), Register()
        self.before = set(PastRecord.objects.counted().filter(kind=batch.kind).values_list("key", flat=True))
        self.live = _live(batch.kind)
        self.seen: dict[str, int] = {}
        self.sums, self.part = Counter(), Counter()
        self.made = Judged()

    def run(self) -> Judged:
        for number, cells in self.batch.sheet:
            if number <= self.batch.head:
                continue
            told = self._told(number, cells)
            if any(cell.strip() in _TOTALS for cell in cells[:4]):
                self._total(number, told, cells)
            elif not self._is_heading(cells):
                self._keep(self._row(number, told))
        return self.made

    def _keep(self, row):
        self.made.rows.append(row)
        if row.good:
            for sums in (self.sums, self.part):
                sums.update(present=row.present, agreed=row.agreed)

    def _told(self, number, cells) -> dict:
        told = {name: cells[at] if at < len(cells) else "" for name, at in self.batch.columns.items()}
        for name in _FILLED:
            if not told.get(name) and name in told:
                told[name] = self.batch.merged.get(f"{number},{self.batch.columns[name]}", "")
        return told

    def _is_heading(self, cells) -> bool:
        """The headings once more, as on every printed page."""
        heads = self.batch.heads
        return bool(heads) and "|".join(cells)[: len(heads)] == heads

    def _total(self, number, told, cells):
        part = "小计" in "".join(cells[:4])
        sums = self.part if part else self.sums
        for name in ("present", "agreed"):
            if told.get(name):
                try:
                    said = reading.number(told[name])[0]
                except Refused:
                    continue
                self.made.totals.append(Total(number, WORDS[name], said, sums[name]))
        if part:
            self.part.clear()

    def _row(self, number, told) -> Row:
        row = Row(number, told)
        for step in (self._formulas, self._day, self._numbers, self._place, self._people, self._proof, self._again):
            try:
                step(row)
            except Refused as refused:
                row.wrong.append(str(refused))
        return row

    def _formulas(self, row):
        found = next((words for words in row.told.values() if words.startswith("=")), "")
        require(not found, _("“%(words)s”是公式，请先换成数值。") % {"words": found[:20]})

    def _day(self, row):
        row.topic = row.told.get("topic", "")[:300]
        row.on = reading.day(row.told.get("on", ""), self.today)

    def _numbers(self, row):
        row.present, row.rough = reading.number(row.told.get("present", ""))
        row.agreed, _rough = reading.number(row.told.get("agreed", ""))
        if self.batch.kind == Kind.CONSULTATION and not row.present:
            row.doubts.append(_("没有写到会人数，只计场次"))
        if row.rough:
            self.made.rough += 1
            said = _("“%(words)s”不是确数：要么补上准数，要么同意按“说明”计") % {"words": row.told["present"][:20]}
            require(self.answers.get("rough"), said)
            row.doubts.append(_("人数不是确数，凭据只算说明"))

    def _place(self, row):
        written = row.told.get("place", "")
        if not written:
            require("place" not in NEEDED[self.batch.kind], _("没有写地点。"))
            row.region = self.batch.committee.region
            return row.doubts.append(_("没有写地点，记在本区县"))
        found = self.places.find(written, self.answers.get("places", {}))
        if found.region is None:
            self.made.places.setdefault(written, found.offers)
            raise Refused(_("“%(words)s”要先认定是哪里。") % {"words": written[:40]})
        row.region, row.venue = found.region, found.venue
        of_place = CARRIER_OF.get(row.venue.kind, "") if row.venue else ""
        row.carrier = reading.meant(row.told.get("carrier", ""), reading.CARRIERS) or of_place

    def _people(self, row):
        answers = self.answers.get("members", {})
        for name in filter(None, _SPLIT.split(reading.plain(row.told.get("members", "")))):
            found = self.register.find(name, answers)
            if answers.get(name) == "0" or not found:
                row.doubts.append(_("名册里没有“%(name)s”，不记这位委员") % {"name": name[:20]})
            elif len(found) > 1:
                self.made.members.setdefault(name, found)
                raise Refused(_("名册里有几位“%(name)s”，要先认定是哪一位。") % {"name": name[:20]})
            elif found[0] not in row.members:
                row.members.append(found[0])

    def _proof(self, row):
        row.grade = reading.meant(row.told.get("grade", ""), reading.PROOFS)
        if row.told.get("grade") and not row.grade:
            row.doubts.append(_("看不出是哪种凭据，只算说明"))
            row.grade = Proof.STATEMENT

    def _again(self, row):
        """The same row in this file, in an earlier one, or kept by the system itself."""
        if row.wrong:
            return
        place = f"v{row.venue.pk}" if row.venue else f"r{row.region.pk}"
        topic = "".join(char for char in reading.plain(row.topic) if char.isalnum())
        row.key = hashlib.sha256("\x00".join([self.batch.kind, str(row.on), place, topic]).encode()).hexdigest()
        if row.key in self.seen:
            row.twice = _("与第 %(n)s 行相同") % {"n": self.seen[row.key]}
        elif row.key in self.before:
            row.twice = _("以前已经补录过")
        elif (place if self.batch.kind in _AT_A_PLACE else f"r{row.region.pk}", row.on) in self.live:
            row.twice = _("系统里已有同一天同一地点的记录")
        self.seen.setdefault(row.key, row.number)
        if row.twice:
            self.made.twice.append(row)
            require(row.number in self.answers.get("twice", []), row.twice)
            row.doubts.append(_("%(why)s，已说明不是同一件") % {"why": row.twice})


def _live(kind) -> set:
    """(place, day) of what the system itself keeps of this kind.

    A meeting or a visit is known by its venue, or by the venue's region where a row names that alone.
    """
    if kind == Kind.CONSULTATION:
        rows = Consultation.objects.filter(state__in=Consultation.HELD)
        return _days(rows.values_list("venue_id", "venue__region_id", "starts_at"))
    if kind == Kind.VISIT:
        return _days(Visit.objects.made().values_list("venue_id", "venue__region_id", "on"))
    if kind == Kind.VOICE:
        return {(f"r{region}", _day(at)) for region, at in Voice.objects.values_list("region_id", "reported_at")}
    rows = Rating.objects.filter(value__in=(Rating.Value.SATISFIED, Rating.Value.MOSTLY))
    return {(f"r{region}", _day(at)) for region, at in rows.values_list("case__region_id", "rated_at")}


def _days(rows) -> set:
    return {(place, _day(at)) for venue, region, at in rows for place in (f"v{venue}", f"r{region}")}


def _day(at):
    return timezone.localdate(at) if isinstance(at, dt.datetime) else at
