"""Salons of members, their guests and the points made there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Member, Office, Unit
from ..people.tenancy import TenantModel, tenant_manager
from ..shared import sealed
from ..studios.models import Studio
from ..venues.models import Venue


class SalonQuerySet(models.QuerySet):
    """Questions about salons."""

    def published(self):
        """Salons whose public page is open."""
        return self.filter(published_on__isnull=False)

    def visible_to(self, account):
        """The salons an account may read."""
        from . import policies

        return policies.readable(self, account)


class Salon(TenantModel):
    """A salon of members (委员沙龙): one theme of a series, talked over without a rostrum."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备中")
        ANNOUNCED = "announced", _("已通知")
        HELD = "held", _("已举办")
        SUMMARISED = "summarised", _("已小结")
        ARCHIVED = "archived", _("已归档")
        CANCELLED = "cancelled", _("已取消")

    class Series(models.TextChoices):
        ECONOMY = "economy", _("经济")
        CULTURE = "culture", _("文化")
        EDUCATION = "education", _("教育")
        ECOLOGY = "ecology", _("生态")
        LIVELIHOOD = "livelihood", _("民生")
        OTHER = "other", _("其他")

    BEFORE = frozenset({State.PLANNED, State.ANNOUNCED})
    AFTER = frozenset({State.HELD, State.SUMMARISED})
    TOLD = frozenset({State.SUMMARISED, State.ARCHIVED})
    MOVES = {
        "invite": (BEFORE, None),
        "announce": ({State.PLANNED}, State.ANNOUNCED),
        "check_in": ({State.ANNOUNCED, State.HELD}, None),
        "hold": ({State.ANNOUNCED}, State.HELD),
        "add_points": (AFTER, None),
        "revise_point": (AFTER | TOLD, None),
        "summarise": ({State.HELD}, State.SUMMARISED),
        "archive": ({State.SUMMARISED}, State.ARCHIVED),
        "publish": (TOLD, None),
        "take_back": (TOLD, None),
        "forget_guest": (BEFORE | AFTER | TOLD | {State.CANCELLED}, None),
        "cancel": (BEFORE, State.CANCELLED),
    }
    VERBS = {
        "announce": _("发出通知"),
        "check_in": _("签到"),
        "hold": _("登记已举办"),
        "add_points": _("记发言要点"),
        "summarise": _("写小结"),
        "archive": _("归档"),
        "invite": _("邀请来宾"),
        "revise_point": _("改一条要点"),
        "publish": _("公开"),
        "take_back": _("撤回公开"),
        "forget_guest": _("抹去一位来宾的姓名"),
        "cancel": _("取消"),
    }

    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    series = models.CharField(max_length=12, choices=Series.choices)
    theme = models.CharField(max_length=80)
    question = models.TextField(default="")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="salons")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="salons")
    host = models.ForeignKey(Member, models.PROTECT, null=True, related_name="hosted_salons")
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="salons")
    place = models.CharField(max_length=60, default="")
    starts_at = models.DateTimeField()
    summary = models.TextField(default="")
    next_steps = models.TextField(default="")
    published_on = models.DateField(null=True)

    objects = tenant_manager(SalonQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "-starts_at"], name="salon_list")]
        constraints = [
            models.CheckConstraint(
                name="salon_has_a_host",
                condition=models.Q(office__isnull=False) | models.Q(studio__isnull=False),
            ),
            models.CheckConstraint(
                name="salon_has_a_place",
                condition=models.Q(venue__isnull=False) | ~models.Q(place=""),
            ),
            models.CheckConstraint(
                name="salon_public_has_summary",
                condition=models.Q(published_on=None)
                | models.Q(state__in=["summarised", "archived"]) & ~models.Q(summary=""),
            ),
        ]

    def __str__(self):
        return self.theme

    @property
    def hosts(self) -> str:
        """The office and studio that host it, in words."""
        return "、".join(str(body) for body in (self.office, self.studio) if body)

    @property
    def where(self) -> str:
        """The place in words."""
        return self.place or self.venue.name

    @property
    def is_public(self) -> bool:
        """Whether its page is open to everybody."""
        return self.published_on is not None


class Guest(TenantModel):
    """Somebody invited to a salon in one role; the name of a private person is sealed and can be erased."""

    class Role(models.TextChoices):
        MEMBER = "member", _("委员")
        RESIDENT = "resident", _("群众")
        DEPARTMENT = "department", _("部门")
        TOWN = "town", _("镇街")
        ENTERPRISE = "enterprise", _("企业")
        EXPERT = "expert", _("专家")

    salon = models.ForeignKey(Salon, models.CASCADE, related_name="guests")
    role = models.CharField(max_length=12, choices=Role.choices)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="salon_seats")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=400, default="")
    attended = models.BooleanField(default=False)
    erased_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["salon", "member"], name="guest_member_once"),
            models.UniqueConstraint(fields=["salon", "unit"], name="guest_unit_once"),
            models.CheckConstraint(
                name="guest_is_somebody",
                condition=models.Q(member__isnull=False)
                | models.Q(unit__isnull=False)
                | ~models.Q(name="")
                | models.Q(erased_on__isnull=False),
            ),
            models.CheckConstraint(
                name="guest_member_is_named",
                condition=~models.Q(role="member") | models.Q(member__isnull=False),
            ),
        ]

    def __str__(self):
        return self.get_role_display()

    @property
    def called(self) -> str:
        """The name as the desk shows it, to those who may see it."""
        if self.member_id:
            return self.member.name
        if self.unit_id:
            return self.unit.name
        return sealed.unseal(settings.CONTACT_KEY, self.name) or str(_("（姓名已抹去）"))

    @property
    def is_private(self) -> bool:
        """Whether the name is that of a private person or firm, never of a member or unit."""
        return not (self.member_id or self.unit_id)


class Point(TenantModel):
    """A point made at a salon (建议条目), numbered as a measure or a suggestion."""

    class Kind(models.TextChoices):
        MEASURE = "measure", _("措施")
        SUGGESTION = "suggestion", _("建议")

    salon = models.ForeignKey(Salon, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    made_by = models.CharField(max_length=30, default="")

    class Meta:
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["salon", "kind", "number"], name="point_number_once"),
            models.CheckConstraint(
                name="point_has_words", condition=~models.Q(text="") & models.Q(number__gte=1)
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def label(self) -> str:
        """措施 1, 建议 4."""
        return f"{self.get_kind_display()} {self.number}"
