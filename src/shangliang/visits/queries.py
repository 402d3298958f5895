"""Reading visits: when a place was visited last, what a member did, what was promised, where one may go."""

from dataclasses import dataclass

from django.db.models import Max, Q

from ..people.models import Member
from ..shared.calendar import DAY
from ..venues.models import Venue
from ..voices.models import Voice
from .models import Promise, Visit
from .policies import ENTERING, links_of

#: For so many days a place that was closed can still be chosen, because a visit may be entered late.
LATE = 92


def last_visits(venues, today) -> dict:
    """{venue id: day of its last visit} of those places that were ever visited, up to today; one query."""
    rows = Visit.objects.made().filter(venue__in=venues, on__lte=today)
    return dict(rows.values_list("venue").annotate(last=Max("on")).values_list("venue", "last"))


def visits_of(member, first, last):
    """The visits that a member made from one day to another, both included, the latest first; one query."""
    rows = Visit.objects.made().filter(members__member=member, on__gte=first, on__lte=last)
    return rows.select_related("venue__region").order_by("-on", "-pk")


def open_promises(member):
    """The promises of a member's visits that are not kept yet, the nearest day first; one query."""
    rows = Promise.objects.filter(kept_on=None, visit__state=Visit.State.MADE, visit__members__member=member)
    return rows.select_related("visit__venue__region").order_by("due_on", "pk")


@dataclass(frozen=True)
class Heard:
    """The voices of a visit: those this person may read, and how many more there are."""

    voices: list
    more: int


def heard_on(visit, account) -> Heard:
    """What was raised during a visit; one query for a visit whose parts were read with it."""
    ids = [row.voice_id for row in visit.heard.all()]
    rows = Voice.objects.visible_to(account).filter(pk__in=ids).select_related("case").order_by("pk")
    voices = list(rows) if ids else []
    return Heard(voices, len(ids) - len(voices))


def places_for(account, today) -> list[tuple]:
    """(venue, is served by this member) of the places where the account may enter visits; served ones first.

    Those closed lately are among them. Two queries.
    """
    area = Q(pk__in=[])
    for grant in account.current_grants:
        if grant.role in ENTERING:
            area |= Q(region__code__startswith=grant.region.code) if grant.region else Q(pk__gt=0)
    served = set(links_of(account.member_id, today).values_list("venue", flat=True)) if account.member_id else set()
    rows = Venue.objects.filter(area).exclude(closed_on__lt=today - LATE * DAY)
    rows = rows.select_related("region").order_by("region__code", "name", "pk")
    return sorted(((venue, venue.pk in served) for venue in rows), key=lambda row: not row[1])


def serving(today) -> list[Member]:
    """The members of the committee in scope who serve on this day; one query."""
    rows = Member.objects.filter(term_from__lte=today).exclude(term_to__lt=today)
    return list(rows.order_by("name", "pk"))
