"""Studios of members: place, people and duty hours; what they are measured by and what they do stand beside it."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..people.models import Committee, Member, Office
from ..people.tenancy import TenantModel, tenant_manager
from ..venues.models import Venue
from .doings import Activity, LogEntry, Participant, Promise, Reception
from .standards import Checklist, ChecklistItem, StandardCheck, StudioReview

__all__ = [
    "Activity", "Checklist", "ChecklistItem", "DutyHour", "LogEntry", "Participant", "Promise", "Reception", "Seat",
    "StandardCheck", "Studio", "StudioReview",
]  # fmt: skip


class StudioQuerySet(models.QuerySet):
    """Questions about studios."""

    def visible_to(self, account):
        """The studios an account may read."""
        from . import policies

        return policies.readable(self, account)

    def known(self):
        """Studios that once opened their door: their public address is printed on a sign."""
        return self.exclude(opened_on=None)


class Studio(TenantModel):
    """A studio of members (委员工作室): a place with a sign and hours, a lead and a team, and what they do there."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("筹建")
        OPEN = "open", _("运行")
        CLOSED = "closed", _("撤销")

    class Kind(models.TextChoices):
        AREA = "area", _("区域工作室")
        SECTOR = "sector", _("界别工作室")
        PERSONAL = "personal", _("个人工作室")
        INDUSTRY = "industry", _("产业链工作室")
        COURTYARD = "courtyard", _("小院工作室")
        JOINT = "joint", _("毗邻共建工作室")

    STANDING = frozenset({State.PREPARING, State.OPEN})
    OPENED = frozenset({State.OPEN, State.CLOSED})
    MOVES = {
        "open": ({State.PREPARING}, State.OPEN),
        "close": (STANDING, State.CLOSED),
        "reopen": ({State.CLOSED}, State.OPEN),
        "revise": (STANDING, None),
        "seat": (STANDING, None),
        "unseat": (STANDING, None),
        "set_hours": (STANDING, None),
        "hang_sign": (STANDING, None),
        "publish_sign": (OPENED, None),
        "check": (STANDING, None),
        "review": ({State.OPEN}, None),
        "receive_visitor": ({State.OPEN}, None),
        "add_activity": ({State.OPEN}, None),
        "write_log": ({State.OPEN}, None),
        "promise": ({State.OPEN}, None),
        "keep_promise": (OPENED, None),
        "publish_activity": (OPENED, None),
        "withdraw_activity": (OPENED, None),
        "publish_promise": (OPENED, None),
        "withdraw_promise": (OPENED, None),
    }
    VERBS = {
        "open": _("启用"),
        "receive_visitor": _("接待群众"),
        "add_activity": _("记活动"),
        "write_log": _("写日志"),
        "promise": _("作承诺"),
        "keep_promise": _("报告承诺兑现"),
        "publish_activity": _("公开活动"),
        "publish_promise": _("公开承诺"),
        "seat": _("登记成员"),
        "unseat": _("成员离任"),
        "set_hours": _("定值守时间"),
        "hang_sign": _("上传门牌照片"),
        "publish_sign": _("公开门牌照片"),
        "check": _("对照标准检查"),
        "review": _("评议"),
        "revise": _("修改登记"),
        "withdraw_activity": _("撤回公开的活动"),
        "withdraw_promise": _("撤回公开的承诺"),
        "reopen": _("恢复运行"),
        "close": _("撤销"),
    }

    venue = models.OneToOneField(Venue, models.PROTECT, related_name="studio")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    purpose = models.CharField(max_length=400, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="studios")
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = tenant_manager(StudioQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="studio_state_is_dated",
                condition=models.Q(state="preparing", opened_on=None, closed_on=None)
                | models.Q(state="open", opened_on__isnull=False, closed_on=None)
                | models.Q(state="closed", closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="studio_closes_after_opening",
                condition=models.Q(closed_on=None) | models.Q(opened_on=None)
                | models.Q(closed_on__gte=models.F("opened_on")),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def code(self) -> str:
        """The number in its public address: its place's own."""
        return self.venue.code

    @property
    def region(self):
        """Where it is; files are read by it."""
        return self.venue.region

    @cached_property
    def open_seats(self) -> list:
        """Who sits here now, the lead first; read once for all the policies of a page."""
        rows = self.seats.filter(until=None).select_related("member")
        return sorted(rows, key=lambda seat: (seat.role != Seat.Role.LEAD, seat.role == Seat.Role.SERVING, seat.pk))

    @property
    def lead(self):
        """The seat of the lead, or None."""
        return next((seat for seat in self.open_seats if seat.role == Seat.Role.LEAD), None)

    def forget_seats(self) -> None:
        """Read the seats anew when they are next asked for, because they have just changed."""
        self.__dict__.pop("open_seats", None)

    def get_absolute_url(self) -> str:
        """The public address, short enough to be read from a sign."""
        return f"/studios/{self.code}/"


class Seat(TenantModel):
    """One person's place in a studio: a member of ours, or somebody of another committee or body, in words."""

    class Role(models.TextChoices):
        LEAD = "lead", _("领衔委员")
        TEAM = "team", _("团队委员")
        SERVING = "serving", _("服务干部")

    studio = models.ForeignKey(Studio, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=8, choices=Role.choices)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="seats")
    #: Of somebody from outside: name, level and the body's name in words.
    name = models.CharField(max_length=40, default="", blank=True)
    level = models.CharField(max_length=8, choices=Committee.Level.choices, default="", blank=True)
    body = models.CharField(max_length=60, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["studio"], condition=models.Q(role="lead", until=None), name="studio_seat_one_lead"
            ),
            models.UniqueConstraint(
                fields=["studio", "member"], condition=models.Q(until=None), name="studio_seat_once_each"
            ),
            models.CheckConstraint(
                name="studio_seat_is_one_person",
                condition=models.Q(member__isnull=False, name="", level="", body="")
                | (models.Q(member=None) & ~models.Q(name="") & ~models.Q(body="")
                   & (~models.Q(level="") | models.Q(role="serving"))),
            ),
            models.CheckConstraint(
                name="studio_seat_ends_later",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.person

    @property
    def person(self) -> str:
        """The name, whosever it is."""
        return self.member.name if self.member_id else self.name

    @property
    def level_words(self) -> str:
        """省级、市级 or 区县级, of a member of ours or of another committee."""
        level = self.member.level if self.member_id else self.level
        return str(Committee.Level(level).label) if level else ""

    @property
    def from_words(self) -> str:
        """The sector of a member of ours, the body of somebody from outside."""
        return self.member.sector if self.member_id else self.body


class DutyHour(TenantModel):
    """A time of the week at which somebody sits in the studio for whoever comes (值守时间)."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()
    note = models.CharField(max_length=30, default="", blank=True)

    class Meta:
        ordering = ["weekday", "begins"]
        constraints = [
            models.UniqueConstraint(fields=["studio", "weekday", "begins"], name="studio_duty_once"),
            models.CheckConstraint(name="studio_duty_weekday", condition=models.Q(weekday__lte=6)),
            models.CheckConstraint(
                name="studio_duty_ends_later", condition=models.Q(ends__gt=models.F("begins"))
            ),
        ]

    def __str__(self):
        return f"{self.weekday} {self.begins:%H:%M}–{self.ends:%H:%M}"
