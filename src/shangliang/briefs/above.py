"""How far up a brief went, what was written on it, what came of that, and the periodical that prints it."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel


class Dispatch(TenantModel):
    """A brief sent up to one recipient (报送), and whether and how it was taken there."""

    class Level(models.TextChoices):
        DISTRICT = "district", _("区")
        CITY = "city", _("市")
        NATION = "nation", _("全国")

    class Adoption(models.TextChoices):
        SINGLE = "single", _("单篇采用")
        COMPILED = "compiled", _("综合采用")

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="dispatches")
    level = models.CharField(max_length=10, choices=Level.choices)
    recipient = models.CharField(max_length=40)
    on = models.DateField()
    adopted = models.CharField(max_length=10, choices=Adoption.choices, default="")
    adopted_on = models.DateField(null=True)
    employed_as = models.CharField(max_length=60, default="")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "level", "recipient"], name="dispatch_once"),
            models.CheckConstraint(
                name="dispatch_adopted_is_dated",
                condition=models.Q(adopted="", adopted_on=None, employed_as="")
                | ~models.Q(adopted="") & models.Q(adopted_on__gte=models.F("on")),
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.recipient}"


class Instruction(TenantModel):
    """What a leader wrote on a brief (批示): the post, never a name; for the desk only."""

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="instructions")
    level = models.CharField(max_length=10, choices=Dispatch.Level.choices)
    post = models.CharField(max_length=40)
    words = models.CharField(max_length=400)
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return self.post


class Follow(TenantModel):
    """What came of an instruction: which unit dealt with it, and how."""

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="follows")
    unit = models.CharField(max_length=60)
    words = models.CharField(max_length=400)
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return self.unit


class Issue(TenantModel):
    """One issue of the periodical (社情民意信息第几期): one brief alone, or several under one heading."""

    class Shape(models.TextChoices):
        SINGLE = "single", _("单篇")
        COMPILED = "compiled", _("综合")

    year = models.PositiveSmallIntegerField()
    #: Within the year, and from the first issue on (第几期, 总第几期).
    number = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    shape = models.CharField(max_length=10, choices=Shape.choices)
    on = models.DateField()
    signer_post = models.CharField(max_length=40)
    recipients = models.CharField(max_length=200)
    copies = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["-total"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="issue_number_once"),
            models.UniqueConstraint(fields=["committee", "total"], name="issue_total_once"),
        ]

    def __str__(self):
        return _now("%(year)s年第%(number)s期") % {"year": self.year, "number": self.number}


class IssueItem(TenantModel):
    """One brief in an issue, at its place, under its heading."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    brief = models.ForeignKey("briefs.Brief", models.PROTECT, related_name="printings")
    place = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=80)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "brief"], name="issue_brief_once"),
            models.UniqueConstraint(fields=["issue", "place"], name="issue_place_once"),
        ]

    def __str__(self):
        return self.heading
