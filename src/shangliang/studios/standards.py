"""What a studio is measured by: lists that a committee writes itself, its checks and, where switched on, reviews."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Account
from ..people.tenancy import TenantModel


class Checklist(TenantModel):
    """A list of the committee's own: a standard such as 六有, or the words of its review levels."""

    class Kind(models.TextChoices):
        STANDARD = "standard", _("建设标准")
        LEVELS = "levels", _("评议等次")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STANDARD)
    name = models.CharField(max_length=30)
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "name"], condition=models.Q(retired_on=None), name="studio_checklist_once"
            )
        ]

    def __str__(self):
        return self.name


class ChecklistItem(TenantModel):
    """One line of a list; a line that is no longer asked is retired, because old checks still name it."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=60)
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["checklist_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "text"], condition=models.Q(retired_on=None), name="studio_checklist_item_once"
            )
        ]

    def __str__(self):
        return self.text


class StandardCheck(TenantModel):
    """Whether a studio met one line on the day somebody looked: yes or no in words, never a mark or a star."""

    studio = models.ForeignKey("studios.Studio", models.PROTECT, related_name="checks")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="checks")
    met = models.BooleanField()
    note = models.CharField(max_length=200, default="", blank=True)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["studio", "item", "checked_on"], name="studio_check_once_a_day")
        ]

    def __str__(self):
        return f"{self.item}：{_('有') if self.met else _('缺')}"


class StudioReview(TenantModel):
    """A level that a committee gave a studio, with its basis; only where rule ``studio.review_levels`` is on.

    It is off by default and never public: 国办函〔2026〕12号 forbids turning an application into a tool of assessment
    (domain 5.1), and no readable rule for stars (星级) was found, only words such as 示范 or 优秀 (domain 2.3). A
    committee whose own rule asks for reviews switches them on and writes its own words.
    """

    studio = models.ForeignKey("studios.Studio", models.PROTECT, related_name="reviews")
    level = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)
    on = models.DateField()

    def __str__(self):
        return str(self.level)
