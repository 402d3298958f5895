"""Publishing our log, co-signing the neighbours', and keeping what they sign for us."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from ..journal.digest import new_salt
from ..journal.models import Entry
from ..journal.record import command, record
from ..shared import clock
from ..shared.refusals import require
from . import events, note, policies, queries
from .models import Checkpoint, Cosignature, Fork, Salt, Tile, Watched
from .tree import SIZE, WIDTH, Tree, grow, is_beginning, leaf_hash

#: So many entries enter the log in one transaction.
BATCH = 20_000
PREFIX = b"shangliang-leaf-1\x00"
LONGEST_WAIT = dt.timedelta(hours=1)


def _commitment(salt: str, digest: str) -> bytes:
    """The leaf of an entry: it binds the log to the entry and says nothing of it, not even to somebody who guesses."""
    return hashlib.sha256(PREFIX + salt.encode() + b"\x00" + digest.encode()).digest()


@command
def publish(*, by) -> int:
    """Let the journal's new entries enter the log and sign its new state; returns how many entered."""
    require(policies.may_publish(by))
    last = Checkpoint.objects.select_for_update().order_by("-size").first()
    size = last.size if last else 0
    rows = list(Entry.objects.filter(seq__gt=size).order_by("seq").values_list("seq", "digest")[:BATCH])
    if not rows:
        return 0
    salts = [Salt(seq=seq, salt=new_salt()) for seq, _digest in rows]
    leaves = [_commitment(salt.salt, digest) for salt, (_seq, digest) in zip(salts, rows, strict=True)]
    append(by=by, size=size, leaves=leaves)
    Salt.objects.bulk_create(salts, batch_size=2000)
    return len(rows)


@command
def append(*, by, size, leaves) -> None:
    """Put leaves at the end of the log of ``size`` leaves, and sign its new state; part of publishing."""
    require(policies.may_publish(by))
    grown, changed = grow(queries.read, size, map(leaf_hash, leaves))
    changed |= _bundles(size, leaves)
    _store(changed)
    root = Tree(queries.read, grown).root()
    state = note.Checkpoint(queries.origin(), grown, root)
    signed = note.Note(state, (note.signed(state, settings.LOG_KEY),))
    Checkpoint.objects.create(size=grown, note=str(signed), made_at=clock.now())


def _bundles(size, leaves) -> dict:
    """The commitments by bundles of 256."""
    found: dict[tuple[int, int], bytes] = {}
    number, inside = divmod(size, WIDTH)
    held = queries.read(Tile.ENTRIES, number)[: inside * SIZE] if inside else b""
    whole = held + b"".join(leaves)
    for at in range(0, len(whole), WIDTH * SIZE):
        found[Tile.ENTRIES, number + at // (WIDTH * SIZE)] = whole[at : at + WIDTH * SIZE]
    return found


def _store(changed):
    rows = [Tile(level=level, number=number, data=data) for (level, number), data in changed.items()]
    Tile.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["level", "number"], update_fields=["data"]
    )


@command
def unlink(*, by, seq):
    """Erase the salt of one entry: from now on nobody can tell which leaf is its, and the log still proves."""
    require(policies.may_unlink(by))
    row = Salt.objects.filter(seq=seq).first()
    require(row and row.salt, _("这一条还没有进入公开账本，或已经脱钩。"))
    row.salt = ""
    row.save(update_fields=["salt"])
    record(events.EntryUnlinked(seq=seq), about=row, by=by)


@command
def watch(*, by, name, log_key, witness_key, address=""):
    """Co-sign a neighbour's log from now on, and let it co-sign ours; known already, its address is renewed."""
    require(policies.may_watch(by))
    try:
        log, witness = note.read_key(log_key), note.read_key(witness_key)
    except note.Malformed as fault:
        require(False, _("账本的钥匙看不懂，请对照对方的名片。"), field="log_key")
        raise AssertionError from fault
    require(log.kind == note.SIGN and witness.kind == note.COSIGN, _("两把钥匙的用途不对。"), field="log_key")
    require(log.name != queries.origin(), _("这是本机自己的账本。"), field="log_key")
    known = Watched.objects.filter(origin=log.name).first()
    require(
        known is None or known.log_key == str(log) or known.size == 0,
        _("这个账本以前用的是另一把钥匙，不能悄悄换掉；请先核对，再停止见证后重新登记。"), field="log_key",
    )
    fields = {"name": name, "log_key": str(log), "witness_key": str(witness), "address": address, "ended_at": None}
    row, _made = Watched.objects.update_or_create(origin=log.name, defaults=fields, create_defaults={
        **fields, "since": clock.now(),
    })  # fmt: skip
    record(events.LogWatched(name=name, origin=log.name), about=row, by=by)
    return row


