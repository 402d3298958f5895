"""The log's addresses for programs: checkpoint, keys, tiles, one entry's proof, and the witness's door."""

import re

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ..people.actors import CLOCK
from . import commands, queries
from .export import bundle, keys
from .models import Salt, Tile
from .tree import SIZE, WIDTH

_NUMBER = re.compile(r"(?:x\d{3}/)*\d{3}(?:\.p/([1-9]\d{0,2}))?", re.ASCII)
MOST_ASK = 40_000


def _text(words, status=200):
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


@require_safe
def checkpoint(request):
    """The newest signed state with the neighbours' signatures."""
    newest = queries.latest()
    if newest is None:
        return _text("the log is empty\n", 404)
    return _text(queries.published_note(newest))


@require_safe
def log_keys(request):
    """Our log's key and its witnesses' keys; the key with which we co-sign others stands in our card."""
    return _text(keys())


@require_safe
@cache_control(public=True, max_age=3600)
def tile(request, level, number):
    """A tile, whole or as wide as asked; what was published once never changes."""
    match = _NUMBER.fullmatch(number)
    if match is None or (level != "entries" and not (level.isdecimal() and len(level) < 3)):
        raise Http404
    width = int(match[1]) if match[1] else WIDTH
    digits = number.split(".p/")[0].replace("x", "").replace("/", "")
    if width > WIDTH or len(digits) > 15:
        raise Http404
    stored = Tile.ENTRIES if level == "entries" else int(level)
    data = queries.read(stored, int(digits))[: width * SIZE]
    if len(data) != width * SIZE:
        raise Http404
    return HttpResponse(bundle(data) if level == "entries" else data, content_type="application/octet-stream")


@require_safe
def proof(request, seq):
    """That one entry of the journal stands in the log: leaf, path and checkpoint; what the entry says is not told."""
    newest = queries.latest()
    if newest is None or not 1 <= seq <= newest.size:
        raise Http404
    index = seq - 1
    number, inside = divmod(index, WIDTH)
    leaf = queries.read(Tile.ENTRIES, number)[inside * SIZE : (inside + 1) * SIZE]
    salt = Salt.objects.filter(seq=seq).values_list("salt", flat=True).first()
    path = [one.hex() for one in queries.tree(newest.size, index).inclusion(index)]
    told = {"index": index, "leaf": leaf.hex(), "path": path, "linked": bool(salt)}
    return JsonResponse({**told, "checkpoint": queries.published_note(newest)})


@csrf_exempt
@require_POST
def add_checkpoint(request):
    """The witness's door (C2SP tlog-witness): a neighbour asks us to co-sign its newest state."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        return _text("say how long it is\n", 411)
    if int(length) > MOST_ASK:
        return _text("too long\n", 413)
    try:
        words = request.body.decode()
    except UnicodeDecodeError:
        return _text("not UTF-8\n", 400)
    answer = commands.cosign(by=CLOCK, request=words)
    kind = "text/x.tlog.size" if answer.status == 409 else "text/plain; charset=utf-8"
    return HttpResponse(answer.body, status=answer.status, content_type=kind)
