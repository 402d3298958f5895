"""Agreed items and the village decisions behind those that cost villagers money or labour."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..consultations.models import Consultation
from ..people.models import Unit
from ..people.tenancy import TenantModel, tenant_manager


class AgreementQuerySet(models.QuerySet):
    """Questions about agreed items."""

    def visible_to(self, account):
        """The items an account may read."""
        from . import policies

        return policies.readable(self, account)


class Agreement(TenantModel):
    """One numbered item of a consultation's outcome: who does what by when with which means."""

    class State(models.TextChoices):
        DRAFT = "draft", _("拟定")
        CONFIRMED = "confirmed", _("已确认")
        NEEDS_DECISION = "needs_decision", _("待村民决议")
        DECIDED = "decided", _("决议通过")
        REJECTED_BY_VILLAGE = "rejected_by_village", _("决议未过")
        SUBMITTED = "submitted", _("已报送")
        INSTRUCTED = "instructed", _("有批示")
        ASSIGNED = "assigned", _("已交办")
        IMPLEMENTED = "implemented", _("已落实")
        VERIFIED = "verified", _("已核实")
        CLOSED = "closed", _("已办结")
        ADOPTED_PART = "adopted_part", _("部分采纳")
        NOT_ADOPTED = "not_adopted", _("未采纳")
        RESERVED = "reserved", _("保留意见")
        SUPERSEDED = "superseded", _("被取代")

    class Kind(models.TextChoices):
        CONSENSUS = "consensus", _("共识")
        SUGGESTION = "suggestion", _("意见建议")
        RESERVED = "reserved", _("保留意见")
        REFERRAL = "referral", _("提请事项")
        SELF_HELP = "self_help", _("村民自筹（投工投劳、集体资产、土地）")

    class Party(models.TextChoices):
        UNIT = "unit", _("单位")
        VILLAGERS = "villagers", _("村民")
        VILLAGE_COMMITTEE = "village_committee", _("村（居）委会")
        MEMBER = "member", _("委员")

    ENDED = frozenset(
        {
            State.CLOSED, State.NOT_ADOPTED, State.ADOPTED_PART, State.RESERVED, State.SUPERSEDED,
            State.REJECTED_BY_VILLAGE,
        }
    )
    ASSIGNED_OR_LATER = ("assigned", "implemented", "verified", "closed")
    MOVES = {
        "revise": ({State.DRAFT}, None),
        "confirm": ({State.DRAFT}, State.CONFIRMED),
        "reserve": ({State.DRAFT}, State.RESERVED),
        "ask_village": ({State.CONFIRMED}, State.NEEDS_DECISION),
        "adopt_decision": ({State.NEEDS_DECISION}, State.DECIDED),
        "reject_decision": ({State.NEEDS_DECISION}, State.REJECTED_BY_VILLAGE),
        "submit": ({State.CONFIRMED, State.DECIDED}, State.SUBMITTED),
        "instruct": ({State.SUBMITTED}, State.INSTRUCTED),
        "assign": ({State.SUBMITTED, State.INSTRUCTED}, State.ASSIGNED),
        "implement": ({State.ASSIGNED}, State.IMPLEMENTED),
        "redo": ({State.IMPLEMENTED}, State.ASSIGNED),
        "verify": ({State.IMPLEMENTED}, State.VERIFIED),
        "close": ({State.VERIFIED}, State.CLOSED),
        "adopt_part": ({State.SUBMITTED, State.INSTRUCTED}, State.ADOPTED_PART),
        "not_adopt": (
            {State.SUBMITTED, State.INSTRUCTED, State.ASSIGNED, State.IMPLEMENTED},
            State.NOT_ADOPTED,
        ),
        "supersede": (
            {State.CONFIRMED, State.NEEDS_DECISION, State.DECIDED, State.SUBMITTED},
            State.SUPERSEDED,
        ),
    }
    VERBS = {
        "revise": _("修改"),
        "decide": _("登记村民决议"),
        "submit": _("报送"),
        "instruct": _("登记批示"),
        "adopt_part": _("部分采纳"),
        "not_adopt": _("未采纳"),
        "supersede": _("被新约定取代"),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="agreements")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.CharField(max_length=400)
    party = models.CharField(max_length=18, choices=Party.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="agreements")
    co_units = models.ManyToManyField(Unit, related_name="+")
    due_on = models.DateField(null=True)
    funding_source = models.CharField(max_length=120, default="", blank=True)
    funding_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    villagers_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    villagers_days = models.PositiveIntegerField(null=True)
    instruction = models.CharField(max_length=400, default="")
    outcome_words = models.CharField(max_length=400, default="")
    decided_on = models.DateField(null=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    objects = tenant_manager(AgreementQuerySet)

    class Meta:
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="agreement_number_once"),
            models.CheckConstraint(
                name="agreement_self_help_decided",
                condition=~models.Q(
                    kind="self_help",
                    state__in=["decided", "submitted", "instructed", "assigned", "implemented",
                               "verified", "closed"],
                )
                | models.Q(decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_unit_named",
                condition=~models.Q(party="unit") | models.Q(unit__isnull=False),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no


class VillageDecision(TenantModel):
    """The statutory decision that must stand behind villagers' money, labour, collective assets or land."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="decision")
    body = models.CharField(max_length=20)
    noticed_on = models.DateField()
    held_on = models.DateField()
    entitled = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    in_favour = models.PositiveIntegerField()
    resolution = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_counts_descend",
                condition=models.Q(present__lte=models.F("entitled"))
                & models.Q(in_favour__lte=models.F("present")),
            )
        ]

    def __str__(self):
        return f"{self.body} {self.held_on}"
