"""Information on social conditions: the sheet itself and where it comes from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..consultations.models import Consultation
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
        """The briefs an account may read: one's own, those of one's place, the office all."""
        from . import policies

        return policies.readable(self, account)


class Brief(TenantModel):
    """A piece of social-conditions information (社情民意信息): situation, analysis, advice, in one sheet.

    What the author wrote stays as it was handed in; the office edits a copy that stands beside it.
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
        """What it is about, as the yearly report sorts it."""

        ECONOMY = "economy", _("经济")
        URBAN = "urban", _("城建")
        CULTURE = "culture", _("教科文卫体")
        LABOUR = "labour", _("人社")
        UNITED = "united", _("统战外事")
        RURAL = "rural", _("农业农村")
        OTHER = "other", _("其他")

    #: On its way up, and not at its end.
    ABOVE = frozenset({State.SENT, State.ADOPTED, State.KEPT, State.INSTRUCTED, State.FOLLOWED})
    #: Its words stand; they may be printed in an issue.
    FINAL = frozenset({State.SIGNED, State.CLOSED}) | ABOVE
    MOVES = {
        "rewrite": ({State.DRAFT}, None),
        "submit": ({State.DRAFT}, State.SUBMITTED),
        "take_edit": ({State.SUBMITTED}, State.EDITING),
        "edit": ({State.EDITING}, None),
        "send_back": ({State.SUBMITTED, State.EDITING}, State.DRAFT),
        "sign": ({State.EDITING}, State.SIGNED),
        "send": ({State.SIGNED}, State.SENT),
        "send_further": (ABOVE, None),
        "adopt": ({State.SENT, State.ADOPTED, State.KEPT}, State.ADOPTED),
        "note_adoption": ({State.INSTRUCTED, State.FOLLOWED}, None),
        "keep": ({State.SENT}, State.KEPT),
        "instruct": ({State.ADOPTED, State.KEPT, State.INSTRUCTED, State.FOLLOWED}, State.INSTRUCTED),
        "follow": ({State.INSTRUCTED, State.FOLLOWED}, State.FOLLOWED),
        "close": ({State.ADOPTED, State.KEPT, State.FOLLOWED}, State.CLOSED),
        "withdraw": ({State.DRAFT, State.SUBMITTED}, State.WITHDRAWN),
    }
    VERBS = {
        "hear": _("知道了"),
        "submit": _("提交"),
        "take_edit": _("开始编辑"),
        "edit": _("编辑文稿"),
        "sign": _("签发"),
        "send": _("报送"),
        "adopt": _("登记采用"),
        "keep": _("留存"),
        "instruct": _("登记批示"),
        "follow": _("登记办理结果"),
        "close": _("办结"),
        "rewrite": _("改写"),
        "send_further": _("再报一处"),
        "note_adoption": _("补记采用"),
        "send_back": _("退回作者"),
        "withdraw": _("撤回"),
        "forget_reporter": _("抹去信息员姓名"),
    }

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=80)
    category = models.CharField(max_length=12, choices=Category.choices)
    situation = models.TextField()
    analysis = models.TextField(default="")
    advice = models.TextField(default="")
    edited_on = models.DateField(null=True)
    edited_title = models.CharField(max_length=80, default="")
    edited_situation = models.TextField(default="")
    edited_analysis = models.TextField(default="")
    edited_advice = models.TextField(default="")
    author = models.ForeignKey(Member, models.PROTECT, null=True, related_name="briefs")
    #: The name of an invited informant who is no member: sealed, and erasable.
    reporter = models.CharField(max_length=400, default="")
    by_reporter = models.BooleanField(default=False)
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    #: Whether the author's name may stand in the periodical, and why not if a reason was given.
    may_name = models.BooleanField(default=False)
    no_name_why = models.CharField(max_length=100, default="")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="briefs")
    drafted_on = models.DateField()
    submitted_on = models.DateField(null=True)
    returned_why = models.CharField(max_length=400, default="")
    signed_on = models.DateField(null=True)
    signer_post = models.CharField(max_length=40, default="")
    closed_on = models.DateField(null=True)
    result_words = models.CharField(max_length=200, default="")
    #: The author has not yet said that the last step is known.
    unheard = models.BooleanField(default=False)
    news_on = models.DateField(null=True)

    objects = tenant_manager(BriefQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "state", "-drafted_on"], name="brief_state_list"),
            models.Index(fields=["author", "-drafted_on"], name="brief_of_author"),
        ]
        constraints = [
            models.CheckConstraint(
                name="brief_is_somebodys",
                condition=models.Q(author__isnull=False, by_reporter=False, reporter="")
                | models.Q(author=None, by_reporter=True),
            ),
            models.CheckConstraint(
                name="brief_edited_as_a_whole",
                condition=models.Q(
                    edited_on=None, edited_title="", edited_situation="", edited_analysis="", edited_advice=""
                )
                | models.Q(edited_on__isnull=False)
                & ~(models.Q(edited_title="") | models.Q(edited_situation=""))
                & ~(models.Q(edited_analysis="") | models.Q(edited_advice="")),
            ),
            models.CheckConstraint(
                name="brief_draft_is_unedited",
                condition=~models.Q(state__in=["draft", "submitted", "withdrawn"]) | models.Q(edited_on=None),
            ),
            models.CheckConstraint(
                name="brief_signed_was_edited",
                condition=models.Q(state__in=["draft", "submitted", "editing", "withdrawn"], signed_on=None)
                | models.Q(signed_on__isnull=False, edited_on__isnull=False) & ~models.Q(signer_post=""),
            ),
            models.CheckConstraint(
                name="brief_closed_is_dated",
                condition=models.Q(state="closed", closed_on__isnull=False)
                | ~models.Q(state="closed") & models.Q(closed_on=None),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.edited_title or self.title

    @property
    def case_no(self) -> str:
        """The number of the thread it belongs to, or nothing for one that came from elsewhere."""
        return self.case.no if self.case_id else ""

    @property
    def is_edited(self) -> bool:
        """Whether an edited text stands beside the original."""
        return self.edited_on is not None

    @property
    def who(self) -> str:
        """Whose it is, as lists show it: an informant is never named there."""
        return self.author.name if self.author_id else str(_("特邀信息员"))

    @property
    def reporter_name(self) -> str:
        """The informant's name for those who may read the record; empty when it was erased."""
        return sealed.unseal(settings.CONTACT_KEY, self.reporter)


class BriefSource(TenantModel):
    """Where a brief comes from, so that it can be followed back: a voice, a visit, a salon's point, or the author."""

    class Kind(models.TextChoices):
        VOICE = "voice", _("民声")
        VISIT = "visit", _("走访")
        POINT = "point", _("沙龙要点")
        PROPOSAL = "proposal", _("提案")
        CONSULTATION = "consultation", _("协商")
        OWN = "own", _("自选")

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, related_name="brief_sources")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="brief_sources")
    point = models.ForeignKey(Point, models.PROTECT, null=True, related_name="brief_sources")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="brief_sources")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, related_name="brief_sources")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="brief_source_is_named",
                condition=models.Q(kind="voice", voice__isnull=False)
                | models.Q(kind="visit", visit__isnull=False)
                | models.Q(kind="point", point__isnull=False)
                | models.Q(kind="proposal", proposal__isnull=False)
                | models.Q(kind="consultation", consultation__isnull=False)
                | models.Q(kind="own", voice=None, visit=None, point=None, proposal=None, consultation=None),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
