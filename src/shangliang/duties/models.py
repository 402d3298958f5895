"""What members did, computed from the records: appeals on a line, and rules for scoring that are off by default."""

from django.db import models

from ..people.models import Member
from ..people.tenancy import TenantModel


class Appeal(TenantModel):
    """A member's word that a line of the own duty file (履职档案) is wrong or missing."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="duty_appeals")
    year = models.PositiveSmallIntegerField()

    def __str__(self):
        return f"{self.member} {self.year}"
