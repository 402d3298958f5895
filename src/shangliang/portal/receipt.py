"""The receipt: looking a matter up by its code, and what its holder may do, without an account."""

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..outcomes import commands as outcomes
from ..people.actors import ReceiptHolder
from ..people.tenancy import within
from ..shared import clock, receipts
from ..shared.refusals import Refused
from ..voices import commands as voices
from ..voices.models import Voice
from . import limits, progress
from .forms import CodeForm, EraseForm, RateForm, ReopenForm, SupplementForm

#: The cookie of a visit holds the fingerprint that the code gave, signed; never the code.
COOKIE = "receipt"
COOKIE_AGE = 20 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request):
    """The field for the code, or during a visit the page of the matter."""
    if request.method == "POST":
        return _open(request)
    voice = _held(request)
    return _page(request, voice) if voice else _ask(request, CodeForm())


def _open(request):
    """Look the code up. What is misspelt, unknown or made up gets one answer."""
    form = CodeForm(request.POST)
    if limits.spent(request, "code", limits.WRONG_CODES):
        return _ask(request, form, status=429)
    voice = _voice(_fingerprint(form.cleaned_data["code"])) if form.is_valid() else None
    if voice is None:
        if form.is_valid():
            limits.count(request, "code")
            form.add_error("code", _("没有查到。请对照小票再看一遍：一共 26 位数字，一位都不能错。"))
        return _ask(request, form, status=404)
    return _keep(redirect("portal:receipt"), voice)


def _fingerprint(typed: str) -> str:
    code = receipts.clean(typed)
    return receipts.fingerprint(settings.RECEIPT_KEY, code) if code else ""


def _voice(fingerprint: str) -> Voice | None:
    """The voice of a fingerprint, of whatever committee; one query, none without a fingerprint."""
    if not fingerprint:
        return None
    rows = Voice.everywhere.select_related(
        "committee__region", "case", "region", "venue__region", "deadline",
        "merged_into__case", "merged_into__deadline",
    )
    return rows.filter(receipt=fingerprint).first()


def _held(request) -> Voice | None:
    """The voice of this visit, or None when there is no visit or it lasted too long."""
    return _voice(request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=COOKIE_AGE))


def _keep(response, voice):
    response.set_signed_cookie(
        COOKIE, voice.receipt, salt=COOKIE, max_age=COOKIE_AGE, path="/receipt/", httponly=True,
        samesite="Strict", secure=settings.SECURE,
    )
    return response


def _ask(request, form, status=200, **more):
    return render(request, "portal/receipt_ask.html", {"form": form, "status": status, **more}, status=status)


def _page(request, voice, status=200, **refused):
    """The page of the matter; ``refused`` is the form that came back, by its verb."""
    request.committee = voice.committee
    with within(voice.committee):
        found = progress.read(voice, clock.today())
        forms = {
            "supplement": SupplementForm(), "confirm": RateForm(), "reopen": ReopenForm(),
            "erase_person": EraseForm(), **refused,
        }
        context = {"p": found, "voice": voice, "forms": forms, "refused": next(iter(refused.values()), None)}
        return _keep(render(request, "portal/receipt.html", context, status=status), voice)


def _act(request, verb, make, run, thanks):
    """One act of the holder: the form, the command, and the page again; a refusal keeps what was typed."""
    if request.method != "POST":
        return redirect("portal:receipt")
    voice = _held(request)
    if voice is None:
        typed = [value for name, value in request.POST.items() if name in ("text", "comment", "why") and value]
        return _ask(request, CodeForm(), status=403, lapsed=True, typed=typed)
    with within(voice.committee):
        form = make(request.POST, request.FILES)
        if form.is_valid():
            try:
                run(ReceiptHolder(voice.pk), voice, form.cleaned_data)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            except IntegrityError:
                form.add_error(None, _("刚才已经提交过一次了，请看最新情况。"))
            else:
                messages.success(request, thanks)
                return _keep(redirect("portal:receipt"), voice)
    return _page(request, _held(request), status=422, **{verb: form})


def supplement(request):
    """Add what was asked for."""

    def run(by, voice, told):
        voices.supplement(by=by, voice=voice, text=told["text"], photos=told["photos"])

    return _act(request, "supplement", SupplementForm, run, _("收到您的补充，接着办。"))


def rate(request):
    """Say whether the result is good."""

    def run(by, voice, told):
        outcomes.rate(by=by, voice=voice, value=told["value"], comment=told["comment"])

    return _act(request, "confirm", RateForm, run, _("谢谢您的评价。"))


def reopen(request):
    """Ask for the matter to be taken up again."""

    def run(by, voice, told):
        voices.reopen(by=by, voice=voice, why=told["why"])

    return _act(request, "reopen", ReopenForm, run, _("已经重新办理，进展还在这里看。"))


def erase(request):
    """Have everything personal erased."""

    def run(by, voice, told):
        voices.erase_person(by=by, voice=voice, why=_("本人要求"))

    return _act(request, "erase_person", EraseForm, run, _("您的个人信息已经删除，事情照样办。"))


@require_POST
def leave(request):
    """End the visit on this device."""
    response = redirect("portal:receipt")
    response.delete_cookie(COOKIE, path="/receipt/", samesite="Strict")
    return response


@require_safe
def mine(request):
    """What is kept of the person, as a file."""
    voice = _held(request)
    if voice is None:
        return redirect("portal:receipt")
    with within(voice.committee):
        told = progress.kept(voice)
    headers = {"Content-Disposition": f'attachment; filename="{voice.case.no}-mine.json"'}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers)
