"""What goes out: queued in the transaction of the change, sent in order, ticked off when the other side has it."""

import json
from datetime import timedelta

from django.utils.translation import gettext as _

from ... import __version__
from ...journal.digest import canonical
from ...journal.record import command, stamp
from ...people.actors import CLOCK
from ...shared import clock
from ...shared.refusals import require
from .. import keys, policies
from ..envelope import MOST_BYTES, Envelope, Unreadable
from ..models import Incoming, Nonce, Outgoing, OwnKey, Peer
from ..signature import signed
from .alarm import rewind
from .own import make_key

#: Waiting after the n-th failure: 2ⁿ × 5 seconds, at most an hour, without end until a person stops it.
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)


@command
def queue(*, by, peer, topic, event, fields, consents=()):
    """Put one message into the stream to this neighbour, numbered and signed."""
    require(policies.may_relay(by))
    peer = Peer.objects.select_related("committee__region").select_for_update(of=("self",)).get(pk=peer.pk)
    return _write(peer, topic, event, fields, consents, stamp(clock.now()))


@command
def queue_again(*, by, peer, outgoing):
    """Put a message that the other side lost into the new period of the stream, said when it was said."""
    require(policies.may_manage(by, peer.committee))
    told = json.loads(outgoing.body)
    peer = Peer.objects.select_related("committee__region").select_for_update(of=("self",)).get(pk=peer.pk)
    consents = outgoing.consents.split(",") if outgoing.consents else ()
    return _write(peer, told["topic"], told["event"], told["fields"], consents, told["at"])


def _write(peer, topic, event, fields, consents, at):
    key = OwnKey.objects.filter(committee=peer.committee, retired_at=None).first()
    key = key or make_key(by=CLOCK, committee=peer.committee)
    letter = Envelope(
        origin=peer.committee.region.code, to=peer.side, epoch=peer.epoch_out, seq=peer.sent_seq + 1, topic=topic,
        event=event, at=at, fields=fields, release=__version__,
    )
    try:
        body = letter.pack()
    except Unreadable as fault:
        require(False, _("要告知毗邻方的内容太长（最多 %(n)d KB），请写短一些。") % {"n": MOST_BYTES // 1024})
        raise AssertionError from fault
    row = Outgoing.objects.create(
        committee=peer.committee, peer=peer, epoch=letter.epoch, seq=letter.seq, topic=topic, event=event,
        body=body.decode(), signature=signed(key, keys.LETTER, body), key_id=key.key_id,
        consents=",".join(sorted(consents)), queued_at=clock.now(),
    )
    Peer.objects.filter(pk=peer.pk).update(sent_seq=letter.seq)
    peer.sent_seq = letter.seq
    return row


@command
def take_out(*, by, ours, topic, event, fields, names):
    """Take personal fields out of our messages (or those of the others) about a matter that say ``fields``.

    What still waits to be sent is signed anew, so that it crosses without them (个人信息保护法 art. 15, 47).
    """
    require(policies.may_relay(by))
    for row in (Outgoing if ours else Incoming).objects.filter(topic=topic, event=event):
        told = json.loads(row.body)
        if any(told["fields"].get(name) != value for name, value in fields.items()):
            continue
        told["fields"].update(dict.fromkeys(names, ""))
        row.body, row.signature = canonical(told), ""
        if ours and row.acked_at is None:
            key = make_key(by=by, committee=row.committee)
            row.key_id, row.signature = key.key_id, signed(key, keys.LETTER, row.body.encode())
        row.save()


@command
def acknowledge(*, by, peer, taken, known, skew, receipt):
    """Tick off what the other side has; ``known`` is what it had when we asked. Going back is noticed, never merged."""
    require(policies.may_relay(by))
    peer = Peer.objects.select_for_update().get(pk=peer.pk)
    if taken > peer.sent_seq:
        rewind(by=by, peer=peer, kind="ours", known=str(peer.sent_seq), claimed=receipt)
        return
    if taken < known:
        rewind(by=by, peer=peer, kind="theirs", known=str(known), claimed=receipt)
        return
    now = clock.now()
    rows = Outgoing.objects.filter(peer=peer, epoch=peer.epoch_out, seq__gt=peer.acked_seq, seq__lte=taken)
    rows.update(acked_at=now)
    fields = {"acked_seq": max(taken, peer.acked_seq), "last_sent_at": now, "skew": skew}
    Peer.objects.filter(pk=peer.pk).update(failures=0, next_try_at=None, last_error="", **fields)


@command
def take_receipt(*, by, peer, epoch, taken, receipt):
    """Tick off by a receipt that was carried by hand; an older receipt changes nothing."""
    require(policies.may_manage(by, peer.committee))
    peer = Peer.objects.select_for_update().get(pk=peer.pk)
    require(epoch == peer.epoch_out, _("这张回执是另一期的。"), field="file")
    if taken > peer.sent_seq:
        rewind(by=CLOCK, peer=peer, kind="ours", known=str(peer.sent_seq), claimed=receipt)
        return
    rows = Outgoing.objects.filter(peer=peer, epoch=epoch, seq__gt=peer.acked_seq, seq__lte=taken)
    rows.update(acked_at=clock.now())
    Peer.objects.filter(pk=peer.pk).update(acked_seq=max(taken, peer.acked_seq), last_sent_at=clock.now())


@command
def miss(*, by, peer, error, skew=None):
    """Remember that an attempt failed, and when to try again."""
    require(policies.may_relay(by))
    peer = Peer.objects.select_for_update().get(pk=peer.pk)
    wait = min(FIRST_WAIT * 2 ** min(peer.failures, 12), LONGEST_WAIT)
    fields = {} if skew is None else {"skew": skew}
    Peer.objects.filter(pk=peer.pk).update(
        failures=peer.failures + 1, next_try_at=clock.now() + wait, last_error=error[:200], **fields
    )


@command
def remember_nonce(*, by, peer, nonce):
    """Take a request's nonce once; False when it was seen. Those whose request is worth nothing any more go."""
    require(policies.may_relay(by))
    now = clock.now()
    Nonce.objects.filter(peer=peer, seen_at__lt=now - timedelta(minutes=15)).delete()
    fields = {"committee": peer.committee, "seen_at": now}
    _row, made = Nonce.objects.get_or_create(peer=peer, nonce=nonce, defaults=fields)
    return made
