"""What the sides say about a joint topic or supervision project."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


def said(name, **told):
    """An event of this app that crosses to the other sides."""
    return event(f"partnerships.{name}", crosses=True, **told)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What every statement carries: the how-manieth of its side about the record it is."""

    step: ClassVar[str]
    nth: int


@said("matter_raised", says=_("提出%(kind_words)s：%(title)s"), public=True)
class MatterRaised(Step):
    """One side proposes a joint topic or supervision project, and which side is to host it."""

    step: ClassVar = "raise"
    partnership: str
    kind: str
    kind_words: str
    title: str
    summary: str
    category: str
    lead: str
    case_no: str


@said("matter_taken_up", says=_("开始研究，编号 %(case_no)s"), public=True)
class MatterTakenUp(Step):
    """The other side takes it up as a topic of its own, under its own number."""

    step: ClassVar = "take_up"
    case_no: str


@said("matter_approved", says=_("%(body)s审定同意（%(decided_on)s）"), tone="done", public=True)
class MatterApproved(Step):
    """A side's own Party committee approved its own topic."""

    step: ClassVar = "approve"
    body: str
    decided_on: str
    paper_no: str


@said("matter_turned_down", says=_("未能商定：%(reason)s"), tone="waiting", public=True)
class MatterTurnedDown(Step):
    """A side does not take part."""

    step: ClassVar = "turn_down"
    reason: str


@said("matter_withdrawn", says=_("撤回协同事项：%(reason)s"), tone="waiting", public=True)
class MatterWithdrawn(Step):
    """The side that raised it takes it back."""

    step: ClassVar = "withdraw"
    reason: str


@said("matter_deferred", says=_("缓议：%(reason)s"), tone="waiting")
class MatterDeferred(Step):
    """A side cannot take it up now."""

    step: ClassVar = "defer"
    reason: str


@said("matter_resumed", says=_("恢复研究"), tone="info")
class MatterResumed(Step):
    """The side that deferred takes it up again."""

    step: ClassVar = "resume"


@said("matter_scheduled", says=_("列入合作计划，%(due_on)s前完成"), tone="info", public=True)
class MatterScheduled(Step):
    """The leading side enters it in the cooperation plan of the year."""

    step: ClassVar = "schedule"
    due_on: str


@said("matter_studied", says=_("联合调研（%(on)s，%(place)s）：%(findings)s"), public=True)
class MatterStudied(Step):
    """A joint field study: when, where, and what was seen."""

    step: ClassVar = "study"
    on: str
    place: str
    findings: str


@said("matter_convened", says=_("联合协商：%(starts_at)s，%(place)s"), tone="info", public=True)
class MatterConvened(Step):
    """The host tells day and place of the joint sitting, under one identity for all sides."""

    step: ClassVar = "convene"
    sitting: str
    starts_at: str
    place: str


@said("matter_met", says=_("已联合协商，本方到会 %(present)s 人次（编号 %(case_no)s）"), tone="done", public=True)
class MatterMet(Step):
    """A side enters the joint sitting in its own register: its number, and how many came, by its own count."""

    step: ClassVar = "meet"
    sitting: str
    case_no: str
    present: int
    stakeholders: int
    members: int


@said("matter_opinion", says=_("起草联合意见，共 %(count)s 项"), public=True)
class MatterOpinion(Step):
    """The host drafts the joint opinion, or a later version; each item names the side and unit that does it."""

    step: ClassVar = "opine"
    text: str
    texts: list
    owners: list
    units: list
    dues: list
    count: int
    version: str


@said("matter_endorsed", says=_("同意联合意见"), tone="done", public=True)
class MatterEndorsed(Step):
    """A side agrees to this very version of the joint opinion."""

    step: ClassVar = "endorse"
    version: str


@said("matter_objected", says=_("对联合意见稿提出不同意见：%(reason)s"), tone="waiting")
class MatterObjected(Step):
    """A side asks for another version."""

    step: ClassVar = "object"
    version: str
    reason: str


@said("matter_reported", says=_("本方报送：%(to)s"), tone="done", public=True)
class MatterReported(Step):
    """A side laid its papers before its own Party committee and government."""

    step: ClassVar = "report"
    to: str


@said("matter_advanced", says=_("第 %(number)s 项办理进展：%(words)s"), tone="info", public=True)
class MatterAdvanced(Step):
    """How far an item is on the side that does it; no name and no villager's words go with it."""

    step: ClassVar = "advance"
    number: int
    words: str


@said("matter_tracked", says=_("%(kind_words)s（%(on)s，%(place)s）：%(finding)s"), public=True)
class MatterTracked(Step):
    """A side looked how it is carried out, by democratic supervision, inspection or appraisal."""

    step: ClassVar = "track"
    kind: str
    kind_words: str
    on: str
    place: str
    finding: str


@said("matter_reviewed", says=_("在联席会议上通报：%(words)s"), tone="info", public=True)
class MatterReviewed(Step):
    """The host told the joint conference how the matter stands."""

    step: ClassVar = "review"
    words: str


@said("matter_finished", says=_("本方办完：%(words)s"), tone="done", public=True)
class MatterFinished(Step):
    """A side's tasks are closed, or what is left is explained."""

    step: ClassVar = "finish"
    closed: int
    open: int
    words: str


@said("matter_split", says=_("转为两地分别办理：%(reason)s"), tone="waiting", public=True)
class MatterSplit(Step):
    """A side goes on by itself; each thread lives on at home."""

    step: ClassVar = "split"
    reason: str


@event("partnerships.step_unknown", says=_("收到一步本版本不认识的登记（%(event)s），已原样保存"), tone="waiting")
class StepUnknown:
    """A neighbour with a newer release took a step that ours does not know; it is kept as it came."""

    event: str


@event("partnerships.sitting_joined", says=_("登记为本方协商活动，与毗邻方是同一场"))
class SittingJoined:
    """Our own consultation was put down for the joint sitting; it is one session in both registers."""

    sitting: str


@event("partnerships.items_taken", says=_("联合意见中由本方承担的 %(count)s 项已落为约定"))
class ItemsTaken:
    """Our items of the joint opinion became agreed items of our own consultation."""

    count: int
