"""A line for each record behind a figure, as everybody may see it: when, where, what kind; no name, no word said."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ..cases.masking import mask
from ..cases.models import Case


@dataclass(frozen=True)
class Line:
    """A record behind a figure: its day, its place, what it is, how it stands, and its public page where it has one."""

    on: object
    place: str
    words: str
    state: str = ""
    href: str = ""
    no: str = ""


def _titled(case, otherwise) -> tuple[str, str]:
    """(title, address) of the case where it is public; else the kind of thing it is, without an address."""
    if case.state == Case.State.PUBLISHED:
        return mask(case.title), case.get_absolute_url()
    return str(otherwise), ""


def _of_case(on, place, case, otherwise, state="") -> Line:
    """A record of a case; ``place`` is a region, or a venue. A day and a village can point at one family, so that a
    case that is not public is told by its town alone."""
    words, href = _titled(case, otherwise)
    region = getattr(place, "region", place)
    town = region.full_name.removesuffix(region.name) if region.level == "village" else region.full_name
    return Line(on, place.full_name if href else town, words, str(state), href, case.no)


def voice(row) -> Line:
    """A voice: what was said stays unsaid unless the case is public."""
    on = timezone.localdate(row.reported_at)
    return _of_case(on, row.region, row.case, row.get_channel_display(), row.get_state_display())


def topic(row) -> Line:
    """A topic."""
    place, state = row.region, row.get_state_display()
    return _of_case(row.proposed_on, place, row.case, row.get_category_display(), state)


def consultation(row) -> Line:
    """A sitting."""
    on = timezone.localdate(row.starts_at)
    return _of_case(on, row.venue, row.case, row.get_carrier_display(), row.get_state_display())


def attendance(row) -> Line:
    """Somebody who came, in a role, without a name."""
    meeting = row.consultation
    on = timezone.localdate(meeting.starts_at)
    return _of_case(on, meeting.venue, meeting.case, meeting.get_carrier_display(), row.get_role_display())


def agreement(row) -> Line:
    """An agreed item."""
    on = timezone.localdate(row.consultation.starts_at)
    what = _("第 %(n)s 项，%(who)s") % {
        "n": row.number, "who": row.unit.name if row.unit_id else row.get_party_display(),
    }  # fmt: skip
    return _of_case(on, row.case.region, row.case, what, row.get_state_display())


def task(row) -> Line:
    """A task by the day it was assigned: the unit that has it."""
    return _of_task(row.assigned_on, row)


def closed_task(row) -> Line:
    """A task by the day it was closed: the unit that had it."""
    return _of_task(row.closed_on, row)


def _of_task(on, row) -> Line:
    return _of_case(on, row.case.region, row.case, row.unit.name, row.get_state_display())


def case(row) -> Line:
    """A case by the day it was opened."""
    return _of_case(row.opened_on, row.region, row, _("未公开的事"), row.get_stage_display())


def published_case(row) -> Line:
    """A case by the day it was published."""
    return _of_case(row.published_on, row.region, row, "", row.get_stage_display())


def visit(row) -> Line:
    """A visit."""
    return Line(row.on, row.venue.full_name, _("走访"))


def venue(row) -> Line:
    """A place."""
    return Line(row.opened_on, row.full_name, str(row.get_kind_display()), "", f"/places/{row.code}/", row.code)


def studio(row) -> Line:
    """A studio."""
    kind = str(row.get_kind_display())
    return Line(None, row.venue.region.full_name, row.name, kind, row.get_absolute_url(), row.code)


def salon(row) -> Line:
    """A salon; its title only where its page is public."""
    on = timezone.localdate(row.starts_at)
    words = mask(row.theme) if row.is_public else str(row.get_series_display())
    return Line(on, "", words, str(row.get_state_display()), f"/salons/{row.pk}/" if row.is_public else "")


def conversion(row) -> Line:
    """A published result."""
    return Line(row.published_on, "", mask(row.title), str(row.get_state_display()), f"/results/{row.pk}/")
