"""Pages of records that have one of their own: beginning one, and one with its buttons, pictures and timeline."""

import re
import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ..files.queries import of
from ..journal.queries import timeline_of
from ..shared import clock
from ..shared.refusals import Refused
from .kinds import BY_PLURAL, desk_path
from .show import sign, tone_of_state
from .verbs import verbs_for
from .views import refused

#: What a form's key looks like, made here or on a phone.
KEY = r"[\w-]{22,64}"


@login_required
@require_GET
def record(request, kind, pk):
    """One record with its buttons, pictures and timeline; what may not be read does not exist."""
    known = _kind(kind)
    rows = known.model.objects.visible_to(request.user).select_related("committee", *known.related)
    found = get_object_or_404(rows, pk=pk)
    context = {
        "kind": known, "record": found, "today": clock.today(), "tone": tone_of_state(found),
        "verbs": verbs_for(request.user, known.name, found), "photos": of(found),
        "timeline": [sign(line) for line in timeline_of(found)], **known.page(request.user, found),
    }  # fmt: skip
    return render(request, known.template, context)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request, kind, way=""):
    """The form that begins a record; what its address names is filled in already."""
    known = _kind(kind)
    start = known.also.get(way) if way else known.begin
    if start is None:
        raise Http404
    allowed = start.may(request.user, request.committee)
    if not allowed:
        raise PermissionDenied(str(allowed.why))
    if request.method == "GET":
        form = start.form(record=request.committee, by=request.user, initial=request.GET.dict())
        return _begin(request, known, start, form, secrets.token_urlsafe(24))
    key = request.POST.get("key", "")
    key = key if re.fullmatch(KEY, key) else secrets.token_urlsafe(24)
    form = start.form(request.POST, request.FILES, record=request.committee, by=request.user)
    if form.is_valid():
        try:
            made = start.run(by=request.user, committee=request.committee, key=key, **form.cleaned_data)
        except (Refused, IntegrityError) as refusal:
            refused(request, form, refusal)
        else:
            answer = known.answers.get("begin")
            if answer and (shown := answer(request, None, form, made)):
                return shown
            messages.success(request, _("已办：%(step)s") % {"step": start.label})
            return redirect(desk_path(made))
    return _begin(request, known, start, form, key, status=422)


def _begin(request, known, start, form, key, status=200):
    context = {"kind": known, "begin": start, "form": form, "key": key}
    return render(request, "desk/begin.html", context, status=status)


def _kind(plural):
    if plural not in BY_PLURAL:
        raise Http404
    return BY_PLURAL[plural]
