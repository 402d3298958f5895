"""Who brings past records in."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import Role
from ..shared.refusals import allow

STAFF = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)


def readable(batches, account):
    """The offices: a file may hold names."""
    return batches if account.has(*STAFF) else batches.none()


def may_read(by, committee):
    """The offices, who have the paper."""
    return allow(by.has(*STAFF, committee_id=committee.pk), _("以前的记录由政协办公室或委室补录。"))


def may_map(by, batch):
    """Whoever may read one in."""
    return may_read(by, batch.committee)


may_match = may_take_in = may_prove = may_undo = may_drop = may_forget = may_map
