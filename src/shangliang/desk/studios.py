"""The desk's list and pages of studios: the record, its printed year, the lists it is measured by."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import HANDLERS, Role
from ..rules.queries import rules_of
from ..shared import clock
from ..shared.refusals import Refused
from ..studios import commands, policies, queries
from ..studios.forms import ChecklistForm, EstablishForm, hidden_signs
from ..studios.models import Activity, Checklist, Promise, Studio
from ..voices.models import Voice
from . import slips
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60
SHOWN = 20
LISTING = Listing(
    Studio, _("委员工作室"), "venue__code", "venue__region", ("name", "venue__code", "purpose"),
    ("venue__region", "office"), "opened_on", late=False, counted=queries.for_ledger,
)  # fmt: skip
#: Ledger 10 of domain.md 12: 档案, 活动, 社情民意, 会议, 学习, 日志; numbers are those of the present year.
COLUMNS = [
    Column(_("编号"), lambda s: s.venue.code, kind="link"),
    Column(_("名称"), lambda s: s.name, 30),
    Column(_("类别"), lambda s: str(s.get_kind_display()), 16),
    Column(_("地点"), lambda s: s.venue.region.full_name, 24),
    Column(_("领衔委员"), lambda s: s.lead_name or "—", 12),
    Column(_("委员人数"), lambda s: s.team, 10, False, "number"),
    Column(_("本年活动"), lambda s: s.done, 10, True, "number"),
    Column(_("收集社情民意"), lambda s: s.collecting, 12, False, "number"),
    Column(_("协商建言"), lambda s: s.consulting, 10, False, "number"),
    Column(_("学习"), lambda s: s.learning, 8, False, "number"),
    Column(_("接待（次）"), lambda s: s.received, 10, True, "number"),
    Column(_("日志（条）"), lambda s: s.logged, 10, False, "number"),
    Column(_("联系服务的委室"), lambda s: s.office.name if s.office_id else "", 22, False),
    Column(_("启用日期"), lambda s: s.opened_on, 14, False, "date"),
    Column(_("撤销日期"), lambda s: s.closed_on, 14, False, "date"),
    Column(_("状态"), lambda s: str(s.get_state_display()), kind="state"),
]


def page(account, studio) -> dict:
    """What the record's page needs: hours, standards, the quarter, the registers; a fixed number of queries."""
    today = clock.today()
    first, last = queries.quarter_of(today)
    hours = list(studio.hours.all())
    receptions = list(studio.receptions.select_related("voice__case").order_by("-on", "-pk")[:SHOWN])
    voices = [row.voice_id for row in receptions if row.voice_id]
    readable = Voice.objects.visible_to(account).filter(pk__in=voices).values_list("pk", flat=True)
    return {
        "hours": hours, "duty": queries.next_duty(hours, clock.now(), queries.holidays(today)),
        "seats": studio.open_seats,
        "former": list(studio.seats.exclude(until=None).select_related("member").order_by("-until", "-pk")),
        "check": queries.latest_check(studio),
        "activities": queries.activities_of(studio, first, last), "quarter": (first.month + 2) // 3,
        "least": rules_of(studio.committee_id)["studio.activity_min"],
        "receptions": receptions, "readable": set(readable),
        "log": list(studio.log.order_by("-on", "-pk")[:SHOWN]),
        "promises": list(studio.promises.order_by("-due_on", "-pk")[:SHOWN]),
        "reviews": list(studio.reviews.select_related("level").order_by("-on", "-pk")),
        "years": queries.years_of(studio, today), "year": today.year,
        "may_edit": bool(policies.may_edit_checklists(account, studio.committee)),
        "may_publish": bool(policies.may_publish_activity(account, studio)),
    }  # fmt: skip


def _show_receipt(request, studio, form, result):
    """The receipt code of the voice that a reception raised is shown once, to be handed to who came."""
    reception, code = result
    return slips.to_slip(reception.voice, form.cleaned_data["key"]) if code else None


def _promises_due(account, days):
    rows = Promise.objects.filter(kept_on=None, studio__in=Studio.objects.visible_to(account).values("pk"))
    rows = rows.filter(studio__state=Studio.State.OPEN).select_related("studio__venue__region")
    found = []
    for row in rows.order_by("due_on", "pk")[:MOST]:
        tone = "late" if row.due_on < days.today else "neutral"
        found.append(_thing(row.studio, row.text[:40], _t("承诺未兑现"), row.due_on, tone))
    return found


def _to_publish(account, days):
    since = days.today - dt.timedelta(days=90)
    rows = Activity.objects.filter(published_on=None, on__gte=since).exclude(studio__state=Studio.State.PREPARING)
    rows = rows.select_related("studio__venue__region").order_by("-on", "-pk")[:MOST]
    return [
        _thing(
            row.studio, row.title, _t("待公开"), None, "neutral",
            f"do/studio/{row.studio_id}/publish_activity/?activity={row.pk}",
        )
        for row in rows
    ]


