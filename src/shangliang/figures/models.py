"""The latest comparison of each figure with the journal."""

from typing import Any

from django.db import models

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
