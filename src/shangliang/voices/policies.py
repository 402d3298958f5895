"""Who may do what with a voice."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS, OFFICE, Role
from ..rules.queries import rule
from ..shared.refusals import NOT_YOURS, YES, allow, no


def readable(voices, account):
    """The voices of the queryset that the account may read; what is not in here does not exist for it."""
    if account.has(*OFFICE, Role.REVIEWER):
        return voices
    mine = Q(entered_by=account)
    for grant in account.current_grants:
        if grant.role == Role.LIAISON and grant.region_id:
            mine |= Q(region__code__startswith=grant.region.code)
    return voices.filter(mine)


def may_handle(by, voice):
    """The liaison of the place, or the committee's office."""
    allowed = by.has(*HANDLERS, committee_id=voice.committee_id, region=voice.region.code)
    return allow(allowed, _("只有本镇街联络员或政协办公室可以办理这条民声。"))


may_answer = may_refer = may_hand_to_topic = may_turn_to_info = may_ask_info = may_handle
may_guide = may_not_accept = may_give_result = may_close = may_handle


def may_receive(by):
    """Anybody may raise a matter."""
    return YES


def may_enter_for(by):
    """Staff and members may type a matter in for somebody."""
    return allow(
        by.has(*HANDLERS, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD),
        _("代群众反映须由干部、委员或小院管家登录后填写。"),
    )


def may_begin_screening(by, voice):
    """The clock of the system does it on receipt."""
    return allow(by.reference == "system" or may_handle(by, voice), NOT_YOURS.why)


def may_return_from_topic(by, voice):
    """The system, following a topic that was declined or withdrawn; or who handles the voice."""
    return may_begin_screening(by, voice)


def may_merge(by, voice):
    """As handling."""
    return may_handle(by, voice)


def may_supplement(by, voice):
    """The holder of the receipt, or staff who were told by telephone."""
    if by.reference == f"receipt:{voice.pk}":
        return YES
    return may_handle(by, voice)


def may_confirm(by, voice):
    """The holder of the receipt, or a handler who called back (the note says so)."""
    return may_supplement(by, voice)


def may_close_unrated(by, voice):
    """Only the clock, when the days for an answer are over."""
    return allow(by.reference == "system", _("未评价只能到期后由系统办结。"))


def may_work_again(by, voice):
    """Only the system, following the rating."""
    return allow(by.reference == "system", NOT_YOURS.why)


def may_reopen(by, voice):
    """So often by right as the rule says (once); after that only by the committee's office after a joint review."""
    by_right = not voice.reopened or voice.reopened < rule(voice.committee_id, "voice.reopen")
    if not by_right and not by.has(Role.COMMITTEE_OFFICE, committee_id=voice.committee_id):
        return no(_("已经再办理过一次。若仍不满意，请联系政协办公室会商。"))
    return may_supplement(by, voice)


def may_reveal_contact(by, voice):
    """The handling chain only; every reading is entered."""
    if voice.erased_on:
        return no(_("联系方式已按要求删除。"))
    return may_handle(by, voice)


def may_expire_contact(by, voice):
    """Only the clock."""
    return allow(by.reference == "system", NOT_YOURS.why)


def may_erase_person(by, voice):
    """The holder of the receipt may ask it; the committee's office carries it out."""
    if by.reference == f"receipt:{voice.pk}":
        return YES
    return allow(
        by.has(Role.COMMITTEE_OFFICE, committee_id=voice.committee_id),
        _("删除个人信息由本人或政协办公室办理。"),
    )
