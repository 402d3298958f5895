"""The desk's list and pages of briefs, and the issues of the periodical."""

from urllib.parse import quote

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ..briefs import commands, policies, queries
from ..briefs.changes import side_by_side
from ..briefs.forms import DraftForm, IssueForm
from ..briefs.measures import PARTS, count
from ..briefs.models import Brief, BriefSource, Issue
from ..papers import official
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import HANDLERS, OFFICE, Role
from ..rules.queries import rule
from ..shared.refusals import Refused
from ..voices.models import Voice
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 40
#: While a brief is here nothing happened that its author did not do.
UNHEARD = queries.BEFORE


def _page(account, brief) -> dict:
    return {
        **queries.brief_page(account, brief), "own": policies.is_author(account, brief),
        "sides": side_by_side(brief) if brief.edited_situation else [],
        "written": count(*brief.parts), "edited": count(*(getattr(brief, f"edited_{name}") for name in PARTS)),
        "most": rule(brief.committee_id, "info.max_chars"),
    }  # fmt: skip


def _counted(rows, today):
    return rows.select_related("member", "case", "region").prefetch_related(
        "dispatches", "instructions", "sources", "printed__issue"
    )


def _adopted(brief, level) -> str:
    return "、".join(str(d.get_how_display()) for d in brief.dispatches.all() if d.level == level and d.how)


def _offered(brief, verb) -> bool:
    return brief.state in Brief.MOVES[verb][0]


def _waiting(rows, tone="neutral", words="%(title)s"):
    return [
        Waiting(
            "brief", b.case_no, words % {"title": b}, str(b.get_state_display()),
            b.region.full_name if b.region_id else "", None, tone, f"/desk/briefs/{b.pk}/",
        )
        for b in rows.select_related("case", "region")[:MOST]
    ]  # fmt: skip


def to_edit(account, days):
    """Those handed in, and those taken up."""
    states = [Brief.State.SUBMITTED, Brief.State.EDITING]
    return _waiting(Brief.objects.filter(state__in=states).order_by("submitted_on", "pk"))


def to_sign(account, days):
    """Those that wait for a leader's signature."""
    rows = Brief.objects.filter(state=Brief.State.EDITING).order_by("submitted_on", "pk")
    return _waiting(rows, words=_now("待签发：%(title)s"))


def to_carry_on(account, days):
    """Signed and not sent; written on and not followed; at their end while somebody waits for a result."""
    states = [Brief.State.SIGNED, Brief.State.INSTRUCTED, Brief.State.FOLLOWED]
    waits = BriefSource.objects.filter(brief=OuterRef("pk"), voice__state=Voice.State.INFO)
    at_end = Q(state__in=[Brief.State.ADOPTED, Brief.State.KEPT]) & Exists(waits)
    return _waiting(Brief.objects.filter(Q(state__in=states) | at_end).order_by("submitted_on", "pk"))


def to_write(account, days):
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


def mine(account, days):
    """The author's own: what came back, what is not handed in yet, and what came of the others."""
    drafts = queries.own(account).filter(state=Brief.State.DRAFT).order_by("-changed_at")
    back = _waiting(drafts.exclude(back_words=""), "waiting", _now("退回修改：%(title)s"))
    begun = _waiting(drafts.filter(back_words=""), words=_now("没有提交：%(title)s"))
    return back + begun + _waiting(queries.unseen(account), "waiting", _now("社情民意有回音：%(title)s"))


KIND = Kind(
    name="brief", plural="briefs", icon="edit", template="desk/brief.html",
    page=_page,
    listing=Listing(
        Brief, _("社情民意"), "-written_on", "region", ("title", "edited_title", "member__name"), (),
        "written_on", late=False, counted=_counted,
    ),
    #: Ledger 13 of domain.md 12.
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
        Column(_("批示"), lambda b: "、".join(i.post for i in b.instructions.all()), 24, False),
        Column(_("期号"), lambda b: "、".join(str(item.issue) for item in b.printed.all()), 16, False),
        Column(_("来源"), lambda b: "、".join(s.kind_words for s in b.sources.all()) or str(_("自选")), 16, False),
        Column(_("案卷"), lambda b: b.case_no, 16, False),
    ],
    related=("member", "case", "region", "entered_by"),
    begin=Begin(_("写社情民意"), DraftForm, commands.draft, policies.may_draft),
    links=((_("期刊"), "desk:brief_issues", OFFICE),),
    offered={
        "see": lambda b: b.state not in UNHEARD and (b.seen_at is None or b.changed_at > b.seen_at),
        "adopt": lambda b: _offered(b, "adopt") and b.dispatches.filter(how="").exists(),
        "note_adoption": lambda b: _offered(b, "note_adoption") and b.dispatches.filter(how="").exists(),
        "forget_informant": lambda b: bool(b.informant),
    },
    main=frozenset({"see", "submit", "take_edit", "sign", "send", "adopt", "follow", "close"}),
    grave=frozenset({"withdraw", "send_back", "keep", "forget_informant"}),
    piles=(
        (policies.EDITORS, to_edit), ((Role.LEADER,), to_sign), (policies.EDITORS, to_carry_on),
        (HANDLERS, to_write), (policies.WRITERS, mine),
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
    issue = get_object_or_404(Issue.objects.select_related("committee"), pk=pk)
    response = HttpResponse(official.docx(queries.issue_paper(issue)), content_type=DOCX)
    name = quote(f"社情民意信息-{issue}.docx")
    response["Content-Disposition"] = f"attachment; filename=\"brief-{issue}.docx\"; filename*=UTF-8''{name}"
    return response
