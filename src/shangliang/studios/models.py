"""Studios of members: place, people, hours, standards and what they do."""

from django.db import models

from ..people.tenancy import TenantModel
from ..venues.models import Venue


class Studio(TenantModel):
    """A studio of members (委员工作室): a place with a sign and hours, a lead and a team, and what they do there."""

    venue = models.OneToOneField(Venue, models.PROTECT, related_name="studio")
    name = models.CharField(max_length=60)

    def __str__(self):
        return self.name
