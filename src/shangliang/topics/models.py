"""Topics, where they come from, what excludes them, and who approved them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..people.models import Leader, Member, Unit
from ..people.tenancy import TenantModel, tenant_manager
from ..regions.models import Region
from ..rules.models import Deadline
from ..venues.models import Venue
from ..voices.models import Voice


class TopicQuerySet(models.QuerySet):
    """Questions about topics."""

    def pooled(self):
        """The topic pool 议题库: topics waiting to be consulted on."""
        return self.filter(state__in=[Topic.State.POOLED, Topic.State.APPROVED])

    def visible_to(self, account):
        """The topics an account may read."""
        from . import policies

        return policies.readable(self, account)


class Topic(TenantModel):
    """A matter that may be consulted on, with its sources in both directions."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("已提出")
        REVIEWING = "reviewing", _("初核中")
        POOLED = "pooled", _("入库")
        SUBMITTED = "submitted", _("报党委审定")
        APPROVED = "approved", _("已审定")
        STUDYING = "studying", _("调研中")
        SCHEDULED = "scheduled", _("已排期")
        CONSULTED = "consulted", _("已协商")
        CLOSED = "closed", _("已办结")
        RETURNED = "returned", _("退回修改")
        DECLINED = "declined", _("不纳入")
        MERGED = "merged", _("已归并")
        DEFERRED = "deferred", _("缓议")
        RECONSULT = "reconsult", _("再协商")
        WITHDRAWN = "withdrawn", _("撤回")

    class Category(models.TextChoices):
        """The six classes of the Chongqing guide 《协商指导目录》 (渝里乡商, 2025-03)."""

        PLANNING = "planning", _("规划建设管理")
        ECONOMY = "economy", _("经济社会发展")
        GOVERNANCE = "governance", _("村（社区）治理")
        SAFETY = "safety", _("公共安全")
        SERVICE = "service", _("公共服务")
        OTHER = "other", _("其他")

    EARLY = frozenset({State.PROPOSED, State.REVIEWING, State.RETURNED, State.POOLED})
    #: Where another voice or a merged topic can still come in.
    JOINABLE = EARLY | {State.SUBMITTED, State.APPROVED, State.DEFERRED}
    #: In the pool or beyond it, and neither sent back nor given up.
    ACCEPTED = (
        State.POOLED, State.SUBMITTED, State.APPROVED, State.STUDYING, State.SCHEDULED, State.CONSULTED,
        State.RECONSULT, State.DEFERRED, State.CLOSED,
    )  # fmt: skip
    MOVES = {
        "start_review": ({State.PROPOSED}, State.REVIEWING),
        "pool": ({State.REVIEWING}, State.POOLED),
        "send_back": ({State.REVIEWING, State.SUBMITTED}, State.RETURNED),
        "resubmit": ({State.RETURNED}, State.REVIEWING),
        "submit": ({State.POOLED}, State.SUBMITTED),
        "approve": ({State.SUBMITTED}, State.APPROVED),
        "study": ({State.APPROVED}, State.STUDYING),
        "schedule": ({State.APPROVED, State.STUDYING, State.RECONSULT}, State.SCHEDULED),
        "unschedule": ({State.SCHEDULED}, State.APPROVED),
        "consulted": ({State.SCHEDULED}, State.CONSULTED),
        "reconsult": ({State.CONSULTED}, State.RECONSULT),
        "close": ({State.CONSULTED}, State.CLOSED),
        "defer": ({State.REVIEWING, State.POOLED, State.APPROVED}, State.DEFERRED),
        "resume": ({State.DEFERRED}, State.POOLED),
        "decline": ({State.REVIEWING, State.SUBMITTED, State.DEFERRED}, State.DECLINED),
        "merge": ({State.REVIEWING, State.POOLED}, State.MERGED),
        "withdraw": (EARLY, State.WITHDRAWN),
    }
    VERBS = {
        "start_review": _("开始初核"),
        "pool": _("入库"),
        "submit": _("报党委审定"),
        "approve": _("登记审定结果"),
        "study": _("开展会前调研"),
        "reconsult": _("再次协商"),
        "send_back": _("退回修改"),
        "resubmit": _("改好重报"),
        "exclude": _("标记负面清单情形"),
        "clear_exclusion": _("解除负面清单标记"),
        "add_voice": _("并入一条民声"),
        "defer": _("缓议"),
        "resume": _("恢复"),
        "merge": _("归并"),
        "decline": _("不纳入"),
        "withdraw": _("撤回"),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="topics")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    title = models.CharField(max_length=60)
    summary = models.TextField()
    category = models.CharField(max_length=12, choices=Category.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="topics")
    proposed_on = models.DateField()
    review_note = models.CharField(max_length=400, default="")
    review_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")

    objects = tenant_manager(TopicQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "state", "-proposed_on"], name="topic_state_list")
        ]
        constraints = [
            models.CheckConstraint(
                name="topic_deferred_has_date",
                condition=~models.Q(state="deferred") | models.Q(review_on__isnull=False),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no


class TopicSource(TenantModel):
    """Where a topic comes from: a voice, a member, a unit, a leader or the Party committee."""

    class Kind(models.TextChoices):
        VOICE = "voice", _("民声")
        MEMBER = "member", _("委员荐题")
        UNIT = "unit", _("部门、镇街报题")
        LEADER = "leader", _("领导点题")
        PARTY = "party", _("党委交题")
        PARTNER = "partner", _("毗邻协同")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, related_name="topic_sources")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    leader = models.ForeignKey(Leader, models.PROTECT, null=True, related_name="+")
    added_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "voice"], name="topic_voice_once"),
            models.CheckConstraint(
                name="topic_source_is_named",
                condition=models.Q(kind="voice", voice__isnull=False)
                | models.Q(kind="member", member__isnull=False)
                | models.Q(kind="unit", unit__isnull=False)
                | models.Q(kind="leader", leader__isnull=False)
                | models.Q(kind__in=["party", "partner"]),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Exclusion(TenantModel):
    """A ground of the negative list that seems to apply to a topic; it bars the pool until it is cleared."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="exclusions")
    ground = models.CharField(max_length=30)
    note = models.CharField(max_length=200)
    raised_on = models.DateField()
    cleared_on = models.DateField(null=True)
    cleared_why = models.CharField(max_length=200, default="")

    def __str__(self):
        return self.ground


class Approval(TenantModel):
    """The Party committee's approval of a topic: who, when, by which paper."""

    topic = models.OneToOneField(Topic, models.CASCADE, related_name="approval")
    body = models.CharField(max_length=60)
    decided_on = models.DateField()
    paper_no = models.CharField(max_length=60, default="")
    opinion = models.CharField(max_length=200, default="")

    def __str__(self):
        return f"{self.body} {self.decided_on}"
