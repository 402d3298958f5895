"""What came in: checked, kept as it came, entered once and in its order."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ... import wiring
from ...journal.record import command, record
from ...people.actors import CLOCK, Neighbour
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import Refused, require
from .. import events, keys, policies
from ..envelope import ROTATED, Unreadable, unpack
from ..models import Incoming, Peer, PeerKey
from ..signature import keyed_digest
from .alarm import rewind

State = Incoming.State


@dataclass(frozen=True)
class Taken:
    """How far we have their stream now, and why we stopped before the end of what they sent, if we did."""

    epoch: int
    taken: int
    new: int = 0
    stopped: str = ""


class _Stop(Exception):
    """Nothing after this letter can be taken now."""


@command
def take(*, by, peer, letters):
    """Take letters of this neighbour: each is checked, then entered exactly once and in its order."""
    require(policies.may_relay(by))
    peer = Peer.objects.select_related("committee__region").select_for_update(of=("self",)).get(pk=peer.pk)
    before, stopped, reader = peer.heard_seq, "", _Reader(peer)
    for letter in letters:
        try:
            reader.take(letter)
        except _Stop as stop:
            stopped = str(stop)
            break
    reader.store()
    if peer.heard_seq > before:
        Peer.objects.filter(pk=peer.pk).update(heard_seq=peer.heard_seq, last_heard_at=clock.now())
    return Taken(peer.epoch_in, peer.heard_seq, peer.heard_seq - before, stopped)


class _Reader:
    """Reads one neighbour's letters; its keys and what is held are read once for the whole parcel."""

    def __init__(self, peer):
        self.peer, self.keys = peer, {key.key_id: key for key in peer.keys.all()}
        held = Incoming.objects.filter(peer=peer, state__in=Incoming.BLOCKING).values_list("topic", flat=True)
        self.held, self.rows = set(held), {}

    def take(self, letter):
        body = letter.body.encode("utf-8", "surrogatepass")
        told = self._read(body)
        self._check_signature(letter, told, body)
        peer = self.peer
        if told.epoch < peer.epoch_in:
            return
        if told.epoch > peer.epoch_in:
            raise _Stop("epoch")
        if told.seq <= peer.heard_seq:
            self._same_again(letter, told)
            return
        if told.seq > peer.heard_seq + 1:
            raise _Stop("gap")
        peer.heard_seq = told.seq
        self._keep(letter, told)

    def _read(self, body):
        try:
            told = unpack(body)
        except Unreadable as fault:
            raise _Stop(f"unreadable: {fault}") from fault
        if told.origin != self.peer.side or told.to != self.peer.committee.region.code:
            raise _Stop("not from you, or not for us")
        return told

    def _check_signature(self, letter, told, body):
        key = self.keys.get(letter.key_id)
        if key is None or key.revoked_at:
            raise _Stop("unknown key")
        # A retired key still vouches for what it signed before the message that retired it.
        if told.epoch == self.peer.epoch_in and not key.from_seq < told.seq <= (key.until_seq or told.seq):
            raise _Stop("not the key of that number")
        if not keys.is_signed(key.public, keys.LETTER, body, letter.signature):
            raise _Stop("bad signature")

    def _same_again(self, letter, told):
        known = self.rows.get(told.seq)
        known = known or Incoming.objects.filter(peer=self.peer, epoch=told.epoch, seq=told.seq).first()
        if known and known.digest != keyed_digest(letter.body):
            rewind(by=CLOCK, peer=self.peer, kind="theirs", known=known.body, claimed=letter.body)
            raise _Stop("rewound")

    def _keep(self, letter, told):
        state, note = self._enter(told)
        row = Incoming(
            committee=self.peer.committee, peer=self.peer, epoch=told.epoch, seq=told.seq, topic=told.topic,
            event=told.event, body=letter.body, digest=keyed_digest(letter.body), signature=letter.signature,
            key_id=letter.key_id, state=state, note=note[:300], arrived_at=clock.now(),
            next_try_at=clock.now() if state == State.FAILED else None,
        )
        self.rows[told.seq] = row
        if state in Incoming.BLOCKING:
            self.held.add(told.topic)
        if state not in (State.APPLIED, State.HELD):
            self.store()
            _tell(row, self.peer)

    def store(self):
        """Store the letters read so far, all at once and in their order."""
        Incoming.objects.bulk_create([row for row in self.rows.values() if row.pk is None])

    def _enter(self, told) -> tuple:
        """(state, note): what came of entering it."""
        if told.event == ROTATED:
            return self._rotate(told)
        if told.topic in self.held:
            return State.HELD, ""
        return _entered(self.peer, told)

    def _rotate(self, told):
        public = told.fields.get("public")
        if not isinstance(public, str) or len(public) != 64:
            return State.REFUSED, _("换钥匙的消息看不懂。")
        self.peer.keys.filter(until_seq=None).update(until_seq=told.seq)
        made = PeerKey.objects.create(
            committee=self.peer.committee, peer=self.peer, key_id=keys.key_id(public), public=public,
            from_seq=told.seq, since=clock.now(),
        )
        self.keys = {key.key_id: key for key in self.peer.keys.all()}
        record(events.PeerMet(name=self.peer.short_name, key=keys.fingerprint(made.public)), about=self.peer, by=CLOCK)
        return State.APPLIED, ""


