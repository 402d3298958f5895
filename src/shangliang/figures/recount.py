"""Counting again by another way: from the journal alone, one entry after the other, without reading a single record.

What the records say and what the journal says must be the same; the clock and ``shangliang figures check`` compare
them.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from ..journal.models import Entry
from .counting import value
from .definitions import BY_KEY, GOOD
from .models import BothWays

#: Only these kinds of record are counted; the rest of the journal is passed over.
READ = {
    "voices.voice", "topics.topic", "consultations.consultation", "agreements.agreement", "tasks.task", "cases.case",
    "outcomes.rating", "visits.visit", "venues.venue", "studios.studio", "salons.salon", "conversions.conversion",
    "backfill.batch",
}  # fmt: skip


@dataclass
class Told:
    """What the journal tells of one record: the state it reached, and the latest fields of each event."""

    case_no: str = ""
    state: str = ""
    events: dict = field(default_factory=dict)


class Journal:
    """The journal of one committee, read once from the first entry to the last."""

    def __init__(self, committee):
        self.of: dict[str, dict[int, Told]] = defaultdict(dict)
        self.last = 0
        rows = Entry.objects.filter(committee=committee, subject__in=READ).order_by("seq")
        for entry in rows.iterator(chunk_size=2000):
            told = self.of[entry.subject].setdefault(entry.subject_id, Told())
            told.case_no = entry.case_no or told.case_no
            told.state = entry.target or told.state
            told.events.pop(entry.event, None)  # what happened last stands last
            told.events[entry.event] = entry.fields
            self.last = entry.seq

    def ended(self, subject, *states) -> list[Told]:
        """The records of a kind that are in one of these states now."""
        return [told for told in self.of[subject].values() if told.state in states]

    def count(self, subject, happened) -> int:
        """How many records of a kind an event happened to."""
        return sum(happened in told.events for told in self.of[subject].values())


HELD = ("held", "minutes_draft", "minutes_confirm", "issued", "reported", "archived")
POOL = (
    "pooled", "submitted", "approved", "studying", "scheduled", "consulted", "reconsult", "deferred", "closed",
)  # fmt: skip


def _solved(journal) -> int:
    rated = journal.of["outcomes.rating"].values()
    good = {str(value) for value in GOOD}
    return len({told.case_no for told in rated if told.events.get("outcomes.rated", {}).get("code") in good})


def _silent(journal) -> int:
    closed = journal.ended("voices.voice", "closed")
    return sum("voices.rated" not in told.events and "voices.closed" in told.events for told in closed)


def _attendances(journal) -> int:
    held = journal.ended("consultations.consultation", *HELD)
    return sum(told.events["consultations.held"]["present"] for told in held)


def _agreements(journal) -> int:
    drafted = journal.of["agreements.agreement"].values()
    return sum(told.state not in ("", "draft", "reserved") for told in drafted)


def _last_is(journal, subject, wanted, other, without=()) -> int:
    """Of how many records, some left out, the last of two opposite events is the wanted one."""
    told = (told for pk, told in journal.of[subject].items() if pk not in without)
    both = ([name for name in one.events if name in (wanted, other)] for one in told)
    return sum(names[-1:] == [wanted] for names in both)


def _places(journal) -> int:
    """Open places but for those of studios that never opened their door."""
    studios = [told.events for told in journal.of["studios.studio"].values() if "studios.opened" not in told.events]
    unopened = {events["studios.established"].get("venue") for events in studios if "studios.established" in events}
    return _last_is(journal, "venues.venue", "venues.opened", "venues.closed", unopened)


def _tasks(journal) -> int:
    return sum(told.state != "reassigned" for told in journal.of["tasks.task"].values())


#: By figure: how to count it from the journal. People are told apart by codes that the journal does not hold.
RULES = {
    "voices": lambda j: j.count("voices.voice", "voices.received"),
    "topics": lambda j: len(j.ended("topics.topic", *POOL)),
    "consultations": lambda j: len(j.ended("consultations.consultation", *HELD)),
    "attendances": _attendances,
    "agreements": _agreements,
    "tasks": _tasks,
    "closed_tasks": lambda j: len(j.ended("tasks.task", "closed")),
    "solved": _solved,
    "silent": _silent,
    "published": lambda j: len(j.ended("cases.case", "published")),
    "visits": lambda j: j.count("visits.visit", "visits.made"),
    "salons": lambda j: j.count("salons.salon", "salons.held"),
    "studios": lambda j: len(j.ended("studios.studio", "open")),
    "places": _places,
    "results": lambda j: _last_is(j, "conversions.conversion", "conversions.published", "conversions.taken_back"),
}


def _past(journal, key) -> int:
    """What the batches of past records that stand add to a figure."""
    taken = journal.ended("backfill.batch", "taken")
    return sum(told.events["backfill.taken_in"]["numbers"].get(key, 0) for told in taken)


@dataclass(frozen=True)
class Compared(BothWays):
    """One figure counted both ways; ``told`` is None where the journal alone cannot tell."""

    key: str
    counted: int
    told: int | None


def compare(journal: Journal) -> list[Compared]:
    """Every figure of the committee in scope, from its records and from its journal."""
    return [
        Compared(key, value(figure) or 0, RULES[key](journal) + _past(journal, key) if key in RULES else None)
        for key, figure in BY_KEY.items()
    ]  # fmt: skip
