"""The desk's list and pages of work reports, their files, and the text from which they begin."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import Role
from ..reports import commands, papers, policies
from ..reports.filling import Period
from ..reports.forms import BeginForm, WordingForm
from ..reports.models import WorkReport
from ..reports.queries import content_of, preview, standings, wording_of
from ..reports.wording import check, marks
from ..shared import clock
from ..shared.refusals import Refused
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60


@login_required
@require_GET
def file(request, pk, ending):
    """A report as Word or PDF, also while it is a draft."""
    if ending not in papers.FORMS:
        raise Http404
    rows = WorkReport.objects.visible_to(request.user).select_related("committee")
    found = get_object_or_404(rows, pk=pk)
    make, media_type = papers.FORMS[ending]
    headers = {"Content-Disposition": f'attachment; filename="{papers.name_of(found, ending)}"'}
    return HttpResponse(make(found), content_type=media_type, headers=headers)


@for_roles(Role.COMMITTEE_OFFICE)
@require_http_methods(["GET", "POST"])
def wording(request):
    """The text from which reports begin: its marks, the text filled with last year's numbers, and keeping another."""
    committee, shown = request.committee, wording_of(request.committee)
    form, status, filled = WordingForm(request.POST or None, initial={"text": shown}), 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                shown = form.cleaned_data["text"]
                if request.POST.get("do") == "save":
                    commands.reword(by=request.user, committee=committee, text=shown)
                    messages.success(request, _now("模板已保存，以后新写的报告从它开始。"))
                    return redirect("desk:report_wording")
                check(shown, "text")
                filled, status = preview(shown, committee, Period(clock.today().year - 1)), 200
            except Refused as refused:
                put_refusal(form, refused)
    context = {
        "form": form, "marks": marks(), "content": filled, "standings": standings(filled) if filled else [],
    }  # fmt: skip
    return render(request, "desk/report_wording.html", context, status=status)


def page(account, workreport) -> dict:
    """The text with its numbers, as settled or as of now, and each beside what is counted now."""
    content = content_of(workreport)
    may_reword = bool(policies.may_reword(account, workreport.committee))
    return {"content": content, "standings": standings(content), "may_reword": may_reword}


def _pile(rows):
    return [
        Waiting(
            "workreport", "", str(row), str(row.get_state_display()), "", None, "neutral", f"/desk/reports/{row.pk}/"
        )
        for row in rows.defer("draft", "settled").order_by("pk")[:MOST]
    ]  # fmt: skip


def to_write(account, days) -> list[Waiting]:
    """Drafts."""
    return _pile(WorkReport.objects.filter(state=WorkReport.State.DRAFT))


def to_publish(account, days) -> list[Waiting]:
    """Settled ones that a reviewer has not decided about."""
    return _pile(WorkReport.objects.filter(state=WorkReport.State.SETTLED, published_on=None))


KIND = Kind(
    name="workreport", plural="reports", icon="figures", template="desk/work_report.html", page=page, group="keeping",
    listing=Listing(WorkReport, _("工作报告"), "-begun_on", "", ("draft",), (), "begun_on", late=False),
    columns=[
        Column(_("报告"), lambda r: str(r), 40, kind="link"),
        Column(_("开始"), lambda r: r.begun_on, kind="date"),
        Column(_("定稿时间"), lambda r: r.settled_at, 18, kind="date"),
        Column(_("公开日期"), lambda r: r.published_on, kind="date"),
        Column(_("摘要值"), lambda r: r.digest or None, 30, False),
        Column(_("状态"), lambda r: str(r.get_state_display()), kind="state"),
    ],
    begin=Begin(_("写一份工作报告"), BeginForm, commands.begin, policies.may_begin),
    main=frozenset({"write", "settle", "publish"}), grave=frozenset({"take_back", "drop"}),
    piles=(((Role.COMMITTEE_OFFICE,), to_write), ((Role.REVIEWER,), to_publish)), seen_by=policies.READERS,
    links=((_("报告模板"), "desk:report_wording", (Role.COMMITTEE_OFFICE,)),),
)  # fmt: skip
