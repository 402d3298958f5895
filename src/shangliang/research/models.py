"""Research reports with their authors, reviews and versions."""

from django.db import models

from ..people.tenancy import TenantModel


class Report(TenantModel):
    """A research report (调研报告): written by members, reviewed, kept in versions, delivered."""

    title = models.CharField(max_length=80)

    def __str__(self):
        return self.title
