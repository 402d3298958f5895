"""Consultations with their agenda, attendance, minutes and confirmations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..opinions.models import LONGEST, Statement
from ..people.models import Account, Member, Unit
from ..people.tenancy import TenantModel, tenant_manager
from ..rules.models import Deadline
from ..topics.models import Topic
from ..venues.models import Venue


class ConsultationQuerySet(models.QuerySet):
    """Questions about consultations."""

    def visible_to(self, account):
        """The consultations an account may read."""
        from . import policies

        return policies.readable(self, account)


class Consultation(TenantModel):
    """One meeting at which those concerned settle a topic together (协商活动)."""

    class State(models.TextChoices):
        PLANNED = "planned", _("拟开")
        CONVENED = "convened", _("已通知")
        IN_SESSION = "in_session", _("进行中")
        HELD = "held", _("已召开")
        MINUTES_DRAFT = "minutes_draft", _("纪要起草")
        MINUTES_CONFIRM = "minutes_confirm", _("待确认")
        ISSUED = "issued", _("已签发")
        REPORTED = "reported", _("已报送")
        ARCHIVED = "archived", _("已归档")
        POSTPONED = "postponed", _("延期")
        CANCELLED = "cancelled", _("取消")
        ADJOURNED = "adjourned", _("休会再议")

    class Carrier(models.TextChoices):
        COURTYARD = "courtyard", _("委员进小院")
        JOINT_ROOM = "joint_room", _("毗邻协商议事室")
        STUDIO = "studio", _("委员工作室")
        SALON = "salon", _("委员沙龙")
        ROOM = "room", _("协商议事室")

    BEFORE = frozenset({State.PLANNED, State.CONVENED, State.POSTPONED})
    #: It took place.
    HELD = (
        State.HELD, State.MINUTES_DRAFT, State.MINUTES_CONFIRM, State.ISSUED, State.REPORTED, State.ARCHIVED,
    )  # fmt: skip
    MOVES = {
        "convene": ({State.PLANNED, State.POSTPONED, State.ADJOURNED}, State.CONVENED),
        "open": ({State.CONVENED}, State.IN_SESSION),
        "take_statements": (BEFORE | {State.IN_SESSION, State.ADJOURNED}, None),
        "hold": ({State.CONVENED, State.IN_SESSION}, State.HELD),
        "adjourn": ({State.IN_SESSION}, State.ADJOURNED),
        "postpone": ({State.PLANNED, State.CONVENED}, State.POSTPONED),
        "cancel": (BEFORE, State.CANCELLED),
        "draft_minutes": (
            {State.HELD, State.MINUTES_DRAFT, State.MINUTES_CONFIRM}, State.MINUTES_DRAFT,
        ),
        "circulate": ({State.MINUTES_DRAFT}, State.MINUTES_CONFIRM),
        "confirm": ({State.MINUTES_CONFIRM}, None),
        "issue": ({State.MINUTES_CONFIRM}, State.ISSUED),
        "report": ({State.ISSUED}, State.REPORTED),
        "archive": ({State.REPORTED}, State.ARCHIVED),
    }
    VERBS = {
        "convene": _("发出通知"),
        "register": _("登记参会人"),
        "count_guests": _("登记对方到会人数"),
        "take_statements": _("把征询的观点列入议程"),
        "check_in": _("登记到会"),
        "open": _("开始"),
        "hold": _("结束并确认召开"),
        "adjourn": _("休会再议"),
        "draft_minutes": _("起草纪要"),
        "circulate": _("送各方确认"),
        "confirm": _("登记确认"),
        "issue": _("签发纪要"),
        "report": _("报送党委政府"),
        "archive": _("归档"),
        "postpone": _("延期"),
        "cancel": _("取消"),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="consultations")
    state = models.CharField(max_length=16, choices=State.choices, default=State.PLANNED)
    carrier = models.CharField(max_length=12, choices=Carrier.choices)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="consultations")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    convener = models.ForeignKey(Account, models.PROTECT, related_name="+")
    host = models.ForeignKey(Account, models.PROTECT, related_name="+")
    recorder = models.ForeignKey(Account, models.PROTECT, related_name="+")
    override_reason = models.CharField(max_length=200, default="")
    entered_late = models.BooleanField(default=False)
    reported_to = models.CharField(max_length=120, default="")
    issued_on = models.DateField(null=True)
    #: The identity of a joint sitting (毗邻协商): two committees' records with the same one are one session.
    joint = models.CharField(max_length=32, default="", blank=True, db_index=True)
    #: At a joint sitting: how many came whom the neighbouring side has in its register, and how many are concerned.
    guests_present = models.PositiveIntegerField(default=0)
    guests_concerned = models.PositiveIntegerField(default=0)
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")

    objects = tenant_manager(ConsultationQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "state", "-starts_at"], name="consultation_list")
        ]
        constraints = [
            models.CheckConstraint(
                name="consultation_issued_dated",
                condition=~models.Q(state__in=["issued", "reported", "archived"])
                | models.Q(issued_on__isnull=False),
            )
        ]

    def __str__(self):
        return self.topic.title

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no


class AgendaItem(TenantModel):
    """One point of the agenda, in order, with its minutes of time; it may be a statement people voted on before.

    ``said`` is the result of that statement in words, as it stood when it was put on the agenda.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST)
    minutes = models.PositiveSmallIntegerField(default=10)
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="+")
    said = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "statement"], name="agenda_statement_once")
        ]

    def __str__(self):
        return self.title


