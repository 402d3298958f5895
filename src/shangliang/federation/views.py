"""The two doors that neighbours come to: our card, and our inbox. They answer in data and lead nowhere else."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ..journal.digest import canonical
from ..people.actors import CLOCK
from ..people.models import Committee
from ..people.tenancy import within
from ..shared import clock
from . import commands, keys, letters, signing
from .models import OwnKey, Peer, PeerKey
from .queries import card
from .signature import document

#: What is longer is not even read.
MOST_BODY = 2_000_000


class _No(Exception):
    """The request is answered with a status and a reason."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status, self.reason = status, reason


def _answer(status, **told):
    told["clock"] = clock.real().isoformat()
    return HttpResponse(canonical(told), status=status, content_type="application/json")


@csrf_exempt
@require_POST
def inbox(request, side):
    """Take a parcel of letters from a neighbour that signs it with a key we know."""
    committee = Committee.objects.select_related("region").filter(region__code=side).first()
    try:
        if committee is None:
            raise _No(404, "nobody of this name here")
        with within(committee):
            return _received(request, committee, _body(request))
    except _No as no:
        return _answer(no.status, reason=no.reason)


def _body(request) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        raise _No(411, "say how long it is")
    if int(length) > MOST_BODY:
        raise _No(413, "too long")
    if request.content_type != "application/json":
        raise _No(415, "application/json")
    body = request.body
    if len(body) != int(length):
        raise _No(400, "cut short")
    return body


def _received(request, committee, body):
    found: dict[str, PeerKey] = {}

    def find(key_id):
        rows = PeerKey.objects.filter(key_id=key_id, revoked_at=None, peer__state__in=["active", "paused", "rewound"])
        for key in rows.select_related("peer__committee__region"):
            found[key_id] = key
            return key.public
        return None

    if _is_off(request.headers.get("Signature-Input", "")):
        raise _No(400, "clock")
    # The address that the sender signed must be ours: we say what ours is, not the request.
    ours = urlsplit(settings.PUBLIC_ADDRESS)
    message = signing.Message("POST", f"{ours.scheme}://{ours.netloc}{request.path}", dict(request.headers))
    try:
        signed = signing.verify(message, body, find)
    except signing.BadRequest as fault:
        raise _No(401, str(fault)) from fault
    peer = found[signed.key_id].peer
    if peer.state != Peer.State.ACTIVE:
        raise _No(503 if peer.state == Peer.State.PAUSED else 409, str(peer.state))
    if not commands.remember_nonce(by=CLOCK, peer=peer, nonce=signed.nonce):
        raise _No(409, "seen before")
    try:
        parcel = letters.unpack(body)
    except letters.Spoiled as fault:
        raise _No(400, str(fault)) from fault
    taken = commands.take(by=CLOCK, peer=peer, letters=parcel)
    return HttpResponse(receipt(committee, peer, taken, signed.nonce), content_type="application/json")


def _is_off(signature_input: str) -> bool:
    """Whether the sender's clock, as it says itself, differs from ours by more than the window."""
    said = re.search(r";created=(\d{1,12})(?![\d.])", signature_input)
    off = abs(int(said[1]) - clock.real().timestamp()) if said else 0
    return off > signing.WINDOW.total_seconds()


def receipt(committee, peer, taken, nonce="", cosigned="") -> bytes:
    """How far we have a neighbour's stream, signed by us; as the answer to a request, or as a file to carry back."""
    key = OwnKey.objects.filter(committee=committee, retired_at=None).first()
    key = key or commands.make_key(by=CLOCK, committee=committee)
    told = {
        "from": committee.region.code, "to": peer.side, "epoch": taken.epoch, "taken": taken.taken,
        "stopped": taken.stopped, "nonce": nonce, "cosigned": cosigned, "clock": clock.real().isoformat(),
    }  # fmt: skip
    return document(key, keys.RECEIPT, told)


@require_safe
def card_json(request):
    """Our card: who we are, where our inbox is, and the public key in use. It holds no secret."""
    if request.committee is None:
        return JsonResponse({"reason": "nobody here yet"}, status=404)
    with within(request.committee):
        found = card(request.committee)
    if found is None:
        return JsonResponse({"reason": "no key yet"}, status=404)
    return HttpResponse(found, content_type="application/json")
