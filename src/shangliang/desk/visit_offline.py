"""Visits written without a network: a page that a browser can keep, and the door through which drafts are sent.

The page itself names nobody: who signed in, the places and the members come as JSON. Nothing here ever redirects,
because a draft that meets a log-in page would be lost in it.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from ..people.doors import for_roles
from ..shared import clock, receipts
from ..shared.refusals import Refused
from ..templating import static
from ..visits.forms import SentForm
from ..visits.models import VisitKind
from ..visits.policies import ENTERING, NOT_THERE
from ..visits.queries import places_for, serving
from .visiting import refuse, write_once

STATIC = Path(__file__).resolve().parent.parent / "static" / "shangliang"
PAGE = "/desk/visits/write/"
#: What the page needs to open without a network.
FILES = ("app.css", "app.js", "visits.js", "icons.svg", "logo.svg", "favicon.svg")


@for_roles(*ENTERING)
@require_GET
def write(request):
    """The page on which a visit can be written without a network; the same for everybody."""
    most = {"member": SentForm.GOING, "promise": SentForm.PROMISED, "voice": SentForm.HEARD}
    return render(request, "desk/visit_offline.html", {"kinds": VisitKind.Kind.choices, "most": most})


@require_safe
def worker(request):
    """The service worker: what it keeps, the version of that, and the script itself."""
    shell = [PAGE, *(static(f"shangliang/{name}") for name in FILES)]
    head = f"const VERSION = {json.dumps(_version(tuple(shell)))};\nconst SHELL = {json.dumps(shell)};\n"
    script = (STATIC / "visits-worker.js").read_text(encoding="utf-8")
    return HttpResponse(head + script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@cache
def _version(shell) -> str:
    """Changes with every file of the shell, hashed names or not."""
    digest = hashlib.sha256(repr(shell).encode())
    for name in FILES:
        digest.update((STATIC / name).read_bytes())
    return digest.hexdigest()[:16]


@require_GET
def token(request):
    """Who is signed in, a fresh mark for sending, and the places and members to choose from."""
    refusal = _closed(request)
    if refusal:
        return refusal
    today = clock.today()
    places = [
        {"id": venue.pk, "code": venue.code, "name": venue.full_name, "served": served}
        for venue, served in places_for(request.user, today)
    ]
    members = [{"id": m.pk, "name": m.name, "sector": m.sector} for m in serving(today)]
    return _json(
        200, csrf=get_token(request), account=request.user.pk, name=request.user.name, today=str(today),
        member=request.user.member_id, places=places, members=members,
    )


class _Mark(CsrfViewMiddleware):
    """The framework's own check, answering with its reason instead of a page."""

    def _reject(self, request, reason):
        return reason


@csrf_exempt
@require_POST
def send(request):
    """Take in one draft: 200 with the receipts, 401, 403 or 422 with sentences; the same key gives the same answer."""
    refusal = _closed(request)
    if refusal:
        return refusal
    if _Mark(lambda asked: None).process_view(request, send, (), {}):
        return _json(403, error="csrf", says=_("这一页放得太久了，正在重新取发送凭证。"))
    if request.POST.get("account") != str(request.user.pk):
        return _json(403, error="account", says=_("这份记录是另一个账号写的，请用那个账号登录后发送。"))
    form = SentForm(request.POST, request.FILES, record=request.committee, by=request.user)
    if form.is_valid():
        try:
            visit, codes = write_once(
                by=request.user, committee=request.committee, key=request.POST.get("key", "") or "-", **form.told()
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            groups = [receipts.groups(code) for code in codes]
            return _json(200, visit=visit.pk, page=f"/desk/visits/{visit.pk}/", codes=groups)
    errors = {name.replace("__all__", "all"): " ".join(map(str, said)) for name, said in form.errors.items()}
    return _json(422, errors=errors)


def _closed(request):
    """The answer to somebody who is not signed in, or not as one who writes visits; None for the others."""
    if not request.user.is_authenticated:
        return _json(401, error="signed_out", says=_("请先登录。写好的记录还在本机，登录后接着发送。"))
    if not request.user.has(*ENTERING, committee_id=request.user.committee_id):
        return _json(403, error="role", says=str(NOT_THERE))
    return None


def _json(status, **told) -> JsonResponse:
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})
