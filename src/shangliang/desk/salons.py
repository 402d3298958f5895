"""The desk's list and pages of salons."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ..briefs.policies import may_draft
from ..briefs.queries import made_from
from ..conversions.models import Conversion
from ..conversions.policies import may_identify
from ..people.roles import OFFICE, Role
from ..research.policies import may_begin
from ..salons import commands, policies
from ..salons.forms import PlanForm
from ..salons.models import Salon
from ..salons.queries import points_by_kind, seats
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60
_STATE = Salon.State


def page(account, salon) -> dict:
    """Guests (named only to those who run it), points, and what became of them."""
    runs = bool(policies.may_handle(account, salon))
    conversions = Conversion.objects.visible_to(account).filter(point__salon=salon).select_related("point")
    return {
        "runs": runs,
        "guests": salon.guests.select_related("member", "unit").order_by("role", "pk"),
        "seats": seats(salon),
        "points": points_by_kind(salon),
        "reports": salon.reports.visible_to(account).order_by("pk"),
        "conversions": conversions.order_by("point__kind", "point__number", "pk"),
        "briefs": made_from(account, "point", salon.points.values_list("pk", flat=True)),
        "may_brief": bool(may_draft(account, salon.committee)) and salon.state in Salon.AFTER | Salon.TOLD,
        "may_convert": bool(may_identify(account, salon.committee)) and salon.state in Salon.TOLD,
        "may_report": bool(may_begin(account, salon.committee)) and salon.state in Salon.AFTER | Salon.TOLD,
    }


def _pile(salons):
    return [
        Waiting(
            "salon", "", salon.theme, str(salon.get_state_display()), salon.where,
            localdate(salon.starts_at) if salon.state in Salon.BEFORE else None, "neutral",
            f"/desk/salons/{salon.pk}/",
        )
        for salon in salons
    ]  # fmt: skip


def at_work(account, days) -> list[Waiting]:
    """Those one runs that wait to be told, held or summed up."""
    open_ = [_STATE.PLANNED, _STATE.ANNOUNCED, _STATE.HELD]
    rows = Salon.objects.visible_to(account).filter(state__in=open_)
    rows = rows.select_related("venue__region", "studio__venue__region").order_by("starts_at")[:MOST]
    return _pile([salon for salon in rows if policies.may_handle(account, salon)])


def to_publish(account, days) -> list[Waiting]:
    """Those summed up and not yet public."""
    rows = Salon.objects.filter(state=_STATE.SUMMARISED, published_on=None)
    return _pile(rows.select_related("venue").order_by("starts_at")[:MOST])


KIND = Kind(
    name="salon", plural="salons", icon="speaker", template="desk/salon.html", page=page, group="carriers",
    listing=Listing(
        Salon, _("委员沙龙"), "-starts_at", "", ("theme", "question"), ("office", "studio", "host", "venue"),
        "starts_at", late=False,
    ),
    columns=[
        Column(_("主题"), lambda s: s.theme, 40, kind="link"),
        Column(_("系列"), lambda s: str(s.get_series_display())),
        Column(_("时间"), lambda s: s.starts_at, 18, kind="date"),
        Column(_("地点"), lambda s: s.where, 28),
        Column(_("承办"), lambda s: s.hosts, 28),
        Column(_("主持"), lambda s: s.host.name if s.host_id else "", 12, False),
        Column(_("状态"), lambda s: str(s.get_state_display()), kind="state"),
        Column(_("公开日期"), lambda s: s.published_on, 14, False, "date"),
    ],
    related=("office", "studio__venue__region", "host", "venue"),
    begin=Begin(_("筹备一次沙龙"), PlanForm, commands.plan, policies.may_plan),
    offered={
        "hold": lambda s: s.state == _STATE.ANNOUNCED and s.guests.filter(attended=True).exists(),
        "publish": lambda s: s.state in Salon.TOLD and not s.is_public,
        "take_back": lambda s: s.is_public,
        "revise_point": lambda s: s.state in Salon.AFTER | Salon.TOLD and s.points.exists(),
        "forget_guest": lambda s: s.guests.filter(member=None, unit=None).exclude(name="").exists(),
    },
    main=frozenset({"announce", "check_in", "hold", "summarise", "archive"}),
    grave=frozenset({"take_back", "forget_guest", "cancel"}),
    piles=(
        ((Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, Role.STUDIO_LEAD, Role.MEMBER), at_work),
        ((Role.REVIEWER,), to_publish),
    ),
    seen_by=(*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.STUDIO_LEAD, Role.MEMBER, Role.UNIT_CLERK),
)  # fmt: skip
