"""Who may deal with the public log: the clock publishes, the office decides who watches whom."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import Role
from ..shared.refusals import allow

_OFFICE = (Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN)


def may_publish(by, record=None):
    """The clock, or whoever types commands on the machine itself."""
    return allow(by.reference == "system", _("公开账本由系统自动发布。"))


may_cosign = may_keep = may_miss = may_publish


def may_watch(by, record=None):
    """The committee's office, the system administrator, or the machine itself."""
    return allow(by.reference == "system" or by.has(*_OFFICE), _("与毗邻方互相见证由政协办公室登记。"))


may_unwatch = may_watch


def may_unlink(by, record=None):
    """The system, when it erases a person, or the committee's office on request."""
    return allow(by.reference == "system" or by.has(Role.COMMITTEE_OFFICE), _("脱钩由政协办公室办理。"))
