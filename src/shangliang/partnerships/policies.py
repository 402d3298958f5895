"""Who may do what with a joint record: each side's own office, and only what is its side's to say."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import allow

STAFF = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
READERS = (*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.MEMBER, Role.LIAISON, Role.STUDIO_LEAD, Role.NEIGHBOUR)
ONLY_LEAD = _("这一步由牵头（主办）的一方办理。")
ONLY_OTHERS = _("这一步由对方办理，我方是提出（牵头）的一方。")
ONLY_STAFF = _("毗邻协作由政协办公室或委室办理。")


def readable(rows, account):
    """Joint records hold no private person's data: the committee's own people read all of them."""
    return rows if account.has(*READERS) else rows.none()


def may_begin(by, committee):
    """The committee's office or its special committees."""
    return allow(by.has(*STAFF, committee_id=committee.pk), ONLY_STAFF)


def _staff(by, record):
    return allow(by.has(*STAFF, committee_id=record.committee_id), ONLY_STAFF)


def _lead(by, record):
    """Our office, when our side leads."""
    return _staff(by, record) and allow(record.we_lead, ONLY_LEAD)


def _others(by, record):
    """Our office, when another side leads."""
    return _staff(by, record) and allow(not record.we_lead, ONLY_OTHERS)


def _system(by, record):
    """Only the system, following what happened in our own thread."""
    return allow(by.reference == "system", _("这一步由系统根据本方案卷自动登记。"))


def _reviewer(by, record):
    """A publication reviewer or the committee's office."""
    return allow(
        by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=record.committee_id),
        _("公开须由公开审核员或政协办公室审核。"),
    )


may_accept = may_decline = may_attend = may_confirm = may_agree = may_refuse = may_join = _others
may_endorse = may_object = _others
may_hold = may_minute = may_cancel = may_complete = may_drop = may_carry_out = may_call_off = _lead
may_schedule = may_opine = may_review = _lead
may_end = may_progress = may_tell_seat = may_take_back_seat = may_close = _staff
may_study = may_track = may_split = may_defer = may_resume = _staff
may_take_items = _staff
may_approve = may_convene = may_meet = may_report = may_advance = _system
may_publish = may_take_back = _reviewer


def may_finish(by, matter):
    """Our office, or the system when the last of our own items has ended."""
    return _staff(by, matter) if by.reference != "system" else allow(True)


def may_join_sitting(by, matter):
    """Our office, when another side hosts."""
    return _staff(by, matter) and allow(not matter.we_lead, _("我方主办，在本方案卷里安排协商即可。"))


def may_withdraw(by, matter):
    """Our office, when our side raised it (who raised it need not lead it)."""
    return _staff(by, matter) and allow(matter.raised_by == matter.ours, _("由提出的一方撤回。"))


def may_take_up(by, matter):
    """Our office, when another side raised it."""
    return _staff(by, matter) and allow(matter.raised_by != matter.ours, _("由收到的一方研究。"))


may_turn_down = may_take_up


def may_hear(by, record=None):
    """A neighbour whose signed message has been checked speaks for its own side alone."""
    return allow(by.reference.startswith("side:"), _("只有经过验签的毗邻方消息才能这样登记。"))
