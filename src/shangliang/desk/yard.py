"""我的小院: all that a steward needs, on one page in plain words, with one button."""

from dataclasses import dataclass

from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..cases import thread
from ..cases.models import Case
from ..people.doors import for_roles
from ..people.queries import serving_members
from ..people.roles import Role
from ..shared import clock
from ..venues.queries import stewardship_of
from ..visits.models import Visit
from ..voices.models import Voice

SHOWN = 30


@dataclass(frozen=True)
class Matter:
    """One matter of the courtyard as a steward may know it: public words, or one's own."""

    title: str
    stage: str
    lit: int
    href: str
    on: object


@for_roles(Role.STEWARD)
@require_GET
def yard(request):
    """The courtyard that this account looks after: its matters, its members and their visits; six queries."""
    today = clock.today()
    steward = stewardship_of(request.user, today)
    context = {"steward": steward}
    if steward:
        matters, hidden = matters_of(steward.venue, request.user)
        visits = Visit.objects.made().filter(venue=steward.venue, on__lte=today).prefetch_related("members")
        context |= {
            "venue": steward.venue, "matters": matters, "hidden": hidden,
            "members": serving_members(steward.venue, today), "visits": list(visits.order_by("-on", "-pk")[:5]),
        }  # fmt: skip
    return render(request, "desk/yard.html", context)


def matters_of(venue, account) -> tuple[list[Matter], int]:
    """The published matters and those this account typed in, the latest first; and how many others there are.

    A steward lives among the people who raise them: of what is not public nothing but the number is told.
    """
    mine = dict(Voice.objects.filter(venue=venue, entered_by=account).values_list("case_id", "text"))
    cases = list(Case.objects.filter(venue=venue, joined_to=None).order_by("-updated_at", "-pk"))
    told = [
        Matter(
            case.title if case.state == Case.State.PUBLISHED else mine[case.pk][:60], str(case.get_stage_display()),
            thread.lit(case.stage), case.get_absolute_url() if case.state == Case.State.PUBLISHED else "",
            case.opened_on,
        )
        for case in cases if case.state == Case.State.PUBLISHED or case.pk in mine
    ]  # fmt: skip
    return told[:SHOWN], len(cases) - len(told)
