"""The desk's list and pages of briefs, what waits for whom, and the issues of the periodical."""

from urllib.parse import quote

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ..briefs import commands, papers, policies, queries
from ..briefs.changes import side_by_side
from ..briefs.forms import BeginForm, IssueForm
from ..briefs.measures import PARTS, characters, most
from ..briefs.models import Brief, BriefSource, Issue
from ..people.doors import for_roles
from ..people.models import Account
from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import Refused
from ..voices.models import Voice
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STATE = Brief.State


def _rows(briefs):
    return briefs.prefetch_related("sources", "dispatches", "instructions", "printings__issue")


def _page(account, brief) -> dict:
    own = policies.is_own(account, brief)
    return {
        **queries.brief_page(account, brief), "own": own, "sides": side_by_side(brief) if brief.is_edited else [],
        "characters": characters(*(getattr(brief, name) for name in PARTS)),
        "edited_characters": characters(*(getattr(brief, f"edited_{name}") for name in PARTS)),
        "most": most(brief.committee_id),
        "reporter": brief.reporter_name if own or account.has(*policies.EDITORS) else "",
    }  # fmt: skip


def _things(briefs, said=None) -> list[Waiting]:
    rows = briefs.select_related("region", "case").order_by("drafted_on", "pk")[:MOST]
    return [
        Waiting(
            "brief", brief.case_no, said(brief) if said else str(brief), str(brief.get_state_display()),
            brief.region.full_name if brief.region_id else "", None, "neutral", f"/desk/briefs/{brief.pk}/",
        )
        for brief in rows
    ]  # fmt: skip


def to_edit(account, days) -> list[Waiting]:
    """Those handed in or taken up whose edited text is not written yet."""
    return _things(Brief.objects.filter(Q(state=_STATE.SUBMITTED) | Q(state=_STATE.EDITING, edited_on=None)))


def to_sign(account, days) -> list[Waiting]:
    """Edited texts that wait for a signature."""
    ready = Brief.objects.filter(state=_STATE.EDITING, edited_on__isnull=False)
    return _things(ready, lambda brief: _now("待签发：%(title)s") % {"title": brief})


def to_carry_on(account, days) -> list[Waiting]:
    """Signed and not sent; written on and not followed up; at their end while somebody waits for a result."""
    waits = BriefSource.objects.filter(brief=OuterRef("pk"), voice__state=Voice.State.INFO)
    at_end = Q(state__in=[_STATE.ADOPTED, _STATE.KEPT]) & Exists(waits)
    states = [_STATE.SIGNED, _STATE.INSTRUCTED, _STATE.FOLLOWED]
    return _things(Brief.objects.filter(Q(state__in=states) | at_end))


def mine(account, days) -> list[Waiting]:
    """The own drafts, those that came back first in words, and the own news not yet heard."""
    own = Brief.objects.filter(_own(account))
    drafts = own.filter(state=_STATE.DRAFT)
    returned = _things(drafts.exclude(returned_why=""), lambda brief: _now("退回修改：%(title)s") % {"title": brief})
    begun = _things(drafts.filter(returned_why=""), lambda brief: _now("没写完：%(title)s") % {"title": brief})
    news = own.filter(unheard=True).exclude(state=_STATE.DRAFT)
    return returned + begun + _things(news, lambda brief: _now("社情民意有回音：%(title)s") % {"title": brief})


def _own(account):
    """Written by me; or typed in by me for somebody who has no account to read it with."""
    has_account = Account.objects.filter(member=OuterRef("author"), is_active=True)
    typed = Q(entered_by=account) & (Q(author=None) | ~Exists(has_account))
    return typed | Q(author=account.member_id) if account.member_id else typed


def to_write(account, days) -> list[Waiting]:
    """Voices turned to information of which nobody has begun to write."""
    rows = Voice.objects.visible_to(account).filter(state=Voice.State.INFO, brief_sources=None)
    rows = rows.select_related("case", "region").order_by("reported_at")[:MOST]
    return [
        Waiting(
            "brief", voice.case.no, _now("还没有写成信息：%(text)s") % {"text": voice.text[:36]},
            str(voice.get_state_display()), voice.region.full_name, None, "neutral",
            f"/desk/cases/{voice.case.no}/#voice-{voice.pk}",
        )
        for voice in rows
    ]  # fmt: skip


