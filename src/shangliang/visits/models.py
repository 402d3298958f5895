"""Visits of members to courtyards: when, who, of which kinds, what was heard and what was promised."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Account, Member
from ..people.tenancy import TenantModel, tenant_manager
from ..venues.models import Venue
from ..voices.models import Voice

#: What a list and a page show of each visit, read with it.
PARTS = ("members__member", "kinds", "promises", "heard")


class VisitQuerySet(models.QuerySet):
    """Questions about visits."""

    def made(self):
        """The visits that took place."""
        return self.filter(state=Visit.State.MADE)

    def visible_to(self, account):
        """The visits an account may read, with their members, kinds, promises and voices."""
        from . import policies

        return policies.readable(self, account).prefetch_related(*PARTS)


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
        "keep_promise": _("登记承诺兑现"),
        "promise": _("补记一项承诺"),
        "cancel": _("取消这次走访"),
    }

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="visits")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    #: What a planned visit is about.
    purpose = models.CharField(max_length=200, default="")
    households = models.PositiveSmallIntegerField(null=True)
    explained = models.TextField(default="")
    noted = models.TextField(default="")
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    objects = tenant_manager(VisitQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "state", "-on"], name="visit_state_list"),
            models.Index(fields=["venue", "-on"], name="visit_of_venue"),
        ]

    def __str__(self):
        return f"{self.venue.full_name} {self.on}"

    @property
    def region(self):
        """Where it took place; what is handed in with it belongs there."""
        return self.venue.region

    @property
    def member_names(self) -> str:
        """Who went."""
        return "、".join(going.member.name for going in self.members.all())

    @property
    def kind_words(self) -> str:
        """The kinds of the visit, in their customary order."""
        chosen = {row.kind for row in self.kinds.all()}
        return "、".join(str(label) for kind, label in VisitKind.Kind.choices if kind in chosen)


class VisitMember(TenantModel):
    """One member who goes, or went, on a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="members")
    member = models.ForeignKey(Member, models.PROTECT, related_name="visits")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "member"], name="visit_member_once")]

    def __str__(self):
        return f"{self.visit_id} {self.member_id}"


class VisitKind(TenantModel):
    """One of the five kinds of work that a visit did (民声、民意、民智、民事、民心)."""

    class Kind(models.TextChoices):
        LISTENING = "listening", _("民声倾听")
        COLLECTING = "collecting", _("民意收集")
        GATHERING = "gathering", _("民智汇集")
        CONSULTING = "consulting", _("民事协商")
        UNITING = "uniting", _("民心凝聚")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "kind"], name="visit_kind_once")]

    def __str__(self):
        return self.get_kind_display()


class VisitVoice(TenantModel):
    """A voice that was raised during a visit; it goes its own way from there."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="heard")
    voice = models.OneToOneField(Voice, models.PROTECT, related_name="heard_on")

    def __str__(self):
        return f"{self.visit_id} {self.voice_id}"


class Promise(TenantModel):
    """What members promised at a visit, by when, and how it was kept."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="promises")
    text = models.CharField(max_length=200)
    due_on = models.DateField()
    kept_on = models.DateField(null=True)
    report = models.CharField(max_length=400, default="")

    class Meta:
        indexes = [models.Index(fields=["committee", "kept_on", "due_on"], name="visit_promise_due")]
        constraints = [
            models.CheckConstraint(
                name="visit_promise_kept_told",
                condition=models.Q(kept_on=None, report="") | (models.Q(kept_on__isnull=False) & ~models.Q(report="")),
            )
        ]

    def __str__(self):
        return self.text
