"""Information on social conditions (社情民意信息): from the draft to the feedback, and its periodical."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..people.models import Account, Member
from ..people.tenancy import TenantModel, tenant_manager
from ..proposals.models import Proposal
from ..regions.models import Region
from ..salons.models import Point
from ..shared import sealed
from ..visits.models import Visit
from ..voices.models import Voice
from .above import Dispatch, Follow, Instruction, Issue, IssueItem

__all__ = ["Brief", "BriefSource", "Dispatch", "Follow", "Instruction", "Issue", "IssueItem"]


class BriefQuerySet(models.QuerySet):
    """Questions about briefs."""

    def visible_to(self, account):
        """The briefs an account may read."""
        from . import policies

        return policies.readable(self, account)


class Brief(TenantModel):
    """A piece of social-conditions information (社情民意信息): situation, analysis, advice, in one sheet.

    What the author handed in is kept as it was; the office's wording stands beside it in fields of its own.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草")
        SUBMITTED = "submitted", _("已提交")
        EDITING = "editing", _("编辑中")
        SIGNED = "signed", _("已签发")
        SENT = "sent", _("已报送")
        ADOPTED = "adopted", _("已采用")
        KEPT = "kept", _("留存")
        INSTRUCTED = "instructed", _("有批示")
        FOLLOWED = "followed", _("已转办跟踪")
        CLOSED = "closed", _("已办结")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Category(models.TextChoices):
        ECONOMY = "economy", _("经济")
        URBAN = "urban", _("城建")
        CULTURE = "culture", _("教科文卫体")
        LABOUR = "labour", _("人力社保")
        UNITED = "united", _("统战外事")
        RURAL = "rural", _("农业农村")
        OTHER = "other", _("其他")

    OUT = frozenset({State.SENT, State.ADOPTED, State.INSTRUCTED, State.FOLLOWED})
    ENDED = frozenset({State.CLOSED, State.WITHDRAWN})
    MOVES = {
        "rewrite": ({State.DRAFT}, None),
        "submit": ({State.DRAFT}, State.SUBMITTED),
        "take_edit": ({State.SUBMITTED}, State.EDITING),
        "edit": ({State.EDITING}, None),
        "send_back": ({State.SUBMITTED, State.EDITING}, State.DRAFT),
        "keep": ({State.SUBMITTED, State.EDITING, State.SENT}, State.KEPT),
        "sign": ({State.EDITING}, State.SIGNED),
        "send": ({State.SIGNED, State.SENT}, State.SENT),
        "send_further": ({State.ADOPTED, State.INSTRUCTED, State.FOLLOWED}, None),
        "adopt": ({State.SENT, State.ADOPTED}, State.ADOPTED),
        "note_adoption": ({State.INSTRUCTED, State.FOLLOWED}, None),
        "instruct": ({State.SIGNED} | OUT, State.INSTRUCTED),
        "follow": ({State.ADOPTED, State.INSTRUCTED, State.FOLLOWED}, State.FOLLOWED),
        "close": ({State.KEPT} | OUT, State.CLOSED),
        "withdraw": ({State.DRAFT, State.SUBMITTED}, State.WITHDRAWN),
    }
    VERBS = {
        "submit": _("提交"),
        "rewrite": _("修改"),
        "take_edit": _("开始编辑"),
        "edit": _("改编辑稿"),
        "sign": _("签发"),
        "send": _("登记报送"),
        "adopt": _("登记采用"),
        "instruct": _("登记批示"),
        "follow": _("登记转办结果"),
        "close": _("办结并告知作者"),
        "send_further": _("再报一处"),
        "note_adoption": _("补记采用"),
        "keep": _("留存"),
        "send_back": _("退回作者"),
        "withdraw": _("撤回"),
        "see": _("知道了"),
        "forget_informant": _("抹去信息员姓名"),
    }

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    category = models.CharField(max_length=10, choices=Category.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="briefs")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="briefs")
    #: The name of an invited informant (特邀信息员) who is no member: sealed, and empty once it was erased.
    informant = models.CharField(max_length=400, default="")
    by_informant = models.BooleanField(default=False)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    written_on = models.DateField()
    submitted_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=40, default="")
    closed_on = models.DateField(null=True)
    title = models.CharField(max_length=60)
    situation = models.TextField()
    analysis = models.TextField(default="")
    advice = models.TextField()
    edited_title = models.CharField(max_length=60, default="")
    edited_situation = models.TextField(default="")
    edited_analysis = models.TextField(default="")
    edited_advice = models.TextField(default="")
    #: Whether the author agrees to be named in print, and why not if a reason was given.
    named = models.BooleanField(default=False)
    unnamed_why = models.CharField(max_length=100, default="")
    back_words = models.CharField(max_length=400, default="")
    result_words = models.CharField(max_length=200, default="")
    #: Until when the author has seen what became of it.
    seen_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = tenant_manager(BriefQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "-written_on"], name="brief_list")]
        constraints = [
            models.CheckConstraint(
                name="brief_has_one_author",
                condition=models.Q(member__isnull=False, by_informant=False, informant="")
                | models.Q(member=None, by_informant=True),
            ),
            models.CheckConstraint(
                name="brief_draft_is_unedited",
                condition=~models.Q(state__in=["draft", "submitted", "withdrawn"])
                | models.Q(edited_title="", edited_situation="", edited_analysis="", edited_advice=""),
            ),
            models.CheckConstraint(
                name="brief_closed_is_dated",
                condition=models.Q(state="closed", closed_on__isnull=False)
                | ~models.Q(state="closed") & models.Q(closed_on=None),
            ),
            models.CheckConstraint(
                name="brief_signed_is_edited",
                condition=~models.Q(state__in=["signed", "sent", "adopted", "instructed", "followed"])
                | (models.Q(signed_on__isnull=False) & ~models.Q(edited_situation="") & ~models.Q(signer="")),
            ),
        ]

    def __str__(self):
        return self.edited_title or self.title

    @property
    def case_no(self) -> str:
        """The number of the matter it was made from, or nothing."""
        return self.case.no if self.case_id else ""

    @property
    def author(self) -> str:
        """Who wrote it, for those who may read the brief; an erased informant is told as one."""
        if self.member_id:
            return self.member.name
        return sealed.unseal(settings.CONTACT_KEY, self.informant) or str(_("特邀信息员"))

    @property
    def parts(self) -> tuple:
        """Situation, analysis and advice as the author wrote them."""
        return (self.situation, self.analysis, self.advice)


class BriefSource(TenantModel):
    """Where a brief comes from: a voice, a visit, a salon's point, a proposal."""

    FIELDS = ("voice", "visit", "point", "proposal")
    WORDS = {"voice": _("民声"), "visit": _("走访"), "point": _("沙龙"), "proposal": _("提案")}

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="sources")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, related_name="brief_sources")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="brief_sources")
    point = models.ForeignKey(Point, models.PROTECT, null=True, related_name="brief_sources")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="brief_sources")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="brief_source_is_one",
                condition=models.Q(voice__isnull=False, visit=None, point=None, proposal=None)
                | models.Q(voice=None, visit__isnull=False, point=None, proposal=None)
                | models.Q(voice=None, visit=None, point__isnull=False, proposal=None)
                | models.Q(voice=None, visit=None, point=None, proposal__isnull=False),
            )
        ]

    def __str__(self):
        return str(getattr(self, self.kind))

    @property
    def kind(self) -> str:
        """Which of the four it is."""
        return next(name for name in self.FIELDS if getattr(self, f"{name}_id"))

    @property
    def kind_words(self) -> str:
        """The same in words."""
        return str(self.WORDS[self.kind])
