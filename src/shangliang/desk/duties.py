"""Duty files at the desk: one member's year with its proofs, the office's report, appeals and schemes on trial."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from ..duties import commands, policies, queries
from ..duties.forms import AppealForm, SchemeForm
from ..duties.lines import KINDS as LINE_KINDS
from ..duties.models import Appeal, Scheme
from ..ledgers.commands import export_list
from ..people.doors import for_roles
from ..people.models import Member
from ..people.roles import OFFICE, Role
from ..shared import clock
from ..shared.sheets import clean
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column, workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_YEAR = 2015
MOST = 60
#: Ledger 15: one line each, and for the whole committee one row for each member and kind, by name.
OF_ONE = [
    Column(_("日期"), lambda line: line.on, 14, kind="date"),
    Column(_("类别"), lambda line: str(LINE_KINDS[line.kind].title), 18),
    Column(_("内容"), lambda line: line.words, 60),
    Column(_("凭据"), lambda line: line.href, 40),
]
OF_ALL = [
    Column(_("姓名"), lambda row: row[0].name, 14),
    Column(_("界别"), lambda row: row[0].sector, 18),
    Column(_("类别"), lambda row: str(row[1]), 18),
    Column(_("次数"), lambda row: row[2], 8, kind="number"),
]


@for_roles(Role.MEMBER, *OFFICE)
@require_GET
def files(request):
    """A member is led to the own file; the office finds a member by name. The list says nothing but who there is."""
    account = request.user
    if not account.has(*OFFICE):
        if not account.member_id:
            raise Http404
        return redirect("desk:duty_file", member=account.member_id, year=clock.today().year)
    words = clean(request.GET.get("q"))
    rows = Member.objects.order_by("name", "pk")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(sector__icontains=words))
    context = {"members": rows[:MOST], "total": rows.count(), "words": words, "year": clock.today().year}
    return render(request, "desk/duties.html", context)


@for_roles(Role.MEMBER, *OFFICE)
@require_GET
def duty_file(request, member, year):
    """One member's year, as a page or (``format=xlsx``) as a sheet."""
    found = get_object_or_404(Member.objects, pk=member)
    if not policies.may_read_file(request.user, found) or not FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    file = queries.duty_file(found, year)
    if request.GET.get("format") == "xlsx":
        return _sheet(request, _("履职档案"), OF_ONE, file.counting, f"duty-{found.pk}-{year}")
    years = range(max(found.term_from.year, FIRST_YEAR), clock.today().year + 1)
    own = request.user.member_id == found.pk
    context = {"file": file, "member": found, "year": year, "years": list(years), "own": own}
    return render(request, "desk/duty_file.html", context)


@for_roles(*OFFICE)
@require_POST
def report(request, year):
    """The whole committee's year as a sheet, by name: plain facts for the report that others ask for."""
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    whole = queries.files_of(year)
    rows = []
    for member in Member.objects.order_by("name", "pk"):
        for name, kind in LINE_KINDS.items():
            times = sum(line.kind == name for line in whole.get(member.pk, []))
            if times:
                rows.append((member, kind.title, times))
    return _sheet(request, _("履职情况"), OF_ALL, rows, f"duties-{year}")


def _sheet(request, title, columns, rows, name):
    """The rows as a sheet, entered in the register of exports (ledger 17)."""
    export_list(by=request.user, committee=request.committee, title=title, rows=len(rows), narrowed=columns is OF_ONE)
    response = HttpResponse(workbook(str(title), columns, rows), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@for_roles(Role.COMMITTEE_OFFICE)
@require_GET
def trial(request, pk):
    """A scheme tried on one member of the office's choice: line by line, capped, explained, not stored."""
    scheme = get_object_or_404(Scheme.objects.prefetch_related("rules"), pk=pk)
    asked = request.GET.get("member", "")
    member = Member.objects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdecimal() else None
    lines = queries.duty_file(member, scheme.year).counting if member else []
    rows = queries.trial(scheme, lines) if member else []
    context = {
        "scheme": scheme, "member": member, "rows": rows, "whole": sum(row.given for row in rows),
        "members": Member.objects.order_by("name", "pk"),
    }
    return render(request, "desk/trial.html", context)


def _to_decide(account, days):
    rows = Appeal.objects.filter(state=Appeal.State.RAISED).select_related("member").order_by("raised_on")[:MOST]
    return [
        Waiting(
            "appeal", "", _now("%(who)s：%(words)s") % {"who": row.member.name, "words": row.words[:36]},
            str(row.get_state_display()), str(row.year), None, "waiting", f"/desk/appeals/{row.pk}/",
        )
        for row in rows
    ]


APPEALS = Kind(
    name="appeal", plural="appeals", icon="edit", template="desk/appeal.html", page=lambda account, appeal: {},
    listing=Listing(
        Appeal, _("履职档案意见"), "-raised_on", "", ("words", "member__name"), ("member",), "raised_on", late=False
    ),
    columns=[
        Column(_("意见"), str, 44, kind="link"), Column(_("委员"), lambda a: a.member.name),
        Column(_("哪一年"), lambda a: a.year, 8, kind="number"),
        Column(_("提出日期"), lambda a: a.raised_on, kind="date"),
        Column(_("状态"), lambda a: str(a.get_state_display()), kind="state"),
        Column(_("答复"), lambda a: a.decision, 40, False),
    ],
    related=("member",),
    begin=Begin(_("对档案提意见"), AppealForm, commands.appeal, lambda by, _committee: policies.may_appeal(by)),
    main=frozenset({"uphold"}), grave=frozenset({"withdraw"}),
    piles=(((Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF), _to_decide),),
)  # fmt: skip
SCHEMES = Kind(
    name="scheme", plural="schemes", icon="settings", template="desk/scheme.html",
    page=lambda account, scheme: {"rules": [(LINE_KINDS[rule.kind].title, rule) for rule in scheme.rules.all()]},
    listing=Listing(Scheme, _("计分规则（试算）"), "-year", "", ("name",), (), "year", late=False),
    columns=[
        Column(_("名称"), str, 40, kind="link"), Column(_("哪一年"), lambda s: s.year, 8, kind="number"),
        Column(_("状态"), lambda s: str(s.get_state_display()), kind="state"),
    ],
    begin=Begin(_("拟一套计分规则"), SchemeForm, commands.draft_scheme, policies.may_keep_schemes),
    main=frozenset({"set_rule"}), grave=frozenset({"use", "retire"}),
)  # fmt: skip
