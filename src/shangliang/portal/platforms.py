"""The four carriers on one page: where people meet, what came of it, counted from the records."""

from dataclasses import dataclass, field

from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..consultations.models import Attendance, Consultation
from ..conversions.models import Conversion
from ..people.models import Member
from ..people.queries import contacts
from ..salons.models import Salon
from ..shared import clock
from ..studios.models import Studio
from ..studios.queries import public_places
from ..visits.models import Visit

SHOWN = 4
CARRIERS = ("courtyard", "joint_room", "studio", "salon", "room")


@dataclass
class Carrier:
    """What one carrier did: consultations held there and the people who came, each coming counted once (人次)."""

    sessions: int = 0
    attendances: int = 0


@dataclass
class Platforms:
    """The numbers of the page, all of them counted when it is asked for."""

    carriers: dict = field(default_factory=lambda: {name: Carrier() for name in CARRIERS})
    venues: dict = field(default_factory=dict)
    members: list = field(default_factory=list)
    served: int = 0
    visits: int = 0
    studios: list = field(default_factory=list)
    salons: list = field(default_factory=list)
    salons_held: int = 0
    results: list = field(default_factory=list)
    results_public: int = 0

    @property
    def sessions(self) -> int:
        """Consultations held by all carriers together."""
        return sum(carrier.sessions for carrier in self.carriers.values())

    @property
    def attendances(self) -> int:
        """How often somebody came to them."""
        return sum(carrier.attendances for carrier in self.carriers.values())


@require_safe
def platforms(request):
    """The four carriers with what they did and the way into each."""
    if request.committee is None:
        raise Http404
    return render(request, "portal/platforms.html", {"all": _counted(clock.today())})


def _counted(today) -> Platforms:
    """Eleven queries, whatever there is."""
    found = Platforms()
    held = Consultation.objects.filter(state__in=Consultation.HELD)
    for name, sessions in held.values_list("carrier").annotate(Count("pk")).order_by():
        found.carriers[name].sessions = sessions
    came = Attendance.objects.filter(status=Attendance.Status.PRESENT, consultation__state__in=Consultation.HELD)
    for name, times in came.values_list("consultation__carrier").annotate(Count("pk")).order_by():
        found.carriers[name].attendances = times
    venues = public_places().filter(closed_on=None)
    found.venues = dict(venues.values_list("kind").annotate(Count("pk")).order_by())
    found.served = contacts(today).values("venue").distinct().count()
    found.members = list(Member.objects.filter(pk__in=contacts(today).values("member")).order_by("name", "pk"))
    found.visits = Visit.objects.filter(state=Visit.State.MADE).count()
    found.studios = list(Studio.objects.filter(state=Studio.State.OPEN).select_related("venue__region").order_by("pk"))
    told = Salon.objects.exclude(state__in=[*Salon.BEFORE, Salon.State.CANCELLED])
    found.salons_held = told.count()
    found.salons = list(told.published().order_by("-starts_at")[:SHOWN])
    public = Conversion.objects.published()
    found.results_public = public.count()
    found.results = list(public.order_by("-published_on", "-pk")[:SHOWN])
    return found
