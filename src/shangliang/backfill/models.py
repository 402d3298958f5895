"""Batches of past records and the past records themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..consultations.models import Consultation
from ..people.models import Account, Member
from ..people.tenancy import TenantModel, tenant_manager
from ..regions.models import Region
from ..venues.models import Venue


class Kind(models.TextChoices):
    """What the rows of a file are."""

    CONSULTATION = "consultation", _("协商活动")
    VISIT = "visit", _("走访")
    VOICE = "voice", _("民声、问题")
    SOLVED = "solved", _("解决的问题")


class Proof(models.TextChoices):
    """What proves a past record, the strongest first."""

    MINUTES = "minutes", _("签字纪要")
    PHOTO = "photo", _("照片")
    PRESS = "press", _("报道")
    STATEMENT = "statement", _("说明")


#: From the weakest to the strongest.
GRADES = [Proof.STATEMENT, Proof.PRESS, Proof.PHOTO, Proof.MINUTES]


class BatchQuerySet(models.QuerySet):
    """Which batches one may see."""

    def visible_to(self, account):
        """Those of the offices."""
        from . import policies

        return policies.readable(self, account)


class Batch(TenantModel):
    """A file of past records, taken in step by step; as a whole it can be taken back (补录批次)."""

    class State(models.TextChoices):
        READ = "read", _("已读入，待对栏目")
        MAPPED = "mapped", _("已对栏目，待核对")
        TAKEN = "taken", _("已补录")
        UNDONE = "undone", _("已撤回")
        DROPPED = "dropped", _("不补录")

    MOVES = {
        "map": ({State.READ, State.MAPPED}, State.MAPPED),
        "match": ({State.MAPPED}, None),
        "take_in": ({State.MAPPED}, State.TAKEN),
        "prove": ({State.TAKEN}, None),
        "undo": ({State.TAKEN}, State.UNDONE),
        "drop": ({State.READ, State.MAPPED}, State.DROPPED),
        "forget": ({State.TAKEN, State.UNDONE}, None),
    }

    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READ)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=80)
    #: The rows that hold anything: [number as the spreadsheet counts, [cells as text]].
    sheet = models.JSONField(default=list)
    #: Cells that stand merged with those above: {"row,column": text of the first}.
    merged = models.JSONField(default=dict)
    #: Number of the row with the headings; 0 for none.
    head = models.PositiveSmallIntegerField(default=0)
    #: The headings as one text, by which the next file of the same shape is recognised.
    heads = models.CharField(max_length=1000, default="", blank=True)
    #: Field → index of its column.
    columns = models.JSONField(default=dict)
    #: What a person decided: places, members, twice, rough; once taken in, the rows that were left out.
    answers = models.JSONField(default=dict)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    objects = tenant_manager(BatchQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "-read_at"], name="batch_list")]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return f"/desk/backfill/{self.pk}/"


class PastRecordQuerySet(models.QuerySet):
    """Questions about past records."""

    def counted(self):
        """Those of batches that stand."""
        return self.filter(batch__state=Batch.State.TAKEN)


class PastRecord(TenantModel):
    """One thing that took place before the system kept its record, with what proves it (补录记录)."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="records")
    #: The row of the file.
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="+")
    carrier = models.CharField(max_length=12, choices=Consultation.Carrier.choices, default="", blank=True)
    topic = models.CharField(max_length=300, default="", blank=True)
    present = models.PositiveIntegerField(default=0)
    #: The number who came was written as 约30人: whatever proves the rest, it is a statement.
    rough = models.BooleanField(default=False)
    agreed = models.PositiveIntegerField(default=0)
    members = models.ManyToManyField(Member, related_name="+")
    grade = models.CharField(max_length=10, choices=Proof.choices)
    proof = models.CharField(max_length=300, default="", blank=True)
    proof_url = models.CharField(max_length=500, default="", blank=True)
    #: What it is recognised by when it comes again.
    key = models.CharField(max_length=64)

    objects = tenant_manager(PastRecordQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "kind", "-on"], name="past_list"),
            models.Index(fields=["committee", "key"], name="past_key"),
        ]
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="past_row_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on}"
