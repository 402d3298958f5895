"""Visits of members to courtyards: who went, what was heard and what was promised."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Account, Member
from ..people.tenancy import TenantModel, tenant_manager
from ..venues.models import Venue
from ..voices.models import Voice


class VisitQuerySet(models.QuerySet):
    """Questions about visits."""

    def made(self):
        """Visits that took place."""
        return self.filter(state=Visit.State.MADE)

    def visible_to(self, account):
        """The visits an account may read."""
        from . import policies

        return policies.readable(self, account)


class Visit(TenantModel):
    """A visit of members to a courtyard or another place (走访): when, who, what was done, heard and promised."""

    class State(models.TextChoices):
        PLANNED = "planned", _("拟走访")
        MADE = "made", _("已走访")
        CANCELLED = "cancelled", _("已取消")

    MOVES = {
        "make": ({State.PLANNED}, State.MADE),
        "promise": ({State.MADE}, None),
        "keep_promise": ({State.MADE}, None),
        "cancel": ({State.PLANNED}, State.CANCELLED),
    }
    VERBS = {
        "make": _("登记走访情况"),
        "keep_promise": _("承诺办到了"),
        "promise": _("补一条承诺"),
        "cancel": _("不去了"),
    }

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="visits")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    on = models.DateField()
    households = models.PositiveSmallIntegerField(null=True)
    explained = models.CharField(max_length=400, default="")
    noted = models.CharField(max_length=1000, default="")
    members = models.ManyToManyField(Member, through="VisitMember", related_name="visits")
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    objects = tenant_manager(VisitQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "state", "-on"], name="visit_list"),
            models.Index(fields=["venue", "-on"], name="visit_of_venue"),
        ]

    def __str__(self):
        return f"{self.venue.name} {self.on}"

    @property
    def region(self):
        """The place of the visit, so that its pictures may be read by the place's own liaison."""
        return self.venue.region


class VisitMember(TenantModel):
    """A member who took part in a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, models.PROTECT, related_name="visit_seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "member"], name="visit_member_once")]

    def __str__(self):
        return str(self.member)


class VisitKind(TenantModel):
    """One of the five kinds of what a visit is for; the article names them 五个“民…在小院”."""

    class Kind(models.TextChoices):
        LISTENING = "listening", _("民声倾听")
        COLLECTING = "collecting", _("民意收集")
        GATHERING = "gathering", _("民智汇集")
        CONSULTING = "consulting", _("民事协商")
        UNITING = "uniting", _("民心凝聚")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "kind"], name="visit_kind_once")]

    def __str__(self):
        return self.get_kind_display()


class VisitVoice(TenantModel):
    """A voice that was raised during a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="raised")
    voice = models.OneToOneField(Voice, models.PROTECT, related_name="visit_link")

    def __str__(self):
        return self.voice.case_no


class Promise(TenantModel):
    """What the members promised at a visit (承诺), with its day, and how it was kept."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="promises")
    text = models.CharField(max_length=200)
    due_on = models.DateField()
    kept_on = models.DateField(null=True)
    report = models.CharField(max_length=400, default="")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="visit_promise_kept_in_words",
                condition=models.Q(kept_on=None, report="") | (models.Q(kept_on__isnull=False) & ~models.Q(report="")),
            )
        ]

    def __str__(self):
        return self.text