def _levels(brief, used=False):
    return "、".join(
        f"{row.get_level_display()}（{row.get_adopted_display() if used else row.recipient}）"
        for row in brief.dispatches.all() if row.adopted or not used
    )  # fmt: skip


KIND = Kind(
    name="brief", plural="briefs", icon="edit", template="desk/brief.html", page=_page, group="counsel",
    listing=Listing(
        Brief, _("社情民意"), "-drafted_on", "region", ("title", "edited_title", "author__name"),
        ("author", "region", "case"), "drafted_on", late=False, shaped=_rows,
    ),
    #: Ledger 13 of domain.md 12.
    columns=[
        Column(_("题目"), str, 44, kind="link"),
        Column(_("类别"), lambda b: str(b.get_category_display())),
        Column(_("作者"), lambda b: b.who, 16),
        Column(_("来源"), lambda b: "、".join(str(source) for source in b.sources.all()), 18, False),
        Column(_("起草日期"), lambda b: b.drafted_on, 14, False, "date"),
        Column(_("提交日期"), lambda b: b.submitted_on, kind="date"),
        Column(_("状态"), lambda b: str(b.get_state_display()), kind="state"),
        Column(_("签发日期"), lambda b: b.signed_on, 14, False, "date"),
        Column(_("报送"), _levels, 34, False),
        Column(_("采用"), lambda b: _levels(b, used=True), 24),
        Column(_("批示"), lambda b: "、".join(row.post for row in b.instructions.all()), 24, False),
        Column(_("期号"), lambda b: "、".join(str(row.issue) for row in b.printings.all()), 16, False),
        Column(_("办理结果"), lambda b: b.result_words, 40, False),
    ],
    related=("author", "entered_by", "region", "case"),
    begin=Begin(_("写社情民意"), BeginForm, commands.begin, policies.may_begin),
    offered={
        "hear": lambda b: b.unheard,
        "sign": lambda b: b.state == _STATE.EDITING and b.is_edited,
        "adopt": lambda b: b.state in Brief.MOVES["adopt"][0] and b.dispatches.filter(adopted="").exists(),
        "note_adoption": lambda b: b.state in Brief.MOVES["note_adoption"][0]
        and b.dispatches.filter(adopted="").exists(),
        "forget_reporter": lambda b: bool(b.reporter),
    },
    main=frozenset({"hear", "submit", "take_edit", "edit", "sign", "send", "adopt", "follow", "close"}),
    grave=frozenset({"send_back", "withdraw", "forget_reporter"}),
    piles=(
        (policies.DRAFTERS, mine), (policies.EDITORS, to_edit), (policies.SIGNERS, to_sign),
        (policies.EDITORS, to_carry_on), (HANDLERS, to_write),
    ),
    seen_by=(*OFFICE, Role.LIAISON, Role.MEMBER, Role.STUDIO_LEAD),
    links=((_("期刊"), "desk:brief_issues"),),
)  # fmt: skip


@for_roles(*OFFICE)
@require_GET
def issues(request):
    """The issues of the periodical, the latest first, each with its briefs."""
    rows = Issue.objects.prefetch_related("items__brief").order_by("-total")[:100]
    may = bool(policies.may_make_issue(request.user, request.committee))
    return render(request, "desk/brief_issues.html", {"issues": rows, "may_make": may})


@for_roles(*policies.EDITORS)
@require_http_methods(["GET", "POST"])
def new_issue(request):
    """Choose signed briefs and make the next issue of them."""
    posted = request.POST if request.method == "POST" else None
    form = IssueForm(posted, record=request.committee, by=request.user)
    status = 200
    if posted is not None and form.is_valid():
        try:
            commands.make_issue(by=request.user, committee=request.committee, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("desk:brief_issues")
    if posted is not None:
        status = 422
    return render(request, "desk/brief_issue.html", {"form": form}, status=status)


@for_roles(*OFFICE)
@require_GET
def issue_paper(request, pk):
    """An issue as docx after GB/T 9704."""
    issue = get_object_or_404(Issue.objects.select_related("committee"), pk=pk)
    response = HttpResponse(papers.issue_paper(issue), content_type=DOCX)
    name = quote(f"社情民意信息{issue}.docx")
    response["Content-Disposition"] = f"attachment; filename=\"issue-{issue.pk}.docx\"; filename*=UTF-8''{name}"
    return response
