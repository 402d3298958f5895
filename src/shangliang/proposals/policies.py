"""Who may do what with a proposal: members their own, the office of proposals everything that decides on it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import NOT_YOURS, YES, allow

#: 提案委员会 and the committee's office.
DESK = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)


def readable(proposals, account):
    """What the account may read: the office all but drafts of others, members what they sign, units their work."""
    from .models import Proposal

    mine, joined = Q(pk=None), False
    if account.is_authenticated:
        mine |= Q(drafted_by=account)
    if account.has(*OFFICE, Role.REVIEWER, Role.PARTY_APPROVER):
        mine |= ~Q(state=Proposal.State.DRAFT) | Q(by_office=True)
    for grant in getattr(account, "current_grants", ()):
        if grant.role == Role.MEMBER and account.member_id:
            mine |= Q(proposer=account.member_id) | Q(signers__member=account.member_id)
            joined = True
        if grant.role == Role.UNIT_CLERK:
            # A task stands further down the thread, yet its unit has to read what it works on.
            mine |= Q(tasks__unit=grant.unit_id) | Q(tasks__helpers__unit=grant.unit_id)
            joined = True
    found = proposals.filter(mine)
    return found.distinct() if joined else found


def may_draft(by, committee):
    """A member for themselves, or the office for a member."""
    if by.has(Role.MEMBER, committee_id=committee.pk) and by.member_id:
        return YES
    return allow(by.has(*DESK, committee_id=committee.pk), _("提案由委员提出，或由政协办公室、委室代为录入。"))


def is_for_member(by) -> bool:
    """Whether this account writes its own proposals; everybody else types in for somebody."""
    return bool(by.has(Role.MEMBER) and by.member_id)


def may_edit(by, proposal):
    """Its first proposer or who drafted it; the office where it typed it in for a member."""
    if _is_own(by, proposal):
        return YES
    desk = proposal.by_office and by.has(*DESK, committee_id=proposal.committee_id)
    return allow(desk, _("这一步由第一提案人办理。"))


may_submit = may_withdraw = may_invite_signers = may_edit


def _is_own(by, proposal) -> bool:
    if not by.is_authenticated or not by.has(Role.MEMBER, *DESK, committee_id=proposal.committee_id):
        return False
    return by.pk == proposal.drafted_by_id or bool(by.member_id and by.member_id == proposal.proposer_id)


def _signer(by, proposal):
    """The row of this member under the proposal, or None."""
    if not by.is_authenticated or not by.member_id or not by.has(Role.MEMBER, committee_id=proposal.committee_id):
        return None
    return next((each for each in proposal.signers.all() if each.member_id == by.member_id), None)


def may_sign(by, proposal):
    """Only the invited member, in person."""
    signer = _signer(by, proposal)
    return allow(signer is not None and signer.is_open, _("只有被邀请联名的委员本人可以签名。"))


may_decline_signing = may_sign


def may_hear(by, proposal):
    """A signer who has something to hear."""
    signer = _signer(by, proposal)
    return allow(signer is not None and bool(signer.news) and signer.heard_on is None, NOT_YOURS.why)


def may_review(by, proposal):
    """The office of proposals."""
    return allow(by.has(*DESK, committee_id=proposal.committee_id), _("这一步由政协办公室或提案委员会办理。"))


may_take_review = may_send_back = may_file = may_decline = may_merge = may_convert = may_review


def may_distribute(by, proposal):
    """The office of proposals; the system for what an older list says was given out."""
    return YES if by.reference == "system" else may_review(by, proposal)


def may_evaluate(by, proposal):
    """Who made it; or the office, for what was said by telephone or on paper."""
    if _is_own(by, proposal):
        return YES
    return allow(by.has(*DESK, committee_id=proposal.committee_id), _("办理结果由第一提案人评价。"))


def may_follow(by, proposal):
    """The system, following the tasks and the evaluation."""
    return allow(by.reference == "system", NOT_YOURS.why)


may_replied = may_redo = may_close = may_remind = may_follow


def may_bring_in(by, committee):
    """The system, reading a list that the office hands to it; or the office itself."""
    return YES if by.reference == "system" else allow(by.has(*DESK, committee_id=committee.pk), NOT_YOURS.why)