def _entered(peer, told) -> tuple:
    """Enter what an envelope says through the command that ``wiring`` names; (state, note)."""
    handler = wiring.arriving(told.event)
    if handler is None:
        return State.UNKNOWN, ""
    try:
        understood = handler(
            by=Neighbour(peer.side, peer.short_name), committee=peer.committee, side=peer.side, joint=told.topic,
            at=dt.datetime.fromisoformat(told.at), event=told.event, told=told.fields,
        )  # fmt: skip
    except Refused as refusal:
        return State.REFUSED, str(refusal)
    except Exception as error:  # whatever one message does, the others go on; this one is kept and tried again
        return State.FAILED, repr(error)
    return (State.UNKNOWN, "") if understood is False else (State.APPLIED, "")


def _tell(row, peer):
    note = str(row.note or row.get_state_display())
    record(events.LetterKept(name=peer.short_name, seq=row.seq, note=note), about=row, by=CLOCK)


@command
def retry(*, by, incoming):
    """Try a kept message again, then those that waited for it; returns whether it was entered."""
    require(policies.may_retry(by, incoming))
    moved = move(incoming, "retry")
    before = Incoming.objects.filter(
        peer=incoming.peer, topic=incoming.topic, pk__lt=incoming.pk, state__in=Incoming.BLOCKING
    )
    require(not before.exists(), _("同一件事还有更早的消息没有登记，请先处理那一条。"))
    done = _again(incoming)
    told = events.LetterRetried(name=incoming.peer.short_name, seq=incoming.seq)
    if by != CLOCK or done:
        record(told, about=incoming, by=by, moved=moved)
    if done:
        _follow(incoming)
    return done


def _again(row) -> bool:
    state, note = _entered(row.peer, unpack(row.body.encode()))
    wait = dt.timedelta(minutes=min(2**row.failures, 1440))
    again = clock.now() + wait if state == State.FAILED else None
    Incoming.objects.filter(pk=row.pk).update(
        state=state, note=note[:300], failures=row.failures + 1, next_try_at=again
    )
    row.state = state
    return state in (State.APPLIED, State.UNKNOWN)


def _follow(row):
    """Those that waited, in their order, up to the next that cannot be entered."""
    held = Incoming.objects.filter(peer=row.peer, topic=row.topic, state=State.HELD, pk__gt=row.pk)
    for later in held.select_related("peer__committee__region").order_by("pk"):
        if not _again(later):
            break


@command
def set_aside(*, by, incoming, why):
    """Decide that a message will not be entered; it stays on record, and those that waited for it go on."""
    require(policies.may_set_aside(by, incoming))
    require(why.strip(), _("请写理由。"), field="why")
    moved = move(incoming, "set_aside", note=why.strip()[:300])
    told = events.LetterSetAside(name=incoming.peer.short_name, seq=incoming.seq)
    record(told, about=incoming, by=by, why=why, moved=moved)
    _follow(incoming)
