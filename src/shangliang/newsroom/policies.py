"""Who may do what with a snapshot."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import allow

STAFF = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, Role.LIAISON)
READERS = (*OFFICE, Role.LIAISON, Role.REVIEWER, Role.AUDITOR, Role.MEMBER)


def readable(snapshots, account):
    """The committee's own people."""
    return snapshots if account.has(*READERS) else snapshots.none()


def may_capture(by, committee):
    """The offices and the liaisons."""
    return allow(by.has(*STAFF, committee_id=committee.pk), _("媒体报道由政协办公室、委室或联络员收录。"))


def may_link(by, snapshot):
    """Whoever may take one."""
    return allow(by.has(*STAFF, committee_id=snapshot.committee_id), _("媒体报道由政协办公室、委室或联络员收录。"))


def may_publish(by, snapshot):
    """A publication reviewer or the committee's office."""
    allowed = by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=snapshot.committee_id)
    return allow(allowed, _("公开须由公开审核员或政协办公室审核。"))


may_take_down = may_restore = may_publish
