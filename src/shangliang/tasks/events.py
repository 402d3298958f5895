"""What can happen to a task."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("tasks.assigned", says=_("交办给%(unit)s，%(due_on)s前办结"), public=True, stage="task", tone="info")
class TaskAssigned:
    """A unit was given the item, with its day."""

    unit: str
    due_on: str
    co_units: str


@event("tasks.acknowledged", says=_("承办单位签收"), public=True, stage="task")
class TaskAcknowledged:
    """The unit confirms that the duty reached it."""


@event("tasks.proposer_contacted", says=_("承办单位已联系提案人（%(how)s）：%(words)s"), personal=("words",))
class TaskProposerContacted:
    """The unit spoke to the proposer before it works out its answer (Chongqing rule art. 18)."""

    on: str
    how: str
    words: str


@event("tasks.objected", says=_("承办单位提出异议"), public=True, tone="waiting")
class TaskObjected:
    """The unit says the matter is not its own; the clock stands still until the assigner decides."""


@event("tasks.objection_upheld", says=_("异议成立，改派%(unit)s"), public=True, tone="info")
class TaskReassigned:
    """The assigner moved the matter to another unit."""

    unit: str


@event("tasks.objection_denied", says=_("异议不成立，继续办理"), public=True)
class TaskObjectionDenied:
    """The assigner decided that the unit stays responsible."""


@event("tasks.progressed", says=_("进展：%(text)s"), public=True)
class TaskProgressed:
    """The unit told how far it is."""

    text: str
    photos: int


@event("tasks.extension_asked", says=_("申请延期 %(days)s 天"), public=True, tone="waiting")
class TaskExtensionAsked:
    """The unit asked for more days, with a reason that the proposer reads."""

    days: int


@event("tasks.extension_granted", says=_("同意延期，新的期限 %(due_on)s（原 %(before)s）"), public=True, tone="waiting")
class TaskExtended:
    """The assigner granted more days; both dates stay readable."""

    due_on: str
    before: str


@event("tasks.extension_denied", says=_("不同意延期"), public=True)
class TaskExtensionDenied:
    """The assigner kept the date."""


@event("tasks.suspended", says=_("中止办理"), public=True, tone="waiting")
class TaskSuspended:
    """Force majeure stands in the way; the clock stands still."""


@event("tasks.resumed", says=_("恢复办理"), public=True)
class TaskResumed:
    """The obstacle is gone; the clock goes on."""


@event("tasks.co_replied", says=_("协办单位%(unit)s：%(text)s"))
class TaskCoReplied:
    """A helping unit reported to the lead."""

    unit: str
    text: str


@event("tasks.replied", says=_("承办单位答复（%(grade)s）：%(text)s"), public=True, stage="task", tone="info")
class TaskReplied:
    """The unit answered with a grade and its evidence."""

    grade: str
    text: str
    photos: int
    would_change: str


@event("tasks.review_begun", says=_("审核答复"))
class TaskReviewBegun:
    """The assigner looks at the answer."""


@event("tasks.sent_back", says=_("退回重办"), public=True, tone="waiting")
class TaskSentBack:
    """The assigner found the answer wanting."""


@event("tasks.accepted", says=_("审核通过：%(words)s"), public=True, stage="result", tone="done")
class TaskAccepted:
    """The assigner accepted the answer; now those concerned rate it."""

    words: str
    grade: str


@event("tasks.tracked", says=_("承诺 %(due_on)s前兑现：%(promise)s"), public=True, stage="task", tone="waiting")
class TaskTracked:
    """A B reply was accepted; its promise is followed until it is kept."""

    promise: str
    due_on: str


@event("tasks.promise_kept", says=_("承办单位报告承诺已兑现"), public=True)
class TaskPromiseKept:
    """The unit reports that the promise is kept."""

    report: str
    photos: int


@event("tasks.promise_rejected", says=_("核实后承诺未兑现，继续跟踪"), public=True, tone="waiting")
class TaskPromiseRejected:
    """The assigner looked and the promise is not kept yet."""


@event("tasks.returned", says=_("群众不满意，退回重办，%(due_on)s前办结"), public=True, stage="task", tone="waiting")
class TaskReturnedRated:
    """Those concerned are not satisfied; the unit works on it once more (Chongqing rule art. 27: two months)."""

    due_on: str


@event("tasks.joint_review", says=_("再次不满意，提请会商"), public=True, tone="waiting")
class TaskJointReview:
    """A second time not satisfied: proposer, unit and office meet."""


@event("tasks.joint_review_settled", says=_("会商结果：%(result)s"), public=True, tone="done")
class TaskJointReviewSettled:
    """The joint review ended with this result."""

    result: str


@event("tasks.closed", says=_("销号：%(how)s"), public=True, tone="done")
class TaskClosed:
    """The task ended, rated or unrated."""

    how: str
    grade: str


@event("tasks.brought_in", says=_("补录：由%(unit)s承办，%(how)s"), public=True, stage="task")
class TaskBroughtIn:
    """What an older list tells of the units of a proposal and of their answer was entered afterwards."""

    unit: str
    co_units: str
    how: str


@event("tasks.reminded", says=_("%(step)s"), tone="late")
class TaskReminded:
    """The ladder of reminders reached a step."""

    step: str
    due_on: str
