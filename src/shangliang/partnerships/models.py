"""Partnerships of neighbouring committees and what they plan and do together; every side keeps its own copy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel, tenant_manager
from .joint import JointModel, JointQuerySet, Statement
from .matters import JointItem, Matter, Sitting, Tracking
from .rooms import JointSeat, JointStudio

__all__ = [
    "Activity", "Conference", "Decision", "JointItem", "JointSeat", "JointStudio", "Matter", "Partnership", "PlanItem",
    "PlanProgress", "Side", "Sitting", "Statement", "Tracking",
]  # fmt: skip


class Partnership(JointModel):
    """Cooperation of neighbouring committees (毗邻合作): its sides, the document they signed, and its term."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待对方签署")
        ACTIVE = "active", _("合作中")
        DECLINED = "declined", _("未签署")
        ENDED = "ended", _("已结束")

    MOVES = {
        "accept": ({State.PROPOSED}, None),
        "decline": ({State.PROPOSED}, None),
        "end": ({State.PROPOSED, State.ACTIVE}, None),
        "publish": ({State.ACTIVE, State.ENDED}, None),
        "take_back": ({State.ACTIVE, State.ENDED}, None),
    }
    VERBS = {
        "accept": _("签署确认"), "decline": _("不签署"), "publish": _("公开"), "take_back": _("撤回公开"),
        "end": _("结束合作"),
    }  # fmt: skip

    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    title = models.CharField(max_length=80)
    paper_title = models.CharField(max_length=80)
    paper_no = models.CharField(max_length=60, default="")
    signed_on = models.DateField()
    since = models.DateField()
    until = models.DateField()
    published_on = models.DateField(null=True)

    objects = tenant_manager(JointQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "joint"], name="partnership_joint_once"),
            models.CheckConstraint(name="partnership_has_a_term", condition=models.Q(until__gt=models.F("since"))),
        ]

    def __str__(self):
        return self.title

    @property
    def partnership(self):
        """Itself: every joint record names its partnership."""
        return self


class Side(TenantModel):
    """One side of a partnership: a committee, known by the code of its region, in the order of taking turns."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="sides")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="side_once")]

    def __str__(self):
        return self.short_name


class Conference(JointModel):
    """The yearly joint conference (联席会议) of a partnership, hosted in turn: agenda, decisions and minutes."""

    class State(models.TextChoices):
        PLANNED = "planned", _("待各方确认")
        AGREED = "agreed", _("各方已确认")
        HELD = "held", _("已召开")
        MINUTED = "minuted", _("纪要待确认")
        CONFIRMED = "confirmed", _("纪要已确认")
        CANCELLED = "cancelled", _("已取消")

    MOVES = {
        "attend": ({State.PLANNED}, None),
        "hold": ({State.PLANNED, State.AGREED}, None),
        "minute": ({State.HELD, State.MINUTED}, None),
        "confirm": ({State.MINUTED}, None),
        "cancel": ({State.PLANNED, State.AGREED}, None),
    }
    VERBS = {
        "attend": _("确认参加"), "hold": _("登记已召开"), "minute": _("写纪要和决定"), "confirm": _("确认纪要"),
        "cancel": _("取消"),
    }  # fmt: skip

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="conferences")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    year = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=80)
    agenda = models.TextField()
    minutes = models.TextField(default="")
    version = models.CharField(max_length=80, default="")

    objects = tenant_manager(JointQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "joint"], name="conference_joint_once")]

    def __str__(self):
        return str(_("%(year)s 年联席会议")) % {"year": self.year}


class Decision(TenantModel):
    """One decision of a joint conference, numbered, with the side that sees to it ("" for all)."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    owner = models.CharField(max_length=12, default="", blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conference", "number"], name="decision_number_once")]

    def __str__(self):
        return self.text


class PlanItem(JointModel):
    """One line of the cooperation plan (合作计划) of a year: what, led by which side, until when, and how far it is."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待对方同意")
        PLANNED = "planned", _("已列入计划")
        UNDERWAY = "underway", _("推进中")
        DONE = "done", _("已完成")
        DROPPED = "dropped", _("已取消")
        REFUSED = "refused", _("未列入")

    class Kind(models.TextChoices):
        TOPIC = "topic", _("协同议题")
        SUPERVISION = "supervision", _("联合监督")
        PROJECT = "project", _("合作项目")
        OTHER = "other", _("其他")

    RUNNING = frozenset({State.PLANNED, State.UNDERWAY})
    MOVES = {
        "agree": ({State.PROPOSED}, None),
        "refuse": ({State.PROPOSED}, None),
        "progress": (RUNNING, None),
        "complete": (RUNNING, None),
        "drop": ({State.PROPOSED} | RUNNING, None),
    }
    VERBS = {
        "agree": _("同意列入"), "progress": _("登记进展"), "complete": _("登记完成"), "refuse": _("不同意"),
        "drop": _("取消这一项"),
    }  # fmt: skip

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="items")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=120)
    due_on = models.DateField()
    outcome = models.CharField(max_length=400, default="")

    objects = tenant_manager(JointQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "joint"], name="plan_item_joint_once")]

    def __str__(self):
        return self.title


class PlanProgress(TenantModel):
    """How far an item of the plan has come, as one side tells it."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="progress")
    side = models.CharField(max_length=12)
    on = models.DateField()
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return self.text


class Activity(JointModel):
    """A joint activity under one of the three mechanisms: sharing information, a brand built together, or an event."""

    class State(models.TextChoices):
        PLANNED = "planned", _("已安排")
        HELD = "held", _("已举办")
        CANCELLED = "cancelled", _("已取消")

    class Mechanism(models.TextChoices):
        INFORMATION = "information", _("信息互通")
        BRAND = "brand", _("品牌共建")
        EVENT = "event", _("活动共办")

    MOVES = {"carry_out": ({State.PLANNED}, None), "call_off": ({State.PLANNED}, None)}
    VERBS = {"carry_out": _("登记已举办"), "call_off": _("取消")}

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="activities")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    mechanism = models.CharField(max_length=12, choices=Mechanism.choices)
    title = models.CharField(max_length=120)
    on = models.DateField()
    place = models.CharField(max_length=80)
    outcome = models.CharField(max_length=400, default="")
    people = models.PositiveIntegerField(null=True)

    objects = tenant_manager(JointQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "joint"], name="activity_joint_once")]

    def __str__(self):
        return self.title
