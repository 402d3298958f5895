"""Voices and the contact data kept apart from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..people.models import Account
from ..people.tenancy import TenantModel, tenant_manager
from ..regions.models import Region
from ..rules.models import Deadline
from ..venues.models import Venue


class VoiceQuerySet(models.QuerySet):
    """Questions about voices."""

    def open(self):
        """Voices that somebody still has to screen."""
        return self.filter(state__in=Voice.SCREENABLE | {Voice.State.RECEIVED})

    def visible_to(self, account):
        """The voices an account may read: the office all, a liaison those of its place."""
        from . import policies

        return policies.readable(self, account)


class Voice(TenantModel):
    """One matter raised by a person, through any channel, at a place."""

    class State(models.TextChoices):
        RECEIVED = "received", _("已收到")
        SCREENING = "screening", _("审看中")
        ANSWERED = "answered", _("已答复")
        REFERRED = "referred", _("已转办")
        TOPIC = "topic", _("已转议题")
        INFO = "info", _("已转社情民意")
        MERGED = "merged", _("已归并")
        GUIDED = "guided", _("已引导")
        NOT_ACCEPTED = "not_accepted", _("不予受理")
        NEED_INFO = "need_info", _("待补充")
        RESULT = "result", _("有结果")
        CONFIRMED = "confirmed", _("群众已评价")
        CLOSED = "closed", _("已办结")
        REOPENED = "reopened", _("再办理")

    class Channel(models.TextChoices):
        QR = "qr", _("场所码")
        WEB = "web", _("网页")
        VISIT = "visit", _("委员走访")
        BOX = "box", _("意见箱")
        PHONE = "phone", _("电话")
        WECHAT_TEXT = "wechat_text", _("微信群转述")
        LETTER = "letter", _("来信")
        MEMBER = "member", _("委员代提")
        HOTLINE = "hotline", _("12345 热线")
        IMPORT = "import", _("批量导入")

    SCREENABLE = frozenset({State.SCREENING, State.REOPENED})
    #: Open voices may be merged into another and follow it.
    MERGEABLE = SCREENABLE | {State.NEED_INFO, State.REFERRED, State.INFO}
    #: Nothing more will be told of these; another voice cannot follow them.
    DONE = frozenset({State.GUIDED, State.NOT_ACCEPTED, State.CLOSED})
    MOVES = {
        "begin_screening": ({State.RECEIVED}, State.SCREENING),
        "ask_info": (SCREENABLE, State.NEED_INFO),
        "supplement": ({State.NEED_INFO}, State.SCREENING),
        "answer": (SCREENABLE, State.ANSWERED),
        "refer": (SCREENABLE, State.REFERRED),
        "hand_to_topic": (SCREENABLE, State.TOPIC),
        "turn_to_info": (SCREENABLE, State.INFO),
        "merge": (MERGEABLE, State.MERGED),
        "guide": (SCREENABLE, State.GUIDED),
        "not_accept": (SCREENABLE, State.NOT_ACCEPTED),
        "return_from_topic": ({State.TOPIC}, State.SCREENING),
        "give_result": ({State.REFERRED, State.TOPIC, State.INFO}, State.RESULT),
        "confirm": ({State.RESULT, State.ANSWERED}, State.CONFIRMED),
        "close_unrated": ({State.RESULT, State.ANSWERED}, State.CLOSED),
        "close": ({State.CONFIRMED}, State.CLOSED),
        "work_again": ({State.CONFIRMED}, State.TOPIC),
        "reopen": (
            {State.CONFIRMED, State.CLOSED, State.ANSWERED, State.GUIDED, State.NOT_ACCEPTED},
            State.REOPENED,
        ),
    }
    #: The buttons of the desk, in their order.
    VERBS = {
        "hand_to_topic": _("转为议题"),
        "answer": _("直接答复"),
        "refer": _("转办"),
        "merge": _("归并"),
        "ask_info": _("请补充"),
        "guide": _("引导至法定渠道"),
        "turn_to_info": _("转社情民意"),
        "not_accept": _("不予受理"),
        "supplement": _("代为补充"),
        "give_result": _("登记结果"),
        "close": _("办结"),
        "reopen": _("再办理"),
        "reveal_contact": _("查看联系方式"),
        "erase_person": _("删除个人信息"),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="voices")
    state = models.CharField(max_length=14, choices=State.choices, default=State.RECEIVED)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    text = models.TextField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="voices")
    place_note = models.CharField(max_length=80, default="", blank=True)
    reported_at = models.DateTimeField()
    #: Who typed it in for somebody; the voice stays that person's, never an impersonated log-in.
    entered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(max_length=64, unique=True)
    outcome_code = models.CharField(max_length=30, default="")
    outcome_words = models.CharField(max_length=400, default="")
    referred_to = models.CharField(max_length=80, default="")
    external_no = models.CharField(max_length=60, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    result_words = models.CharField(max_length=200, default="")
    reopened = models.PositiveSmallIntegerField(default=0)
    flagged = models.CharField(max_length=200, default="")
    erased_on = models.DateField(null=True)
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")

    objects = tenant_manager(VoiceQuerySet)
    #: A receipt code is looked up before its committee is known.
    everywhere = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["committee", "state", "-reported_at"], name="voice_state_list"),
            models.Index(fields=["committee", "-reported_at"], name="voice_list"),
        ]
        constraints = [
            models.CheckConstraint(
                name="voice_merged_has_parent",
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="voice_result_has_words",
                condition=~models.Q(state="result") | ~models.Q(result_words=""),
            ),
        ]

    def __str__(self):
        return self.case.no

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no


class Contact(TenantModel):
    """How to reach the person who raised a voice: sealed, optional, erasable, and every reading is entered."""

    voice = models.OneToOneField(Voice, models.CASCADE, related_name="contact")
    name = models.CharField(max_length=400, default="")
    phone = models.CharField(max_length=400, default="")

    def __str__(self):
        return "***"
