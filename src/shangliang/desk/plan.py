"""Where to go next: a member's courtyards with what needs somebody there, in the order of a walk; never a score."""

import math
from collections import defaultdict
from dataclasses import dataclass, field

from django import forms
from django.db.models import Count
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET

from ..cases.models import Case
from ..notifications.models import Notice
from ..people.doors import for_roles
from ..people.models import ContactLink, Member
from ..people.queries import open_on
from ..people.register_forms import RecordChoice, choices_of
from ..people.roles import OFFICE, Role
from ..rules.queries import soon_until
from ..shared import clock
from ..shared.calendar import DAY
from ..tasks.models import Promise as UnitPromise
from ..venues.models import Venue
from ..visits.models import Promise
from ..visits.queries import last_visits
from ..voices.models import Voice
from .coverage import LONG

#: Those of the committee who plan for somebody else.
PLANNERS = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
GROUPS = {"first": _l("先去"), "long": _l("很久没去"), "rest": _l("其他小院")}
EARTH = 6371.0


@dataclass
class Stop:
    """One courtyard of the walk: why one goes there, in words, and how far it is from the one before."""

    venue: Venue
    needs: list = field(default_factory=list)
    last: object = None
    group: str = "rest"
    far: float | None = None


class WhoForm(forms.Form):
    """For which member the office plans."""

    member = RecordChoice(label=_l("哪位委员"), queryset=None, required=False, empty_label=_l("请选择"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = choices_of(Member)


@for_roles(Role.MEMBER, *PLANNERS)
@require_GET
def plan(request):
    """One's own courtyards; the office may look at any member's."""
    today = clock.today()
    form = WhoForm(request.GET) if request.user.has(*PLANNERS) else None
    member = request.user.member
    if form and form.is_valid():
        member = form.cleaned_data["member"] or member
    stops = stops_for(member, today) if member else []
    groups = [(title, [stop for stop in stops if stop.group == name]) for name, title in GROUPS.items()]
    context = {
        "form": form, "member": member, "today": today, "count": len(stops),
        "groups": [(title, inside) for title, inside in groups if inside], "reads_cases": request.user.has(*OFFICE),
    }  # fmt: skip
    return render(request, "desk/plan.html", context)


def stops_for(member, today) -> list[Stop]:
    """The courtyards of a member in nine queries: first those that need somebody, each group in the order of a walk."""
    links = ContactLink.objects.filter(kind=ContactLink.Kind.MEMBER_COURTYARD, member=member, venue__closed_on=None)
    venues = [link.venue for link in open_on(links, today).select_related("venue__region").order_by("pk")]
    keys = [venue.pk for venue in venues]
    last, urgent = last_visits(keys, today), _urgent(member, keys, today)
    by_group = defaultdict(list)
    for venue in venues:
        stop = Stop(venue, urgent.get(venue.pk, []), last.get(venue.pk))
        stop.group = "first" if stop.needs else "long" if _long_ago(stop.last, today) else "rest"
        stop.needs = [*stop.needs, _since(stop.last, today)]
        by_group[stop.group].append(stop)
    return [stop for name in GROUPS for stop in walk(by_group[name])]


def _urgent(member, keys, today) -> dict[int, list]:
    """What needs somebody at each place, in words; counts only, because a member reads no case file."""
    soon = soon_until(member.committee_id, today)
    told = defaultdict(list)
    late = Case.objects.filter(venue__in=keys).late(today)
    _say(told, late.values_list("venue"), _("%(n)s 件事超过了期限"))
    untold = Notice.objects.filter(by_phone=True, told_at=None, voice__venue__in=keys)
    _say(told, untold.values_list("voice__venue"), _("%(n)s 个结果还没有告诉反映人"))
    unrated = Voice.objects.filter(venue__in=keys, state__in=[Voice.State.RESULT, Voice.State.ANSWERED])
    _say(told, unrated.values_list("venue"), _("%(n)s 件办完了，还没有听到评价"))
    due = UnitPromise.objects.filter(kept_on=None, due_on__lte=soon, task__case__venue__in=keys)
    _say(told, due.values_list("task__case__venue"), _("单位有 %(n)s 项承诺快到日子"))
    own = Promise.objects.filter(kept_on=None, due_on__lte=soon, visit__members=member, visit__venue__in=keys)
    _say(told, own.values_list("visit__venue"), _("您走访时答应的 %(n)s 件事快到日子"))
    return told


def _say(told, rows, words):
    """Add one sentence to each place with something to count."""
    for venue, n in rows.annotate(n=Count("pk", distinct=True)).order_by():
        told[venue].append(words % {"n": n})


def _long_ago(last, today) -> bool:
    return last is None or last < today - LONG


def _since(last, today) -> str:
    if last is None:
        return _("还没有走访记录")
    days = (today - last) // DAY
    return _("今天去过") if not days else _("上次走访是 %(n)s 天前") % {"n": days}


def walk(stops) -> list[Stop]:
    """The order of a walk: by the code of the place; from one with coordinates to the nearest that has them too."""
    left = sorted(stops, key=lambda stop: (stop.venue.region.code, stop.venue.pk))
    done: list[Stop] = []
    while left:
        here = done[-1] if done else None
        known = [stop for stop in left if here and _point(here) and _point(stop)]
        following = min(known, key=lambda stop: distance(_point(here), _point(stop))) if known else left[0]
        if known:
            following.far = distance(_point(here), _point(following))
        left.remove(following)
        done.append(following)
    return done


def _point(stop):
    venue = stop.venue
    return None if venue.latitude is None else (float(venue.latitude), float(venue.longitude))


def distance(one, other) -> float:
    """Kilometres between two points (latitude, longitude) in a straight line; good enough within a county."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(v) for v in point) for point in (one, other))
    return EARTH * math.hypot(lat2 - lat1, (lon2 - lon1) * math.cos((lat1 + lat2) / 2))
