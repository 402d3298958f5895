"""The lists behind the flow: which matters came to a step, which records wait in a state; told as a figure's are."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..figures import flow
from ..figures.rows import Rows
from ..shared import clock
from .dashboard import DashboardForm
from .figures import PER_PAGE, query
from .paging import page_number

WAYS = {
    "reached": _("走到这一步"), "onward": _("往下走了"), "solved": _("群众说办好了"), "waiting": _("还在这一步"),
    "ended": _("到此为止"),
}  # fmt: skip


@require_safe
def matters(request, step, way):
    """The matters behind one number of the flow."""
    labels = flow.labels(step, way)
    if request.committee is None or labels is None:
        raise Http404
    name = next(words for key, words, _waits, _ends in flow.STEPS if key == step)
    words = _("按立案的日期选，一件事算一件，记在它走到的最远一步。")
    return _page(request, flow.MATTERS, labels, f"{name} · {WAYS[way]}", words)


@require_safe
def waiting(request, key, state=""):
    """The records that wait in one state, or in any."""
    figure = flow.STANDING.get(key)
    if request.committee is None or figure is None or (state and state not in figure.labels):
        raise Http404
    states = [state] if state else figure.labels
    words = _("%(what)s · 在等") % {"what": figure.name}
    if state:
        words = f"{figure.name} · {dict(figure.rows().model.State.choices)[state]}"
    return _page(request, figure, states, words, _("还等着往下办的；办完的不在这里。"))


def _page(request, figure, labels, name, words):
    form = DashboardForm(request.GET, committee=request.committee, today=clock.today())
    scope, page = form.scope, page_number(request)
    rows = Rows(figure).within(scope).filter(**{f"{figure.carrier}__in": labels})
    first = (page - 1) * PER_PAGE
    found = rows.select_related(*figure.related).order_by(f"-{figure.when}", "-pk")[first : first + PER_PAGE + 1]
    lines = [figure.line(row) for row in found]
    context = {
        "name": name, "words": words, "number": rows.count(), "lines": lines[:PER_PAGE], "page": page, "scope": scope,
        "older": query(scope, page=page + 1) if len(lines) > PER_PAGE else "",
        "newer": query(scope, page=page - 1) or "?" if page > 1 else "",
        "dashboard": reverse("portal:dashboard") + query(scope),
    }  # fmt: skip
    return render(request, "portal/flowlist.html", context, status=200 if form.is_valid() else 422)
