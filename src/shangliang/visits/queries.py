"""Reading visits: when a place was last visited, what a member did, which promises are open."""

from django.db.models import Max

from .models import Promise, Visit


def last_visits(venues, today) -> dict:
    """The day of the last visit by venue id, of these places or (None) of all; one query."""
    rows = Visit.objects.made().filter(on__lte=today)
    if venues is not None:
        rows = rows.filter(venue__in=venues)
    return dict(rows.values_list("venue").annotate(Max("on")).order_by())


def visits_of(member, first, last):
    """The visits a member took part in between two days."""
    rows = Visit.objects.made().filter(seats__member=member, on__range=(first, last))
    return rows.select_related("venue__region").order_by("-on", "-pk")


def open_promises(member):
    """The promises of visits of this member that are not yet kept, the nearest first."""
    rows = Promise.objects.filter(kept_on=None, visit__state=Visit.State.MADE, visit__seats__member=member)
    return rows.select_related("visit__venue__region").order_by("due_on", "pk")


def visit_page(visit) -> dict:
    """What the page of a visit shows besides it: members, kinds, promises and the voices with their cases."""
    return {
        "members": [seat.member for seat in visit.seats.select_related("member").order_by("pk")],
        "kinds": list(visit.kinds.all()),
        "promises": list(visit.promises.all()),
        "voices": [row.voice for row in visit.raised.select_related("voice__case").order_by("pk")],
    }
