"""For programs: which version runs here, and how it stands."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .. import __version__
from ..figures.models import Recount
from ..figures.opendata import made_at
from ..journal.models import Head
from ..shared import clock
from ..witness.queries import latest, log_key, witnessed

#: Programs of other sites may read these, but nobody need ask more than once a minute.
HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=60"}


@require_safe
def version(request):
    """Name and version of the program, and the key of the public log."""
    told = {"name": "shangliang", "version": __version__, "log_key": str(log_key())}
    return JsonResponse(told, headers=HEADERS, json_dumps_params={"ensure_ascii": False})


@require_safe
def status(request):
    """How far journal and log go, who witnessed the log, whether the figures agreed, and of when the open data are."""
    head, newest = Head.objects.first(), latest()
    told = {
        "at": clock.now(), "journal": {"entries": head.count if head else 0, "digest": head.digest if head else ""},
        "log": {"entries": newest.size if newest else 0, "published_at": newest and newest.made_at},
        "witnesses": [{"name": row.name, "at": row.at, "entries": row.size} for row in witnessed()],
        "figures": _figures(request.committee), "open_data": made_at(request.committee) if request.committee else None,
    }  # fmt: skip
    return JsonResponse(told, headers=HEADERS, json_dumps_params={"ensure_ascii": False})


def _figures(committee) -> dict | None:
    """When the figures were last counted both ways, and which of them differed then."""
    rows = list(Recount.objects.order_by("figure")) if committee else []
    if not rows:
        return None
    return {
        "compared_at": min(row.compared_at for row in rows), "entries": min(row.seq for row in rows),
        "differing": [row.figure for row in rows if not row.agrees],
    }  # fmt: skip
