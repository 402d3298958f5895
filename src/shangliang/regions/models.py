"""Administrative divisions as a tree of official codes; a code's prefix is its place in the tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionQuerySet(models.QuerySet):
    """Questions about places."""

    def within(self, code: str):
        """The region with this code and everything below it."""
        return self.filter(code__startswith=code)

    def current(self, today):
        """Regions that exist on this day."""
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=today),
            models.Q(valid_to=None) | models.Q(valid_to__gte=today),
        )


class Region(models.Model):
    """An administrative division: municipality, district, town or street, village or community.

    ``code`` is the official code cut to its significant digits (2, 4, 6, 9 or 12), so that every place within a
    region starts with the region's code.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        CITY = "city", _("地市")
        COUNTY = "county", _("区县")
        TOWN = "town", _("镇街")
        VILLAGE = "village", _("村（社区）")

    code = models.CharField(max_length=12, unique=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    official_name = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")

    objects = models.Manager.from_queryset(RegionQuerySet)()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="region_ends_after_start",
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
            )
        ]

    def __str__(self):
        return self.full_name


class Alias(models.Model):
    """Another name under which a region is written, for instance a misprint in a newspaper."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=60)
    source = models.CharField(max_length=120, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="region_alias_once")]

    def __str__(self):
        return self.name
