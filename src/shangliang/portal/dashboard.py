"""The dashboard: the main figures, one of them over time and by town, how far matters came, and what waits where.

Every number is a figure's and leads to its page; towns stand in the order of their codes and are never compared.
"""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from ..figures import boundary, counting, flow
from ..figures.counting import Scope
from ..figures.definitions import BY_KEY, LEAST, Figure
from ..shared import clock
from .figures import ScopeForm, address, query, trend_bars
from .townmap import points, towns

#: The figures of the cards, in the order of the story: each has days and a region, so that every filter holds for all.
CARDS = (
    "voices", "visits", "topics", "consultations", "attendances", "persons", "agreements", "tasks", "closed_tasks",
    "solved", "silent", "published",
)  # fmt: skip
ON_WALL = ("voices", "topics", "consultations", "attendances", "agreements", "tasks", "closed_tasks", "solved")
#: Seconds after which a screen on the wall asks anew.
ANEW = 300


class DashboardForm(ScopeForm):
    """Which days, which town, and the figure that the pictures show."""

    period = forms.ChoiceField(
        label=_l("哪一段"), required=False,
        choices=[("", _l("全部时间")), ("year", _l("今年")), ("quarter", _l("本季度"))],
    )  # fmt: skip
    figure = forms.ChoiceField(
        label=_l("图上看哪个数"), required=False, choices=[(key, BY_KEY[key].name) for key in CARDS], initial=CARDS[0],
    )  # fmt: skip
    field_order = ("period", "since", "until", "town", "figure")

    def __init__(self, data, *, committee, today):
        super().__init__(data, figure=BY_KEY[CARDS[0]], committee=committee)
        self.today = today

    @property
    def scope(self) -> Scope:
        """What was asked for: a named period goes before written days."""
        asked = super().scope
        since = _first_of(self.cleaned_data.get("period"), self.today) if self.is_valid() else None
        return Scope(since, self.today, asked.region) if since else asked

    @property
    def chosen(self):
        """The figure that the pictures show."""
        return BY_KEY[(self.is_valid() and self.cleaned_data.get("figure")) or CARDS[0]]


def _first_of(period, today) -> dt.date | None:
    """The first day of this year or quarter; None for no named period."""
    if period == "year":
        return today.replace(month=1, day=1)
    if period == "quarter":
        return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return None


@dataclass(frozen=True)
class Card:
    """A figure with its number in this part (None where it may not be told) and the address of its page."""

    figure: Figure
    number: int | None
    href: str


@require_safe
def dashboard(request):
    """The page; with ``wall=1`` the same for a screen on the wall, without anything to press."""
    if request.committee is None:
        raise Http404
    wall, today = request.GET.get("wall") == "1", clock.today()
    form = DashboardForm(request.GET, committee=request.committee, today=today)
    scope, chosen = form.scope, form.chosen
    steps, trend = flow.steps(scope), trend_bars(chosen, scope)
    rows = towns(chosen, scope, request.committee, today)
    lines = boundary.current(request.committee.region)
    context = {
        "form": form, "scope": scope, "figure": chosen, "at": clock.now(), "anew": ANEW, "least": LEAST,
        "cards": [_card(BY_KEY[key], scope) for key in (ON_WALL if wall else CARDS)],
        "trend": trend, "steps": steps, "towns": rows, "stuck": [] if wall else flow.stuck(scope, today),
        "approval": lines["approval"] if lines else "", "pictures": _pictures(chosen, trend, steps, rows, lines),
        "fairness": reverse("portal:fairness") + query(scope), "part": query(scope),
    }  # fmt: skip
    name = "portal/dashboard_wall.html" if wall else "portal/dashboard.html"
    return render(request, name, context, status=200 if form.is_valid() else 422)


@require_safe
def boundary_json(request):
    """The lines of the county for the map, as the installation was given them, with their approval number."""
    lines = boundary.current(request.committee.region) if request.committee else None
    if lines is None:
        raise Http404
    answer = JsonResponse(lines, json_dumps_params={"ensure_ascii": False}, content_type="application/geo+json")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _card(figure, scope) -> Card:
    return Card(figure, counting.value(figure, scope), address(figure, scope))


def _pictures(figure, trend, steps, rows, lines) -> dict:
    """What the script draws, in plain values; everything in it also stands in a table of the page."""
    return {
        "trend": {
            "name": _("单位：%(unit)s") % {"unit": figure.unit},
            "bars": [{"words": bar.words, "number": bar.number, "href": bar.href} for bar in trend],
        },
        "flow": _sankey(steps),
        "map": lines and {
            "lines": reverse("portal:boundary"), "approval": _("审图号：%(no)s") % {"no": lines["approval"]},
            "towns": [
                {"code": town.code, "words": f"{town.name} {'—' if town.number is None else town.number}",
                 "radius": town.radius, "href": town.href}
                for town in rows
            ],
            "points": points(),
        },
    }  # fmt: skip


def _sankey(steps) -> dict:
    """Nodes (words, number, kind) and links (from, to, number) of the flow; nothing is drawn where nothing went."""
    solved = sum(step.solved for step in steps)
    nodes = [_node(step.name, step.reached, "step") for step in steps] + [_node(BY_KEY["solved"].name, solved, "good")]
    links = []
    for here, step in enumerate(steps):
        ways = [(here + 1, step.onward), (len(steps), step.solved)]
        for words, number, kind in ((step.waits, step.waiting, "waiting"), (step.ends, step.ended, "ended")):
            ways.append((len(nodes), number))
            nodes.append(_node(words, number, kind))
        links += [{"source": here, "target": to, "value": number} for to, number in ways if number and to != here]
    return {"nodes": nodes, "links": links}


def _node(words, number, kind) -> dict:
    return {"words": str(words), "number": number, "kind": kind}
