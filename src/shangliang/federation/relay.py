"""Sending: what waits for a neighbour goes out in order, over the network or next door in the same database."""

import datetime as dt
import json
import logging
import secrets

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from ..journal.events import EVENTS
from ..people.actors import CLOCK
from ..people.models import Committee
from ..people.tenancy import within
from ..shared import clock, fetch
from . import commands, keys, letters, signing
from .models import Incoming, Outgoing, OwnKey, Peer, PeerKey
from .signature import private

log = logging.getLogger(__name__)
#: One neighbour gets at most so many parcels in a row, so that the others come to their turn.
PARCELS = 60


def relay(limit: int = PARCELS) -> int:
    """Send what waits to every neighbour that is due, try again what could not be entered; returns letters taken."""
    done = 0
    for committee in Committee.objects.order_by("pk"):
        with within(committee):
            due = Peer.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=clock.now()), state=Peer.State.ACTIVE)
            for peer in due.select_related("committee__region").order_by("pk"):
                done += send(peer, limit)
            _try_again()
    return done


def _try_again():
    again = Q(state=Incoming.State.FAILED, next_try_at__lte=clock.now())
    # What an earlier release did not know and this one does.
    unknown = Incoming.objects.filter(state=Incoming.State.UNKNOWN).values_list("event", flat=True).distinct()
    again |= Q(state=Incoming.State.UNKNOWN, event__in=[name for name in unknown if name in EVENTS])
    rows = Incoming.objects.filter(again)
    for row in rows.select_related("peer__committee__region", "committee").order_by("pk")[:50]:
        first = not Incoming.objects.filter(
            peer=row.peer, topic=row.topic, pk__lt=row.pk, state__in=Incoming.BLOCKING
        ).exists()
        if first:
            commands.retry(by=CLOCK, incoming=row)


def send(peer, limit: int = PARCELS) -> int:
    """Send what waits for one neighbour, parcel by parcel, until nothing is left or it does not answer."""
    done = 0
    for _n in range(limit):
        rows = waiting(peer)
        if not rows:
            break
        known = peer.acked_seq
        if not (_next_door(peer, rows) if is_local(peer) else _by_post(peer, rows)):
            break
        peer.refresh_from_db()
        done += peer.acked_seq - known
        if peer.state != Peer.State.ACTIVE or peer.acked_seq == known:
            break
    return done


def waiting(peer, most: int = letters.MOST_LETTERS, size: int = letters.MOST_PARCEL) -> list[Outgoing]:
    """The next letters for this neighbour, in order, as many as a parcel holds."""
    rows = Outgoing.objects.filter(peer=peer, epoch=peer.epoch_out, seq__gt=peer.acked_seq).order_by("seq")[:most]
    taken, used = [], 0
    for row in rows:
        used += len(row.body.encode()) * 2 + 300
        if taken and used > size:
            break
        taken.append(row)
    return taken


def is_local(peer) -> bool:
    """Whether the neighbour is a committee on this very machine."""
    return not peer.address and Committee.objects.filter(region__code=peer.side).exists()


def as_letters(rows) -> list[letters.Letter]:
    """The rows as they travel."""
    return [letters.Letter(row.body, row.signature, row.key_id) for row in rows]


def _next_door(peer, rows) -> bool:
    """The same letters, keys and inbox, without a network between."""
    other = Committee.objects.select_related("region").get(region__code=peer.side)
    with within(other):
        back = _our_face(other, peer.committee, rows[0].key_id)
        is_open = back.state == Peer.State.ACTIVE
        taken = commands.take(by=CLOCK, peer=back, letters=as_letters(rows)) if is_open else None
    if taken:
        commands.acknowledge(by=CLOCK, peer=peer, taken=taken.taken, known=peer.acked_seq, skew=0, receipt="")
    if taken is None or taken.stopped:
        commands.miss(by=CLOCK, peer=peer, error=words(taken.stopped if taken else "paused"))
        return False
    return True


