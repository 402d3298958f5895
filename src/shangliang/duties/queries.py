"""Reading duty files: one member's year with its proofs, all members' years, a scheme's trial."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from ..journal.models import Entry
from ..journal.queries import moment
from .lines import KINDS, Line, lines_between
from .models import Appeal


@dataclass
class Shown:
    """A line as the file shows it: with its proof in the journal, and the appeal on it if there is one."""

    line: Line
    proof: Entry | None
    appeal: Appeal | None

    @property
    def crossed(self) -> bool:
        """Whether an appeal found the line wrong: it is shown, and does not count."""
        return self.appeal is not None and self.appeal.state == Appeal.State.UPHELD


@dataclass
class DutyFile:
    """One member's year: its lines by kind, the appeals, and how many things of each kind fell into each month."""

    member: object
    year: int
    groups: list = field(default_factory=list)
    appeals: list = field(default_factory=list)

    @property
    def counting(self) -> list:
        """The lines that count."""
        return [shown.line for _name, _title, lines in self.groups for shown in lines if not shown.crossed]

    @property
    def months(self) -> list:
        """(title, the number in each of the twelve months) for each kind that has any."""
        found = []
        for _name, title, lines in self.groups:
            per = [0] * 12
            for shown in lines:
                per[shown.line.on.month - 1] += not shown.crossed
            found.append((title, per))
        return found


def year_of(year: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def files_of(year: int) -> dict[int, list[Line]]:
    """The counting lines of every member in a year, by member id: one query a kind and one for the appeals."""
    upheld = Appeal.objects.filter(year=year, state=Appeal.State.UPHELD).exclude(line="")
    wrong = set(upheld.values_list("member", "line"))
    whole = lines_between(*year_of(year))
    return {member: [line for line in lines if (member, line.key) not in wrong] for member, lines in whole.items()}


def duty_file(member, year: int) -> DutyFile:
    """One member's file of a year, each line with its proof; as many queries as there are kinds and two."""
    lines = lines_between(*year_of(year)).get(member.pk, [])
    appeals = list(Appeal.objects.filter(member=member, year=year).order_by("-pk"))
    about = {appeal.line: appeal for appeal in reversed(appeals) if appeal.line}
    proofs = _proofs(lines)
    file = DutyFile(member, year, appeals=appeals)
    for name, kind in KINDS.items():
        mine = [Shown(line, _proof(proofs, line), about.get(line.key)) for line in lines if line.kind == name]
        if mine:
            file.groups.append((name, kind.title, mine))
    return file


def _proofs(lines) -> dict:
    """The journal entries that may prove these lines, by event and subject, oldest first; one query."""
    events = {KINDS[line.kind].event for line in lines}
    rows = Entry.objects.filter(event__in=events, subject_id__in={line.about or line.record for line in lines})
    found: dict = {}
    for entry in rows.order_by("seq"):
        found.setdefault((entry.event, entry.subject_id), []).append(entry)
    return found


def _proof(proofs, line):
    """The entry of a line; of several about the same record the one of the line's own day, or the first."""
    entries = proofs.get((KINDS[line.kind].event, line.about or line.record), [])
    same_day = (entry for entry in entries if moment(entry.at).date() == line.on)
    return next(same_day, entries[0] if entries else None)


def line_of(member, year: int, key: str) -> Line | None:
    """The line of this key in a member's file, or None."""
    mine = lines_between(*year_of(year)).get(member.pk, [])
    return next((line for line in mine if line.key == key), None)


@dataclass(frozen=True)
class Tried:
    """What one kind would give under a scheme: how often, what each is worth, the sum, and the cap that bit."""

    title: object
    times: int
    value: Decimal
    given: Decimal
    cap: Decimal | None

    @property
    def capped(self) -> bool:
        """Whether the cap took something away."""
        return self.cap is not None and self.times * self.value > self.cap


def trial(scheme, lines) -> list[Tried]:
    """A dry run for one member's lines: nothing is stored, nobody is compared."""
    found = []
    for rule in scheme.rules.all():
        times = sum(line.kind == rule.kind for line in lines)
        whole = times * rule.value
        given = whole if rule.cap is None else min(whole, rule.cap)
        found.append(Tried(KINDS[rule.kind].title, times, rule.value, given, rule.cap))
    return found
