"""What can happen to a topic."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("topics.proposed", says=_("提出议题：%(title)s"), public=True, stage="topic")
class TopicProposed:
    """A matter was put forward for consultation, with its sources."""

    title: str
    sources: int


@event("topics.voice_added", says=_("议题并入民声 %(voice)s"))
class TopicVoiceAdded:
    """Another voice about the same matter became a source."""

    voice: str


@event("topics.review_started", says=_("开始初核"))
class TopicReviewStarted:
    """The office checks whether the matter is public, small enough, ripe and within local powers."""


@event("topics.pooled", says=_("议题入库"), public=True, stage="topic")
class TopicPooled:
    """The topic waits in the pool."""


@event("topics.sent_back", says=_("退回修改"), tone="waiting")
class TopicSentBack:
    """The topic needs rewording before it can be pooled."""


@event("topics.resubmitted", says=_("修改后重报"))
class TopicResubmitted:
    """The topic came back reworded."""


@event("topics.excluded", says=_("标记负面清单情形：%(ground)s"), tone="waiting")
class TopicExcluded:
    """A ground of the negative list seems to apply."""

    ground: str


@event("topics.exclusion_cleared", says=_("解除负面清单标记：%(ground)s"))
class TopicExclusionCleared:
    """The ground was looked into and does not apply."""

    ground: str


@event("topics.submitted", says=_("报党委审定"), public=True, stage="topic")
class TopicSubmitted:
    """The topic was laid before the Party committee of its level."""


@event("topics.approved", says=_("%(body)s审定同意"), public=True, stage="topic", tone="info")
class TopicApproved:
    """The Party committee approved the topic."""

    body: str
    decided_on: str
    paper_no: str


@event("topics.study_started", says=_("开展会前调研"), public=True)
class TopicStudyStarted:
    """Members go and look before the session."""


@event("topics.scheduled", says=_("协商已排期"), stage="consultation")
class TopicScheduled:
    """A consultation is being prepared."""


@event("topics.unscheduled", says=_("协商取消，议题回到待排期"), tone="waiting")
class TopicUnscheduled:
    """The planned consultation was cancelled."""


@event("topics.consulted", says=_("议题已协商"), stage="consultation")
class TopicConsulted:
    """The consultation was held."""


@event("topics.reconsulted", says=_("未达成一致，再次协商"), public=True, tone="waiting")
class TopicReconsulted:
    """No consensus was reached; the topic is consulted on once more."""


@event("topics.deferred", says=_("缓议至 %(until)s"), public=True, tone="waiting")
class TopicDeferred:
    """The topic waits until a day on which it is looked at again."""

    until: str


@event("topics.resumed", says=_("恢复办理"), public=True)
class TopicResumed:
    """A deferred topic returned to the pool."""


@event("topics.declined", says=_("议题不纳入协商"), tone="stopped")
class TopicDeclined:
    """The topic will not be consulted on; every proposer is told why."""


@event("topics.merged", says=_("议题归并到“%(into)s”"), tone="info")
class TopicMerged:
    """The topic follows another one; its sources move with it."""

    into: str


@event("topics.withdrawn", says=_("议题撤回"), tone="stopped")
class TopicWithdrawn:
    """The topic was withdrawn by its proposer."""


@event("topics.closed", says=_("议题办结"), public=True, stage="ended", tone="done")
class TopicClosed:
    """Every agreement that came out of the topic is closed."""
