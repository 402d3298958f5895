"""Proposals of members, from signing to evaluation."""

from django.db import models

from ..cases.models import Case
from ..people.tenancy import TenantModel


class Proposal(TenantModel):
    """A proposal of members (提案): filed or declined, handled by units, judged by who made it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=80)

    def __str__(self):
        return self.title

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no
