"""Blank forms of other offices, kept to be filled from the record whenever they are due."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Account
from ..people.tenancy import TenantModel


class Blank(TenantModel):
    """Another office's form (外单位报表) as a blank sheet, with placeholders where the record's figures and rows go."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("在用")
        RETIRED = "retired", _("不再填报")

    MOVES = {
        "replace": ({State.IN_USE}, None),
        "fill": ({State.IN_USE}, None),
        "retire": ({State.IN_USE}, State.RETIRED),
    }

    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_USE)
    title = models.CharField(max_length=80)
    #: Which office asks for it, and when, in its own words: 每季度末月 25 日前.
    office = models.CharField(max_length=60)
    due = models.CharField(max_length=60, default="", blank=True)
    file_name = models.CharField(max_length=120)
    #: The sheet itself: small, checked when it came in, and part of every backup of the record.
    body = models.BinaryField()
    kept_on = models.DateField()
    kept_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title
