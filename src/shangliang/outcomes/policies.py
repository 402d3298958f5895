"""Who may rate."""

from django.utils.translation import gettext_lazy as _

from ..consultations import policies as consultation_policies
from ..proposals import policies as proposal_policies
from ..shared.refusals import YES, allow
from ..voices import policies as voice_policies


def may_rate(by, voice):
    """The holder of the receipt; a handler only for what was said in a call-back."""
    return voice_policies.may_confirm(by, voice)


def may_rate_attended(by, attendance):
    """The member who attended, or who ran the consultation for what was said in a call-back."""
    if by.is_authenticated and by.member_id and by.member_id == attendance.member_id:
        return YES
    return allow(
        consultation_policies.may_handle(by, attendance.consultation),
        _("只有参加过协商的人可以评价。"),
    )


def may_evaluate_proposal(by, proposal):
    """Who made the proposal; the office for what was said by telephone or on paper."""
    return proposal_policies.may_evaluate(by, proposal)


def may_bring_in_proposal(by, committee):
    """The system, reading a list that the office hands to it."""
    return proposal_policies.may_bring_in(by, committee)
