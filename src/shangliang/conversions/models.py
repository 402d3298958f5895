"""The ladder from a report or a point to a policy in force and its effect, with evidence at each step."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..briefs.models import Brief
from ..people.tenancy import TenantModel, tenant_manager
from ..proposals.models import Proposal
from ..research.models import Report, Version
from ..salons.models import Point


class ConversionQuerySet(models.QuerySet):
    """Questions about conversions."""

    def published(self):
        """Conversions whose public page is open."""
        return self.filter(published_on__isnull=False)

    def visible_to(self, account):
        """The conversions an account may read."""
        from . import policies

        return policies.readable(self, account)


class Conversion(TenantModel):
    """The conversion of an output (成果转化): submitted, considered, adopted by a paper, in force, felt."""

    class State(models.TextChoices):
        IDENTIFIED = "identified", _("拟转化")
        SUBMITTED = "submitted", _("已提交")
        CONSIDERED = "considered", _("已研究")
        ADOPTED = "adopted", _("已采纳")
        PARTLY_ADOPTED = "partly_adopted", _("部分采纳")
        NOT_ADOPTED = "not_adopted", _("未采纳")
        IN_FORCE = "in_force", _("已出台实施")
        EFFECT_RECORDED = "effect_recorded", _("成效已记录")
        CLOSED = "closed", _("已办结")

    class Channel(models.TextChoices):
        PROPOSAL = "proposal", _("提案")
        BRIEF = "brief", _("社情民意")
        REPORT = "report", _("调研报告")
        MOTION = "motion", _("建议案")
        SPECIAL = "special", _("协商专报")
        TOPIC = "topic", _("议题")
        SPEECH = "speech", _("大会发言")

    #: The steps of the ladder, from the lowest to the highest.
    STEPS = (State.IDENTIFIED, State.SUBMITTED, State.CONSIDERED, State.ADOPTED, State.IN_FORCE, State.EFFECT_RECORDED)
    TAKEN = frozenset({State.ADOPTED, State.PARTLY_ADOPTED})
    HELD_TO_PAPER = TAKEN | {State.IN_FORCE, State.EFFECT_RECORDED}
    SENT = HELD_TO_PAPER | {State.SUBMITTED, State.CONSIDERED, State.NOT_ADOPTED, State.CLOSED}
    MOVES = {
        "submit": ({State.IDENTIFIED}, State.SUBMITTED),
        "consider": ({State.SUBMITTED}, State.CONSIDERED),
        "adopt": ({State.CONSIDERED}, State.ADOPTED),
        "adopt_part": ({State.CONSIDERED}, State.PARTLY_ADOPTED),
        "not_adopt": ({State.CONSIDERED}, State.NOT_ADOPTED),
        "put_in_force": (TAKEN, State.IN_FORCE),
        "record_effect": ({State.IN_FORCE}, State.EFFECT_RECORDED),
        "close": ({State.EFFECT_RECORDED, State.NOT_ADOPTED}, State.CLOSED),
        "add_measure": (HELD_TO_PAPER | {State.CONSIDERED}, None),
        "map_clause": (HELD_TO_PAPER, None),
        "add_benefit": (HELD_TO_PAPER, None),
        "withdraw_benefit": (HELD_TO_PAPER | {State.CLOSED}, None),
        "publish": (SENT, None),
        "take_back": (SENT, None),
    }
    VERBS = {
        "submit": _("登记提交"),
        "consider": _("登记研究"),
        "adopt": _("登记采纳"),
        "adopt_part": _("登记部分采纳"),
        "put_in_force": _("登记出台实施"),
        "record_effect": _("登记成效"),
        "close": _("办结"),
        "add_measure": _("记一项落实举措"),
        "map_clause": _("报告句对应政策条"),
        "add_benefit": _("记一笔效益"),
        "withdraw_benefit": _("撤销一笔效益"),
        "publish": _("公开"),
        "take_back": _("撤回公开"),
        "not_adopt": _("登记未采纳"),
    }

    state = models.CharField(max_length=16, choices=State.choices, default=State.IDENTIFIED)
    title = models.CharField(max_length=80)
    summary = models.CharField(max_length=400, default="")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="conversions")
    point = models.ForeignKey(Point, models.PROTECT, null=True, related_name="conversions")
    brief = models.ForeignKey(Brief, models.PROTECT, null=True, related_name="conversions")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="conversions")
    channel = models.CharField(max_length=12, choices=Channel.choices, default="")
    identified_on = models.DateField()
    moved_on = models.DateField()
    adopted_paper = models.CharField(max_length=60, default="")
    published_on = models.DateField(null=True)

    objects = tenant_manager(ConversionQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "-moved_on"], name="conversion_list")]
        constraints = [
            models.CheckConstraint(
                name="conversion_has_an_origin",
                condition=models.Q(report__isnull=False)
                | models.Q(point__isnull=False)
                | models.Q(brief__isnull=False)
                | models.Q(proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="conversion_adopted_by_paper",
                condition=~models.Q(state__in=["adopted", "partly_adopted", "in_force", "effect_recorded"])
                | ~models.Q(adopted_paper=""),
            ),
            models.CheckConstraint(
                name="conversion_sent_by_channel",
                condition=models.Q(state="identified") | ~models.Q(channel=""),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether its page is open to everybody."""
        return self.published_on is not None


