"""The journal of the made-up county: entries wait until their time comes and are chained in its order."""

import heapq
import itertools

from django.conf import settings

from shangliang.journal import digest
from shangliang.journal.models import Entry, Head, PersonalValue


class Ink:
    """Chains entries in the order of their time, whichever case they belong to."""

    def __init__(self, committee):
        self.committee = committee
        self.head, _made = Head.objects.get_or_create(pk=1)
        self.waiting: list = []
        self.order = itertools.count()

    def say(self, at, event, about, case_no, by="system", role="系统", moved=("", "", ""), why=""):
        """Put down that ``event`` happened to the record ``about`` at this moment (UTC)."""
        stamp = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        values, personal = dict(vars(event)), []
        for name in sorted(event.personal):
            if values[name]:
                salt = digest.new_salt()
                personal.append(PersonalValue(field=name, salt=salt, value=values[name]))
                values[name] = digest.commitment(salt, values[name])
        entry = Entry(
            at=stamp, entered_at=stamp, committee_id=self.committee.pk, case_no=case_no, event=event.name,
            subject=about._meta.label_lower, subject_id=about.pk, actor=by, actor_role=role,
            verb=moved[0], source=moved[1], target=moved[2], why=why, data=digest.canonical(values),
        )  # fmt: skip
        heapq.heappush(self.waiting, (stamp, next(self.order), entry, personal))

    def dry(self, until=None) -> tuple[list, list]:
        """Chain what happened before ``until`` (or all) and return the entries and personal values to store."""
        stamp = until.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if until else "~"
        entries, values = [], []
        while self.waiting and self.waiting[0][0] < stamp:
            _at, _order, entry, personal = heapq.heappop(self.waiting)
            entry.seq, entry.prev = self.head.count + 1, self.head.digest
            entry.digest = digest.digest(entry.body())
            self.head.count, self.head.digest = entry.seq, entry.digest
            for value in personal:
                value.entry_id = entry.seq
            entries.append(entry)
            values += personal
        return entries, values

    def close(self) -> None:
        """Seal the head."""
        self.head.seal = digest.seal(settings.JOURNAL_KEY, self.head.count, self.head.digest)
        self.head.save()
