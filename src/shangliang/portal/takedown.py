"""Notices that a report should not be shown: sending one, looking after it by its code, answering one."""

import secrets

from django.conf import settings
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..cases.masking import mask
from ..newsroom import commands
from ..newsroom.forms import NoticeForm, StatementForm
from ..newsroom.models import Snapshot, Takedown
from ..newsroom.queries import closed_on_notice
from ..people.actors import ANYONE
from ..shared import receipts
from ..shared.refusals import Refused
from . import limits
from .forms import CodeForm

#: From one address in the window: so many are taken in, so many of them close a report by themselves.
NOTICES, AT_ONCE = 10, 2


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request, pk):
    """The form of a notice about one published report; the answer shows the code, once."""
    if request.committee is None:
        raise Http404
    about = Snapshot.objects.published().filter(pk=pk).first()
    if request.method != "POST":
        if about is None:
            raise Http404
        return _form(request, about, NoticeForm(initial={"key": _new_key()}))
    form = NoticeForm(request.POST)
    about = about or get_object_or_404(Snapshot, pk=pk, notices__receipt=_fingerprint(_key(request)))
    if limits.spent(request, "takedown", NOTICES):
        return _form(request, about, form, status=429)
    limits.count(request, "takedown")
    if form.is_valid():
        try:
            made = _send(request, about, form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            code = receipts.make(settings.RECEIPT_KEY, _key(request))
            context = {"notice": made, "groups": receipts.groups(code), "check": code[-1:]}
            return render(request, "portal/takedown_done.html", context)
    return _form(request, about, form, status=422)


def _send(request, about, told):
    """Enter the notice; of two requests with one key that arrive together the later finds the earlier's record."""
    wish = {name: told[name] for name in ("ground", "name", "contact", "statement")}
    at_once = not limits.spent(request, "takedown-at-once", AT_ONCE)
    wish |= {"by": ANYONE, "snapshot": about, "key": _key(request), "at_once": at_once}
    try:
        made = commands.notify(**wish)
    except IntegrityError:
        made = commands.notify(**wish)
    if made.at_once:
        limits.count(request, "takedown-at-once")
    return made


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _key(request) -> str:
    key = request.POST.get("key", "")
    return key if 22 <= len(key) <= 64 else _new_key()


def _fingerprint(key) -> str:
    return receipts.fingerprint(settings.RECEIPT_KEY, receipts.make(settings.RECEIPT_KEY, key))


def _form(request, about, form, status=200):
    context = {"form": form, "title": mask(about.title), "pk": about.pk, "crowded": status == 429}
    return render(request, "portal/takedown.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request):
    """Where a notice stands, by its code. What is misspelt, unknown or made up gets one answer."""
    if request.committee is None:
        raise Http404
    form, found, status = CodeForm(request.POST or None), None, 200
    if request.method == "POST":
        if limits.spent(request, "code", limits.WRONG_CODES):
            status = 429
        else:
            code = receipts.clean(request.POST.get("code", "")) if form.is_valid() else None
            print_ = receipts.fingerprint(settings.RECEIPT_KEY, code) if code else ""
            found = Takedown.objects.filter(receipt=print_).select_related("snapshot").first() if code else None
        if found is None and status == 200:
            limits.count(request, "code")
            form.add_error("code", _("没有查到。请对照记下的码再看一遍：一共 26 位数字，一位都不能错。"))
            status = 404
    context = {"form": form, "notice": found, "mask": mask, "crowded": status == 429}
    return render(request, "portal/takedown_state.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request, pk):
    """What whoever published it, or anybody concerned, says against the notice that closed a report."""
    if request.committee is None:
        raise Http404
    about = closed_on_notice(pk)
    if about is None:
        raise Http404
    form, sent, status = StatementForm(request.POST or None), False, 200
    if request.method == "POST":
        status = 422
        if limits.spent(request, "takedown", NOTICES):
            status = 429
        else:
            limits.count(request, "takedown")
            if form.is_valid():
                try:
                    told = {name: form.cleaned_data[name] for name in ("name", "contact", "statement")}
                    commands.counter(by=ANYONE, takedown=about, **told)
                    sent, status = True, 200
                except Refused as refusal:
                    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {"form": form, "sent": sent, "pk": pk, "crowded": status == 429}
    return render(request, "portal/takedown_counter.html", context, status=status)
