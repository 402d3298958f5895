"""Whom we exchange messages with, and what a person decides about it."""

from django.db.models import F
from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...people.actors import CLOCK
from ...people.models import Committee
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from ...witness.commands import watch
from ...witness.queries import log_key
from .. import events, keys, policies
from ..envelope import ROTATED
from ..models import Outgoing, OwnKey, Peer, PeerKey
from ..signature import signed
from .outbox import queue, queue_again
from .own import make_key, next_key


@command
def meet(*, by, committee, side, name, short_name, address, public, log="", witness=""):
    """Take a neighbour's card in, after a person has compared the fingerprint; its earlier keys end here.

    A card also names the public log of its installation (``log``, ``witness``: keys as notes write them): from now on
    we watch each other's.
    """
    require(policies.may_manage(by, committee))
    require(side != committee.region.code, _("这是我方自己的名片。"), field="card")
    key_id = keys.key_id(public)
    others = PeerKey.objects.filter(key_id=key_id).exclude(peer__side=side)
    require(not others.exists(), _("这把钥匙已经登记在另一方名下。"), field="card")
    peer, _made = Peer.objects.get_or_create(
        committee=committee, side=side, defaults={"name": name, "short_name": short_name, "address": address}
    )
    moved = move(peer, "meet", name=name, short_name=short_name, address=address, failures=0, next_try_at=None,
                 last_error="")  # fmt: skip
    known = peer.keys.filter(key_id=key_id).first()
    require(not (known and known.revoked_at), _("这把钥匙已经作废，请对方换新的。"), field="card")
    if known is None:
        peer.keys.filter(until_seq=None).update(until_seq=peer.heard_seq)
        PeerKey.objects.create(
            committee=committee, peer=peer, key_id=key_id, public=public, from_seq=peer.heard_seq, since=clock.now()
        )
    if log and log != str(log_key()):
        watched = watch(by=by, name=short_name, log_key=log, witness_key=witness, address=address)
        Peer.objects.filter(pk=peer.pk).update(log_origin=watched.origin)
    record(events.PeerMet(name=short_name, key=keys.fingerprint(public)), about=peer, by=by, moved=moved)
    return peer


@command
def acquaint(*, by, committee, side, name, short_name):
    """The neighbour of this side, known or not: what is for one whose card we do not have yet waits for it.

    A committee on this very machine needs no card: its letters, keys and inbox are the same, without a network.
    """
    require(policies.may_relay(by))
    local = Committee.objects.filter(region__code=side).first()
    fields = {"name": local.name if local else name, "short_name": local.short_name if local else short_name}
    fields["state"] = Peer.State.ACTIVE if local else Peer.State.WAITING
    peer, _made = Peer.objects.get_or_create(committee=committee, side=side, defaults=fields)
    return peer


@command
def pause(*, by, peer, why):
    """Send and take nothing until somebody resumes; what is queued stays."""
    require(policies.may_pause(by, peer))
    moved = move(peer, "pause")
    record(events.PeerPaused(name=peer.short_name), about=peer, by=by, why=why, moved=moved)


@command
def resume(*, by, peer):
    """Let messages flow again."""
    require(policies.may_resume(by, peer))
    moved = move(peer, "resume", failures=0, next_try_at=None, last_error="")
    record(events.PeerResumed(name=peer.short_name), about=peer, by=by, moved=moved)


@command
def revoke(*, by, peer, why):
    """End it: the neighbour's keys are worth nothing from now on, whoever holds them."""
    require(policies.may_revoke(by, peer))
    moved = move(peer, "revoke")
    peer.keys.filter(revoked_at=None).update(revoked_at=clock.now())
    record(events.PeerRevoked(name=peer.short_name), about=peer, by=by, why=why, moved=moved)


@command
def begin_epoch(*, by, peer, taken):
    """Begin numbering anew, after both offices looked into it; ``taken`` is the last of our messages that they have.

    Everything after it is queued again in its order. The other side begins its own new period in the same way; until
    both have, neither takes anything from the other.
    """
    require(policies.may_begin_epoch(by, peer))
    require(0 <= taken <= max(peer.sent_seq, 0), _("对方有的最后一号，不会大于我方发出的号。"), field="taken")
    again = list(Outgoing.objects.filter(peer=peer, epoch=peer.epoch_out, seq__gt=taken).order_by("seq"))
    moved = move(
        peer, "begin_epoch", epoch_out=F("epoch_out") + 1, epoch_in=F("epoch_in") + 1, sent_seq=0, acked_seq=0,
        heard_seq=0, failures=0, next_try_at=None, last_error="",
    )  # fmt: skip
    peer.refresh_from_db()
    peer.keys.filter(until_seq=None).update(from_seq=0)
    for row in again:
        queue_again(by=by, peer=peer, outgoing=row)
    record(events.EpochBegun(name=peer.short_name, epoch=peer.epoch_out), about=peer, by=by, moved=moved)


@command
def rotate_key(*, by, committee, lost=False):
    """Let a new key take over; every neighbour is told by a message that the old key still signs.

    ``lost``: the old key is lost or may be in wrong hands and vouches for nothing. What waits is signed anew, and every
    neighbour needs our new card, to be compared by telephone.
    """
    require(policies.may_manage(by, committee))
    old = make_key(by=by, committee=committee)
    made = next_key(by=by, committee=committee)
    if not lost:
        for peer in Peer.objects.exclude(state=Peer.State.REVOKED).order_by("pk"):
            queue(by=CLOCK, peer=peer, topic="0" * 32, event=ROTATED, fields={"public": made.public})
    OwnKey.objects.filter(pk=old.pk).update(retired_at=clock.now())
    OwnKey.objects.filter(pk=made.pk).update(retired_at=None)
    waiting = Outgoing.objects.filter(committee=committee, acked_at=None) if lost else Outgoing.objects.none()
    for row in waiting:
        signature = signed(made, keys.LETTER, row.body.encode())
        Outgoing.objects.filter(pk=row.pk).update(signature=signature, key_id=made.key_id)
    record(events.KeyRotated(key=keys.fingerprint(made.public)), about=made, by=by)
    return made
