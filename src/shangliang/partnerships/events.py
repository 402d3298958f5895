"""What the sides of a partnership say to each other; every one of these crosses to the other sides."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from ..journal.events import event

# The events of matters are registered with those of this module.
from .matter_events import *  # noqa: F403
from .matter_events import Step, said


@said("proposed", says=_("提出毗邻合作：%(title)s"))
class PartnershipProposed(Step):
    """One side puts the signed document, the term and the sides before the others."""

    step: ClassVar = "propose"
    title: str
    paper_title: str
    paper_no: str
    signed_on: str
    since: str
    until: str
    codes: list
    names: list
    short_names: list


@said("accepted", says=_("签署确认合作（%(signer)s）"), tone="done")
class PartnershipAccepted(Step):
    """A side accepts the document, in the words of the post that signed."""

    step: ClassVar = "accept"
    signer: str


@said("declined", says=_("不签署：%(reason)s"), tone="waiting")
class PartnershipDeclined(Step):
    """A side does not sign."""

    step: ClassVar = "decline"
    reason: str


@said("ended", says=_("合作结束：%(reason)s"), tone="waiting")
class PartnershipEnded(Step):
    """A side ends the cooperation."""

    step: ClassVar = "end"
    reason: str


@event("partnerships.published", says=_("公开合作页"), tone="done")
class PartnershipPublished:
    """A reviewer opened the public page of our copy."""


@event("partnerships.taken_back", says=_("撤回公开合作页"), tone="waiting")
class PartnershipTakenBack:
    """The public page of our copy was closed."""


@said("conference_planned", says=_("安排 %(year)s 年联席会议：%(starts_at)s，%(place)s"))
class ConferencePlanned(Step):
    """The side whose turn it is to host plans the yearly conference."""

    step: ClassVar = "plan"
    partnership: str
    year: int
    starts_at: str
    place: str
    agenda: str


@said("conference_attended", says=_("确认参加联席会议"), tone="info")
class ConferenceAttended(Step):
    """A side says that it comes."""

    step: ClassVar = "attend"


@said("conference_held", says=_("联席会议已召开"), tone="done")
class ConferenceHeld(Step):
    """The host enters that the conference took place."""

    step: ClassVar = "hold"


@said("conference_minuted", says=_("写出联席会议纪要，决定 %(count)s 项"))
class ConferenceMinuted(Step):
    """The host writes the minutes and the numbered decisions; a later version replaces an earlier one."""

    step: ClassVar = "minute"
    minutes: str
    decisions: list
    owners: list
    count: int
    version: str


@said("conference_confirmed", says=_("确认联席会议纪要"), tone="done")
class ConferenceConfirmed(Step):
    """A side confirms this very version of the minutes."""

    step: ClassVar = "confirm"
    version: str


@said("conference_cancelled", says=_("取消联席会议：%(reason)s"), tone="waiting")
class ConferenceCancelled(Step):
    """The host calls the conference off."""

    step: ClassVar = "cancel"
    reason: str


@said("item_proposed", says=_("提出合作计划项：%(title)s"))
class PlanItemProposed(Step):
    """One side puts a line of the cooperation plan forward; it will lead it."""

    step: ClassVar = "put_forward"
    partnership: str
    year: int
    kind: str
    title: str
    due_on: str


@said("item_agreed", says=_("同意列入合作计划"), tone="done")
class PlanItemAgreed(Step):
    """A side agrees to the line."""

    step: ClassVar = "agree"


@said("item_refused", says=_("不同意列入合作计划：%(reason)s"), tone="waiting")
class PlanItemRefused(Step):
    """A side does not agree to the line."""

    step: ClassVar = "refuse"
    reason: str


@said("item_progressed", says=_("合作计划进展：%(text)s"), tone="info")
class PlanItemProgressed(Step):
    """A side tells how far it is."""

    step: ClassVar = "progress"
    on: str
    text: str


@said("item_completed", says=_("合作计划项完成：%(text)s"), tone="done")
class PlanItemCompleted(Step):
    """The leading side enters that it is done."""

    step: ClassVar = "complete"
    text: str


@said("item_dropped", says=_("合作计划项取消：%(reason)s"), tone="waiting")
class PlanItemDropped(Step):
    """The leading side gives it up, with the reason."""

    step: ClassVar = "drop"
    reason: str


@said("activity_planned", says=_("安排联合活动：%(title)s（%(on)s，%(place)s）"))
class ActivityPlanned(Step):
    """The host plans a joint activity under one of the three mechanisms."""

    step: ClassVar = "plan"
    partnership: str
    mechanism: str
    title: str
    on: str
    place: str


@said("activity_held", says=_("联合活动已举办：%(text)s"), tone="done")
class ActivityHeld(Step):
    """The host tells what came of it and how many took part."""

    step: ClassVar = "carry_out"
    text: str
    people: int


@said("activity_cancelled", says=_("联合活动取消：%(reason)s"), tone="waiting")
class ActivityCancelled(Step):
    """The host calls it off."""

    step: ClassVar = "call_off"
    reason: str


@said("studio_set_up", says=_("提出共建委员工作室：%(title)s"))
class JointStudioSetUp(Step):
    """One side offers a studio to be run together."""

    step: ClassVar = "set_up"
    partnership: str
    title: str
    place: str


@said("studio_joined", says=_("加入共建委员工作室"), tone="done")
class JointStudioJoined(Step):
    """A side joins."""

    step: ClassVar = "join"


@said("studio_seat_told", says=_("入驻委员：%(level)s，%(sector)s，%(name)s"), personal=("name",))
class JointSeatTold(Step):
    """A side tells which of its members sits there: level and sector, and the name where the member consented."""

    step: ClassVar = "tell_seat"
    number: int
    level: str
    sector: str
    name: str


@said("studio_seat_taken_back", says=_("收回入驻委员的姓名（第 %(number)s 席）"), tone="waiting")
class JointSeatTakenBack(Step):
    """A member withdrew the consent: the other sides take the name away."""

    step: ClassVar = "take_back_seat"
    number: int


@said("studio_closed", says=_("结束共建委员工作室：%(reason)s"), tone="waiting")
class JointStudioClosed(Step):
    """A side ends it."""

    step: ClassVar = "close"
    reason: str


