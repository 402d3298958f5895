"""Snapshots of press reports, the cases they tell of, and what people want to find again."""

from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.masking import mask
from ..cases.models import Case
from ..people.models import Account
from ..people.tenancy import TenantModel, tenant_manager
from ..regions.models import Region
from ..shared import alike

EXCERPT = 200
#: Categories as aggregators write them, in words that can be translated; any other is shown as it stands there.
CATEGORIES = {
    "本地": _("本地"), "国内": _("国内"), "国际": _("国际"), "时政": _("时政"), "社会": _("社会"), "财经": _("财经"),
    "科技": _("科技"), "教育": _("教育"), "文化": _("文化"), "体育": _("体育"),
}  # fmt: skip


def category_words(category: str) -> str:
    """A category in the reader's language where it is one of the usual ones, else as it was written."""
    return str(CATEGORIES.get(category, category))


class SnapshotQuerySet(models.QuerySet):
    """Which snapshots one may see."""

    def published(self):
        """Those with an open public page."""
        return self.filter(state=Snapshot.State.PUBLISHED)

    def visible_to(self, account):
        """The committee's own people; the full text stays with them."""
        from . import policies

        return policies.readable(self, account)


class Snapshot(TenantModel):
    """A press report as it stood when it was taken (快照): its text is never changed, a correction is another snapshot.

    Three times are kept apart: when the report was published, when it was taken, and when it is looked at.
    """

    class State(models.TextChoices):
        CAPTURED = "captured", _("已收录")
        PUBLISHED = "published", _("已公开")
        TAKEN_DOWN = "taken_down", _("已下架")

    MOVES = {
        "link": ({State.CAPTURED, State.PUBLISHED, State.TAKEN_DOWN}, None),
        "publish": ({State.CAPTURED}, State.PUBLISHED),
        "take_down": ({State.PUBLISHED}, State.TAKEN_DOWN),
        "restore": ({State.TAKEN_DOWN}, State.PUBLISHED),
    }
    VERBS = {
        "publish": _("审核公开"), "link": _("关联到案卷"), "take_down": _("下架"), "restore": _("恢复公开"),
    }  # fmt: skip

    class Way(models.TextChoices):
        PASTED = "pasted", _("粘贴")
        UPLOADED = "uploaded", _("上传文件")
        FETCHED = "fetched", _("按地址取来")

    state = models.CharField(max_length=10, choices=State.choices, default=State.CAPTURED)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PASTED)
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=20, default="", blank=True)
    published_at = models.DateTimeField(null=True)
    #: The chain of where it came from: origin_url → reprinted_from → channel → who took it.
    channel = models.CharField(max_length=60, default="", blank=True)
    reprinted_from = models.CharField(max_length=60, default="", blank=True)
    byline = models.CharField(max_length=60, default="", blank=True)
    origin_url = models.CharField(max_length=500, default="", blank=True)
    body = models.TextField()
    length = models.PositiveIntegerField()
    digest = models.CharField(max_length=80)
    #: The address without what does not matter; equal for the same page.
    address = models.CharField(max_length=500, default="", blank=True)
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    #: The earliest snapshot of the same report, and how it was recognised.
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    published_on = models.DateField(null=True)
    cases = models.ManyToManyField(Case, related_name="reports")

    objects = tenant_manager(SnapshotQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "digest"], name="snapshot_digest"),
            models.Index(fields=["committee", "address"], name="snapshot_address"),
            models.Index(fields=["committee", "state", "-published_at"], name="snapshot_list"),
            models.Index(fields=["committee", "category", "-published_at"], name="snapshot_category"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_intact(self) -> bool:
        """Whether the text is the one that was taken."""
        return alike.digest(self.body) == self.digest and len(self.body) == self.length

    @property
    def excerpt(self) -> str:
        """The beginning, at most EXCERPT characters: what may be shown to everybody (信息网络传播权保护条例 6)."""
        text = mask(" ".join(self.body.split()))  # before it is cut: half a number is no longer known as one
        return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"

    @property
    def category_words(self) -> str:
        """The category, in the reader's language where it is one of the usual ones."""
        return category_words(self.category)

    @property
    def medium(self) -> str:
        """The original medium, where it is known, else the channel."""
        return self.reprinted_from or self.channel

    def get_absolute_url(self) -> str:
        """The public page."""
        return f"/news/{self.pk}/"


class Keyword(TenantModel):
    """A word that some report's title puts in quotation marks, by which reports are known to tell of one thing."""

    word = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "word"], name="keyword_once")]

    def __str__(self):
        return self.word


class Mention(models.Model):
    """A keyword that stands in a report. Texts never change, so what was found once stays true."""

    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="mentions")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="mentions")
    in_title = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keyword", "snapshot"], name="mention_once")]

    def __str__(self):
        return f"{self.keyword_id}:{self.snapshot_id}"


