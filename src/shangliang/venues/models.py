"""Venues, the people who look after them, and the signed, revocable codes on their walls."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Account
from ..people.tenancy import TenantModel, tenant_manager
from ..regions.models import Region


class VenueQuerySet(models.QuerySet):
    """Questions about places."""

    def visible_to(self, account):
        """The places within the account's own area."""
        from . import policies

        return policies.readable(self, account)

    def open_courtyards(self):
        """The courtyards that are in use."""
        return self.filter(kind=Venue.Kind.COURTYARD, closed_on=None)


class Venue(TenantModel):
    """A place of consultation (协商平台): from the district's hall to a courtyard of ten households."""

    class Kind(models.TextChoices):
        HALL = "hall", _("协商议政厅")
        ROOM = "room", _("协商议事室")
        POINT = "point", _("协商议事点")
        COURTYARD = "courtyard", _("小院")
        STUDIO = "studio", _("委员工作室")
        JOINT_ROOM = "joint_room", _("毗邻协商议事室")

    #: The buttons of its page at the desk, in their order; none of them moves a state.
    VERBS = {
        "update_venue": _("改登记信息"),
        "appoint_steward": _("登记院长、管家"),
        "update_steward": _("改院长、管家信息"),
        "reveal_steward": _("查看管家电话"),
        "end_steward": _("院长、管家离任"),
        "erase_steward": _("删除管家个人信息"),
    }

    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="venues")
    address = models.CharField(max_length=120, default="", blank=True)
    group_no = models.CharField(max_length=20, default="", blank=True)
    households = models.PositiveSmallIntegerField(null=True, blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)
    #: WGS-84, entered by hand; nobody's telephone is asked where it is.
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    objects = tenant_manager(VenueQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="venue_point_on_earth",
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            ),
            models.UniqueConstraint(fields=["committee", "code"], name="venue_code_once"),
            models.UniqueConstraint(fields=["region", "kind", "name"], name="venue_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def state(self) -> str:
        """Whether it is in use: ``open`` or ``closed``."""
        return "open" if self.closed_on is None else "closed"

    def get_state_display(self) -> str:
        """The same in words."""
        return str(_("启用") if self.closed_on is None else _("已停用"))

    @property
    def full_name(self) -> str:
        """The name with town and village before it."""
        if self.name.startswith(self.region.full_name):
            return self.name
        return f"{self.region.full_name}{self.name}"


class StewardQuerySet(models.QuerySet):
    """Questions about those who look after courtyards."""

    def serving(self, today):
        """Those in office on this day, the head first; whoever was erased is nobody any more."""
        rows = self.filter(since__lte=today, erased_on=None).exclude(until__lt=today)
        return rows.order_by("post", "since", "pk")


class Steward(TenantModel):
    """A resident who looks after a courtyard: its head (小院院长) or a steward (小院管家), from day to day.

    The telephone is sealed and every reading is entered; ``shown`` says that the person agreed to be named in public.
    """

    class Post(models.TextChoices):
        HEAD = "head", _("小院院长")
        STEWARD = "steward", _("小院管家")

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="stewards")
    post = models.CharField(max_length=8, choices=Post.choices)
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=400, default="")
    shown = models.BooleanField(default=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="stewardships")
    since = models.DateField()
    until = models.DateField(null=True)
    erased_on = models.DateField(null=True)

    objects = tenant_manager(StewardQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="steward_ends_after_start",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="steward_erased_is_nobody",
                condition=models.Q(erased_on=None)
                | models.Q(until__isnull=False, phone="", shown=False, account=None),
            ),
            models.UniqueConstraint(
                fields=["venue"], condition=models.Q(post="head", until=None), name="steward_one_head"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(until=None, account__isnull=False), name="steward_account_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_post_display()} {self.name}"


class WallCode(TenantModel):
    """One printed code of a venue: its number is signed into an address, and it can be revoked."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="wall_codes")
    serial = models.CharField(max_length=22, unique=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)

    objects = tenant_manager()
    #: A scanned code is looked up before its committee is known.
    everywhere = models.Manager()

    def __str__(self):
        return self.serial
