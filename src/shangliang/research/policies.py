"""Who may do what with a research report."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import YES, allow

STAFF = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)


def readable(reports, account):
    """The committee's own desks read all; members their own and those that are final."""
    if account.has(*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.STUDIO_LEAD):
        return reports
    if account.has(Role.MEMBER) and account.member_id:
        draft = [reports.model.State.DRAFT, reports.model.State.REVIEW]
        mine = reports.model.objects.filter(authors__member=account.member_id).values("pk")
        return reports.filter(~Q(state__in=draft) | Q(pk__in=mine))
    return reports.none()


def may_begin(by, committee):
    """Members write reports, and the offices and studios for them."""
    return allow(
        by.has(*STAFF, Role.MEMBER, Role.STUDIO_LEAD, committee_id=committee.pk),
        _("调研报告由委员、委室或工作室负责人起草。"),
    )


def may_write(by, report):
    """Its authors and the committee's offices."""
    if by.has(*STAFF, committee_id=report.committee_id):
        return YES
    return allow(_is_author(by, report), _("报告由作者和委室修改。"))


may_save_version = may_add_authors = may_submit = may_write


def _is_author(by, report) -> bool:
    member = getattr(by, "member_id", None)
    return bool(member) and report.authors.filter(member=member).exists()


def may_review(by, report):
    """The offices and leaders; nobody reviews what they wrote themselves."""
    if _is_author(by, report):
        return allow(False, _("自己写的报告要由别人审稿。"))
    return allow(
        by.has(*STAFF, Role.LEADER, committee_id=report.committee_id), _("审稿由政协办公室、委室或领导办理。")
    )


may_send_back = may_finalise = may_review


def may_deliver(by, report):
    """The committee's offices."""
    return allow(by.has(*STAFF, committee_id=report.committee_id), _("报送和反馈由政协办公室或委室登记。"))


may_receive_feedback = may_deliver
