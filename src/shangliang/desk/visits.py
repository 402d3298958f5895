"""The desk's list and pages of visits, and the receipts of what was raised at one."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ..briefs.policies import may_draft
from ..briefs.queries import made_from
from ..people.roles import OFFICE, Role
from ..shared import receipts
from ..visits import commands, policies, queries
from ..visits.forms import PlanForm, WriteForm
from ..visits.models import Promise, Visit
from ..voices.models import Voice
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

#: Receipts of a visit just written, for a quarter of an hour, in the browser that wrote it.
_slips = TimestampSigner(salt="visit slips")
SLIP_AGE = 900


def _write(*, by, committee, key, **fields):
    return commands.write_visit(by=by, committee=committee, key=key, **fields)


def _rows(rows, today):
    return rows.annotate(voices=Count("raised", distinct=True)).prefetch_related("members", "kinds", "promises")


def _page(account, visit) -> dict:
    may = bool(may_draft(account, visit.committee)) and visit.state == Visit.State.MADE
    return {**queries.visit_page(visit), "briefs": made_from(account, "visit", [visit.pk]), "may_brief": may}


def _promises(account, days):
    """What the member promised at visits, the nearest day first."""
    if not account.member_id:
        return []
    return [
        Waiting(
            "visit", "", _now("承诺：%(text)s") % {"text": row.text[:36]}, "", row.visit.venue.full_name, row.due_on,
            "late" if row.due_on < days.today else "waiting" if row.due_on <= days.soon else "neutral",
            f"/desk/visits/{row.visit_id}/",
        )
        for row in queries.open_promises(account.member)[:30]
    ]


def _planned(account, days):
    """Visits whose day has come and of which nothing is written yet."""
    rows = Visit.objects.visible_to(account).filter(state=Visit.State.PLANNED, on__lte=days.today)
    if account.member_id:
        rows = rows.filter(seats__member=account.member_id)
    rows = rows.select_related("venue__region").order_by("on")[:30]
    return [
        Waiting(
            "visit", "", _now("走访%(place)s") % {"place": row.venue.name}, str(row.get_state_display()),
            row.venue.region.full_name, row.on, "neutral", f"/desk/visits/{row.pk}/",
        )
        for row in rows
    ]


def _open_promises(visit) -> bool:
    return visit.state == Visit.State.MADE and Promise.objects.filter(visit=visit, kept_on=None).exists()


def _after(request, record, form, result):
    """After a visit was written: its receipts if there are any, else its page."""
    if not isinstance(result, commands.Written):
        return None
    if not result.voices:
        return redirect("desk:record", kind="visits", pk=result.visit.pk)
    response = redirect("desk:visit_slips")
    pairs = ",".join(f"{voice.pk}.{code}" for voice, code in result.voices)
    response.set_cookie(
        "visit_slips", _slips.sign(pairs), max_age=SLIP_AGE, httponly=True, samesite="Strict",
        secure=settings.SECURE, path="/desk/visits/",
    )  # fmt: skip
    return response


KIND = Kind(
    name="visit", plural="visits", icon="courtyard", template="desk/visit.html", page=_page,
    listing=Listing(
        Visit, _("走访"), "-on", "venue__region", ("venue__name", "venue__region__full_name", "members__name"),
        ("venue__region",), "on", late=False, counted=_rows,
    ),
    columns=[
        Column(_("日期"), lambda v: v.on, kind="link"),
        Column(_("地点"), lambda v: v.venue.full_name, 28),
        Column(_("委员"), lambda v: "、".join(member.name for member in v.members.all()), 24),
        Column(_("做了什么"), lambda v: "、".join(str(kind) for kind in v.kinds.all()), 30),
        Column(_("户数"), lambda v: v.households, 8, kind="number"),
        Column(_("听到的事"), lambda v: v.voices, 8, kind="number"),
        Column(_("答应的事"), lambda v: len(v.promises.all()), 8, kind="number"),
        Column(_("已办到"), lambda v: sum(p.kept_on is not None for p in v.promises.all()), 8, False, "number"),
        Column(_("状态"), lambda v: str(v.get_state_display()), kind="state"),
        Column(_("讲了什么政策"), lambda v: v.explained, 40, False),
    ],
    related=("venue__region",),
    begin=Begin(_("写走访记录"), WriteForm, _write, policies.may_write_visit),
    also={"plan": Begin(_("计划走访"), PlanForm, commands.plan_visit, policies.may_plan_visit)},
    answers={"begin": _after, "make": _after},
    offered={"keep_promise": _open_promises},
    main=frozenset({"make", "keep_promise"}), grave=frozenset({"cancel"}),
    piles=(((Role.MEMBER,), _promises), ((Role.MEMBER, Role.LIAISON), _planned)),
    links=((_("没有网络也能写"), "desk:visit_write", policies.WRITERS),),
    seen_by=(*OFFICE, Role.LIAISON, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD),
)  # fmt: skip


@login_required
@require_GET
def slips(request):
    """The receipts of the visit just written: to be printed, or read aloud to each person."""
    try:
        pairs = _slips.unsign(request.COOKIES.get("visit_slips", ""), max_age=SLIP_AGE).split(",")
    except BadSignature:
        return redirect("desk:list", kind="visits")
    codes = dict(pair.split(".", 1) for pair in pairs)
    rows = Voice.objects.visible_to(request.user).filter(pk__in=codes).select_related("case").order_by("pk")
    shown = [(voice, receipts.groups(codes[str(voice.pk)])) for voice in rows]
    return render(request, "desk/visit_slips.html", {"slips": shown, "address": settings.PUBLIC_ADDRESS})
