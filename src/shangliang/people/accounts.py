"""Accounts, their roles and the one-time links that let a person in; villagers never need an account."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..regions.models import Region
from ..shared import clock
from .roles import ADMINISTRATOR_VALUES, ADMINISTRATORS, Role
from .tenancy import TenantModel, tenant_manager


class AccountManager(BaseUserManager):
    """Finds accounts by their log-in name, each with its committee: every page of theirs needs it."""

    def get_queryset(self):
        return super().get_queryset().select_related("committee__region")

    def get_by_natural_key(self, username):
        return self.get(username=username)


class Account(AbstractBaseUser):
    """The log-in of one person of staff, a member or a unit; villagers never need one."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    committee = models.ForeignKey("people.Committee", models.PROTECT, related_name="accounts")
    member = models.OneToOneField("people.Member", models.PROTECT, null=True, related_name="account")
    is_active = models.BooleanField(default=True)
    created_on = models.DateField(default=clock.today)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self):
        return self.name

    @property
    def email(self):
        """No address is kept; the log-in library asks for one."""
        return ""

    @property
    def reference(self) -> str:
        """How the journal names this actor."""
        return f"account:{self.pk}"

    @cached_property
    def current_grants(self) -> list:
        """Today's roles of this account with their scope, read once per request."""
        today = clock.today()
        with_scope = RoleGrant.everywhere.select_related("region", "unit", "office")
        return list(
            with_scope.filter(account=self, since__lte=today)
            .exclude(until__lte=today)
            .order_by("pk")
        )

    def forget_grants(self) -> None:
        """Read the roles anew when they are next asked for, because they have just changed."""
        for name in ("current_grants", "is_administrator"):
            self.__dict__.pop(name, None)

    def has(self, *roles, committee_id=None, region=None, unit_id=None) -> bool:
        """Whether the account holds one of the roles for this committee, place (code) and unit."""
        return any(
            grant.role in roles and grant.covers(committee_id, region, unit_id)
            for grant in self.current_grants
        )

    def role_words(self, committee_id=None) -> str:
        """The capacity in which this account acts, in words; never a name."""
        for grant in self.current_grants:
            if committee_id in (None, grant.committee_id):
                return str(grant)
        return ""

    @cached_property
    def is_administrator(self) -> bool:
        """Whether one of the three administrators' roles is held (MFA is then required)."""
        return any(grant.role in ADMINISTRATORS for grant in self.current_grants)


class RoleGrant(TenantModel):
    """A dated role of an account, limited to a place, an office or a unit.

    ``until`` is the first day on which the role no longer holds, so that ending it today takes effect today.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = tenant_manager()
    #: An account's own roles are read before any committee is in scope.
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(role__in=ADMINISTRATOR_VALUES, until=None),
                name="grant_one_administrator",
            ),
            models.CheckConstraint(
                name="grant_administrator_whole",
                condition=~models.Q(role__in=ADMINISTRATOR_VALUES)
                | models.Q(region=None, office=None, unit=None),
            ),
            models.CheckConstraint(
                name="grant_ends_after_start",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="grant_names_its_scope",
                condition=(~models.Q(role="unit_clerk") | models.Q(unit__isnull=False))
                & (~models.Q(role="liaison") | models.Q(region__isnull=False)),
            ),
        ]

    def __str__(self):
        holder = self.unit or self.office or (self.region and self.region.name) or ""
        return f"{holder}{self.get_role_display()}"

    def covers(self, committee_id, region_code, unit_id) -> bool:
        """Whether this grant reaches the asked committee, place and unit; None asks nothing."""
        if committee_id is not None and committee_id != self.committee_id:
            return False
        if unit_id is not None and unit_id != self.unit_id:
            return False
        if region_code is None or self.region is None:
            return True
        return region_code.startswith(self.region.code)


class SignInLink(models.Model):
    """A one-time address for one account: an invitation to set a password, or a demo's way in.

    Only a digest of the token is kept; the address itself is shown once.
    """

    class Purpose(models.TextChoices):
        INVITATION = "invitation", _("邀请设置密码")
        DEMO = "demo", _("演示登录")

    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_in_links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.account_id} {self.purpose}"
