"""Reading the journal: the timeline of a case, in words, with personal values filled in only where they may be read."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from .events import sentence, spoken
from .models import Entry, PersonalValue


@dataclass(frozen=True)
class Line:
    """One line of a timeline, ready to be shown."""

    seq: int
    when: dt.datetime
    entered: dt.datetime
    says: str
    why: str
    who: str
    tone: str
    event: str
    digest: str
    subject: str
    subject_id: int

    @property
    def entered_late(self) -> bool:
        """True when the line was entered more than a day after the thing happened."""
        return self.entered - self.when > dt.timedelta(days=1)


def moment(stamp: str) -> dt.datetime:
    """The aware local time of a journal stamp."""
    return timezone.localtime(dt.datetime.fromisoformat(stamp))


def public_timeline(case_no: str) -> list[Line]:
    """What the public page of a case tells: public events only, personal fields left out."""
    entries = Entry.objects.filter(case_no=case_no).order_by("seq")
    return [_line(e, {}) for e in entries if e.kind and e.kind.public]


def full_timeline(case_no: str) -> list[Line]:
    """What the desk's case file tells: every event, personal values where they have not been erased."""
    entries = list(Entry.objects.filter(case_no=case_no).order_by("seq"))
    values: dict[int, dict] = {}
    for row in PersonalValue.objects.filter(entry__case_no=case_no):
        values.setdefault(row.entry_id, {})[row.field] = row.value
    return [_line(entry, values.get(entry.seq, {})) for entry in entries]


def timeline_of(*records) -> list[Line]:
    """Every event about these records, for those that belong to no case; personal values where they are not erased."""
    groups: dict[str, list] = {}
    for record in records:
        groups.setdefault(record._meta.label_lower, []).append(record.pk)
    about = Q(pk__in=[])
    for subject, subject_ids in groups.items():
        about |= Q(subject=subject, subject_id__in=subject_ids)
    entries = list(Entry.objects.filter(about).order_by("seq"))
    values: dict[int, dict] = {}
    for row in PersonalValue.objects.filter(entry__in=[entry.seq for entry in entries]):
        values.setdefault(row.entry_id, {})[row.field] = row.value
    return [_line(entry, values.get(entry.seq, {})) for entry in entries]


def values_of(entry: Entry) -> dict:
    """The personal values of one entry that have not been erased."""
    return dict(PersonalValue.objects.filter(entry=entry).values_list("field", "value"))


def says(entry: Entry, personal: dict | None = None) -> str:
    """The entry's sentence; without ``personal`` it is looked up."""
    kind = entry.kind
    if kind is None:
        return entry.event
    personal = values_of(entry) if personal is None else personal
    return sentence(kind, {**entry.fields, **dict.fromkeys(kind.personal, "…"), **personal})


def _line(entry: Entry, personal: dict) -> Line:
    return Line(
        entry.seq, moment(entry.at), moment(entry.entered_at), says(entry, personal), entry.why,
        spoken(entry.actor_role), entry.kind.tone if entry.kind else "neutral", entry.event, entry.digest,
        entry.subject, entry.subject_id
    )