@command
def unwatch(*, by, watched, why):
    """Stop watching each other."""
    require(policies.may_unwatch(by))
    watched.ended_at = clock.now()
    watched.save(update_fields=["ended_at"])
    record(events.LogUnwatched(name=watched.name), about=watched, by=by, why=why)


@dataclass(frozen=True)
class Answer:
    """What a witness answers: an HTTP status and a body (C2SP tlog-witness)."""

    status: int
    body: str = ""


@command
def cosign(*, by, request) -> Answer:
    """Co-sign a neighbour's checkpoint if it continues the last one we co-signed (C2SP tlog-witness, add-checkpoint).

    Never one that is smaller or does not continue it, also after a restart; two requests at once take turns.
    """
    require(policies.may_cosign(by))
    try:
        old, proof, told = note.read_ask(request)
    except note.Malformed as fault:
        return Answer(400, f"{fault}\n")
    state = told.checkpoint
    watched = Watched.objects.select_for_update().filter(origin=state.origin, ended_at=None).first()
    if watched is None:
        return Answer(404, "unknown log\n")
    if not note.is_signed(told, note.read_key(watched.log_key)):
        return Answer(403, "not signed by this log\n")
    if old > state.size:
        return Answer(400, "the old size is larger than the new\n")
    if old != watched.size:
        return Answer(409, f"{watched.size}\n")
    known = note.read_note(watched.note).checkpoint.root if watched.note else b""
    if state.size == watched.size and watched.note and state.root != known:
        _forked(by, watched, told)
        return Answer(409, f"{watched.size}\n")
    if not is_beginning(old, known, state.size, state.root, proof):
        _forked(by, watched, told)
        return Answer(422, "it does not continue what we have co-signed\n")
    now = clock.now()
    line = note.cosigned(state, queries.origin(), settings.WITNESS_KEY, int(now.timestamp()))
    Watched.objects.filter(pk=watched.pk).update(size=state.size, note=str(told), cosigned_at=now)
    return Answer(200, f"{line}\n")


def _forked(by, watched, told):
    """Keep both signed checkpoints, once."""
    if not Fork.objects.filter(watched=watched, claimed=str(told)).exists():
        Fork.objects.create(watched=watched, known=watched.note, claimed=str(told), found_at=clock.now())
        told_of = events.LogForked(name=watched.name, size=told.checkpoint.size)
        record(told_of, about=watched, by=by)


@command
def keep(*, by, watched, size, line):
    """Keep a neighbour's signature under one of our checkpoints, after checking it; returns whether it was good."""
    require(policies.may_keep(by))
    checkpoint = Checkpoint.objects.filter(size=size).first()
    state = note.read_note(checkpoint.note).checkpoint if checkpoint else None
    at = note.cosigned_at(state, line, note.read_key(watched.witness_key)) if state else None
    if at is None:
        miss(by=by, watched=watched, error=_("对方的见证签名不对。"))
        return False
    Cosignature.objects.get_or_create(
        checkpoint=checkpoint, watched=watched, defaults={"line": line, "signed_at": queries.moment(at)}
    )
    fields = {"failures": 0, "next_try_at": None, "last_error": ""}
    Watched.objects.filter(pk=watched.pk).update(their_size=max(size, watched.their_size), **fields)
    cache.delete("witnessed")
    return True


@command
def miss(*, by, watched, error, their_size=None):
    """Remember that a neighbour did not co-sign, and when to ask again; ``their_size`` is what it says it has seen."""
    require(policies.may_miss(by))
    fields = {} if their_size is None else {"their_size": their_size}
    wait = min(dt.timedelta(seconds=20) * 2 ** min(watched.failures, 10), LONGEST_WAIT)
    Watched.objects.filter(pk=watched.pk).update(
        failures=watched.failures + 1, next_try_at=clock.now() + wait, last_error=str(error)[:200], **fields
    )
