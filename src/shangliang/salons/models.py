"""Salons of members, their guests and the points made there."""

from django.db import models

from ..people.tenancy import TenantModel


class Salon(TenantModel):
    """A salon of members (委员沙龙): one theme of a series, talked over without a rostrum."""

    theme = models.CharField(max_length=80)

    def __str__(self):
        return self.theme


class Point(TenantModel):
    """A point made at a salon (建议条目), numbered as a measure or a suggestion."""

    salon = models.ForeignKey(Salon, models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)

    def __str__(self):
        return self.text
