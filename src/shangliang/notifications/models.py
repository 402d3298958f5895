"""Notices to those who raised a voice."""

from django.db import models

from ..people.models import Account
from ..people.tenancy import TenantModel
from ..voices.models import Voice


class Notice(TenantModel):
    """One thing a person who raised a voice is to be told: on the receipt page, and by telephone where one was left."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="notices")
    entry = models.BigIntegerField()
    case_no = models.CharField(max_length=30)
    sentence = models.CharField(max_length=400)
    by_phone = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "entry"], name="notice_once")]
        indexes = [models.Index(fields=["committee", "told_at", "by_phone"], name="notice_waiting")]

    def __str__(self):
        return self.sentence
