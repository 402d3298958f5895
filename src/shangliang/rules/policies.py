"""Who may change the calendar and the rule set."""

from django.utils.translation import gettext_lazy as _

from ..people.actors import CLOCK
from ..people.roles import Role
from ..shared.refusals import Verdict, allow

KEEPERS = (Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN)
ONLY_KEEPERS = _("规则和工作日历由政协办公室或系统管理员维护。")


def may_seed_calendar(by, year=None) -> Verdict:
    """The command line, or one of those who keep the calendar."""
    return allow(by == CLOCK or by.has(*KEEPERS), ONLY_KEEPERS)


def may_enter_notice(by, year=None) -> Verdict:
    """The calendar is the country's: the office or system administrator of any committee here."""
    return allow(by.has(*KEEPERS), ONLY_KEEPERS)


def may_seed_rules(by, committee) -> Verdict:
    """The command line, or one of those who keep the committee's rules."""
    return allow(by == CLOCK or by.has(*KEEPERS, committee_id=committee.pk), ONLY_KEEPERS)


def may_set_rule(by, rule) -> Verdict:
    """The office or the system administrator of the committee whose rule it is."""
    return allow(by.has(*KEEPERS, committee_id=rule.committee_id), ONLY_KEEPERS)
