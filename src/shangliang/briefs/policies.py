"""Who drafts, edits, signs and reads briefs."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import Verdict, allow

WRITERS = (*HANDLERS, Role.MEMBER, Role.STUDIO_LEAD)
EDITORS = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
SIGNERS = (Role.COMMITTEE_OFFICE, Role.LEADER)


def readable(briefs, account):
    """The office all; everybody else what they wrote or entered."""
    if account.has(*OFFICE):
        return briefs
    mine = Q(entered_by=account)
    if account.member_id:
        mine |= Q(member=account.member_id)
    return briefs.filter(mine)


def may_draft(by, committee) -> Verdict:
    """Members, studio leads, liaisons and the office."""
    known = by.has(*WRITERS, committee_id=committee.pk)
    return allow(known, _("社情民意信息由委员、联络员或政协办公室起草。"))


def is_author(by, brief) -> bool:
    """Whoever wrote it or typed it in."""
    return brief.entered_by_id == by.pk or bool(by.member_id and by.member_id == brief.member_id)


def may_submit(by, brief) -> Verdict:
    """The author, or the office for the author."""
    edits = by.has(*EDITORS, committee_id=brief.committee_id)
    return allow(edits or (hasattr(by, "member_id") and is_author(by, brief)), _("由作者本人或政协办公室提交。"))


may_rewrite = may_withdraw = may_submit


def may_see(by, brief) -> Verdict:
    """The author alone."""
    return allow(hasattr(by, "member_id") and is_author(by, brief), _("只有作者自己能点“知道了”。"))


def may_edit(by, brief) -> Verdict:
    """The committee's office and the offices that edit."""
    return allow(by.has(*EDITORS, committee_id=brief.committee_id), _("编辑、报送由政协办公室和委室办理。"))


may_take_edit = may_send_back = may_keep = may_send = may_adopt = may_instruct = may_follow = may_close = may_edit


def may_sign(by, brief) -> Verdict:
    """A leader, or the committee's office."""
    return allow(by.has(*SIGNERS, committee_id=brief.committee_id), _("签发由政协领导或政协办公室办理。"))


def may_issue(by, committee) -> Verdict:
    """Who edits may bring out an issue."""
    return allow(by.has(*EDITORS, committee_id=committee.pk), _("期刊由政协办公室和委室编发。"))