def _our_face(other, mine, key_id) -> Peer:
    """What the committee next door knows of us; our key needs no comparing there, it lies in the same database."""
    said = {"side": mine.region.code, "name": mine.name, "short_name": mine.short_name}
    face = commands.acquaint(by=CLOCK, committee=other, **said)
    if face.state == Peer.State.WAITING or not PeerKey.objects.filter(peer=face).exists():
        with within(mine):
            public = OwnKey.objects.get(key_id=key_id).public
        face = commands.meet(by=CLOCK, committee=other, address="", public=public, **said)
    return face


def _by_post(peer, rows) -> bool:
    if not peer.address:
        return False  # reached by hand alone
    url = f"{peer.address.rstrip('/')}/neighbours/{peer.side}/inbox/"
    # The key of the first letter: the other side knows it, even when a later letter of the parcel brings a new one.
    key = OwnKey.objects.get(key_id=rows[0].key_id)
    body, nonce, known = letters.pack(as_letters(rows)), secrets.token_urlsafe(24), peer.acked_seq
    headers = signing.sign(url, body, key_id=key.key_id, private=private(key), nonce=nonce, now=clock.real())
    try:
        status, answer = fetch.post(url, body, headers, settings.PEER_NETWORKS)
    except fetch.DoorShut as fault:
        commands.miss(by=CLOCK, peer=peer, error=str(fault))
        return False
    return _answered(peer, status, answer, nonce, known)


def _answered(peer, status, answer, nonce, known) -> bool:
    try:
        told = json.loads(answer)
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    skew = _skew(told.get("clock"))
    if status != 200:
        reason = str(told.get("reason") or f"HTTP {status}")
        commands.miss(by=CLOCK, peer=peer, error=words(reason, skew or 0), skew=skew)
        return False
    try:
        said, _key = letters.opened(keys.RECEIPT, answer, lambda key_id, _said: _public(peer, key_id))
    except letters.Spoiled as fault:
        commands.miss(by=CLOCK, peer=peer, error=words(str(fault)))
        return False
    ours = {"nonce": nonce, "to": peer.committee.region.code, "from": peer.side, "epoch": peer.epoch_out}
    if {name: said.get(name) for name in ours} != ours or not isinstance(said.get("taken"), int):
        commands.miss(by=CLOCK, peer=peer, error=words(str(said.get("stopped") or "the answer is to another request")))
        return False
    receipt = answer.decode()
    skew = _skew(said.get("clock")) or 0
    commands.acknowledge(by=CLOCK, peer=peer, taken=said["taken"], known=known, skew=skew, receipt=receipt)
    if said.get("stopped"):
        commands.miss(by=CLOCK, peer=peer, error=words(str(said["stopped"])), skew=skew)
        return False
    return True


def _public(peer, key_id) -> str | None:
    key = PeerKey.objects.filter(peer=peer, key_id=key_id, revoked_at=None).first()
    return key and key.public


def _skew(text) -> int | None:
    """Seconds by which the other clock is ahead."""
    try:
        theirs = dt.datetime.fromisoformat(text)
        return round((theirs - clock.real()).total_seconds())
    except (TypeError, ValueError):
        return None


def words(reason: str, skew: int = 0) -> str:
    """The other side's reason in a sentence a person can act upon; what is not known stays as it is."""
    known = {
        "clock": _("两边的时钟相差 %(n)s 秒，超过 5 分钟，请校准。") % {"n": abs(skew)},
        "paused": _("对方已暂停往来。"),
        "rewound": _("两边的记录对不上，已停止，请双方核对。"),
        "epoch": _("对方还没有开始新一期，等对方也“重新对账”。"),
        "unknown key": _("对方还没有登记我方的钥匙，请把名片交给对方。"),
        "bad signature": _("对方说签名不对。"),
        "gap": _("中间缺了一号，会从缺的地方重发。"),
    }
    return str(known.get(reason.split(":")[0], reason))
