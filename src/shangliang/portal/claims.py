"""Claims for everybody: what reports say, beside what the ledger can prove."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..claims.models import Claim
from ..claims.queries import settled
from .paging import page_number

SIZE = 30


@require_safe
def claims(request):
    """The standing claims with their difference, and what the proved part rests on; ``SIZE`` on a page."""
    if request.committee is None:
        raise Http404
    number = page_number(request)
    rows = settled(Claim.objects.standing(), (number - 1) * SIZE, SIZE + 1)
    context = {"rows": rows[:SIZE], "more": len(rows) > SIZE, "number": number}
    return render(request, "portal/claims.html", context)
