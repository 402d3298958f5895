"""Information on social conditions (社情民意信息): from the draft to the feedback, and its periodical."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..people.models import Account, Member
from ..people.tenancy import TenantModel, tenant_manager
from ..proposals.models import Proposal
from ..salons.models import Point
from ..visits.models import Visit
from ..voices.models import Voice


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
        "send": ({State.SIGNED, State.SENT, State.ADOPTED}, State.SENT),
        "adopt": (OUT, State.ADOPTED),
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
        "keep": _("留存"),
        "send_back": _("退回作者"),
        "withdraw": _("撤回"),
        "see": _("知道了"),
    }

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    category = models.CharField(max_length=10, choices=Category.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="briefs")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="briefs")
    #: The name of an invited informant (特邀信息员) who is no member.
    informant = models.CharField(max_length=40, default="")
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    written_on = models.DateField()
    submitted_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    title = models.CharField(max_length=60)
    situation = models.TextField()
    analysis = models.TextField(default="")
    advice = models.TextField()
    edited_title = models.CharField(max_length=60, default="")
    edited_situation = models.TextField(default="")
    edited_analysis = models.TextField(default="")
    edited_advice = models.TextField(default="")
    named = models.BooleanField(default=True)
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
                condition=models.Q(member__isnull=False, informant="")
                | (models.Q(member=None) & ~models.Q(informant="")),
            ),
            models.CheckConstraint(
                name="brief_signed_is_edited",
                condition=~models.Q(state__in=["signed", "sent", "adopted", "instructed", "followed"])
                | (models.Q(signed_on__isnull=False) & ~models.Q(edited_situation="")),
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
        """Who wrote it, in words."""
        return self.member.name if self.member_id else self.informant

    @property
    def parts(self) -> tuple:
        """Situation, analysis and advice as the author wrote them."""
        return (self.situation, self.analysis, self.advice)


class BriefSource(TenantModel):
    """Where a brief comes from: a voice, a visit, a salon's point, a proposal."""

    FIELDS = ("voice", "visit", "point", "proposal")

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
        return str(next(getattr(self, name) for name in self.FIELDS if getattr(self, f"{name}_id")))


class Dispatch(TenantModel):
    """One sending of a brief to a level (报送), and whether it was adopted there, alone or compiled with others."""

    class Level(models.TextChoices):
        DISTRICT = "district", _("区级")
        CITY = "city", _("市级")
        NATION = "nation", _("全国")

    class How(models.TextChoices):
        SINGLE = "single", _("单篇采用")
        COMPILED = "compiled", _("综合采用")

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="dispatches")
    level = models.CharField(max_length=10, choices=Level.choices)
    to = models.CharField(max_length=60)
    on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices, default="")
    adopted_on = models.DateField(null=True)
    paper_no = models.CharField(max_length=60, default="")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="dispatch_adopted_dated",
                condition=models.Q(how="", adopted_on=None) | (~models.Q(how="") & models.Q(adopted_on__isnull=False)),
            )
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.to}"


class Instruction(TenantModel):
    """A leader's written instruction on a brief (批示): by which post, on which day, in which words."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="instructions")
    post = models.CharField(max_length=40)
    on = models.DateField()
    words = models.CharField(max_length=400)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return f"{self.post} {self.on}"


class Issue(TenantModel):
    """One issue of the periodical 社情民意信息, numbered within its year."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField()
    on = models.DateField()
    signer = models.CharField(max_length=40)
    recipients = models.CharField(max_length=120)
    copies = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["committee", "year", "number"], name="brief_issue_once")]

    def __str__(self):
        return f"{self.year}-{self.number}"


class IssueItem(TenantModel):
    """A brief printed in an issue, in its order."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="printed")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["issue", "brief"], name="issue_brief_once")]

    def __str__(self):
        return f"{self.order}. {self.brief}"
