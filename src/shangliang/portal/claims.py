"""Claims for everybody: what reports say, beside what the ledger can prove."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..claims.queries import settled


@require_safe
def claims(request):
    """Every standing claim with its difference, and what the proved part rests on."""
    if request.committee is None:
        raise Http404
    return render(request, "portal/claims.html", {"rows": settled()})
