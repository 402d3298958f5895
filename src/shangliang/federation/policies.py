"""Who may deal with neighbours: the committee's office; the relay acts for nobody."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import Role
from ..shared.refusals import allow

ONLY_OFFICE = _("与毗邻方的往来由政协办公室管理。")
ONLY_CLOCK = _("这一步由系统办理。")


def may_manage(by, committee):
    """The committee's office, or whoever types commands on the machine itself."""
    return allow(by.reference == "system" or by.has(Role.COMMITTEE_OFFICE, committee_id=committee.pk), ONLY_OFFICE)


def _managed(by, record):
    return may_manage(by, record.committee)


may_meet = may_pause = may_resume = may_revoke = may_begin_epoch = may_retry = may_set_aside = _managed


def may_relay(by, record=None):
    """The relay, following the outbox."""
    return allow(by.reference == "system", ONLY_CLOCK)


may_rewind = may_relay