class Source(TenantModel):
    """A host from which pages may be fetched; where there is none, nothing is fetched."""

    host = models.CharField(max_length=100)
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "host"], name="source_once")]

    def __str__(self):
        return self.host


class Subscription(TenantModel):
    """Which reports somebody of the committee wants to find again: a category, a word, a place, a source."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    category = models.CharField(max_length=20, default="", blank=True)
    keyword = models.CharField(max_length=40, default="", blank=True)
    place = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=60, default="", blank=True)

    def __str__(self):
        return " · ".join(filter(None, (self.category, self.keyword, self.place and self.place.name, self.source)))

    @property
    def wanted(self) -> dict:
        """What it asks for, as its address says it."""
        place = self.place.code if self.place else ""
        return {"category": self.category, "keyword": self.keyword, "place": place, "source": self.source}

    @property
    def query(self) -> str:
        """The parameters of its list and its feeds: they are the subscription."""
        return urlencode({name: value for name, value in self.wanted.items() if value})


class TakedownQuerySet(models.QuerySet):
    """Which notices one may see."""

    def visible_to(self, account):
        """Those who decide about publication, and the auditor."""
        from . import policies

        return policies.notices_readable(self, account)

    def open(self):
        """Those that a person still has to decide."""
        return self.filter(state__in=Takedown.UNDECIDED)

    def expired(self, last):
        """Those decided before this day that still hold somebody's name or contact."""
        nobody = models.Q(**dict.fromkeys(Takedown.CONTACTS, ""))
        return self.filter(state__in=Takedown.DECIDED, decided_on__lt=last).exclude(nobody)


class Takedown(TenantModel):
    """A notice that a report should not be shown, answered by closing it, and what the other side says to that.

    信息网络传播权保护条例 14–17: a notice with name, contact, address and proof closes the report; after the
    counter-statement of whoever is concerned it may be opened again, and then no further notice closes it by itself.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("待核实")
        CLOSED = "closed", _("已先下架")
        COUNTERED = "countered", _("对方有说明")
        UPHELD = "upheld", _("维持下架")
        REOPENED = "reopened", _("已恢复公开")
        TURNED_AWAY = "turned_away", _("不予下架")

    class Ground(models.TextChoices):
        COPYRIGHT = "copyright", _("侵犯著作权")
        PERSON = "person", _("涉及个人隐私或名誉")
        WRONG = "wrong", _("内容失实或已被撤回")

    UNDECIDED = (State.RECEIVED, State.CLOSED, State.COUNTERED)
    #: While in one of these, the notice keeps what it closed closed.
    HOLDING = (State.CLOSED, State.COUNTERED, State.UPHELD)
    DECIDED = (State.UPHELD, State.REOPENED, State.TURNED_AWAY)
    _ALL = set(State.values)
    MOVES = {
        "heed": ({State.RECEIVED}, State.CLOSED),
        "turn_away": ({State.RECEIVED}, State.TURNED_AWAY),
        "counter": ({State.CLOSED, State.UPHELD}, State.COUNTERED),
        "uphold": ({State.CLOSED, State.COUNTERED}, State.UPHELD),
        "reopen": ({State.CLOSED, State.COUNTERED, State.UPHELD}, State.REOPENED),
        "erase_contact": (_ALL, None),
        "expire_contact": (DECIDED, None),
    }
    VERBS = {
        "heed": _("照通知下架"), "turn_away": _("不予下架"), "counter": _("登记对方的说明"), "uphold": _("维持下架"),
        "reopen": _("恢复公开"), "reveal_contact": _("查看联系方式"), "erase_contact": _("删除个人信息"),
    }  # fmt: skip

    #: The sealed fields: who the two sides are and how they are reached.
    CONTACTS = ("name", "contact", "counter_name", "counter_contact")

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="notices")
    state = models.CharField(max_length=11, choices=State.choices, default=State.RECEIVED)
    ground = models.CharField(max_length=10, choices=Ground.choices)
    #: Sealed (shared/sealed.py); what they say is for the desk alone.
    name = models.CharField(max_length=400)
    contact = models.CharField(max_length=400)
    statement = models.TextField()
    counter_name = models.CharField(max_length=400, default="", blank=True)
    counter_contact = models.CharField(max_length=400, default="", blank=True)
    counter_statement = models.TextField(default="", blank=True)
    #: Fingerprint of the code by which the submitter looks after it.
    receipt = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    #: Whether the notice closed the report by itself.
    at_once = models.BooleanField(default=False)
    closed = models.ManyToManyField(Snapshot, related_name="+")
    decision = models.CharField(max_length=400, default="", blank=True)
    decided_on = models.DateField(null=True)
    erased_on = models.DateField(null=True)

    objects = tenant_manager(TakedownQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "received_at"], name="takedown_list")]

    def __str__(self):
        return self.snapshot.title

    @property
    def has_contact(self) -> bool:
        """Whether the name or contact of either side is still kept."""
        return any(getattr(self, name) for name in self.CONTACTS)
