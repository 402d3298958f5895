"""The case: the spine to which every record of a thread is tied."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel, tenant_manager
from ..regions.models import Region
from ..venues.models import Venue


class CaseQuerySet(models.QuerySet):
    """Which cases one may see."""

    def published(self):
        """Cases whose public page is open."""
        return self.filter(state=Case.State.PUBLISHED)

    def late(self, today):
        """Cases in which some clock has run out."""
        from ..rules.models import Deadline

        overdue = Deadline.objects.filter(
            case_no=models.OuterRef("no"), ended_on=None, paused_on=None, due_on__lt=today
        )
        return self.filter(models.Exists(overdue))


class Case(TenantModel):
    """One matter from the first voice to the rating; its number is printed on paper and never reused."""

    class State(models.TextChoices):
        PRIVATE = "private", _("未公开")
        PUBLISHED = "published", _("已公开")
        TAKEN_BACK = "taken_back", _("已撤回公开")

    MOVES = {
        "publish": ({State.PRIVATE, State.TAKEN_BACK}, State.PUBLISHED),
        "take_back": ({State.PUBLISHED}, State.TAKEN_BACK),
    }
    VERBS = {"publish": _("公开"), "take_back": _("撤回公开")}

    class Stage(models.TextChoices):
        VOICE = "voice", _("民声")
        TOPIC = "topic", _("议题")
        CONSULTATION = "consultation", _("协商")
        AGREEMENT = "agreement", _("约定")
        TASK = "task", _("交办")
        RESULT = "result", _("结果")
        RATING = "rating", _("评价")
        ENDED = "ended", _("已办结")

    no = models.CharField(max_length=30, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PRIVATE)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.VOICE)
    title = models.CharField(max_length=80, default="")
    summary = models.TextField(default="")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="cases")
    opened_on = models.DateField()
    updated_at = models.DateTimeField()
    published_on = models.DateField(null=True)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")

    objects = tenant_manager(CaseQuerySet)
    #: A case number printed on paper resolves whatever committee it belongs to.
    everywhere = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["committee", "state", "-updated_at"], name="case_public_list"),
            models.Index(fields=["committee", "stage", "-updated_at"], name="case_stage_list"),
            models.Index(fields=["committee", "-updated_at"], name="case_list"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_published_has_words",
                condition=~models.Q(state="published")
                | (models.Q(published_on__isnull=False) & ~models.Q(title="")),
            )
        ]

    def __str__(self):
        return self.no

    @property
    def case_no(self) -> str:
        """The number under which the journal tells this thread."""
        return self.no

    def get_absolute_url(self) -> str:
        """The public address, short enough to be read from a wall."""
        return f"/cases/{self.no}/"


class CaseSerial(TenantModel):
    """The last number given in a year; the row is locked while the next is taken."""

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "year"], name="case_serial_once")
        ]

    def __str__(self):
        return f"{self.year}-{self.last}"
