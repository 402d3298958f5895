"""Snapshots of press reports and the cases they tell of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.masking import mask
from ..cases.models import Case
from ..people.models import Account
from ..people.tenancy import TenantModel, tenant_manager
from . import alike

EXCERPT = 200


class SnapshotQuerySet(models.QuerySet):
    """Which snapshots one may see."""

    def published(self):
        """Those with an open public page."""
        return self.filter(state=Snapshot.State.PUBLISHED)

    def visible_to(self, account):
        """The committee's own people; the full text stays with them."""
        from . import policies

        return policies.readable(self, account)


class Snapshot(TenantModel):
    """A press report as it stood when it was taken (快照): its text is never changed, a correction is another snapshot.

    Three times are kept apart: when the report was published, when it was taken, and when it is looked at.
    """

    class State(models.TextChoices):
        CAPTURED = "captured", _("已收录")
        PUBLISHED = "published", _("已公开")
        TAKEN_DOWN = "taken_down", _("已下架")

    MOVES = {
        "link": ({State.CAPTURED, State.PUBLISHED, State.TAKEN_DOWN}, None),
        "publish": ({State.CAPTURED}, State.PUBLISHED),
        "take_down": ({State.CAPTURED, State.PUBLISHED}, State.TAKEN_DOWN),
        "restore": ({State.TAKEN_DOWN}, State.PUBLISHED),
    }
    VERBS = {
        "publish": _("审核公开"), "link": _("关联到案卷"), "take_down": _("下架"), "restore": _("恢复公开"),
    }  # fmt: skip

    state = models.CharField(max_length=10, choices=State.choices, default=State.CAPTURED)
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=20, default="", blank=True)
    published_at = models.DateTimeField(null=True)
    #: The chain of where it came from: origin_url → reprinted_from → channel → who took it.
    channel = models.CharField(max_length=60, default="", blank=True)
    reprinted_from = models.CharField(max_length=60, default="", blank=True)
    byline = models.CharField(max_length=60, default="", blank=True)
    origin_url = models.CharField(max_length=500, default="", blank=True)
    body = models.TextField()
    length = models.PositiveIntegerField()
    digest = models.CharField(max_length=80)
    #: The address without what does not matter; equal for the same page.
    address = models.CharField(max_length=500, default="", blank=True)
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    #: The earliest snapshot of the same report, and how it was recognised.
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    published_on = models.DateField(null=True)
    cases = models.ManyToManyField(Case, related_name="reports")

    objects = tenant_manager(SnapshotQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "digest"], name="snapshot_digest"),
            models.Index(fields=["committee", "state", "-published_at"], name="snapshot_list"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_intact(self) -> bool:
        """Whether the text is the one that was taken."""
        return alike.digest(self.body) == self.digest and len(self.body) == self.length

    @property
    def excerpt(self) -> str:
        """The beginning, at most EXCERPT characters: what may be shown to everybody (信息网络传播权保护条例 6)."""
        text = mask(" ".join(self.body.split()))  # before it is cut: half a number is no longer known as one
        return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"

    @property
    def medium(self) -> str:
        """The original medium, where it is known, else the channel."""
        return self.reprinted_from or self.channel

    def get_absolute_url(self) -> str:
        """The public page."""
        return f"/news/{self.pk}/"
