"""The page on which visits are written without a network, and the door through which its drafts come in.

The page itself holds nobody's data: who is signed in, their places and the token of the form are asked for by its
script, and drafts live in the browser. So it may be kept by the browser and opened where there is no network.
"""

import json

from django.db import IntegrityError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ..people.doors import for_roles
from ..shared import clock
from ..shared.refusals import Refused
from ..visits import commands
from ..visits.forms import SendForm, members_now, places_for
from ..visits.models import VisitKind
from ..visits.policies import WRITERS

#: What the browser keeps so that the page opens without a network.
SHELL = ("app.css", "app.js", "visits.js", "icons.svg", "logo.svg", "favicon.svg")


@for_roles(*WRITERS)
@require_GET
def write(request):
    """The page itself: empty fields, the words of every state, and a script that does the rest."""
    return render(request, "desk/visit_write.html", {"kinds": VisitKind.Kind.choices})


@require_GET
def worker(request):
    """The small program that keeps the page and its parts in the browser."""
    shell = [reverse("desk:visit_write"), *(static(f"shangliang/{name}") for name in SHELL)]
    lines = f"self.SHELL = {json.dumps(shell)};\nimportScripts({json.dumps(static('shangliang/visits-worker.js'))});\n"
    return HttpResponse(lines, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@never_cache
@require_GET
def token(request):
    """Who is signed in, the token of the form, and what there is to choose from; 401 for nobody, 403 for others."""
    account = request.user
    if not account.is_authenticated:
        return JsonResponse({"error": _("请先登录。草稿还在这台手机里。")}, status=401)
    if not account.has(*WRITERS, committee_id=account.committee_id):
        return JsonResponse({"error": _("这个账号不写走访记录。")}, status=403)
    return JsonResponse(
        {
            "csrf": get_token(request), "account": account.pk, "name": account.name, "member": account.member_id,
            "today": clock.today().isoformat(),
            "places": [{"id": venue.pk, "name": venue.full_name} for venue in places_for(account)],
            "members": [{"id": m.pk, "name": f"{m.name}（{m.sector}）"} for m in members_now()],
        }
    )  # fmt: skip


@never_cache
@require_POST
def send(request):
    """Take one visit in, exactly once for its keys: 200 with the receipts, 422 with a sentence beside each field."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("请先登录。草稿还在这台手机里。")}, status=401)
    form = SendForm(request.POST, request.FILES, record=request.committee, by=request.user)
    if not form.is_valid():
        return _errors({name: " ".join(words) for name, words in form.errors.items()})
    fields = dict(form.cleaned_data)
    fields.pop("account")
    try:
        written = _once(by=request.user, committee=request.committee, **fields)
    except Refused as refused:
        return _errors({refused.field or "": str(refused)})
    return JsonResponse(
        {
            "visit": written.visit.pk,
            "voices": [
                {"no": voice.case_no, "code": code, "key": words["key"]}
                for (voice, code), words in zip(written.voices, fields["voices"], strict=True)
            ],
        }
    )


def _once(**wish):
    """Write it; of two requests with one key that arrive together the later finds the earlier's record."""
    try:
        return commands.write_visit(**wish)
    except IntegrityError:
        return commands.write_visit(**wish)


def _errors(errors: dict) -> JsonResponse:
    return JsonResponse({"errors": errors}, status=422)
