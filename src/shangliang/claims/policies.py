"""Who puts claims on record."""

from django.utils.translation import gettext_lazy as _

from ..newsroom.policies import READERS
from ..people.roles import Role
from ..shared.refusals import allow


def readable(claims, account):
    """The committee's own people."""
    return claims if account.has(*READERS) else claims.none()


def may_enter(by, committee):
    """The offices."""
    allowed = by.has(Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, committee_id=committee.pk)
    return allow(allowed, _("报道的说法由政协办公室或委室登记。"))


def may_withdraw(by, claim):
    """The offices."""
    return may_enter(by, claim.committee)


may_read_off = may_enter
