"""Venues and the signed, revocable codes on their walls."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel, tenant_manager
from ..regions.models import Region


class Venue(TenantModel):
    """A place of consultation (协商平台): from the district's hall to a courtyard of ten households."""

    class Kind(models.TextChoices):
        HALL = "hall", _("协商议政厅")
        ROOM = "room", _("协商议事室")
        POINT = "point", _("协商议事点")
        COURTYARD = "courtyard", _("小院")
        STUDIO = "studio", _("委员工作室")
        JOINT_ROOM = "joint_room", _("毗邻协商议事室")

    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="venues")
    address = models.CharField(max_length=120, default="", blank=True)
    households = models.PositiveSmallIntegerField(null=True, blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "code"], name="venue_code_once"),
            models.UniqueConstraint(fields=["region", "kind", "name"], name="venue_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def full_name(self) -> str:
        """The name with town and village before it."""
        if self.name.startswith(self.region.full_name):
            return self.name
        return f"{self.region.full_name}{self.name}"


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
