"""Proposals of members, from signing to evaluation, and who signed them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..people.models import Account, Member
from ..people.tenancy import TenantModel, tenant_manager
from ..rules.models import Deadline
from ..salons.models import Point
from ..topics.models import Topic
from ..voices.models import Voice


class ProposalQuerySet(models.QuerySet):
    """Questions about proposals."""

    def visible_to(self, account):
        """The proposals an account may read."""
        from . import policies

        return policies.readable(self, account)


class Proposal(TenantModel):
    """A proposal of members (提案): filed or declined, handled by units, judged by who made it.

    It opens its own case when it is drafted, so that signatures, clocks and tasks hang on one number from the start.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("已提交")
        PRE_REVIEW = "pre_review", _("审查中")
        FILED = "filed", _("已立案")
        DECLINED = "declined", _("不立案")
        MERGED = "merged", _("已归并")
        CONVERTED = "converted", _("转社情民意信息")
        DISTRIBUTED = "distributed", _("已交办")
        REPLIED = "replied", _("已答复")
        EVALUATED = "evaluated", _("已评价")
        REDO = "redo", _("重新办理")
        CLOSED = "closed", _("已办结")
        WITHDRAWN = "withdrawn", _("撤回")

    class Kind(models.TextChoices):
        """Who puts it forward."""

        MEMBER = "member", _("个人提案")
        JOINT = "joint", _("联名提案")
        COLLECTIVE = "collective", _("集体提案")

    class Category(models.TextChoices):
        """What it is about, as the lists of proposals sort it."""

        ECONOMY = "economy", _("经济建设")
        URBAN = "urban", _("城乡建设")
        RURAL = "rural", _("农业农村")
        CULTURE = "culture", _("教科文卫体")
        SOCIAL = "social", _("社会法治和保障")
        ECOLOGY = "ecology", _("生态环境")
        UNITED = "united", _("统战和民族宗教")
        OTHER = "other", _("其他")

    #: From here on it has a number.
    NUMBERED = (State.FILED, State.DISTRIBUTED, State.REPLIED, State.EVALUATED, State.REDO, State.CLOSED)
    ENDED = frozenset({State.DECLINED, State.MERGED, State.CONVERTED, State.WITHDRAWN, State.CLOSED})
    #: What another proposal can still be merged into.
    JOINABLE = frozenset({State.PRE_REVIEW, State.FILED, State.DISTRIBUTED})
    MOVES = {
        "edit": ({State.DRAFT}, None),
        "invite_signers": ({State.DRAFT}, None),
        "sign": ({State.DRAFT}, None),
        "decline_signing": ({State.DRAFT}, None),
        "submit": ({State.DRAFT}, State.SUBMITTED),
        "take_review": ({State.SUBMITTED}, State.PRE_REVIEW),
        "send_back": ({State.PRE_REVIEW}, State.DRAFT),
        "file": ({State.PRE_REVIEW}, State.FILED),
        "decline": ({State.PRE_REVIEW}, State.DECLINED),
        "merge": ({State.PRE_REVIEW, State.FILED}, State.MERGED),
        "convert": ({State.PRE_REVIEW}, State.CONVERTED),
        "withdraw": ({State.DRAFT, State.SUBMITTED, State.PRE_REVIEW}, State.WITHDRAWN),
        "distribute": ({State.FILED, State.DISTRIBUTED}, State.DISTRIBUTED),
        "replied": ({State.DISTRIBUTED, State.REDO, State.EVALUATED}, State.REPLIED),
        "redo": ({State.REPLIED}, State.REDO),
        "evaluate": ({State.REPLIED}, State.EVALUATED),
        "close": ({State.REPLIED, State.EVALUATED}, State.CLOSED),
    }
    #: ``distribute`` and ``evaluate`` are taken by the stages above, which give out the tasks and keep the evaluation.
    VERBS = {
        "sign": _("签名联名"),
        "decline_signing": _("不参加联名"),
        "submit": _("提交提案"),
        "edit": _("修改"),
        "invite_signers": _("邀请联名"),
        "take_review": _("开始审查"),
        "file": _("立案"),
        "distribute": _("交办"),
        "evaluate": _("评价办理结果"),
        "send_back": _("退回修改"),
        "merge": _("归并"),
        "convert": _("转为社情民意信息"),
        "decline": _("不立案"),
        "withdraw": _("撤回"),
        "hear": _("知道了"),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MEMBER)
    #: The sector, Party group or office in whose name a collective proposal is made.
    group_name = models.CharField(max_length=60, default="")
    #: The first proposer; a collective proposal may have none.
    proposer = models.ForeignKey(Member, models.PROTECT, null=True, related_name="proposals")
    title = models.CharField(max_length=80)
    reason = models.TextField()
    advice = models.TextField()
    category = models.CharField(max_length=12, choices=Category.choices)
    session = models.CharField(max_length=40, default="")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True)
    #: Whether the proposer agrees that it is shown to the public when it is done.
    may_be_public = models.BooleanField(default=False)
    #: Typed in by the office for a member, or brought in from an older list.
    by_office = models.BooleanField(default=False)
    entered_late = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    point = models.ForeignKey(Point, models.PROTECT, null=True, related_name="proposals")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="proposals")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, related_name="proposals")
    drafted_on = models.DateField()
    submitted_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    distributed_on = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    #: On which day the proposer was reminded that the evaluation is still open; once per answer.
    reminded_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_how = models.CharField(max_length=40, default="")
    ground = models.CharField(max_length=20, default="")
    #: What the office told the proposer last: why it came back, was declined, merged or passed on.
    review_note = models.CharField(max_length=400, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")

    objects = tenant_manager(ProposalQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "-drafted_on"], name="proposal_state_list")]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="proposal_number_once"),
            models.CheckConstraint(
                name="proposal_is_somebodys",
                condition=models.Q(kind="collective") & ~models.Q(group_name="")
                | models.Q(kind__in=["member", "joint"], proposer__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_filed_is_numbered",
                condition=~models.Q(state__in=["filed", "distributed", "replied", "evaluated", "redo", "closed"])
                | models.Q(number__isnull=False, filed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_declined_has_ground",
                condition=~models.Q(state="declined") | ~models.Q(ground=""),
            ),
            models.CheckConstraint(
                name="proposal_merged_has_parent",
                condition=models.Q(state="merged", merged_into__isnull=False)
                | ~models.Q(state="merged") & models.Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="proposal_closed_is_dated",
                condition=models.Q(state="closed", closed_on__isnull=False)
                | ~models.Q(state="closed") & models.Q(closed_on=None),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no

    @property
    def number_words(self) -> str:
        """2024年第12号, or nothing before it is filed."""
        return _("%(year)s年第%(number)s号") % {"year": self.year, "number": self.number} if self.number else ""

    @property
    def who(self) -> str:
        """The first proposer, or the group in whose name it is made."""
        return self.group_name if self.kind == self.Kind.COLLECTIVE else self.proposer.name


class Signer(TenantModel):
    """A member under a proposal: who leads it, who was invited to sign until which day, and who did."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="signers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="signatures")
    lead = models.BooleanField(default=False)
    invited_on = models.DateField()
    expires_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    declined_on = models.DateField(null=True)
    #: The proposal that was merged into this one and under which the member had signed.
    came_from = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+")
    #: What the member has still to hear of the proposal, until ``heard_on``.
    news = models.CharField(max_length=200, default="")
    heard_on = models.DateField(null=True)

    class Meta:
        ordering = ["-lead", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "member"], name="signer_once"),
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(lead=True), name="signer_one_lead"
            ),
            models.CheckConstraint(
                name="signer_signs_or_declines",
                condition=models.Q(signed_on=None) | models.Q(declined_on=None),
            ),
        ]

    def __str__(self):
        return self.member.name

    @property
    def is_open(self) -> bool:
        """Invited, and neither signed nor declined; it may have run out."""
        return self.signed_on is None and self.declined_on is None
