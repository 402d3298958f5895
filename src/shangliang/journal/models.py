"""The tables of the journal: entries, the personal values they commit to, the head, and the outbox."""

import json

from django.db import models

from . import digest
from .events import EVENTS


class Entry(models.Model):
    """One change, told once: who, when, what, from, to and why; bound to the entry before it by a digest.

    Times are kept as text (ISO 8601, UTC, microseconds) so that both databases hold the very bytes of the digest.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27)
    entered_at = models.CharField(max_length=27)
    committee = models.ForeignKey(
        "people.Committee", models.PROTECT, null=True, related_name="+", db_index=False
    )
    case_no = models.CharField(max_length=30)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor = models.CharField(max_length=60)
    actor_role = models.CharField(max_length=80)
    verb = models.CharField(max_length=30)
    source = models.CharField(max_length=30)
    target = models.CharField(max_length=30)
    why = models.TextField()
    data = models.TextField()
    prev = models.CharField(max_length=80)
    digest = models.CharField(max_length=80)

    class Meta:
        db_table = "journal_entry"
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["case_no", "seq"], name="journal_case"),
            models.Index(fields=["subject", "subject_id", "seq"], name="journal_subject"),
            models.Index(fields=["committee", "event", "seq"], name="journal_event"),
        ]

    def __str__(self):
        return f"{self.seq} {self.event}"

    def body(self) -> str:
        """The canonical text of every column but the digest itself."""
        return digest.canonical(
            {f.column: getattr(self, f.attname) for f in self._meta.concrete_fields if f.name != "digest"}
        )

    @property
    def kind(self):
        """The event's class, or None for an event of a newer release."""
        return EVENTS.get(self.event)

    @property
    def fields(self) -> dict:
        """The event's fields; personal ones are commitments here."""
        return json.loads(self.data)


class PersonalValue(models.Model):
    """A personal field of an entry with its salt; erasing the row leaves the chain whole."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="personal_values")
    field = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    value = models.TextField()

    class Meta:
        db_table = "journal_personal"
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="journal_personal_once")
        ]

    def __str__(self):
        return f"{self.entry_id}.{self.field}"


class Head(models.Model):
    """How many entries there are and the last digest, sealed with a key outside the database."""

    count = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=80, default=digest.GENESIS)
    seal = models.CharField(max_length=80, default="")

    class Meta:
        db_table = "journal_head"

    def __str__(self):
        return f"{self.count} {self.digest}"


class Delivery(models.Model):
    """The outbox: one listener still to be told of one entry, at least once, after the commit."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=100)
    due_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(default="")

    class Meta:
        db_table = "journal_delivery"
        constraints = [
            models.UniqueConstraint(fields=["entry", "listener"], name="journal_delivery_once")
        ]

    def __str__(self):
        return f"{self.entry_id} → {self.listener}"


class Submission(models.Model):
    """A public submission, remembered under the key made with its form, so that pressing twice makes one record."""

    key = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "journal_submission"

    def __str__(self):
        return self.key