class Attendance(TenantModel):
    """One person at one consultation in one role; attendances (人次) and persons (人) are counted apart.

    ``person`` is a keyed digest by which the same person is recognised without a name being read.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("委员")
        RESIDENT = "resident", _("群众代表")
        STAKEHOLDER = "stakeholder", _("利益相关方")
        DEPARTMENT = "department", _("部门")
        TOWN = "town", _("镇街")
        EXPERT = "expert", _("专家")
        OBSERVER = "observer", _("列席")

    class Status(models.TextChoices):
        INVITED = "invited", _("已通知")
        PRESENT = "present", _("到会")
        EXCUSED = "excused", _("请假")
        ABSENT = "absent", _("缺席")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="attendances")
    role = models.CharField(max_length=12, choices=Role.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.INVITED)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="attendances")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=400, default="")
    person = models.CharField(max_length=64)
    note = models.CharField(max_length=80, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "person"], name="attendance_person_once"
            )
        ]

    def __str__(self):
        return self.get_role_display()


class Minutes(TenantModel):
    """One version of the minutes; a later version never replaces an earlier one."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    situation = models.TextField()
    positions = models.TextField()
    #: Points of the agenda that people voted on before and that these minutes cite.
    cited = models.ManyToManyField(AgendaItem, related_name="+")
    drafted_at = models.DateTimeField()
    digest = models.CharField(max_length=80)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "version"], name="minutes_version_once"
            )
        ]

    def __str__(self):
        return f"v{self.version}"


class Confirmation(TenantModel):
    """One side's confirmation of one version of the minutes; dissent is attached, never deleted."""

    class Side(models.TextChoices):
        HOST = "host", _("主持人")
        RESIDENTS = "residents", _("群众一方")
        RESPONSIBLE = "responsible", _("责任单位一方")

    class Method(models.TextChoices):
        SIGNED = "signed", _("当场签字")
        READ_BACK = "read_back", _("宣读后当面同意")
        ONLINE = "online", _("登录确认")

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="confirmations")
    side = models.CharField(max_length=12, choices=Side.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    name = models.CharField(max_length=400)
    #: Keyed digest of the name, so that the same hand does not confirm twice.
    signer = models.CharField(max_length=64)
    dissent = models.CharField(max_length=400, default="")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "side", "signer"], name="confirmation_once"
            )
        ]

    def __str__(self):
        return self.get_side_display()
