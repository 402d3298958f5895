"""Who may open and close the public page of a case, and who may read its file."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import NOT_YOURS, YES, allow


def may_publish(by, case):
    """A publication reviewer or the committee's office."""
    return allow(
        by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=case.committee_id),
        _("公开须由公开审核员或政协办公室审核。"),
    )


may_take_back = may_publish


def may_read(by, case):
    """Handlers within their place, the office, reviewers and the Party approver of the committee."""
    of_committee = (*OFFICE, Role.REVIEWER, Role.PARTY_APPROVER, Role.AUDITOR)
    if by.has(*of_committee, committee_id=case.committee_id):
        return YES
    return allow(
        by.has(*HANDLERS, committee_id=case.committee_id, region=case.region.code), NOT_YOURS.why
    )
