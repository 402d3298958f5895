"""What a studio does, each thing entered once: receptions, activities and who took part, the log, promises."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..consultations.models import Consultation
from ..people.models import Account, Member
from ..people.tenancy import TenantModel
from ..voices.models import Voice


class Reception(TenantModel):
    """Somebody came to the studio (接待登记): how many, about what, how it was dealt with; never who.

    A matter that goes on is a voice: its words, and a name or number to call back, are kept there alone, sealed and
    erasable, so that this register has nothing to erase.
    """

    studio = models.ForeignKey("studios.Studio", models.PROTECT, related_name="receptions")
    on = models.DateField()
    visitors = models.PositiveSmallIntegerField(default=1)
    matter = models.CharField(max_length=400, default="", blank=True)
    answered_on_spot = models.BooleanField(default=False)
    outcome = models.CharField(max_length=400, default="", blank=True)
    voice = models.OneToOneField(Voice, models.PROTECT, null=True, related_name="reception")
    received_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["studio", "-on"], name="studio_reception_list")]
        constraints = [
            models.CheckConstraint(
                name="studio_reception_matter_once",
                condition=models.Q(voice=None) & ~models.Q(matter="") | models.Q(voice__isnull=False, matter=""),
            ),
            models.CheckConstraint(name="studio_reception_somebody", condition=models.Q(visitors__gte=1)),
        ]

    def __str__(self):
        return f"{self.on}"


class Activity(TenantModel):
    """Something the studio did; a consultation that was held there is linked, not told a second time."""

    class Kind(models.TextChoices):
        PUBLICITY = "publicity", _("宣讲宣传")
        COLLECTING = "collecting", _("收集社情民意")
        CONSULTING = "consulting", _("协商建言")
        INSPECTION = "inspection", _("视察")
        RESEARCH = "research", _("调研")
        RECEPTION = "reception", _("接待群众")
        VOLUNTEERING = "volunteering", _("志愿服务")
        LEARNING = "learning", _("学习")

    studio = models.ForeignKey("studios.Studio", models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    title = models.CharField(max_length=80)
    summary = models.CharField(max_length=1000, default="", blank=True)
    people = models.PositiveSmallIntegerField(null=True)
    consultation = models.OneToOneField(Consultation, models.PROTECT, null=True, related_name="studio_activity")
    published_on = models.DateField(null=True)
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["studio", "-on"], name="studio_activity_list"),
            models.Index(fields=["committee", "published_on"], name="studio_activity_public"),
        ]
        constraints = [
            models.CheckConstraint(
                name="studio_activity_consulting",
                condition=models.Q(consultation=None) | models.Q(kind="consulting"),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def region(self):
        """Where it was; files are read by it."""
        return self.studio.region


class Participant(TenantModel):
    """Who took part in an activity: a member of ours, or somebody from outside who sits in the studio."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="studio_activities")
    seat = models.ForeignKey("studios.Seat", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "member"], name="studio_part_member_once"),
            models.UniqueConstraint(fields=["activity", "seat"], name="studio_part_seat_once"),
            models.CheckConstraint(
                name="studio_part_is_one",
                condition=models.Q(member__isnull=False, seat=None) | models.Q(member=None, seat__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.member or self.seat)


class LogEntry(TenantModel):
    """A line of the studio's work log (工作日志): a day and what was done; for the desk alone."""

    studio = models.ForeignKey("studios.Studio", models.PROTECT, related_name="log")
    on = models.DateField()
    text = models.CharField(max_length=1000)
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["studio", "-on"], name="studio_log_list")]

    def __str__(self):
        return self.text


class Promise(TenantModel):
    """What a studio promised the people around it, by when, and whether it kept it."""

    studio = models.ForeignKey("studios.Studio", models.PROTECT, related_name="promises")
    text = models.CharField(max_length=200)
    made_on = models.DateField()
    due_on = models.DateField()
    kept_on = models.DateField(null=True)
    report = models.CharField(max_length=400, default="", blank=True)
    published_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["committee", "kept_on", "due_on"], name="studio_promise_due")]
        constraints = [
            models.CheckConstraint(
                name="studio_promise_due_later", condition=models.Q(due_on__gte=models.F("made_on"))
            ),
            models.CheckConstraint(
                name="studio_promise_kept_has_words",
                condition=models.Q(kept_on=None, report="")
                | models.Q(kept_on__isnull=False, kept_on__gte=models.F("made_on")) & ~models.Q(report=""),
            ),
        ]

    def __str__(self):
        return self.text
