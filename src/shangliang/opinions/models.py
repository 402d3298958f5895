"""Rounds of opinion on a topic: statements, who takes part, their votes, and the map drawn of them."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..people.models import Account
from ..people.tenancy import TenantModel, tenant_manager
from ..regions.models import Region
from ..topics.models import Topic

#: Characters of a statement; one thought fits.
LONGEST = 140
#: How long after the close addresses are kept where nothing was published.
SOURCES_KEPT = dt.timedelta(days=90)


class RoundQuerySet(models.QuerySet):
    """Questions about rounds."""

    def running(self, today):
        """Rounds in which one can vote on this day."""
        return self.filter(state=Round.State.OPEN, ends_on__gte=today)

    def with_sources_to_forget(self, now):
        """Rounds that were published or cancelled, or closed for ``SOURCES_KEPT`` days, and still hold addresses."""
        over = models.Q(state__in=["published", "cancelled"]) | models.Q(closed_at__lt=now - SOURCES_KEPT)
        held = Participant.everywhere.exclude(source="").values("round")
        return self.filter(over, pk__in=held)

    def published(self):
        """Rounds whose result everybody may read."""
        return self.filter(state=Round.State.PUBLISHED)

    def visible_to(self, account):
        """The rounds an account may read."""
        from . import policies

        return policies.readable(self, account)


class Round(TenantModel):
    """A round of opinion (意见征询): a topic put to those it concerns as short statements."""

    class State(models.TextChoices):
        DRAFT = "draft", _("筹备中")
        OPEN = "open", _("征询中")
        CLOSED = "closed", _("已截止")
        PUBLISHED = "published", _("已公布")
        CANCELLED = "cancelled", _("已取消")

    class Door(models.TextChoices):
        CODE = "code", _("拿到二维码或链接的人")
        RESIDENTS = "residents", _("本地居民（自己说明住在哪个村）")
        INVITED = "invited", _("持征询单的人")

    OPENABLE = frozenset({State.DRAFT, State.OPEN})
    TOLD = frozenset({State.CLOSED, State.PUBLISHED})
    MOVES = {
        "add_statements": (OPENABLE, None),
        "open": ({State.DRAFT}, State.OPEN),
        "admit": (OPENABLE, None),
        "turn_down": (OPENABLE, None),
        "print_slips": (OPENABLE, None),
        "enter_sheet": ({State.OPEN}, None),
        "withdraw_statement": (OPENABLE, None),
        "export": (TOLD, None),
        "extend": ({State.OPEN}, None),
        "close": ({State.OPEN}, State.CLOSED),
        "publish": ({State.CLOSED}, State.PUBLISHED),
        "take_back": ({State.PUBLISHED}, State.CLOSED),
        "cancel": (OPENABLE, State.CANCELLED),
    }
    VERBS = {
        "open": _("开始征询"),
        "admit": _("展示一条观点"),
        "enter_sheet": _("录入一张纸质征询单"),
        "close": _("截止"),
        "publish": _("公布结果"),
        "add_statements": _("写观点"),
        "print_slips": _("印征询单"),
        "turn_down": _("不展示一条观点"),
        "withdraw_statement": _("撤下一条观点"),
        "extend": _("延长"),
        "export": _("导出表态记录"),
        "take_back": _("撤回公布"),
        "cancel": _("取消"),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="rounds")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    question = models.CharField(max_length=80)
    reason = models.TextField(default="")
    door = models.CharField(max_length=12, choices=Door.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    ends_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    #: Stands in its address; 128 random bits, so that only who was given it finds an open round.
    serial = models.CharField(max_length=32, unique=True)
    #: Digest of all votes as they stood at the close; the journal holds the same.
    seal = models.CharField(max_length=80, default="")
    summary = models.TextField(default="")
    published_on = models.DateField(null=True)

    objects = tenant_manager(RoundQuerySet)
    #: The address is looked up before its committee is known.
    everywhere = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "-ends_on"], name="round_list")]
        constraints = [
            models.CheckConstraint(
                name="round_closed_is_sealed",
                condition=~models.Q(state__in=["closed", "published"])
                | models.Q(closed_at__isnull=False) & ~models.Q(seal=""),
            ),
            models.CheckConstraint(
                name="round_published_is_dated",
                condition=~models.Q(state="published")
                | models.Q(published_on__isnull=False) & ~models.Q(summary=""),
            ),
        ]

    def __str__(self):
        return self.question

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no

    @property
    def is_public(self) -> bool:
        """Whether its result is open to everybody."""
        return self.state == self.State.PUBLISHED

    def get_absolute_url(self) -> str:
        """The page on which one votes, and later reads the result."""
        return f"/rounds/{self.serial}/"


class Participant(TenantModel):
    """Somebody who takes part in one round, known by a key that belongs to this round alone.

    Verified is who came with a slip that was handed to them, on the phone or on paper. ``source`` is a keyed digest of
    the address, kept only to find many people at one address and cleared when the round's result was published.
    """

    class Way(models.TextChoices):
        PHONE = "phone", _("手机")
        PAPER = "paper", _("纸质征询单代录")
        BROUGHT = "brought", _("从外部记录导入")

    round = models.ForeignKey(Round, models.CASCADE, related_name="participants")
    key = models.CharField(max_length=64)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.PHONE)
    verified = models.BooleanField(default=False)
    home = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=64, default="", blank=True)
    entered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField()
    #: The identity of the group in the map, from nought; none while there are too few votes.
    group = models.PositiveSmallIntegerField(null=True)

    #: Looked up by a signed cookie, before the committee is known.
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="participant_once"),
            models.CheckConstraint(
                name="participant_paper_entered",
                condition=~models.Q(way="paper") | models.Q(entered_by__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.get_way_display())


class Statement(TenantModel):
    """One thought of a round (观点), to which people say yes, no or pass."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待审核")
        SHOWN = "shown", _("展示中")
        TURNED_DOWN = "turned_down", _("未展示")
        WITHDRAWN = "withdrawn", _("已撤下")

    class Ground(models.TextChoices):
        PERSONAL = "personal", _("写到了具体个人或隐私")
        OFF_TOPIC = "off_topic", _("与这个议题无关")
        SAME = "same", _("与已有观点意思相同")
        SEVERAL = "several", _("一条里有几件事，无法一起表态")
        UNCLEAR = "unclear", _("看不明白")
        INSULT = "insult", _("辱骂或人身攻击")
        UNLAWFUL = "unlawful", _("违反法律法规")

    round = models.ForeignKey(Round, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=LONGEST)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SHOWN)
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="statements")
    written_at = models.DateTimeField()
    #: Since when people see it: a slip that was printed before has no line for it.
    shown_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=12, choices=Ground.choices, default="", blank=True)
    note = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="statement_number_once"),
            models.CheckConstraint(
                name="statement_down_has_ground",
                condition=~models.Q(state__in=["turned_down", "withdrawn"]) | ~models.Q(ground=""),
            ),
        ]

    def __str__(self):
        return self.text


class Slip(TenantModel):
    """A numbered paper (征询单) handed to one person: by its code or by ticks the same person."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="slips")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField()
    participant = models.OneToOneField(Participant, models.PROTECT, null=True, related_name="slip")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="slip_number_once")]

    def __str__(self):
        return str(self.number)


class Vote(TenantModel):
    """What one person says to one statement: 1 agrees, 0 passes, −1 disagrees; changeable until the end."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="votes")
    value = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="vote_once"),
            models.CheckConstraint(name="vote_is_one_of_three", condition=models.Q(value__gte=-1, value__lte=1)),
        ]

    def __str__(self):
        return str(self.value)


class Drawing(TenantModel):
    """The map (意见图) drawn from all votes of a round at one moment; later votes are placed in it until the next."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="drawing")
    drawn_at = models.DateTimeField()
    votes = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    #: What :func:`drawing.drawn` gives.
    found = models.JSONField(default=dict)
    #: What :func:`doubts.doubts` gives, and when it was looked at last.
    doubts = models.JSONField(default=dict)
    doubted_at = models.DateTimeField(null=True)

    def __str__(self):
        return str(self.drawn_at)
