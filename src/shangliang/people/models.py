"""People and bodies: the committee as tenant, its offices and stations, units, members, leaders and their links."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..regions.models import Region
from .accounts import Account, AccountManager, RoleGrant, SignInLink
from .tenancy import TenantModel

__all__ = [
    "Account",
    "AccountManager",
    "Committee",
    "ContactLink",
    "Leader",
    "Member",
    "Office",
    "RoleGrant",
    "SignInLink",
    "Station",
    "Unit",
]


class Committee(models.Model):
    """A consultative conference committee (政协委员会), the tenant of an installation."""

    class Level(models.TextChoices):
        NATION = "nation", _("全国")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("区县级")

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.COUNTY)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    host = models.CharField(max_length=100, default="", blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def committee_id(self):
        """A committee is its own tenant; the journal asks every record for its committee."""
        return self.pk


class Office(TenantModel):
    """A special committee or office of the committee's own organ (委室)."""

    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="office_once")]

    def __str__(self):
        return self.name


class Station(TenantModel):
    """A grassroots station or liaison station (所站) with which an office is linked."""

    class Kind(models.TextChoices):
        LIAISON = "liaison", _("委员联络站")
        JUSTICE = "justice", _("司法所")
        AGRICULTURE = "agriculture", _("农业服务中心")
        OTHER = "other", _("其他基层站所")

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="station_once")]

    def __str__(self):
        return self.name


class Unit(TenantModel):
    """A body that takes on tasks: a department, a town or street office, an enterprise (单位)."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("区级部门")
        TOWN = "town", _("镇街")
        VILLAGE = "village", _("村（社区）")
        OTHER = "other", _("其他单位")

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="unit_once")]

    def __str__(self):
        return self.name


class Member(TenantModel):
    """A member of the committee (政协委员) with sector and term."""

    name = models.CharField(max_length=40)
    sector = models.CharField(max_length=40)
    term = models.PositiveSmallIntegerField()
    term_from = models.DateField()
    term_to = models.DateField(null=True)
    level = models.CharField(max_length=8, choices=Committee.Level.choices, default="county")
    demo = models.BooleanField(default=False)

    def __str__(self):
        return self.name


class Leader(TenantModel):
    """A member of the committee's leadership (班子成员), with post and term of office."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="leaderships")
    post = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)

    def __str__(self):
        return f"{self.post} {self.member}"


class ContactLink(TenantModel):
    """A dated link of the serving chain: leader–office, office–station or member–courtyard."""

    class Kind(models.TextChoices):
        LEADER_OFFICE = "leader_office", _("班子成员联系委室")
        OFFICE_STATION = "office_station", _("委室对接所站")
        MEMBER_COURTYARD = "member_courtyard", _("委员进小院")

    #: The two fields that a link of each kind joins; the first is the one that serves.
    ENDS = {
        Kind.LEADER_OFFICE: ("leader", "office"),
        Kind.OFFICE_STATION: ("office", "station"),
        Kind.MEMBER_COURTYARD: ("member", "venue"),
    }

    kind = models.CharField(max_length=16, choices=Kind.choices)
    leader = models.ForeignKey(Leader, models.PROTECT, null=True, related_name="links")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="links")
    station = models.ForeignKey(Station, models.PROTECT, null=True, related_name="links")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="links")
    venue = models.ForeignKey("venues.Venue", models.PROTECT, null=True, related_name="links")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="link_ends_after_start",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="link_joins_its_two",
                condition=models.Q(kind="leader_office", leader__isnull=False, office__isnull=False)
                | models.Q(kind="office_station", office__isnull=False, station__isnull=False)
                | models.Q(kind="member_courtyard", member__isnull=False, venue__isnull=False),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def ends(self) -> tuple:
        """The two records that this link joins."""
        return tuple(getattr(self, name) for name in self.ENDS[self.kind])
