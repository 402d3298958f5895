"""Filling a text with its numbers: each is counted by ``figures.counting`` and remembers its page."""

import datetime as dt
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.utils import translation

from ..figures import counting
from ..figures.counting import Scope
from ..figures.definitions import BY_KEY
from ..regions.queries import towns_of
from ..research.sentences import paragraphs
from .wording import MARK

QUARTERS = "一二三四"


@dataclass(frozen=True)
class Period:
    """A year, or one quarter of it (1 to 4; 0 for the whole year)."""

    year: int
    quarter: int = 0

    @property
    def since(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 3 * self.quarter - 2 if self.quarter else 1, 1)

    @property
    def until(self) -> dt.date:
        """Its last day."""
        after = Period(self.year + 1) if self.quarter in (0, 4) else Period(self.year, self.quarter + 1)
        return after.since - dt.timedelta(days=1)

    @property
    def before(self) -> "Period":
        """The period of the same length just before it."""
        return Period(self.year - (self.quarter < 2), (self.quarter - 2) % 4 + 1 if self.quarter else 0)

    @property
    def words(self) -> str:
        """As papers name it."""
        return f"{self.year}年" + (f"第{QUARTERS[self.quarter - 1]}季度" if self.quarter else "")

    @property
    def title(self) -> str:
        """The title of its report."""
        return f"{self.words}{'' if self.quarter else '度'}协商工作报告"

    @property
    def before_words(self) -> str:
        """How its text names the period before."""
        return "上一季度" if self.quarter else "上一年"


@dataclass(frozen=True)
class Number:
    """A number of a report: the figure and the part counted, in which version of its definition, and what came of it.

    ``value`` is None where too few people stand behind it; days are written as ISO 8601, "" for no bound.
    """

    key: str
    name: str
    unit: str
    version: int
    since: str = ""
    until: str = ""
    town: str = ""
    carrier: str = ""
    value: int | None = None

    @property
    def path(self) -> str:
        """The page of the figure for this part."""
        told = {"since": self.since, "until": self.until, "town": self.town, "carrier": self.carrier}
        query = urlencode({name: value for name, value in told.items() if value})
        return f"/figures/{self.key}/" + (f"?{query}" if query else "")

    @property
    def shown(self) -> str:
        """As the text shows it."""
        return f"不足{BY_KEY[self.key].least}人" if self.value is None else str(self.value)


def fill(text: str, committee, period: Period) -> dict:
    """The text as blocks of pieces, with its numbers: plain values that can be kept as JSON.

    ``blocks`` are [kind, pieces], a piece is [text, place of its number or None], ``numbers`` the rows of
    :class:`Number` and what each shows. One query for each number.
    """
    with translation.override("zh-hans"):
        filling = _Filling(committee, period)
        blocks = [[kind, filling.pieces(line)] for kind, line in paragraphs(text)]
    rows = [{**asdict(number), "shown": number.shown} for number in filling.numbers]
    return {"title": period.title, "committee": committee.name, "blocks": blocks, "numbers": rows}


class _Filling:
    """One text being filled; equal numbers are counted once."""

    def __init__(self, committee, period):
        self.committee, self.period = committee, period
        self.words = {"period": period.words, "committee": committee.short_name, "before": period.before_words}
        self.numbers: list[Number] = []
        self.counted: dict = {}

    def pieces(self, line) -> list:
        found = []
        for place, part in enumerate(MARK.split(line)):
            found += self._filled(part) if place % 2 else [[part, None]] if part else []
        return found

    def _filled(self, mark) -> list:
        if mark in self.words:
            return [[self.words[mark], None]]
        key, _dot, part = mark.partition(".")
        figure = BY_KEY[key]
        if part == "compared":
            return self._compared(figure)
        if part == "towns":
            return self._towns(figure)
        if part == "before":
            return [self._piece(self._count(figure, self.period.before))]
        return [self._piece(self._count(figure, self.period, part))]

    def _count(self, figure, period, carrier="") -> Number:
        since, until = (period.since, period.until) if figure.when else (None, None)
        asked = (figure.key, since, carrier)
        if asked not in self.counted:
            self.counted[asked] = counting.value(figure, Scope(since, until, carrier=carrier))
        return _number(figure, since, until, carrier=carrier, value=self.counted[asked])

    def _piece(self, number) -> list:
        self.numbers.append(number)
        return [number.shown, len(self.numbers) - 1]

    def _compared(self, figure) -> list:
        """The number of the period before, and the difference; a beginning is not called growth."""
        now, before = self._count(figure, self.period), self._count(figure, self.period.before)
        if now.value is None or before.value is None:
            return [["（人太少，不作比较）", None]]
        if before.value == 0:
            return [[f"（{self.period.before_words}无记录）", None]]
        more = now.value - before.value
        words = f"多{more}{figure.unit}" if more > 0 else f"少{-more}{figure.unit}" if more else "持平"
        start = [f"（{self.period.before_words}", None]
        return [start, self._piece(before), [f"{figure.unit}，{words}）", None]]

    def _towns(self, figure) -> list:
        """Every town of the county with a record, in the order of its code; what lies elsewhere has no part."""
        since, until = (self.period.since, self.period.until) if figure.when else (None, None)
        ours = set(towns_of(self.committee.region).values_list("code", flat=True))
        found: list = []
        for code, name, value in counting.by_town(figure, Scope(since, until)):
            if code in ours:
                piece = self._piece(_number(figure, since, until, town=code, value=value))
                unit = "" if value is None else str(figure.unit)
                found += [[("、" if found else "") + name, None], piece, [unit, None]]
        return found or [["没有", None]]


def _number(figure, since, until, **told) -> Number:
    days = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
    return Number(figure.key, str(figure.name), str(figure.unit), figure.version, **days, **told)


def number(row: dict) -> Number:
    """A number as it was kept."""
    return Number(**{name: value for name, value in row.items() if name != "shown"})


def now(rows: list[dict], regions: dict) -> list[int | None]:
    """What each kept number would be if it were counted now, given the towns by code; None where it may not be shown
    or is known no more."""
    counted: dict[str, int | None] = {}
    for each in map(number, rows):
        if each.path not in counted:
            figure = BY_KEY.get(each.key)
            counted[each.path] = figure and counting.value(figure, _scope(each, regions))
    return [counted[number(row).path] for row in rows]


def _scope(each, regions) -> Scope:
    since, until = (dt.date.fromisoformat(day) if day else None for day in (each.since, each.until))
    return Scope(since, until, regions.get(each.town), each.carrier)
