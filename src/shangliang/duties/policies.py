"""Who reads a duty file, appeals on a line, and keeps schemes."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..rules.queries import rule
from ..shared.refusals import YES, Verdict, allow, no

DECIDERS = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)


def readable(appeals, account):
    """The office all; a member the own ones."""
    if account.has(*OFFICE):
        return appeals
    mine = Q(raised_by=account) | (Q(member=account.member_id) if account.member_id else Q(pk=None))
    return appeals.filter(mine)


def may_read_file(by, member) -> Verdict:
    """The member, and the office; nobody reads another's."""
    if by.member_id and by.member_id == member.pk:
        return YES
    return allow(by.has(*OFFICE, committee_id=member.committee_id), _("履职档案只给本人和政协办公室看。"))


def may_appeal(by, member=None) -> Verdict:
    """The member alone; the office does not appeal for anybody."""
    own = bool(getattr(by, "member_id", None)) and (member is None or by.member_id == member.pk)
    return allow(own, _("对履职档案的意见由委员本人提出。"))


def may_uphold(by, appeal) -> Verdict:
    """The office, but never about the own file."""
    if getattr(by, "member_id", None) == appeal.member_id:
        return no(_("自己的意见请另一位同事来答复。"))
    return allow(by.has(*DECIDERS, committee_id=appeal.committee_id), _("意见由政协办公室或委室答复。"))


may_deny = may_uphold


def may_withdraw(by, appeal) -> Verdict:
    """Who raised it."""
    return allow(getattr(by, "member_id", None) == appeal.member_id, _("由提出意见的委员本人撤回。"))


def may_keep_schemes(by, committee) -> Verdict:
    """The committee's office."""
    return allow(by.has(Role.COMMITTEE_OFFICE, committee_id=committee.pk), _("计分规则由政协办公室拟定。"))


def may_set_rule(by, scheme) -> Verdict:
    """The committee's office."""
    return may_keep_schemes(by, scheme.committee)


may_retire = may_set_rule


def may_use(by, scheme) -> Verdict:
    """The committee's office, and only where the committee has switched scoring on in its rules."""
    if not rule(scheme.committee_id, "duty.scoring"):
        return no(_("计分没有开启。按规定不得把平台变成考核工具，默认只能试算。要开启，先在“规则与日历”里改。"))
    return may_set_rule(by, scheme)
