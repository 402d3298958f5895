"""The page on which the office sees how it stands with every neighbour, and the few things it decides there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..federation import byhand, commands, keys, queries
from ..federation.forms import CardForm, EpochForm, ParcelForm, WhyForm
from ..federation.models import Incoming, OwnKey, Peer
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import Role
from ..shared.refusals import Refused

OFFICE = Role.COMMITTEE_OFFICE
SHOWN, LATEST = 30, 12
#: verb → (form, command): what one can decide about a neighbour.
DECISIONS = {
    "pause": (WhyForm, commands.pause), "resume": (None, commands.resume), "revoke": (WhyForm, commands.revoke),
    "begin_epoch": (EpochForm, commands.begin_epoch),
}  # fmt: skip


@for_roles(OFFICE)
@require_http_methods(["GET", "POST"])
def neighbours(request):
    """Every neighbour with its state in plain words; a card is looked at here before it is taken in."""
    form = CardForm(request.POST, request.FILES) if request.method == "POST" else CardForm()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _looked_at(request, form.cleaned_data)
            except Refused as refusal:
                put_refusal(form, refusal)
    own = OwnKey.objects.filter(retired_at=None).first()
    fingerprint = own and keys.fingerprint(own.public)
    context = {"rows": queries.neighbours(request.committee), "form": form, "fingerprint": fingerprint}
    return render(request, "desk/neighbours.html", context, status=status)


def _looked_at(request, told):
    said = byhand.read_card(told["document"])
    if request.POST.get("compared") == "yes":
        peer, _fingerprint = byhand.meet(
            by=request.user, committee=request.committee, document=told["document"], by_hand=told["by_hand"]
        )
        messages.success(request, _("已登记毗邻方：%(name)s") % {"name": peer.short_name})
        return redirect("desk:neighbour", pk=peer.pk)
    context = {
        "said": said, "fingerprint": keys.fingerprint(said["public"]), "by_hand": told["by_hand"],
        "text": told["document"].decode("utf-8", "replace"),
    }  # fmt: skip
    return render(request, "desk/neighbour_card.html", context)


def _peer(request, pk):
    rows = Peer.objects.select_related("committee__region")
    return get_object_or_404(rows, pk=pk, committee=request.committee)


@for_roles(OFFICE)
@require_GET
def neighbour(request, pk):
    """One neighbour: how far both have come, what could not be entered, the proofs, and what one can decide."""
    return _page(request, _peer(request, pk), ParcelForm())


def _page(request, peer, parcel, status=200):
    kept = peer.incoming.filter(state__in=[*Incoming.BLOCKING, Incoming.State.UNKNOWN]).order_by("pk")
    context = {
        "peer": peer, "kept": kept[:SHOWN], "waiting": peer.sent_seq - peer.acked_seq, "parcel": parcel,
        "evidence": peer.evidence.order_by("-found_at"), "keys": peer.keys.order_by("-since"),
        "fingerprint": keys.fingerprint, "why": WhyForm(), "epoch": EpochForm(), "allowed": _allowed(peer),
        "latest": queries.crossings(peer, LATEST),
    }  # fmt: skip
    return render(request, "desk/neighbour.html", context, status=status)


def _allowed(peer) -> set:
    return {verb for verb, (sources, _t) in Peer.MOVES.items() if peer.state in sources and verb in DECISIONS}


@for_roles(OFFICE)
@require_POST
def decide(request, pk, verb):
    """Pause, resume, revoke, or begin numbering anew."""
    peer = _peer(request, pk)
    if verb not in DECISIONS:
        raise Http404
    form_class, command = DECISIONS[verb]
    form = form_class(request.POST) if form_class else None
    if form and not form.is_valid():
        faults = "；".join(fault for row in form.errors.values() for fault in row)
        messages.error(request, _("没有办：%(why)s") % {"why": faults})
        return redirect("desk:neighbour", pk=pk)
    return _done(request, pk, lambda: command(by=request.user, peer=peer, **(form.cleaned_data if form else {})))


def _done(request, pk, act):
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已办。"))
    return redirect("desk:neighbour", pk=pk)


@for_roles(OFFICE)
@require_POST
def letter(request, pk, verb):
    """Try a kept message again, or set it aside with a reason."""
    rows = Incoming.objects.select_related("peer__committee__region", "committee")
    incoming = get_object_or_404(rows, pk=pk, committee=request.committee)
    if verb == "retry":
        return _done(request, incoming.peer_id, lambda: commands.retry(by=request.user, incoming=incoming))
    if verb != "set_aside":
        raise Http404
    why = request.POST.get("why", "")[:200]
    return _done(request, incoming.peer_id, lambda: commands.set_aside(by=request.user, incoming=incoming, why=why))


@for_roles(OFFICE)
@require_POST
def rotate(request):
    """Change our key: in the ordinary way, or because the old one is lost."""
    lost = request.POST.get("lost") == "yes"
    try:
        commands.rotate_key(by=request.user, committee=request.committee, lost=lost)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        again = _("已换新钥匙。请把新名片交给每一个毗邻方，并电话核对。")
        messages.success(request, again if lost else _("已换新钥匙，会自动告知毗邻方。"))
    return redirect("desk:neighbours")


def _file(document, name):
    response = HttpResponse(document, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_roles(OFFICE)
@require_POST
def card(request):
    """Our card, to be given to the other side."""
    return _file(byhand.our_card(request.committee), f"card-{request.committee.region.code}.json")


@for_roles(OFFICE)
@require_POST
def parcel(request, pk):
    """A file with everything that waits, or the receipt for what we have; or take a file that was carried here."""
    peer = _peer(request, pk)
    here, there = request.committee.region.code, peer.side
    what = request.POST.get("what")
    if what == "file":
        return _file(byhand.parcel(peer), f"letters-{here}-{there}-{peer.sent_seq}.json")
    if what == "receipt":
        return _file(byhand.receipt_for(peer), f"receipt-{here}-{there}-{peer.heard_seq}.json")
    form = ParcelForm(request.POST, request.FILES)
    if form.is_valid():
        document = form.cleaned_data["file"]
        try:
            other, said = byhand.take_any(by=request.user, committee=request.committee, document=document)
        except Refused as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, said)
            return redirect("desk:neighbour", pk=other.pk)
    return _page(request, peer, form, status=422)
