"""Files carried by hand between networks that are not joined: cards, parcels of letters, receipts.

The letters in a file are the very letters that would go over the network, and are taken by the same inbox. A file is
signed as a whole and not encrypted: it holds what its letters hold, and no name of a file matters to us.
"""

from django.utils.translation import gettext as _

from ..people.actors import CLOCK
from ..shared.refusals import Refused, require
from ..witness.models import Watched
from . import commands, keys, letters, relay, witnessing
from .commands.inbox import Taken
from .models import Peer, PeerKey
from .queries import card
from .signature import document as signed_document
from .views import receipt


def our_card(committee) -> bytes:
    """Our card; makes the first key when there is none."""
    commands.make_key(by=CLOCK, committee=committee)
    return card(committee)


def read_card(document: bytes) -> dict:
    """What a card says, after its own signature was checked. Raises Refused."""
    try:
        said, _key = letters.opened(keys.CARD, document[: letters.MOST_PARCEL], lambda _id, told: told.get("public"))
    except letters.Spoiled as fault:
        raise Refused(_("这不是一张完好的名片。"), field="card") from fault
    names = ("side", "name", "short_name", "address", "public", "log", "witness")
    require(all(isinstance(said.get(name, ""), str) for name in names), _("这不是一张完好的名片。"), field="card")
    known = {name: said.get(name, "").strip() for name in names}
    wanted = known["side"].isdecimal() and known["name"] and known["short_name"] and len(known["public"]) == 64
    require(wanted, _("这不是一张完好的名片。"), field="card")
    lengths = {"side": 12, "name": 60, "short_name": 20, "address": 200}
    require(all(len(known[name]) <= most for name, most in lengths.items()), _("名片里的字太长。"), field="card")
    return known


def meet(*, by, committee, document: bytes, by_hand=False):
    """(the neighbour, its fingerprint) after taking its card in; ``by_hand``: it is reached by files alone."""
    said = read_card(document)
    if by_hand:
        said["address"] = ""
    peer = commands.meet(by=by, committee=committee, **said)
    return peer, keys.fingerprint(said["public"])


def peer_of(committee, side) -> Peer:
    """The neighbour of this region's code. Raises Refused."""
    found = Peer.objects.select_related("committee__region").filter(committee=committee, side=side).first()
    require(found, _("还没有登记这个毗邻方。"))
    return found


def parcel(peer) -> bytes:
    """Everything that waits for a neighbour, as a signed file, with the request to co-sign our log."""
    rows = relay.waiting(peer, most=20_000, size=letters.MOST_FILE)
    watched = Watched.objects.filter(origin=peer.log_origin, ended_at=None).first() if peer.log_origin else None
    told = {
        "from": peer.committee.region.code, "to": peer.side, "epoch": peer.epoch_out,
        "letters": [[one.body, one.signature, one.key_id] for one in relay.as_letters(rows)],
        "log": witnessing.request_for(watched) if watched and witnessing.queries.latest() else "",
    }  # fmt: skip
    return signed_document(commands.make_key(by=CLOCK, committee=peer.committee), keys.FILE, told)


def _opened(committee, purpose, document, most):
    """(what the file says, from whom), for a neighbour we know and exchange with."""
    require(len(document) <= most, _("文件太大。"), field="file")
    found = {}

    def find(key_id, told):
        rows = PeerKey.objects.filter(peer__committee=committee, peer__side=str(told.get("from")), revoked_at=None)
        key = rows.select_related("peer__committee__region").filter(key_id=key_id).first()
        found["peer"] = key and key.peer
        return key and key.public

    try:
        said, _key = letters.opened(purpose, document, find)
    except letters.Spoiled as fault:
        raise Refused(_("文件不完好，或不是已登记的毗邻方签的：%(why)s") % {"why": fault}, field="file") from fault
    require(said.get("to") == committee.region.code, _("这份文件不是给我方的。"), field="file")
    return said, found["peer"]


def take(*, by, committee, document: bytes):
    """(how far we have them now, the receipt to carry back) after taking the letters of a file in."""
    said, peer = _opened(committee, keys.FILE, document, letters.MOST_FILE)
    require(peer.state == Peer.State.ACTIVE, _("与这一方的往来现在是“%(s)s”。") % {"s": peer.get_state_display()})
    try:
        parcel_ = letters.unpack(letters.pack_rows(said.get("letters")), most=20_000)
    except letters.Spoiled as fault:
        raise Refused(_("文件里的消息看不懂。"), field="file") from fault
    taken = commands.take(by=CLOCK, peer=peer, letters=parcel_)
    request = said.get("log")
    if isinstance(request, str) and request:
        witnessing.answer_by_hand(request)
    return taken, receipt_for(peer, taken)


def receipt_for(peer, taken=None) -> bytes:
    """How far we have this neighbour now, with our signature under the state of its log that we saw last."""
    taken = taken or Taken(peer.epoch_in, peer.heard_seq)
    return receipt(peer.committee, peer, taken, cosigned=witnessing.last_line(peer.log_origin))


def take_any(*, by, committee, document: bytes) -> tuple[Peer, str]:
    """Take a file or a receipt in, whichever it is; gives the neighbour and what happened, in words."""
    said = letters.peek(document)
    if "letters" in said:
        taken, _receipt = take(by=by, committee=committee, document=document)
        peer = peer_of(committee, str(said["from"]))
        stopped = f" {relay.words(taken.stopped)}" if taken.stopped else ""
        return peer, _("收到新消息 %(n)s 条，现有到第 %(all)s 号。") % {"n": taken.new, "all": taken.taken} + stopped
    peer = take_receipt(by=by, committee=committee, document=document)
    peer.refresh_from_db()
    return peer, _("回执已登记：对方已有我方第 %(n)s 号以前的消息。") % {"n": peer.acked_seq}


def take_receipt(*, by, committee, document: bytes) -> Peer:
    """Tick off what a receipt says the other side has, and keep its signature under our log."""
    said, peer = _opened(committee, keys.RECEIPT, document, letters.MOST_PARCEL)
    whole = isinstance(said.get("epoch"), int) and isinstance(said.get("taken"), int)
    require(whole, _("这张回执看不懂。"), field="file")
    commands.take_receipt(
        by=by, peer=peer, epoch=said["epoch"], taken=said["taken"], receipt=document.decode("utf-8", "replace")
    )
    if said.get("cosigned") and peer.log_origin:
        witnessing.keep_by_hand(peer.log_origin, str(said["cosigned"]))
    return peer
