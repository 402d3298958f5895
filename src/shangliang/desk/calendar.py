"""The joint calendar: what the sides of our partnerships have before them together, month by month."""

import datetime as dt
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
    """From a month ago to a year ahead, or one whole year, in one list under the heading of each month."""
    today = clock.today()
    known = Partnership.objects.filter(state__in=[Partnership.State.ACTIVE, Partnership.State.ENDED])
    years = queries.years(known)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and int(asked[:4]) in years else None
    span = (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else (today - BEFORE, today + AHEAD)
    days = queries.calendar(known, *span)
    months = [(first, list(rows)) for first, rows in groupby(days, key=lambda day: day.on.replace(day=1))]
    context = {"months": months, "any": known.exists(), "years": years, "year": year}
    return render(request, "desk/joint_calendar.html", context)
