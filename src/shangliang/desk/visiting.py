"""Writing a visit at the desk: one form that needs no script, and the receipts of the voices it brought back."""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ..people.doors import for_roles
from ..shared import receipts
from ..shared.refusals import Refused
from ..visits import commands
from ..visits.forms import MakeForm, PlanForm, VisitForm
from ..visits.models import Visit
from ..visits.policies import ENTERING
from ..visits.queries import heard_on
from .kinds import desk_path
from .verbs import VERBS, offered

_slips = TimestampSigner(salt="visit-slips")
#: The receipts can be shown again for a quarter of an hour.
SHOWN_FOR = 900


@for_roles(*ENTERING)
@require_http_methods(["GET", "POST"])
def new(request):
    """Enter a visit that took place; what the address names (``?venue=``) is filled in already."""

    def write(key, told):
        return write_once(by=request.user, committee=request.committee, key=key, **told)

    return _form(request, VisitForm, request.committee, write, "desk/visit_form.html")


@for_roles(*ENTERING)
@require_http_methods(["GET", "POST"])
def make(request, pk):
    """Enter what came of a planned visit."""
    visit = _visit(request, pk)
    allowed = VERBS["visit"]["make"].may(request.user, visit)

    def write(key, told):
        if not offered("visit", "make", visit):
            raise Refused(_("这次走访刚才已有变化，请看最新情况后再决定。"))
        return visit, commands.make(by=request.user, visit=visit, **told)

    if not (allowed and offered("visit", "make", visit)) and request.method == "GET":
        return redirect(desk_path(visit))
    return _form(request, MakeForm, visit, write, "desk/visit_form.html")


@for_roles(*ENTERING)
@require_http_methods(["GET", "POST"])
def plan(request):
    """Put a visit down for a later day."""

    def write(key, told):
        return commands.plan_visit(by=request.user, committee=request.committee, key=key, **told), []

    return _form(request, PlanForm, request.committee, write, "desk/visit_plan.html")


def write_once(**wish):
    """Write a visit; of two requests with one key that arrive together the later finds the earlier's record."""
    try:
        return commands.write_visit(**wish)
    except IntegrityError:
        return commands.write_visit(**wish)


def refuse(form, refusal) -> None:
    """The refusal beside the field as the form calls it; rows left empty are not counted by the command."""
    field = form.field_of(refusal.field)
    form.add_error(field if field in form.fields else None, refusal.sentence)


def _form(request, kind, record, write, template):
    if request.method == "GET":
        form = kind(record=record, by=request.user, initial=request.GET.dict())
        return _show(request, form, record, secrets.token_urlsafe(24), template)
    key = request.POST.get("key", "")[:62]
    form = kind(request.POST, request.FILES, record=record, by=request.user)
    if form.is_valid():
        told = form.told(key)
        try:
            visit, codes = write(key, told)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return _leave(visit, codes, [voice["key"] for voice in told.get("voices", ())])
    return _show(request, form, record, key or secrets.token_urlsafe(24), template, status=422)


def _show(request, form, record, key, template, status=200):
    visit = record if isinstance(record, Visit) else None
    context = {
        "form": form, "key": key, "visit": visit, "had_photos": bool(request.FILES),
        "back": desk_path(visit) if visit else "/desk/visits/",
    }
    return render(request, template, context, status=status)


def _leave(visit, codes, keys):
    """On to the receipts when the visit brought voices back, else to the visit."""
    if not codes:
        return redirect(desk_path(visit))
    response = redirect("desk:visit_slips", pk=visit.pk)
    response.set_cookie(
        "visit_slips", _slips.sign(f"{visit.pk}:{','.join(keys)}"), max_age=SHOWN_FOR, httponly=True,
        samesite="Strict", secure=settings.SECURE, path="/desk/visits/",
    )  # fmt: skip
    return response


@for_roles(*ENTERING)
@require_GET
def slips(request, pk):
    """The receipts of the voices just brought back, to be printed or read aloud; for a quarter of an hour."""
    visit = _visit(request, pk)
    try:
        signed = _slips.unsign(request.COOKIES.get("visit_slips", ""), max_age=SHOWN_FOR)
        of, keys = signed.split(":", 1)
    except (BadSignature, ValueError):
        return redirect(desk_path(visit))
    if int(of) != visit.pk:
        return redirect(desk_path(visit))
    codes = [receipts.make(settings.RECEIPT_KEY, key) for key in keys.split(",")]
    told = {voice.receipt: voice for voice in heard_on(visit, request.user).voices}
    shown = [
        (told[receipts.fingerprint(settings.RECEIPT_KEY, code)], receipts.groups(code))
        for code in codes
        if receipts.fingerprint(settings.RECEIPT_KEY, code) in told
    ]
    context = {"visit": visit, "slips": shown, "address": settings.PUBLIC_ADDRESS}
    return render(request, "desk/visit_slips.html", context)


def _visit(request, pk):
    rows = Visit.objects.visible_to(request.user).select_related("venue__region", "committee", "entered_by")
    return get_object_or_404(rows, pk=pk)
