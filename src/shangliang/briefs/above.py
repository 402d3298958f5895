"""How far up a brief went, what was written on it, what came of that, and the periodical that prints it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel


class Dispatch(TenantModel):
    """One sending of a brief to a level (报送), and whether it was adopted there, alone or compiled with others."""

    class Level(models.TextChoices):
        DISTRICT = "district", _("区级")
        CITY = "city", _("市级")
        NATION = "nation", _("全国")

    class How(models.TextChoices):
        SINGLE = "single", _("单篇采用")
        COMPILED = "compiled", _("综合采用")

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="dispatches")
    level = models.CharField(max_length=10, choices=Level.choices)
    to = models.CharField(max_length=60)
    on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices, default="")
    adopted_on = models.DateField(null=True)
    paper_no = models.CharField(max_length=60, default="")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "level", "to"], name="dispatch_once"),
            models.CheckConstraint(
                name="dispatch_adopted_dated",
                condition=models.Q(how="", adopted_on=None)
                | ~models.Q(how="") & models.Q(adopted_on__gte=models.F("on")),
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.to}"


class Instruction(TenantModel):
    """A leader's written instruction on a brief (批示): of which level, by which post, in which words; never public."""

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="instructions")
    level = models.CharField(max_length=10, choices=Dispatch.Level.choices, default="district")
    post = models.CharField(max_length=40)
    on = models.DateField()
    words = models.CharField(max_length=400)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return f"{self.post} {self.on}"


class Follow(TenantModel):
    """What came of an instruction or an adoption so far: which unit dealt with it, and how."""

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="follows")
    unit = models.CharField(max_length=60)
    words = models.CharField(max_length=400)
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return f"{self.unit} {self.on}"


class Issue(TenantModel):
    """One issue of the periodical 社情民意信息, numbered within its year: one brief alone, or several compiled."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField()
    title = models.CharField(max_length=80, default="")
    on = models.DateField()
    signer = models.CharField(max_length=40)
    recipients = models.CharField(max_length=120)
    copies = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="brief_issue_once"),
            models.UniqueConstraint(fields=["committee", "total"], name="brief_issue_total"),
        ]

    def __str__(self):
        return f"{self.year}-{self.number}"


class IssueItem(TenantModel):
    """A brief printed in an issue, in its order."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    brief = models.ForeignKey("briefs.Brief", models.PROTECT, related_name="printed")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["issue", "brief"], name="issue_brief_once")]

    def __str__(self):
        return f"{self.order}. {self.brief}"
