"""Studios as everybody may see them: the list, one studio, its year; nothing that was not made public."""

import re

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..cases import thread
from ..files.models import Attachment
from ..shared import clock
from ..studios import queries
from ..studios.models import Seat, Studio
from ..venues.queries import place

SHOWN = 12


@require_safe
def studios(request):
    """The open studios kind by kind, each with its place, its lead and when somebody is there."""
    if request.committee is None:
        raise Http404
    closed = queries.holidays(clock.today())
    rows = queries.open_to_public(Studio.objects.filter(state=Studio.State.OPEN)).order_by("venue__code")
    groups: dict[str, list] = {}
    for studio in rows:
        duty = queries.next_duty(studio.duties, clock.now(), closed)
        groups.setdefault(studio.kind, []).append((studio, studio.leads, duty))
    shown = [(label, groups[kind]) for kind, label in Studio.Kind.choices if kind in groups]
    return render(request, "portal/studios.html", {"groups": shown})


@require_safe
def studio(request, code):
    """One studio: who, where, when, what for, what it did, what it promised, what came of matters raised there."""
    found, today = _studio(request, code), clock.today()
    hours = list(found.hours.all())
    seats = [seat for seat in found.open_seats if seat.role != Seat.Role.SERVING]
    signs = Attachment.objects.filter(
        subject="studios.studio", subject_id=found.pk, role=Attachment.Role.SIGN, is_public=True
    )
    years = queries.years_of(found, today)
    context = {
        "studio": found, "seats": seats, "hours": hours, "today": today, "lit": thread.lit, "years": years,
        "duty": queries.next_duty(hours, clock.now(), queries.holidays(today)),
        "place": place(found.venue, today), "signs": list(signs.order_by("-pk")[:1]),
        "activities": queries.published_of(found, SHOWN),
        "promises": list(found.promises.exclude(published_on=None).order_by("-due_on", "-pk")[:SHOWN]),
        "phone": found.venue.phone or request.committee.phone,
    }  # fmt: skip
    return render(request, "portal/studio.html", context)


@require_safe
def year(request, code, year):
    """A year of a studio: numbers counted from its records, and what of it is public."""
    found, today = _studio(request, code), clock.today()
    if year not in queries.years_of(found, today):
        raise Http404
    done = queries.year_of(found, year, public=True)
    return render(request, "portal/studio_year.html", {"studio": found, "done": done, "today": today})


def _studio(request, code) -> Studio:
    """The studio of this number if its door was ever open to the public; 404 otherwise."""
    if request.committee is None or not re.fullmatch(r"[\w-]{1,12}", code):
        raise Http404
    rows = Studio.objects.known().select_related("venue__region", "committee")
    found = rows.filter(venue__code=code).first()
    if found is None:
        raise Http404
    return found
