"""A published log with some hundred entries, and a neighbour with a log of its own."""

import pytest

from shangliang.journal.models import Entry
from shangliang.people import commands as people
from shangliang.people.actors import CLOCK
from shangliang.witness import commands, note, queries


@pytest.fixture
def entries(committee, security_admin):
    """``entries(n)``: let so many things happen."""

    def make(number):
        for n in range(number):
            people.add_unit(by=CLOCK, committee=committee, name=f"单位{Entry.objects.count()}-{n}", kind="department", region=None)

    return make


@pytest.fixture
def log(entries):
    """The log of everything so far and forty entries more, published in two steps."""
    entries(20)
    commands.publish(by=CLOCK)
    entries(20)
    commands.publish(by=CLOCK)
    return queries.latest()


class Neighbour:
    """Another installation: a log and a witness, in memory."""

    SECRET, WITNESS = "11" * 32, "22" * 32

    def __init__(self, name="neijiang.example/log"):
        self.name = name
        self.log_key = note.Key(name, note.SIGN, note.public_bytes(self.SECRET))
        self.witness_key = note.Key(name, note.COSIGN, note.public_bytes(self.WITNESS))

    def watched(self, **fields):
        return commands.watch(
            by=CLOCK, name="内江市政协", log_key=str(self.log_key), witness_key=str(self.witness_key), **fields
        )

    def signed(self, size, root):
        state = note.Checkpoint(self.name, size, root)
        return str(note.Note(state, (note.signed(state, self.SECRET),)))


@pytest.fixture
def neighbour(db):
    return Neighbour()
