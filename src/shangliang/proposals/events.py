"""What can happen to a proposal."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("proposals.drafted", says=_("开始起草提案"))
class ProposalDrafted:
    """A member began a proposal, or the office typed it in for one; its words stay with the proposal."""

    by_office: bool


@event("proposals.edited", says=_("修改提案文字"))
class ProposalEdited:
    """The proposer changed the words of the draft."""


@event("proposals.signers_invited", says=_("邀请%(members)s联名，%(until)s 前签名"), personal=("members",))
class SignersInvited:
    """Members were asked to sign until a day."""

    members: str
    until: str


@event("proposals.signed", says=_("%(member)s签名联名"), personal=("member",))
class ProposalSigned:
    """An invited member signed."""

    member: str


@event("proposals.signing_declined", says=_("%(member)s不参加联名"), personal=("member",))
class SigningDeclined:
    """An invited member does not sign."""

    member: str


@event("proposals.submitted", says=_("提交提案：%(title)s"), public=True, stage="topic", tone="info")
class ProposalSubmitted:
    """The proposal was handed in; open invitations end here."""

    title: str
    signers: int


@event("proposals.withdrawn", says=_("提案人撤回提案"), public=True, stage="ended", tone="stopped")
class ProposalWithdrawn:
    """The proposer took the proposal back."""


@event("proposals.review_begun", says=_("开始审查"))
class ProposalReviewBegun:
    """The office of proposals looks at what was handed in."""


@event("proposals.sent_back", says=_("退回提案人修改"), tone="waiting")
class ProposalSentBack:
    """The proposal needs other words before it can be filed."""


@event("proposals.filed", says=_("立案，编为%(year)s年第%(number)s号"), public=True, stage="topic", tone="info")
class ProposalFiled:
    """The proposal has its number of the year."""

    year: int
    number: int


@event("proposals.declined", says=_("不立案（%(ground)s）：%(passed_on)s"), stage="ended", tone="stopped")
class ProposalDeclined:
    """One of the ten grounds applies; the proposer is told, and how the matter is passed on otherwise."""

    ground: str
    passed_on: str


@event("proposals.merged", says=_("归并到“%(into)s”一并办理"), public=True, stage="ended")
class ProposalMerged:
    """The proposal follows another one about the same matter; its signers sign that one too."""

    into: str


@event("proposals.joined", says=_("并入同类提案“%(title)s”"), public=True)
class ProposalJoined:
    """Another proposal about the same matter was merged into this one."""

    title: str
    signers: int


@event("proposals.converted", says=_("不立案，转为社情民意信息"), stage="ended")
class ProposalConverted:
    """The matter fits a brief better than a proposal."""


@event("proposals.distributed", says=_("提案交办"), stage="task", tone="info")
class ProposalDistributed:
    """Units were given the proposal."""


@event("proposals.replied", says=_("承办单位都已答复，请提案人评价"), public=True, stage="result", tone="info")
class ProposalReplied:
    """Every unit's answer was accepted; now the proposer evaluates."""


@event("proposals.evaluated", says=_("按评价办结：%(how)s"))
class ProposalEvaluated:
    """The proposer said how good the answer is, and it is not worked on anew."""

    how: str


@event("proposals.redone", says=_("提案人不满意，重新办理"), public=True, stage="task", tone="waiting")
class ProposalRedone:
    """The units work on it once more (Chongqing rule art. 27)."""


@event("proposals.evaluation_reminded", says=_("提醒提案人评价，%(until)s 截止"))
class EvaluationReminded:
    """The one reminder before an answer that nobody evaluates is closed as 未评价 (Chongqing rule art. 29)."""

    until: str


@event("proposals.closed", says=_("提案办结：%(how)s"), public=True, stage="ended", tone="done")
class ProposalClosed:
    """Every task of the proposal ended."""

    how: str


@event("proposals.heard", says=_("提案人已知悉：%(news)s"))
class ProposalHeard:
    """A signer has read what became of the proposal."""

    news: str


@event("proposals.brought_in", says=_("补录%(year)s年第%(number)s号提案：%(title)s"), public=True, stage="topic")
class ProposalBroughtIn:
    """A proposal of an older list was entered afterwards, with the days that the list tells."""

    year: int
    number: int
    title: str
