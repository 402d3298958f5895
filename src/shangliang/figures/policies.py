"""Who compares figures and who corrects them."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import Role
from ..shared.refusals import allow


def may_recount(by, committee=None):
    """The clock, or whoever types commands on the machine itself."""
    return allow(by.reference == "system", _("数字由系统自动核对。"))


def may_correct(by, committee):
    """The committee's office."""
    allowed = by.has(Role.COMMITTEE_OFFICE, committee_id=committee.pk)
    return allow(allowed, _("更正由政协办公室登记。"))


def may_enter_places(by, committee):
    """The committee's office, which answers for the sources."""
    allowed = by.has(Role.COMMITTEE_OFFICE, committee_id=committee.pk)
    return allow(allowed, _("人口和界线由政协办公室登记。"))
