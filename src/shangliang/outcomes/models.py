"""Ratings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..consultations.models import Attendance
from ..people.tenancy import TenantModel
from ..proposals.models import Proposal
from ..tasks.models import Task
from ..voices.models import Voice


class Rating(TenantModel):
    """What one person who raised the matter, or who was at the table, says of the result; silence is no rating."""

    class Value(models.TextChoices):
        SATISFIED = "satisfied", _("满意")
        MOSTLY = "mostly", _("基本满意")
        NOT = "not", _("不满意")

    class Said(models.TextChoices):
        RECEIPT = "receipt", _("凭查询码")
        ACCOUNT = "account", _("登录")
        CALL_BACK = "call_back", _("电话或当面回访")

    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, related_name="ratings")
    attendance = models.ForeignKey(Attendance, models.PROTECT, null=True, related_name="ratings")
    round = models.PositiveSmallIntegerField(default=0)
    value = models.CharField(max_length=10, choices=Value.choices)
    said = models.CharField(max_length=10, choices=Said.choices)
    comment = models.CharField(max_length=400, default="")
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "round"], name="rating_voice_once",
                condition=models.Q(voice__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["attendance"], name="rating_attendance_once",
                condition=models.Q(attendance__isnull=False),
            ),
            models.CheckConstraint(
                name="rating_has_one_rater",
                condition=models.Q(voice__isnull=False, attendance=None)
                | models.Q(voice=None, attendance__isnull=False),
            ),
        ]

    def __str__(self):
        return self.get_value_display()

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no


class Evaluation(TenantModel):
    """What the proposer says of how a proposal was handled (办理情况反馈), once for each answer."""

    class Attitude(models.TextChoices):
        """办理态度, in the words of the proposers' own feedback sheet."""

        SATISFIED = "satisfied", _("满意")
        UNDERSTOOD = "understood", _("理解")
        NOT = "not", _("不满意")

    case = models.ForeignKey(Case, models.PROTECT, related_name="evaluations")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="evaluations")
    round = models.PositiveSmallIntegerField(default=1)
    value = models.CharField(max_length=10, choices=Rating.Value.choices)
    said = models.CharField(max_length=10, choices=Rating.Said.choices)
    visited = models.BooleanField(null=True)
    attitude = models.CharField(max_length=12, choices=Attitude.choices, default="")
    heard_by = models.CharField(max_length=10, choices=Task.Contact.choices, default="")
    leader_replied = models.BooleanField(null=True)
    comment = models.CharField(max_length=400, default="")
    evaluated_on = models.DateField(null=True)

    class Meta:
        ordering = ["proposal", "round"]
        constraints = [models.UniqueConstraint(fields=["proposal", "round"], name="evaluation_round_once")]

    def __str__(self):
        return self.get_value_display()

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no
