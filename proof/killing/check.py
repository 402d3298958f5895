"""The check: what people were shown, against the rows and files that are there after the restart.

It is incremental, so that its cost does not grow with the run: each receipt is checked after the restart that follows
it, each entry of the journal once, and everything a last time at the end.
"""

import hashlib
from collections import Counter

from django.conf import settings
from django.db.models import Count, Max

from shangliang import wiring
from shangliang.files.models import Attachment
from shangliang.journal import digest
from shangliang.journal.models import Delivery, Entry, Submission
from shangliang.notifications.models import Notice
from shangliang.people.tenancy import everywhere
from shangliang.shared import receipts
from shangliang.voices.models import Voice

SUBJECT = "voices.voice"
ONCE = ("voices.received", "voices.screening_begun")
#: How many receipts one query asks for.
CHUNK = 400


class Checker:
    """Remembers how far it has looked, and every fault as (kind, words); one thing has one fault of a kind."""

    def __init__(self):
        self.faults: dict[tuple[str, str], None] = {}
        self.shown = self.answered = self.voice = self.seq = self.submission = 0
        self.head = digest.GENESIS

    def count(self, kind: str) -> int:
        """How many things have this fault."""
        return sum(found == kind for found, _words in self.faults)

    def fault(self, kind: str, words: str) -> None:
        """Remember a fault."""
        self.faults[kind, words] = None

    def go_on(self, ledger) -> None:
        """Check what was shown and stored since the last time; people may go on meanwhile."""
        with ledger.lock:
            shown, answered = ledger.shown[self.shown :], ledger.answered[self.answered :]
        self.shown, self.answered = self.shown + len(shown), self.answered + len(answered)
        for start in range(0, len(shown), CHUNK):
            self.receipts(shown[start : start + CHUNK])
        for start in range(0, len(answered), CHUNK):
            self.answers(answered[start : start + CHUNK])
        self.chain()
        self.strays()

    def again(self, ledger) -> None:
        """Everything from the beginning, when nobody writes any more; no voice may be there that nobody was shown."""
        self.shown = self.answered = self.voice = self.seq = self.submission = 0
        self.head = digest.GENESIS
        self.go_on(ledger)
        known = {_fingerprint(matter) for matter in ledger.shown}
        for pk, receipt in Voice.everywhere.values_list("pk", "receipt"):
            if receipt not in known:
                self.fault("orphan", f"voice {pk} was shown to nobody")
        for delivery in Delivery.objects.filter(done_at=None):
            self.fault("outbox", f"delivery {delivery} was not done")
        with everywhere():
            told = Counter(Notice.objects.order_by().values_list("voice__receipt", flat=True))
        for matter in ledger.answered:
            if told[_fingerprint(matter)] != 1:
                self.fault("outbox", f"{matter.key} has {told[_fingerprint(matter)]} notices")

    def receipts(self, matters) -> None:
        """Each voice once, under the fingerprint of its code, with journal, submission, outbox and files."""
        rows = Voice.everywhere.filter(receipt__in=[_fingerprint(matter) for matter in matters])
        stored = {row.receipt: row for row in rows.select_related("case")}
        texts = Counter(Voice.everywhere.filter(text__in=[m.text for m in matters]).values_list("text", flat=True))
        keys = Submission.objects.filter(key__in=[m.key for m in matters], subject=SUBJECT)
        sent = dict(keys.values_list("key", "subject_id"))
        found = {}
        for matter in matters:
            voice = stored.get(_fingerprint(matter))
            if voice is None or voice.text != matter.text:
                self.fault("lost", f"{matter.key}: no voice under the code that was shown")
                continue
            found[voice.pk] = matter
            if texts[matter.text] != 1:
                self.fault("duplicate", f"{matter.key} is stored {texts[matter.text]} times")
            if sent.get(matter.key) != voice.pk:
                self.fault("lost", f"{matter.key}: no submission")
        self.entries(found, ONCE)
        self.files(found)

    def answers(self, matters) -> None:
        """Each answer of the desk that was confirmed is entered once and its notice stands in the outbox."""
        rows = Voice.everywhere.filter(receipt__in=[_fingerprint(matter) for matter in matters])
        stored = {row.receipt: row for row in rows}
        found = {}
        for matter in matters:
            voice = stored.get(_fingerprint(matter))
            if voice is None or voice.state != Voice.State.ANSWERED:
                self.fault("lost", f"{matter.key}: its answer")
            else:
                found[voice.pk] = matter
        self.entries(found, ("voices.screened",))

    def entries(self, found, names) -> None:
        """Each of these events once about each of the voices, and what ``wiring`` sends after it once in the outbox."""
        seqs: dict[tuple, list] = {}
        rows = Entry.objects.filter(subject=SUBJECT, subject_id__in=found, event__in=names)
        for seq, pk, event in rows.values_list("seq", "subject_id", "event"):
            seqs.setdefault((pk, event), []).append(seq)
        queued = Counter(
            Delivery.objects.filter(entry__in=[s for kept in seqs.values() for s in kept])
            .values_list("entry_id", "listener")
        )  # fmt: skip
        for pk, matter in found.items():
            for name in names:
                kept = seqs.get((pk, name), [])
                if len(kept) != 1:
                    self.fault("duplicate" if kept else "lost", f"{matter.key}: {len(kept)} × {name}")
                for seq in kept:
                    due = Counter((seq, listener) for listener in wiring.afterwards(name))
                    if due != Counter({pair: n for pair, n in queued.items() if pair[0] == seq}):
                        self.fault("outbox", f"{matter.key}: the deliveries of {name}")

    def files(self, found) -> None:
        """As many files as were sent, on the disk, whole, with their thumbnails."""
        kept: dict[int, list] = {pk: [] for pk in found}
        for row in Attachment.everywhere.filter(subject=SUBJECT, subject_id__in=found):
            kept[row.subject_id].append(row)
        for pk, matter in found.items():
            if len(kept[pk]) != bool(matter.picture):
                self.fault("file", f"{matter.key}: {len(kept[pk])} files for {int(bool(matter.picture))}")
            for row in kept[pk]:
                whole = row.path.exists() and hashlib.sha256(row.path.read_bytes()).hexdigest() == row.sha256
                if not whole or not row.thumbnail_path.exists() or not row.thumbnail_path.stat().st_size:
                    self.fault("file", f"{matter.key}: {row.name}")

    def chain(self) -> None:
        """The new entries continue the old ones and match their digests; ``shangliang verify`` looks at all, last."""
        for entry in Entry.objects.filter(seq__gt=self.seq).order_by("seq").iterator(chunk_size=2000):
            body = digest.digest(entry.body())
            if (entry.seq, entry.prev, entry.digest) != (self.seq + 1, self.head, body):
                self.fault("chain", f"entry {entry.seq}")
            self.seq, self.head = entry.seq, entry.digest

    def strays(self) -> None:
        """No voice without journal; no journal, submission or file without voice."""
        last_voice = Voice.everywhere.aggregate(last=Max("pk"))["last"] or 0
        last_sent = Submission.objects.aggregate(last=Max("pk"))["last"] or 0
        fresh = Voice.everywhere.filter(pk__gt=self.voice, pk__lte=last_voice).values_list("pk", flat=True)
        about = Entry.objects.filter(subject=SUBJECT, subject_id__gt=self.voice)
        counted = about.filter(event=ONCE[0]).order_by().values("subject_id").annotate(n=Count("seq"))
        entered = {row["subject_id"]: row["n"] for row in counted}
        for pk in fresh:
            if entered.get(pk) != 1:
                self.fault("orphan", f"voice {pk} has {entered.get(pk, 0)} entries of its receipt")
        for name, rows in {
            "entry": about.filter(event=ONCE[0], subject_id__lte=last_voice).values_list("subject_id", flat=True),
            "submission": Submission.objects.filter(pk__gt=self.submission, pk__lte=last_sent, subject=SUBJECT)
            .values_list("subject_id", flat=True),
            "file": Attachment.everywhere.filter(subject=SUBJECT, subject_id__gt=self.voice, subject_id__lte=last_voice)
            .values_list("subject_id", flat=True),
        }.items():  # fmt: skip
            wanted = set(rows)
            there = Voice.everywhere.filter(pk__gt=self.voice).values_list("pk", flat=True)
            for pk in wanted.difference(there):
                self.fault("orphan", f"{name} of voice {pk}, which is not there")
        self.voice, self.submission = last_voice, last_sent


def left_behind() -> int:
    """Files without a row: a kill between disk and database leaves them, and the daily sweep takes them away."""
    rows = Attachment.everywhere.only("name", "media_type")
    known = {name for row in rows for name in (row.name, row.thumbnail_name)}
    return sum(path.name not in known for path in settings.MEDIA_ROOT.glob("[0-9]*/[0-9]*/*"))


def _fingerprint(matter) -> str:
    return receipts.fingerprint(settings.RECEIPT_KEY, matter.code)
