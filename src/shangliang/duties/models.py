"""What belongs to a duty file and cannot be computed: appeals, additions with their proof, schemes of scoring."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Account, Member
from ..people.tenancy import TenantModel, tenant_manager


class AppealQuerySet(models.QuerySet):
    """Questions about appeals."""

    def visible_to(self, account):
        """The appeals an account may read."""
        from . import policies

        return policies.readable(self, account)


class Appeal(TenantModel):
    """A member's word that a line of the own duty file (履职档案) is wrong, or that something is missing."""

    class State(models.TextChoices):
        RAISED = "raised", _("待答复")
        UPHELD = "upheld", _("意见成立")
        DENIED = "denied", _("意见不成立")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES = {
        "uphold": ({State.RAISED}, State.UPHELD),
        "deny": ({State.RAISED}, State.DENIED),
        "withdraw": ({State.RAISED}, State.WITHDRAWN),
    }
    VERBS = {"uphold": _("意见成立"), "deny": _("意见不成立"), "withdraw": _("撤回")}

    member = models.ForeignKey(Member, models.PROTECT, related_name="duty_appeals")
    year = models.PositiveSmallIntegerField()
    #: The line it is about, as duties.lines names it; empty when something is missing.
    line = models.CharField(max_length=40, default="", blank=True)
    line_words = models.CharField(max_length=200, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RAISED)
    words = models.CharField(max_length=400)
    raised_on = models.DateField()
    raised_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=400, default="", blank=True)
    decided_on = models.DateField(null=True)

    objects = tenant_manager(AppealQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "line"], name="appeal_open_once",
                condition=models.Q(state="raised") & ~models.Q(line=""),
            ),
            models.CheckConstraint(
                name="appeal_decided_in_words",
                condition=~models.Q(state__in=["upheld", "denied"])
                | (models.Q(decided_on__isnull=False) & ~models.Q(decision="")),
            ),
        ]

    def __str__(self):
        return self.line_words or self.words[:40]


class Addition(TenantModel):
    """What a member did outside this platform (补充), entered by the office after an appeal, with its proof."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="addition")
    member = models.ForeignKey(Member, models.PROTECT, related_name="duty_additions")
    on = models.DateField()
    words = models.CharField(max_length=200)
    proof = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(name="addition_has_proof", condition=~models.Q(proof=""))]

    def __str__(self):
        return self.words


class SchemeQuerySet(models.QuerySet):
    """Questions about schemes."""

    def visible_to(self, account):
        """The schemes an account may read: the office alone."""
        from . import policies

        return self if policies.may_keep_schemes(account, account.committee) else self.none()


class Scheme(TenantModel):
    """Rules for scoring a duty file (计分规则) as data; tried on one member at a time, and off unless a rule says so.

    国办函〔2026〕12号 bans scoring and ranking as a forced function; nothing here compares two members.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草案")
        IN_USE = "in_use", _("使用中")
        RETIRED = "retired", _("已停用")

    MOVES = {
        "set_rule": ({State.DRAFT}, None),
        "use": ({State.DRAFT}, State.IN_USE),
        "retire": ({State.DRAFT, State.IN_USE}, State.RETIRED),
    }
    VERBS = {"set_rule": _("定一条规则"), "use": _("启用"), "retire": _("停用")}

    name = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    objects = tenant_manager(SchemeQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "year"], name="scheme_in_use_once", condition=models.Q(state="in_use")
            )
        ]

    def __str__(self):
        return self.name


class SchemeRule(TenantModel):
    """What one line of a kind is worth in a scheme, and the most that a year can give for that kind."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=12)
    value = models.DecimalField(max_digits=6, decimal_places=1)
    cap = models.DecimalField(max_digits=6, decimal_places=1, null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="scheme_rule_once"),
            models.CheckConstraint(name="scheme_rule_positive", condition=models.Q(value__gte=0)),
        ]

    def __str__(self):
        return self.kind
