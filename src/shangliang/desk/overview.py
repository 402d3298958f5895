"""The leaders' page: what people say, what was agreed, what is stuck and at whose desk, what came of it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Substr
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..agreements.models import Agreement
from ..cases.masking import mask
from ..consultations.models import Consultation
from ..conversions.models import Conversion
from ..figures import flow
from ..figures.counting import Scope
from ..outcomes.models import Rating
from ..people.doors import for_roles
from ..people.roles import OFFICE
from ..regions.queries import towns_of
from ..shared import clock
from ..tasks.models import Task
from ..topics.models import Topic
from ..voices.models import Voice

#: The stretches of days that the page offers.
PERIODS = (30, 90, 365)
SHOWN, GROWING, MOST = 8, 3, 300


@dataclass(frozen=True)
class Bar:
    """One bar of a picture, with its words, its number and the list behind it."""

    words: str
    number: int
    href: str = ""


@dataclass(frozen=True)
class Stuck:
    """A desk at which something has run out of time: whose it is, how many things, how many days the oldest."""

    desk: str
    things: list

    @property
    def longest(self) -> int:
        """Days that the oldest thing is late."""
        return max(late for _title, _href, late in self.things)


@for_roles(*OFFICE)
@require_GET
def overview(request):
    """The page, for the last 30, 90 or 365 days; as many queries whatever there is."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(period) for period in PERIODS} else PERIODS[1]
    today = clock.today()
    since = clock.now() - dt.timedelta(days=days)
    context = {
        "days": days, "periods": PERIODS, "today": today, **_said(request.committee, since), **_agreed(since.date()),
        "stuck": _stuck(today), **_came(since),
        "steps": flow.steps(Scope(since=since.date())), "waits": flow.stuck(Scope(), today),
    }
    return render(request, "desk/overview.html", context)


def _said(committee, since) -> dict:
    """Voices of the period by town and by channel, the newest, and the places from which several came."""
    towns = {town.code: town.name for town in towns_of(committee.region)}
    rows = Voice.objects.filter(reported_at__gte=since)
    of_town = rows.annotate(town=Substr("region__code", 1, 9)).values_list("town")
    by_town = of_town.annotate(n=Count("pk")).order_by("town")
    by_channel = rows.values_list("channel").annotate(n=Count("pk")).order_by("channel")
    places = rows.values_list("region__full_name").annotate(n=Count("pk"))
    several = places.filter(n__gte=GROWING).order_by("region__full_name")
    newest = rows.select_related("case", "region").order_by("-reported_at", "-pk")[:SHOWN]
    return {
        "voices": sum(n for _channel, n in by_channel),
        "towns": [Bar(towns.get(code, code), n, f"/desk/voices/?town={code}") for code, n in by_town],
        "channels": [Bar(str(Voice.Channel(channel).label), n) for channel, n in by_channel],
        "several": [Bar(name, n, f"/desk/voices/?q={name}") for name, n in several],
        "newest": [(voice, mask(voice.text)[:60]) for voice in newest],
    }


def _agreed(since) -> dict:
    """What was agreed: the latest items, and all of them by state."""
    items = Agreement.objects.exclude(state=Agreement.State.DRAFT)
    states = items.values_list("state").annotate(n=Count("pk")).order_by()
    counts = dict(states)
    latest = items.filter(consultation__starts_at__date__gte=since)
    latest = latest.select_related("case", "unit", "consultation").order_by("-pk")[:SHOWN]
    return {
        "latest": list(latest),
        "items": [
            Bar(str(state.label), counts[state.value], f"/desk/agreements/?state={state.value}")
            for state in Agreement.State if state.value in counts
        ],
    }  # fmt: skip


def _stuck(today) -> list[Stuck]:
    """Everything whose clock has run out, by the desk that has to move; the desk is a post, never a person."""
    late = {"deadline__due_on__lt": today, "deadline__ended_on": None, "deadline__paused_on": None}
    desks: dict[str, list] = {}

    def add(desk, title, record, kind, due):
        href = f"/desk/cases/{record.case.no}/#{kind}-{record.pk}"
        desks.setdefault(desk, []).append((title, href, (today - due).days))

    voices = Voice.objects.filter(**late).select_related("case", "region__parent", "deadline")
    for voice in voices.order_by("deadline__due_on")[:MOST]:
        town = voice.region.parent if voice.region.level == "village" else voice.region
        add(_("%(place)s联络员") % {"place": town.name}, mask(voice.text)[:40], voice, "voice", voice.deadline.due_on)
    topics = Topic.objects.filter(**late).select_related("case", "region__parent", "deadline")
    for topic in topics.order_by("deadline__due_on")[:MOST]:
        town = topic.region.parent if topic.region.level == "village" else topic.region
        add(_("%(place)s联络员") % {"place": town.name}, topic.title, topic, "topic", topic.deadline.due_on)
    meetings = Consultation.objects.filter(**late).select_related("case", "topic", "venue__region", "deadline")
    for meeting in meetings.order_by("deadline__due_on")[:MOST]:
        desk = _("%(place)s召集人") % {"place": meeting.venue.name}
        add(desk, meeting.topic.title, meeting, "consultation", meeting.deadline.due_on)
    tasks = Task.objects.overdue(today).select_related("case", "agreement", "proposal", "unit", "deadline")
    for task in tasks.order_by("deadline__due_on")[:MOST]:
        desk = task.unit.name if task.state in OF_UNIT else _("政协办公室")
        add(desk, str(task)[:40], task, "task", task.deadline.due_on)
    found = [Stuck(desk, things) for desk, things in desks.items()]
    return sorted(found, key=lambda stuck: (-stuck.longest, stuck.desk))


#: States of a task in which the unit has to move; in the others it is the office that assigned it.
OF_UNIT = frozenset({"assigned", "acknowledged", "in_progress", "returned", "tracking", "suspended"})


def _came(since) -> dict:
    """What people said of the results, silence apart, and how far outputs got."""
    values = dict(Rating.objects.filter(rated_at__gte=since).values_list("value").annotate(n=Count("pk")).order_by())
    silent = Voice.objects.filter(state=Voice.State.CLOSED, ratings=None, reported_at__gte=since).count()
    rungs = dict(Conversion.objects.values_list("state").annotate(n=Count("pk")).order_by())
    said = [Bar(str(value.label), values.get(value.value, 0)) for value in Rating.Value]
    return {
        "ratings": [*said, Bar(_("到期没有评价"), silent)],
        "rungs": [
            Bar(str(state.label), rungs[state.value], f"/desk/conversions/?state={state.value}")
            for state in Conversion.State if state.value in rungs
        ],
    }  # fmt: skip