def _thing(studio, title, state, due, tone, path=""):
    href = f"/desk/{path}" if path else f"/desk/studios/{studio.pk}/#promises"
    return Waiting("studio", studio.venue.code, title, state, studio.name, due, tone, href)


def _offered() -> dict:
    """When verbs that need something to act on are offered, besides the state that the table asks for."""

    def having(verb, rows):
        return lambda studio: studio.state in Studio.MOVES[verb][0] and rows(studio).exists()

    return {
        "keep_promise": having("keep_promise", lambda s: s.promises.filter(kept_on=None)),
        "publish_activity": having("publish_activity", lambda s: s.activities.filter(published_on=None)),
        "withdraw_activity": having("withdraw_activity", lambda s: s.activities.exclude(published_on=None)),
        "publish_promise": having("publish_promise", lambda s: s.promises.filter(published_on=None)),
        "withdraw_promise": having("withdraw_promise", lambda s: s.promises.exclude(published_on=None)),
        "publish_sign": having("publish_sign", hidden_signs),
        "unseat": having("unseat", lambda s: s.seats.filter(until=None)),
        "review": lambda s: s.state == Studio.State.OPEN and rules_of(s.committee_id)["studio.review_levels"],
    }


KIND = Kind(
    name="studio", plural="studios", icon="home", listing=LISTING, columns=COLUMNS, template="desk/studio.html",
    page=page, related=("venue__region", "office"),
    begin=Begin(_("登记工作室"), EstablishForm, commands.establish, policies.may_establish),
    offered=_offered(), main=frozenset({"open", "receive_visitor", "add_activity"}),
    grave=frozenset({"close", "unseat", "withdraw_activity", "withdraw_promise"}),
    piles=(((Role.STUDIO_LEAD, Role.MEMBER), _promises_due), ((Role.REVIEWER,), _to_publish)),
    seen_by=(*HANDLERS, Role.LEADER, Role.REVIEWER, Role.STUDIO_LEAD, Role.MEMBER),
    answers={"receive_visitor": _show_receipt},
)  # fmt: skip


@login_required
@require_GET
def year(request, pk, year):
    """What a studio did in a year, for the printer; every number is counted from its records."""
    rows = Studio.objects.visible_to(request.user).select_related("committee", "venue__region", "office")
    studio = get_object_or_404(rows, pk=pk)
    if year not in queries.years_of(studio, clock.today()):
        raise Http404
    context = {"studio": studio, "done": queries.year_of(studio, year), "today": clock.today()}
    return render(request, "desk/studio_year.html", context)


@for_roles(Role.COMMITTEE_OFFICE)
@require_http_methods(["GET", "POST"])
def standards(request):
    """The committee's own lists: write one, change its lines, ask it no more."""
    by, committee, do = request.user, request.committee, request.POST.get("do", "")
    wrong, form, status = None, ChecklistForm(), 200
    if request.method == "POST":
        wrong = request.POST.get("checklist", "")
        form = ChecklistForm(request.POST)
        try:
            done = _change(by, committee, do, wrong, form)
        except Refused as refused:
            done = put_refusal(form, refused) if do != "retire" else messages.error(request, str(refused))
        if done:
            messages.success(request, done)
            return redirect("desk:studio_standards")
        status = 422
    rows = queries.checklists(committee.pk)
    lists = [(row, form if do == "revise" and wrong == str(row.pk) else _filled(row)) for row in rows]
    context = {"lists": lists, "form": form if wrong == "" else ChecklistForm(), "kinds": Checklist.Kind}
    return render(request, "desk/studio_standards.html", context, status=status)


def _filled(row):
    lines = "\n".join(item.text for item in row.lines)
    return ChecklistForm(initial={"name": row.name, "items": lines}, auto_id=f"list{row.pk}_%s")


def _change(by, committee, do, pk, form):
    """Carry out one button of the page; returns what to say, or None for a form to be mended."""
    if do == "seed":
        commands.seed_checklists(by=by, committee=committee)
        return _t("已装入示例标准。")
    if pk and not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise Http404
    found = get_object_or_404(Checklist, pk=pk) if pk else None
    if do == "retire" and found:
        commands.retire_checklist(by=by, checklist=found)
        return _t("已停用。")
    if not form.is_valid():
        return None
    if found:
        commands.revise_checklist(by=by, checklist=found, **form.cleaned_data)
    else:
        commands.add_checklist(by=by, committee=committee, **form.cleaned_data)
    return _t("已保存。")
