"""Visits of members to courtyards, and what came of them."""

from django.db import models

from ..people.tenancy import TenantModel
from ..venues.models import Venue


class Visit(TenantModel):
    """A visit of members to a courtyard or another place (走访): when, who, what was done, heard and promised."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="visits")
    on = models.DateField()

    def __str__(self):
        return f"{self.venue.name} {self.on}"
