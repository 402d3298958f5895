"""Who took part: shares of roles, who proposed what was agreed, and which places nothing was heard from."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..figures import fairness as fair
from ..shared import clock
from .dashboard import DashboardForm
from .figures import query


class FairnessForm(DashboardForm):
    """Which days and which town."""

    figure = None


@require_safe
def fairness_json(request):
    """The numbers of the page by name, for programs; null where too few people stand behind one."""
    if request.committee is None:
        raise Http404
    form = FairnessForm(request.GET, committee=request.committee, today=clock.today())
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    agreed, proposers = fair.proposers(form.scope)
    told = {f"role-{row.key}": row.number for row in fair.roles(form.scope)}
    told |= {f"proposer-{row.key}": row.number for row in proposers} | {"agreed": agreed}
    return JsonResponse(told)


@require_safe
def fairness(request):
    """The page; shares are of what is on record, and what nobody was asked is said to be unknown."""
    if request.committee is None:
        raise Http404
    county, today = request.committee.region, clock.today()
    form = FairnessForm(request.GET, committee=request.committee, today=today)
    scope = form.scope
    agreed, proposers = fair.proposers(scope)
    census, rates = fair.per_ten_thousand(scope, county)
    context = {
        "form": form, "roles": fair.roles(scope), "agreed": agreed, "proposers": proposers,
        "covered": fair.coverage(scope, county, today), "census": census, "rates": rates,
        "place": scope.region or county, "at": clock.now(), "dashboard": reverse("portal:dashboard") + query(scope),
        "data": reverse("portal:fairness_json") + query(scope), "part": query(scope),
    }  # fmt: skip
    return render(request, "portal/fairness.html", context, status=200 if form.is_valid() else 422)
