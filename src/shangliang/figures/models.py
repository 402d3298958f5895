"""The latest comparison of each figure with the journal, and the log of corrections."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel


class BothWays:
    """Something counted from the records (``counted``) and from the journal (``told``, None where it cannot tell)."""

    counted: Any
    told: Any

    @property
    def agrees(self) -> bool:
        """Whether both ways gave the same."""
        return self.told is None or self.counted == self.told


class Recount(BothWays, TenantModel):
    """One figure as the records and the journal told it when the clock last compared them."""

    figure = models.SlugField(max_length=30)
    counted = models.BigIntegerField()
    #: None where the journal alone cannot tell.
    told = models.BigIntegerField(null=True)
    #: How far the journal went then.
    seq = models.BigIntegerField()
    compared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "figure"], name="recount_figure_once")]

    def __str__(self):
        return self.figure


class Correction(TenantModel):
    """A published number that turned out wrong, or a definition that changed: what was wrong, and who noticed.

    It is entered once and never changed; a mistaken one is followed by another.
    """

    class Finder(models.TextChoices):
        OFFICE = "office", _("政协自己")
        RECOUNT = "recount", _("每夜的核对")
        PUBLIC = "public", _("群众")
        MEDIA = "media", _("媒体")
        NEIGHBOUR = "neighbour", _("毗邻方")
        AUDIT = "audit", _("审计")

    figure = models.SlugField(max_length=30)
    #: The version of the definition under which the number was published.
    version = models.PositiveSmallIntegerField()
    #: From which day the published number was wrong, or the changed definition holds.
    since = models.DateField()
    words = models.TextField()
    before = models.BigIntegerField(null=True)
    after = models.BigIntegerField(null=True)
    found_by = models.CharField(max_length=10, choices=Finder.choices)
    corrected_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["committee", "figure", "-corrected_at"], name="correction_list")]

    def __str__(self):
        return self.words[:40]
