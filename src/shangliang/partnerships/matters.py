"""Joint topics and joint supervision projects, with their items, sittings and tracking."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..agreements.models import Agreement
from ..people.tenancy import TenantModel, tenant_manager
from ..topics.models import Topic
from .joint import JointModel, JointQuerySet


class Matter(JointModel):
    """A matter of two regions (协同事项): a joint topic or a joint supervision project, with a thread on each side."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("一方提出")
        COUNTER_REVIEW = "counter_review", _("对方研究")
        AGREED = "agreed", _("双方商定")
        PLANNED = "planned", _("列入合作计划")
        JOINT_STUDY = "joint_study", _("联合调研")
        CONSULTED = "consulted", _("已联合协商")
        JOINT_OPINION = "joint_opinion", _("形成联合意见")
        DUAL_REPORTED = "dual_reported", _("已分别报送")
        TRACKING = "tracking", _("两地跟踪")
        REVIEWED = "reviewed", _("联席会议已通报")
        CLOSED = "closed", _("已办结")
        DECLINED = "declined", _("未商定")
        DEFERRED = "deferred", _("缓议")
        SPLIT = "split", _("分别办理")

    class Kind(models.TextChoices):
        TOPIC = "topic", _("协同议题")
        SUPERVISION = "supervision", _("联合监督项目")

    EARLY = frozenset({State.PROPOSED, State.COUNTER_REVIEW, State.DEFERRED})
    BEFORE = frozenset({State.AGREED, State.PLANNED, State.JOINT_STUDY})
    AFTER = frozenset({State.JOINT_OPINION, State.DUAL_REPORTED, State.TRACKING, State.REVIEWED})
    #: One side may be further than the other: it reports, and finishes, when it has come so far itself.
    FOLLOWING = AFTER | {State.CONSULTED}
    MOVES = {
        "take_up": (EARLY, None),
        "approve": (EARLY, None),
        "turn_down": (EARLY, None),
        "withdraw": (EARLY, None),
        "defer": (EARLY, None),
        "resume": ({State.DEFERRED}, None),
        "schedule": ({State.AGREED}, None),
        "study": (BEFORE, None),
        "convene": (BEFORE | {State.CONSULTED}, None),
        "join_sitting": (BEFORE | {State.CONSULTED}, None),
        "meet": (BEFORE | FOLLOWING, None),
        "opine": ({State.CONSULTED}, None),
        "endorse": ({State.CONSULTED}, None),
        "object": ({State.CONSULTED}, None),
        "take_items": ({State.JOINT_OPINION}, None),
        "report": (FOLLOWING, None),
        "advance": (FOLLOWING, None),
        "track": (AFTER, None),
        "review": ({State.DUAL_REPORTED, State.TRACKING}, None),
        "finish": (FOLLOWING, None),
        "split": (BEFORE | FOLLOWING, None),
    }
    VERBS = {
        "take_up": _("开始研究，立为本方议题"), "schedule": _("列入合作计划"), "study": _("登记联合调研"),
        "join_sitting": _("登记为本方协商活动"), "opine": _("起草联合意见"), "endorse": _("同意联合意见"),
        "object": _("对意见稿提出不同意见"), "take_items": _("落到本方约定"), "track": _("登记跟踪"),
        "review": _("登记联席会议通报"), "finish": _("登记本方办完"), "defer": _("缓议"), "resume": _("恢复研究"),
        "turn_down": _("不同意"), "withdraw": _("撤回"), "split": _("转为分别办理"),
    }  # fmt: skip

    partnership = models.ForeignKey("partnerships.Partnership", models.PROTECT, related_name="matters")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.PROPOSED)
    title = models.CharField(max_length=60)
    summary = models.TextField()
    category = models.CharField(max_length=12, choices=Topic.Category.choices)
    raised_on = models.DateField()
    raised_by = models.CharField(max_length=12)
    topic = models.OneToOneField(Topic, models.PROTECT, null=True, related_name="matter")
    plan_item = models.ForeignKey("partnerships.PlanItem", models.PROTECT, null=True, related_name="matters")
    opinion = models.TextField(default="")
    version = models.CharField(max_length=80, default="")

    objects = tenant_manager(JointQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "-raised_on"], name="matter_list")]
        constraints = [models.UniqueConstraint(fields=["committee", "joint"], name="matter_joint_once")]

    def __str__(self):
        return self.title

    @property
    def case_no(self) -> str:
        """The number of our own thread, once there is one."""
        return self.topic.case.no if self.topic_id else ""


class Sitting(TenantModel):
    """One side's record of a joint sitting: the same sitting has one identity, and each side its number and figures."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="sittings")
    sitting = models.CharField(max_length=32)
    side = models.CharField(max_length=12)
    case_no = models.CharField(max_length=30, default="")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    present = models.PositiveIntegerField(null=True)
    stakeholders = models.PositiveIntegerField(null=True)
    members = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "sitting", "side"], name="sitting_side_once")]

    def __str__(self):
        return self.place


class JointItem(TenantModel):
    """One item of a joint opinion: what, by which side and unit, until when, and how far it is there."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    owner = models.CharField(max_length=12)
    unit = models.CharField(max_length=60)
    text = models.CharField(max_length=400)
    due_on = models.DateField(null=True)
    agreement = models.OneToOneField(Agreement, models.PROTECT, null=True, related_name="joint_item")
    progress = models.CharField(max_length=400, default="")
    progress_on = models.DateField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["matter", "number"], name="joint_item_number_once")]

    def __str__(self):
        return self.text


class Tracking(TenantModel):
    """One look of one side at how an agreed matter is carried out: supervision, inspection or appraisal."""

    class Kind(models.TextChoices):
        SUPERVISION = "supervision", _("民主监督")
        INSPECTION = "inspection", _("调研视察")
        APPRAISAL = "appraisal", _("民主评议")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="trackings")
    side = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    place = models.CharField(max_length=80)
    finding = models.CharField(max_length=400)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return self.finding
