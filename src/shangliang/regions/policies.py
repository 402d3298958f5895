"""Who may change the table of divisions. Roles are named by their codes: people stand downstream of places."""

from django.utils.translation import gettext_lazy as _

from ..shared.refusals import Verdict, allow

ONLY_ADMIN = _("行政区划由系统管理员装入。")
ONLY_KEEPERS = _("行政区划由政协办公室或系统管理员维护。")


def may_load(by, region=None) -> Verdict:
    """The command line, or a system administrator."""
    return allow(by.reference == "system" or by.has("system_admin"), ONLY_ADMIN)


def may_add_alias(by, region) -> Verdict:
    """The command line, the committee's office or a system administrator."""
    known = by.has("committee_office", "system_admin")
    return allow(by.reference == "system" or known, ONLY_KEEPERS)


may_close_region = may_add_alias
