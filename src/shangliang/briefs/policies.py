"""Who may write, edit, sign, send up and read briefs."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import NOT_YOURS, Verdict, allow
from ..voices import policies as voice_policies
from ..voices.models import Voice

DRAFTERS = (Role.MEMBER, Role.STUDIO_LEAD, Role.LIAISON, Role.OFFICE_STAFF, Role.COMMITTEE_OFFICE)
EDITORS = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
SIGNERS = (Role.LEADER, Role.COMMITTEE_OFFICE)


def readable(briefs, account):
    """The office all; who wrote or entered one their own; a liaison those handed in that began at the place."""
    if account.has(*OFFICE):
        return briefs
    mine = Q(entered_by=account)
    if account.member_id:
        mine |= Q(author=account.member_id)
    for grant in account.current_grants:
        if grant.role == Role.LIAISON and grant.region_id:
            mine |= Q(case__region__code__startswith=grant.region.code) & ~Q(state="draft")
    return briefs.filter(mine)


def may_begin(by, committee) -> Verdict:
    """Members, leads of studios, liaisons and the committee's offices."""
    return allow(
        by.has(*DRAFTERS, committee_id=committee.pk),
        _("社情民意信息由委员、工作室负责人、联络员或政协机关起草。"),
    )


def may_begin_from(by, voice) -> Verdict:
    """Whoever may begin one; while the voice is still being screened, whoever screens it."""
    if voice.state in Voice.SCREENABLE and not voice_policies.may_turn_to_info(by, voice):
        return voice_policies.may_turn_to_info(by, voice)
    return may_begin(by, voice.committee)


def is_own(by, brief) -> bool:
    """Whether it is the actor's own: as its author, or as who typed it in."""
    account, member = getattr(by, "pk", None), getattr(by, "member_id", None)
    return bool(account and brief.entered_by_id == account) or bool(member and brief.author_id == member)


def may_write(by, brief) -> Verdict:
    """Whose it is, and nobody else: the original belongs to its author."""
    own = is_own(by, brief) and by.has(*DRAFTERS, committee_id=brief.committee_id)
    return allow(own, _("原稿只能由作者本人或代录的人改。"))


may_rewrite = may_submit = may_withdraw = may_write


def may_hear(by, brief) -> Verdict:
    """Whose it is."""
    return allow(is_own(by, brief), NOT_YOURS.why)


def may_edit(by, brief) -> Verdict:
    """The committee's offices."""
    allowed = by.has(*EDITORS, committee_id=brief.committee_id)
    return allow(allowed, _("这一步由政协办公室或委室办理。"))


may_take_edit = may_send_back = may_send = may_send_further = may_adopt = may_note_adoption = may_edit
may_keep = may_instruct = may_follow = may_close = may_edit


def may_sign(by, brief) -> Verdict:
    """A leader of the committee, or the committee's office for one."""
    allowed = by.has(*SIGNERS, committee_id=brief.committee_id)
    return allow(allowed, _("签发由政协领导或政协办公室办理。"))


def may_forget_reporter(by, brief) -> Verdict:
    """The committee's office, at the informant's wish."""
    allowed = by.has(Role.COMMITTEE_OFFICE, committee_id=brief.committee_id)
    return allow(allowed, _("抹去姓名由政协办公室办理。"))


def may_make_issue(by, committee) -> Verdict:
    """The committee's offices."""
    return allow(by.has(*EDITORS, committee_id=committee.pk), _("期刊由政协办公室或委室编印。"))
