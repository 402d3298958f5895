"""Reporting a matter, and the receipt that is shown once it is stored."""

import secrets
from functools import wraps

import segno
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from .. import papers
from ..figures.definitions import BY_KEY
from ..people.actors import ANYONE
from ..people.tenancy import within
from ..shared import receipts
from ..shared.refusals import Refused
from ..venues import codes
from ..voices.commands import receive
from ..voices.models import Voice
from . import emergency, errors, limits
from .forms import ReportForm
from .pages import PRIVACY_VERSION
from .places import bad_code

#: The cookie that holds the key of the form just sent; the code is worked out from it again.
COOKIE = "reported"
COOKIE_AGE = 30 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """The form for any place of the county."""
    if request.committee is None:
        return errors.not_set_up(request)
    return _form(request)


@require_http_methods(["GET", "HEAD", "POST"])
def report_here(request, token):
    """The form behind a wall code: the place is filled in."""
    try:
        wall_code = codes.resolve(token)
    except codes.BadCode as bad:
        return bad_code(request, bad)
    request.committee = wall_code.committee
    with within(wall_code.committee):
        return _form(request, wall_code.venue, token)


def _form(request, venue=None, token=""):
    common = {"committee": request.committee, "venue": venue}
    if request.method != "POST":
        return _show(request, ReportForm(initial=_blank(request), **common), venue, token)
    if limits.spent(request, "report", limits.REPORTS):
        kept = ReportForm(initial=request.POST.dict(), **common)
        return _show(request, kept, venue, token, status=429)
    limits.count(request, "report")  # before the pictures are decoded: refused ones cost as much
    form = ReportForm(request.POST, request.FILES, **common)
    if form.is_valid():
        try:
            _take_in(form.cleaned_data, venue, request.committee)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return _done(form.cleaned_data["key"])
    # Nothing was stored of this; a new key lets changed words be sent even where the old one was used up.
    form.data = form.data.copy()
    form.data["key"] = _new_key()
    return _show(request, form, venue, token, status=422)


def _blank(request) -> dict:
    return {"key": _new_key(), "text": _about(request.GET.get("about", ""), request.GET.get("figure", ""))}


def _about(what, key) -> str:
    """How the text begins where somebody came to speak of the platform itself, or of a number that it shows."""
    if what == "figure" and key in BY_KEY:
        return _("公布的数字“%(name)s”不对：") % {"name": BY_KEY[key].name}
    return {"platform": _("对这个平台的意见："), "figure": _("公布的数字不对：")}.get(what, "")


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _show(request, form, venue, token, status=200):
    context = {
        "form": form, "venue": venue, "token": token, "version": PRIVACY_VERSION,
        "crowded": status == 429, "had_photos": bool(request.FILES),
    }
    return render(request, "portal/report.html", context, status=status)


def _take_in(told, venue, committee):
    """Store the voice; of two requests with one key that arrive together the later finds the earlier's record."""
    wish = {
        "by": ANYONE, "committee": committee, "key": told["key"], "text": told["text"],
        "channel": Voice.Channel.QR if venue else Voice.Channel.WEB,
        "region": venue.region if venue else told["region"], "venue": venue,
        "place_note": told["place_note"], "name": told["name"], "phone": told["phone"],
        "photos": told["photos"],
    }
    try:
        return receive(**wish)
    except IntegrityError:
        return receive(**wish)


def _done(key):
    response = redirect("portal:report_done")
    response.set_signed_cookie(
        COOKIE, key, salt=COOKIE, max_age=COOKIE_AGE, path="/report/", httponly=True,
        samesite="Strict", secure=settings.SECURE,
    )
    return response


def with_receipt(view):
    """Give the view the voice just reported and its code; without them lead to the look-up page."""

    @wraps(view)
    @require_safe
    def run(request):
        key = request.get_signed_cookie(COOKIE, None, salt=COOKIE, max_age=COOKIE_AGE)
        code = receipts.make(settings.RECEIPT_KEY, key) if key else ""
        rows = Voice.everywhere.select_related("committee__region", "case", "venue__region", "region")
        voice = key and rows.filter(receipt=receipts.fingerprint(settings.RECEIPT_KEY, code)).first()
        if not voice:
            return redirect("portal:receipt")
        request.committee = voice.committee
        with within(voice.committee):
            return view(request, voice, code)

    return run


@with_receipt
def done(request, voice, code):
    """The code, big, and how to look the matter up."""
    return render(request, "portal/done.html", {**_receipt(voice, code), "urgent": emergency.is_urgent(voice.text)})


@with_receipt
def slip(request, voice, code):
    """The slip to print from the browser."""
    return render(request, "portal/slip.html", _receipt(voice, code))


@with_receipt
def slip_pdf(request, voice, code):
    """The slip as PDF, for the printer of a service centre."""
    made = papers.receipt_slip(
        papers.ReceiptSlip(
            committee=voice.committee.name, groups=tuple(receipts.groups(code)), place=place_of(voice),
            received_on=timezone.localdate(voice.reported_at), ask_at=f"{settings.PUBLIC_ADDRESS}/receipt/",
            address=look_up_address(code), phone=voice.committee.phone,
        )
    )
    headers = {"Content-Disposition": f'inline; filename="{voice.case.no}-slip.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _receipt(voice, code) -> dict:
    qr = segno.make(look_up_address(code), error="m").svg_inline(svgclass="qr", lineclass=None, omitsize=True)
    return {
        "voice": voice, "groups": receipts.groups(code), "place": place_of(voice), "qr": Markup(qr),
        "ask_at": f"{settings.PUBLIC_ADDRESS}/receipt/",
    }


def look_up_address(code: str) -> str:
    """The address for a scanner; the code stands in the fragment, which no browser sends to any server."""
    return f"{settings.PUBLIC_ADDRESS}/receipt/#{code}"


def place_of(voice) -> str:
    """Where the matter is, as precisely as the person said."""
    return voice.venue.full_name if voice.venue else voice.region.full_name