class Evidence(TenantModel):
    """What proves one step of a conversion (佐证): which body, on which day, by which paper; papers may be attached."""

    conversion = models.ForeignKey(Conversion, models.CASCADE, related_name="evidence")
    step = models.CharField(max_length=16, choices=Conversion.State.choices)
    body = models.CharField(max_length=80)
    on = models.DateField()
    paper_no = models.CharField(max_length=60, default="")
    words = models.CharField(max_length=400, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversion", "step"], name="evidence_step_once"),
            models.CheckConstraint(
                name="evidence_adoption_has_paper",
                condition=~models.Q(step__in=["adopted", "partly_adopted", "in_force"]) | ~models.Q(paper_no=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_step_display()} {self.on}"


class Measure(TenantModel):
    """Something that was set up or issued to carry the adopted words out (落实举措)."""

    class Kind(models.TextChoices):
        LEADING_GROUP = "leading_group", _("领导小组")
        ASSOCIATION = "association", _("协会")
        PLAN = "plan", _("规划")
        POLICY = "policy", _("政策")
        TASK_FORCE = "task_force", _("专班")
        PROJECT = "project", _("项目")
        FUND = "fund", _("资金")

    conversion = models.ForeignKey(Conversion, models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=80)
    on = models.DateField()
    paper_no = models.CharField(max_length=60, default="")
    head = models.CharField(max_length=80, default="")

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return self.name


class Clause(TenantModel):
    """Which sentence of a report became which clause of a policy, and what that did (逐句对应)."""

    conversion = models.ForeignKey(Conversion, models.CASCADE, related_name="clauses")
    version = models.ForeignKey(Version, models.PROTECT, related_name="clauses")
    sentence_no = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=1000)
    policy = models.CharField(max_length=120)
    clause_no = models.CharField(max_length=30)
    clause_text = models.CharField(max_length=1000)
    effect = models.CharField(max_length=400, default="")

    class Meta:
        ordering = ["sentence_no", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversion", "sentence_no", "policy", "clause_no"], name="clause_once"
            )
        ]

    def __str__(self):
        return f"{self.sentence_no} → {self.clause_no}"


class Benefit(TenantModel):
    """One figure of what came of it (效益), with its source and period; a withdrawn one stays, crossed out."""

    class Kind(models.TextChoices):
        FIRMS = "firms", _("企业（家）")
        YUAN = "yuan", _("资金（元）")
        PROJECTS = "projects", _("项目（个）")
        PEOPLE = "people", _("人（人）")

    conversion = models.ForeignKey(Conversion, models.CASCADE, related_name="benefits")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    source = models.CharField(max_length=200)
    period_from = models.DateField()
    period_to = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["period_from", "pk"]
        constraints = [
            models.CheckConstraint(name="benefit_is_positive", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(name="benefit_has_source", condition=~models.Q(source="")),
            models.CheckConstraint(
                name="benefit_period_runs_on", condition=models.Q(period_from__lte=models.F("period_to"))
            ),
            models.CheckConstraint(
                name="benefit_withdrawn_with_why",
                condition=models.Q(withdrawn_on=None) | ~models.Q(withdrawn_why=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"
