"""Who drafts, edits, signs and reads briefs."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.models import Account
from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import Verdict, allow
from ..voices.models import Voice
from ..voices.policies import may_turn_to_info

WRITERS = (*HANDLERS, Role.MEMBER, Role.STUDIO_LEAD)
EDITORS = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
#: Who may write one down in another's name.
FOR_OTHERS = (*HANDLERS, Role.STUDIO_LEAD)
SIGNERS = (Role.COMMITTEE_OFFICE, Role.LEADER)


def readable(briefs, account):
    """The office all; a liaison those handed in from the own place; everybody else what they wrote or entered."""
    if account.has(*OFFICE):
        return briefs
    mine = Q(entered_by=account)
    if account.member_id:
        mine |= Q(member=account.member_id)
    for grant in account.current_grants:
        if grant.role == Role.LIAISON and grant.region_id:
            mine |= Q(case__region__code__startswith=grant.region.code) & ~Q(state="draft")
    return briefs.filter(mine)


def may_draft(by, committee) -> Verdict:
    """Members, studio leads, liaisons and the office."""
    known = by.has(*WRITERS, committee_id=committee.pk)
    return allow(known, _("社情民意信息由委员、联络员或政协办公室起草。"))


def may_draft_from(by, voice) -> Verdict:
    """Whoever may draft; while the voice is still being screened, whoever screens it."""
    screens = may_turn_to_info(by, voice) if voice.state in Voice.SCREENABLE else True
    return may_draft(by, voice.committee) if screens else screens


def is_author(by, brief) -> bool:
    """Whoever wrote it or typed it in."""
    if not hasattr(by, "member_id"):
        return False
    return brief.entered_by_id == by.pk or bool(by.member_id and by.member_id == brief.member_id)


def may_rewrite(by, brief) -> Verdict:
    """The author alone: the office words its own text beside the original."""
    own = is_author(by, brief) and by.has(*WRITERS, committee_id=brief.committee_id)
    return allow(own, _("原稿只能由作者本人或代录的人修改。"))


def may_submit(by, brief) -> Verdict:
    """The author, or the office for the author."""
    edits = by.has(*EDITORS, committee_id=brief.committee_id)
    return allow(edits or is_author(by, brief), _("由作者本人或政协办公室提交。"))


may_withdraw = may_submit


def may_see(by, brief) -> Verdict:
    """The author; for one who has no account to read it with, whoever typed it in."""
    own = is_author(by, brief)
    if own and brief.member_id and brief.member_id != by.member_id:
        own = not Account.objects.filter(member=brief.member_id, is_active=True).exists()
    return allow(own, _("只有作者自己能点“知道了”。"))


def may_edit(by, brief) -> Verdict:
    """The committee's office and the offices that edit."""
    return allow(by.has(*EDITORS, committee_id=brief.committee_id), _("编辑、报送由政协办公室和委室办理。"))


may_take_edit = may_send_back = may_keep = may_send = may_send_further = may_adopt = may_note_adoption = may_edit
may_instruct = may_follow = may_close = may_edit


def may_forget_informant(by, brief) -> Verdict:
    """The committee's office, at the informant's wish."""
    allowed = by.has(Role.COMMITTEE_OFFICE, committee_id=brief.committee_id)
    return allow(allowed, _("抹去姓名由政协办公室办理。"))


def may_sign(by, brief) -> Verdict:
    """A leader, or the committee's office."""
    return allow(by.has(*SIGNERS, committee_id=brief.committee_id), _("签发由政协领导或政协办公室办理。"))


def may_issue(by, committee) -> Verdict:
    """Who edits may bring out an issue."""
    return allow(by.has(*EDITORS, committee_id=committee.pk), _("期刊由政协办公室和委室编发。"))
