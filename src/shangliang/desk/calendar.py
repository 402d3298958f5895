"""The joint calendar: what the sides of our partnerships have before them together, month by month."""

from itertools import groupby

from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..partnerships import queries
from ..partnerships.models import Partnership
from ..people.doors import for_roles
from ..shared import clock
from ..shared.calendar import DAY
from .partnerships import READERS

BEFORE, AHEAD = 30 * DAY, 365 * DAY


@for_roles(*READERS)
@require_GET
def calendar(request):
    """From a month ago to a year ahead, in one list under the heading of each month."""
    today = clock.today()
    running = Partnership.objects.filter(state=Partnership.State.ACTIVE)
    days = queries.calendar(running, today - BEFORE, today + AHEAD)
    months = [(first, list(rows)) for first, rows in groupby(days, key=lambda day: day.on.replace(day=1))]
    return render(request, "desk/joint_calendar.html", {"months": months, "today": today, "any": running.exists()})
