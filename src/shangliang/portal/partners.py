"""Cooperation with neighbouring committees, for everybody: who, on what paper, what was decided, what came of it."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..cases.masking import mask
from ..cases.models import Case
from ..partnerships.models import Activity, Conference, JointStudio, PlanItem
from ..partnerships.queries import Count, public, sessions
from ..people.tenancy import within


@dataclass(frozen=True)
class Together:
    """One partnership with what of it may be read by everybody: what all its sides have confirmed."""

    partnership: object
    conferences: list
    plan: list
    activities: list
    studios: list
    matters: list
    sessions: Count


@require_safe
def partners(request):
    """The published partnerships; a joint matter stands here once our own case of it is public."""
    if request.committee is None:
        raise Http404
    with within(request.committee):
        shown = [_together(one) for one in public()]
        return render(request, "portal/partners.html", {"all": shown, "mask": mask})


def _together(partnership) -> Together:
    hidden = [PlanItem.State.PROPOSED, PlanItem.State.REFUSED, PlanItem.State.DROPPED]
    matters = partnership.matters.filter(topic__case__state=Case.State.PUBLISHED).select_related("topic__case")
    matters = list(matters.order_by("-raised_on", "-pk"))
    conferences = partnership.conferences.filter(state=Conference.State.CONFIRMED).prefetch_related("decisions")
    return Together(
        partnership, list(conferences.order_by("-starts_at")),
        list(partnership.items.exclude(state__in=hidden).order_by("-year", "due_on", "pk")),
        list(partnership.activities.filter(state=Activity.State.HELD).order_by("-on", "-pk")),
        _studios(partnership), matters, sessions(partnership.matters.all()),
    )  # fmt: skip


def _studios(partnership) -> list:
    """The joint studios that are open, with how many members each side seats; no name is shown here."""
    names = partnership.side_names
    found = list(partnership.studios.filter(state=JointStudio.State.OPEN).prefetch_related("seats").order_by("pk"))
    for studio in found:
        sides = [seat.side for seat in studio.seats.all()]
        studio.seated = [(names[code], sides.count(code)) for code in names if code in sides]
    return found
