"""The desk's list and pages of briefs, and the issues of the periodical."""

from dataclasses import replace
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ..briefs import commands, policies, queries
from ..briefs.forms import DraftForm, IssueForm
from ..briefs.models import Brief, Issue
from ..papers import official
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import OFFICE, Role
from ..shared.refusals import Refused
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 40


def _counted(rows, today):
    return rows.select_related("member", "case").prefetch_related("dispatches")


def _adopted(brief, level) -> str:
    return "、".join(str(d.get_how_display()) for d in brief.dispatches.all() if d.level == level and d.how)


def _waiting(rows, tone="neutral"):
    return [
        Waiting("brief", b.case_no, str(b), str(b.get_state_display()), b.author, None, tone, f"/desk/briefs/{b.pk}/")
        for b in rows.select_related("member", "case")[:MOST]
    ]


def _to_edit(account, days):
    states = [Brief.State.SUBMITTED, Brief.State.EDITING, Brief.State.SIGNED]
    return _waiting(Brief.objects.filter(state__in=states).order_by("submitted_on"))


def _to_sign(account, days):
    return _waiting(Brief.objects.filter(state=Brief.State.EDITING).order_by("submitted_on"))


def _heard_of(account, days):
    """The author's own: what came back, and what came of the others."""
    back = Brief.objects.visible_to(account).filter(state=Brief.State.DRAFT).exclude(back_words="")
    mine = _waiting(queries.unseen(account), "waiting")
    return _waiting(back.order_by("-changed_at"), "waiting") + [
        replace(waiting, title=_now("有回音：%(title)s") % {"title": waiting.title}) for waiting in mine
    ]


KIND = Kind(
    name="brief", plural="briefs", icon="edit", template="desk/brief.html",
    page=lambda account, brief: queries.brief_page(brief),
    listing=Listing(
        Brief, _("社情民意"), "-written_on", "", ("title", "edited_title", "member__name", "informant"), (),
        "written_on", late=False, counted=_counted,
    ),
    columns=[
        Column(_("标题"), str, 44, kind="link"),
        Column(_("作者"), lambda b: b.author),
        Column(_("类别"), lambda b: str(b.get_category_display())),
        Column(_("撰写日期"), lambda b: b.written_on, kind="date"),
        Column(_("提交日期"), lambda b: b.submitted_on, 14, False, "date"),
        Column(_("签发日期"), lambda b: b.signed_on, 14, False, "date"),
        Column(_("报送"), lambda b: "、".join(d.to for d in b.dispatches.all()), 30, False),
        Column(_("区级采用"), lambda b: _adopted(b, "district"), 12, False),
        Column(_("市级采用"), lambda b: _adopted(b, "city"), 12, False),
        Column(_("全国采用"), lambda b: _adopted(b, "nation"), 12, False),
        Column(_("状态"), lambda b: str(b.get_state_display()), kind="state"),
        Column(_("结果"), lambda b: b.result_words, 40, False),
        Column(_("来自"), lambda b: b.case_no, 16, False),
    ],
    related=("member", "case"),
    begin=Begin(_("写社情民意"), DraftForm, commands.draft, policies.may_draft),
    links=((_("期刊"), "desk:brief_issues"),),
    offered={"see": lambda b: b.seen_at is None or b.changed_at > b.seen_at},
    main=frozenset({"submit", "take_edit", "sign", "send", "adopt", "close"}),
    grave=frozenset({"withdraw", "send_back", "keep"}),
    piles=(
        ((Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF), _to_edit), ((Role.LEADER,), _to_sign),
        ((Role.MEMBER, Role.LIAISON, Role.STUDIO_LEAD), _heard_of),
    ),
    seen_by=(*OFFICE, Role.LIAISON, Role.MEMBER, Role.STUDIO_LEAD), group="counsel",
)  # fmt: skip


@for_roles(*OFFICE)
@require_http_methods(["GET", "POST"])
def issues(request):
    """The issues of the periodical, and the form that brings out the next one."""
    may = policies.may_issue(request.user, request.committee)
    form = IssueForm(request.POST or None, record=request.committee, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            issue = commands.make_issue(by=request.user, committee=request.committee, **form.cleaned_data)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, _now("第 %(n)s 期已编好，可以下载。") % {"n": issue.number})
            return redirect("desk:brief_issues")
    rows = Issue.objects.prefetch_related("items__brief")[:100]
    context = {"issues": rows, "form": form if may else None}
    return render(request, "desk/brief_issues.html", context, status=422 if form.errors else 200)


@for_roles(*OFFICE)
@require_GET
def issue_docx(request, pk):
    """One issue as an official paper."""
    issue = get_object_or_404(Issue, pk=pk)
    response = HttpResponse(official.docx(queries.issue_paper(issue)), content_type=DOCX)
    name = quote(f"社情民意信息-{issue}.docx")
    response["Content-Disposition"] = f"attachment; filename=\"brief-{issue}.docx\"; filename*=UTF-8''{name}"
    return response
