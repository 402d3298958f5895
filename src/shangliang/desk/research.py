"""The desk's list and pages of research reports, and their papers."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ..conversions.models import Conversion
from ..conversions.policies import may_identify
from ..people.roles import OFFICE, Role
from ..research import commands, papers, policies
from ..research.forms import BeginForm
from ..research.models import Report
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60
_STATE = Report.State
#: How a version can be taken home: ending → (maker, media type).
FORMS = {
    "docx": (papers.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (papers.pdf, "application/pdf"),
}


@login_required
@require_GET
def paper(request, pk, number, ending):
    """One version of a report as a Word file or a PDF."""
    if ending not in FORMS:
        raise Http404
    reports = Report.objects.visible_to(request.user).select_related("committee")
    report = get_object_or_404(reports, pk=pk)
    version = get_object_or_404(report.versions, number=number)
    make, media_type = FORMS[ending]
    name = f"report-{report.pk}-v{version.number}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make(report, version), content_type=media_type, headers=headers)


def page(account, report) -> dict:
    """The authors, the latest version with its numbered sentences, the older ones, the reviews and the feedback."""
    versions = list(report.versions.order_by("-number"))
    return {
        "authors": report.authors.select_related("member"),
        "versions": versions,
        "latest": versions[0] if versions else None,
        "blocks": papers.numbered(versions[0].text) if versions else [],
        "reviews": report.reviews.select_related("version"),
        "feedbacks": report.feedbacks.all(),
        "conversions": Conversion.objects.visible_to(account).filter(report=report).order_by("pk"),
        "may_convert": bool(may_identify(account, report.committee)) and report.state not in Report.UNFINISHED,
    }


def _pile(reports):
    return [
        Waiting(
            "report", "", report.title, str(report.get_state_display()), "", None, "neutral",
            f"/desk/research/{report.pk}/",
        )
        for report in reports[:MOST]
    ]  # fmt: skip


def to_review(account, days) -> list[Waiting]:
    """Those under review that somebody else wrote."""
    rows = Report.objects.filter(state=_STATE.REVIEW)
    if account.member_id:
        rows = rows.exclude(authors__member=account.member_id)
    return _pile(rows.order_by("begun_on"))


def to_deliver(account, days) -> list[Waiting]:
    """Final ones that nobody has sent yet."""
    return _pile(Report.objects.filter(state=_STATE.FINAL).order_by("begun_on"))


def to_write(account, days) -> list[Waiting]:
    """One's own drafts."""
    if not account.member_id:
        return []
    return _pile(Report.objects.filter(state=_STATE.DRAFT, authors__member=account.member_id).order_by("begun_on"))


KIND = Kind(
    name="report", plural="research", icon="dossier", template="desk/report.html", page=page, group="counsel",
    listing=Listing(
        Report, _("调研报告"), "-begun_on", "", ("title", "salon__theme"), ("salon", "studio"), "begun_on", late=False
    ),
    columns=[
        Column(_("报告"), lambda r: r.title, 44, kind="link"),
        Column(_("出自"), lambda r: r.origin or None, 34),
        Column(_("开始"), lambda r: r.begun_on, kind="date"),
        Column(_("定稿"), lambda r: r.finalised_on, kind="date"),
        Column(_("报送"), lambda r: r.delivered_to or None, 24),
        Column(_("报送日期"), lambda r: r.delivered_on, 14, False, "date"),
        Column(_("状态"), lambda r: str(r.get_state_display()), kind="state"),
    ],
    related=("salon", "studio"),
    begin=Begin(_("写一份调研报告"), BeginForm, commands.begin, policies.may_begin),
    offered={
        "submit": lambda r: r.state == _STATE.DRAFT and r.versions.exists(),
    },
    main=frozenset({"save_version", "submit", "review", "finalise", "deliver"}),
    grave=frozenset({"send_back"}),
    piles=(
        ((Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, Role.LEADER), to_review),
        ((Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF), to_deliver),
        ((Role.MEMBER,), to_write),
    ),
    seen_by=(*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.STUDIO_LEAD, Role.MEMBER),
)  # fmt: skip
