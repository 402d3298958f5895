"""Who may do what with a report."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import allow

WRITERS = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
READERS = (*OFFICE, Role.REVIEWER, Role.AUDITOR)


def readable(reports, account):
    """The offices, and those who check."""
    return reports if account.has(*READERS) else reports.none()


def may_begin(by, committee):
    """The committee's office and its offices."""
    return allow(by.has(*WRITERS, committee_id=committee.pk), _("工作报告由政协办公室或委室起草。"))


def may_write(by, workreport):
    """Whoever may begin one."""
    return allow(by.has(*WRITERS, committee_id=workreport.committee_id), _("工作报告由政协办公室或委室起草。"))


def may_reword(by, committee):
    """The committee's office keeps the text from which all begin."""
    return allow(by.has(Role.COMMITTEE_OFFICE, committee_id=committee.pk), _("报告模板由政协办公室维护。"))


def may_settle(by, workreport):
    """The committee's office."""
    allowed = by.has(Role.COMMITTEE_OFFICE, committee_id=workreport.committee_id)
    return allow(allowed, _("定稿和作废由政协办公室办理。"))


may_drop = may_settle


def may_publish(by, workreport):
    """A publication reviewer or the committee's office."""
    allowed = by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=workreport.committee_id)
    return allow(allowed, _("公开须由公开审核员或政协办公室审核。"))


may_take_back = may_publish
