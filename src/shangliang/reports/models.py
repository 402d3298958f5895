"""Reports on a period, and the text from which they are made."""

import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..journal import digest
from ..people.tenancy import TenantModel, tenant_manager
from .filling import Period


class Wording(TenantModel):
    """The text from which a committee begins its reports; the latest holds, earlier ones are kept."""

    text = models.TextField()
    saved_at = models.DateTimeField()

    def __str__(self):
        return self.text[:40]


class WorkReportQuerySet(models.QuerySet):
    """Which reports one may see."""

    def published(self):
        """Those with an open public page."""
        return self.filter(state=WorkReport.State.PUBLISHED)

    def visible_to(self, account):
        """The offices, who write them, and those who check them."""
        from . import policies

        return policies.readable(self, account)


class WorkReport(TenantModel):
    """A committee's report on a year or a quarter: its numbers are counted until it is settled, and then frozen."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SETTLED = "settled", _("已定稿")
        PUBLISHED = "published", _("已公开")
        DROPPED = "dropped", _("已作废")

    class Quarter(models.IntegerChoices):
        YEAR = 0, _("全年")
        FIRST = 1, _("第一季度")
        SECOND = 2, _("第二季度")
        THIRD = 3, _("第三季度")
        FOURTH = 4, _("第四季度")

    MOVES = {
        "write": ({State.DRAFT}, None),
        "settle": ({State.DRAFT}, State.SETTLED),
        "publish": ({State.SETTLED}, State.PUBLISHED),
        "take_back": ({State.PUBLISHED}, State.SETTLED),
        "drop": ({State.DRAFT, State.SETTLED}, State.DROPPED),
    }
    VERBS = {
        "write": _("写和改"), "settle": _("定稿"), "publish": _("审核公开"), "take_back": _("撤回公开"),
        "drop": _("作废"),
    }  # fmt: skip

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(choices=Quarter.choices, default=Quarter.YEAR)
    #: The text with its marks; what people write themselves stands in it.
    draft = models.TextField()
    begun_on = models.DateField()
    settled_at = models.DateTimeField(null=True)
    #: The text with its numbers as they were settled, as canonical JSON, and its digest.
    settled = models.TextField(default="", blank=True)
    digest = models.CharField(max_length=80, default="", blank=True)
    published_on = models.DateField(null=True)

    objects = tenant_manager(WorkReportQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "-year", "-quarter"], name="work_report_list")]
        constraints = [
            models.CheckConstraint(
                name="work_report_settled",
                condition=Q(state="dropped") | Q(state="draft", settled="") | ~Q(state="draft") & ~Q(settled=""),
            )
        ]

    def __str__(self):
        return self.period.title

    @property
    def period(self) -> Period:
        """What it reports on."""
        return Period(self.year, self.quarter)

    @property
    def content(self) -> dict | None:
        """What was settled: title, blocks, numbers, cut-off and how far the journal went; None before."""
        return json.loads(self.settled) if self.settled else None

    @property
    def is_intact(self) -> bool:
        """Whether what was settled is what stands here."""
        return not self.settled or digest.digest(self.settled) == self.digest

    def get_absolute_url(self) -> str:
        """The public page."""
        return f"/reports/{self.pk}/"
