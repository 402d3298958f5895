"""Claims on record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..newsroom.models import Snapshot
from ..people.models import Account
from ..people.tenancy import TenantModel, tenant_manager


class ClaimQuerySet(models.QuerySet):
    """Which claims one may see."""

    def standing(self):
        """Those not withdrawn."""
        return self.filter(state=Claim.State.STANDING)

    def visible_to(self, account):
        """The committee's own people; standing ones are public anyway."""
        from . import policies

        return policies.readable(self, account)


class Claim(TenantModel):
    """A number that a report says of us, for its time and area as far as the source tells; it never counts (说法)."""

    class State(models.TextChoices):
        STANDING = "standing", _("列出")
        WITHDRAWN = "withdrawn", _("已撤下")

    MOVES = {"withdraw": ({State.STANDING}, State.WITHDRAWN)}
    VERBS = {"withdraw": _("撤下")}

    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDING)
    #: The figure that counts the same thing; empty where no figure does.
    figure = models.SlugField(max_length=30, default="", blank=True)
    number = models.PositiveIntegerField()
    #: The words of the source around the number.
    words = models.CharField(max_length=120)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="claims")
    source = models.CharField(max_length=200)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    area = models.CharField(max_length=60, default="", blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    objects = tenant_manager(ClaimQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "figure"], name="claim_list")]

    def __str__(self):
        return f"{self.words}：{self.number}"

    def get_absolute_url(self) -> str:
        """Where everybody sees it."""
        return f"/claims/#claim-{self.pk}"
