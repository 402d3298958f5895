"""The ladder from a report or a point to a policy in force and its effect, with evidence at each step."""

from django.db import models

from ..people.tenancy import TenantModel


class Conversion(TenantModel):
    """The conversion of an output (成果转化): submitted, considered, adopted by a paper, in force, felt."""

    title = models.CharField(max_length=80)

    def __str__(self):
        return self.title
