"""Tasks with their objections, extensions, progress, replies, promises and reminders."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..agreements.models import Agreement
from ..cases.models import Case
from ..people.models import Account, Unit
from ..people.tenancy import TenantModel, tenant_manager
from ..proposals.models import Proposal
from ..rules.models import Deadline
from .questions import TaskQuerySet


class Task(TenantModel):
    """A duty one unit took on from an agreement or a proposal, due by a working day, checked by who assigned it.

    What is to be done is the text of its origin: a task has no wording of its own that could say less.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("已交办")
        ACKNOWLEDGED = "acknowledged", _("已签收")
        IN_PROGRESS = "in_progress", _("办理中")
        OBJECTED = "objected", _("有异议")
        REASSIGNED = "reassigned", _("已改派")
        EXTENSION_REQUESTED = "extension_requested", _("申请延期")
        REPLIED = "replied", _("已答复")
        UNDER_REVIEW = "under_review", _("审核中")
        RETURNED = "returned", _("退回重办")
        AWAITING_EVALUATION = "awaiting_evaluation", _("待评价")
        TRACKING = "tracking", _("跟踪中")
        PROMISE_DONE = "promise_done", _("已兑现")
        JOINT_REVIEW = "joint_review", _("会商")
        SUSPENDED = "suspended", _("中止")
        CLOSED = "closed", _("已销号")

    class Class(models.TextChoices):
        """How long the matter may take; the lengths stand in the rule set."""

        IMMEDIATE = "immediate", _("即办")
        ORDINARY = "ordinary", _("一般")
        HARD = "hard", _("较难")
        PROPOSAL = "proposal", _("提案")
        PROPOSAL_COMPLEX = "proposal_complex", _("复杂提案")

    OF_AGREEMENTS = (Class.IMMEDIATE, Class.ORDINARY, Class.HARD)
    OF_PROPOSALS = (Class.PROPOSAL, Class.PROPOSAL_COMPLEX)

    class Contact(models.TextChoices):
        """How a unit heard the proposer (听取意见方式)."""

        VISIT = "visit", _("走访")
        PHONE = "phone", _("电话")
        OTHER = "other", _("其他")
        NONE = "none", _("未联系")

    class Grade(models.TextChoices):
        """A/B/C/D as the Chongqing deputies' rule grades replies; the wording is the rule set's to change."""

        A = "A", _("A 已解决或基本解决")
        B = "B", _("B 正在解决或列入计划")
        C = "C", _("C 条件所限暂不能解决")
        D = "D", _("D 留作参考")

    AT_WORK = frozenset({State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED})
    FINISHED = frozenset({State.CLOSED, State.REASSIGNED})
    MOVES = {
        "acknowledge": ({State.ASSIGNED}, State.ACKNOWLEDGED),
        "object": ({State.ASSIGNED, State.ACKNOWLEDGED}, State.OBJECTED),
        "uphold_objection": ({State.OBJECTED}, State.REASSIGNED),
        "deny_objection": ({State.OBJECTED}, State.ACKNOWLEDGED),
        "progress": (AT_WORK, State.IN_PROGRESS),
        "request_extension": (AT_WORK, State.EXTENSION_REQUESTED),
        "grant_extension": ({State.EXTENSION_REQUESTED}, State.IN_PROGRESS),
        "deny_extension": ({State.EXTENSION_REQUESTED}, State.IN_PROGRESS),
        "suspend": (AT_WORK, State.SUSPENDED),
        "resume": ({State.SUSPENDED}, State.IN_PROGRESS),
        "reply": (AT_WORK, State.REPLIED),
        "take_review": ({State.REPLIED}, State.UNDER_REVIEW),
        "send_back": ({State.UNDER_REVIEW}, State.RETURNED),
        "accept": ({State.UNDER_REVIEW}, State.AWAITING_EVALUATION),
        "track": ({State.UNDER_REVIEW}, State.TRACKING),
        "keep_promise": ({State.TRACKING}, State.PROMISE_DONE),
        "check_promise": ({State.PROMISE_DONE}, State.AWAITING_EVALUATION),
        "reject_promise": ({State.PROMISE_DONE}, State.TRACKING),
        # A proposer rates a B answer when it is accepted, while its promise is still tracked.
        "return_rated": ({State.AWAITING_EVALUATION, State.TRACKING}, State.RETURNED),
        "call_joint_review": ({State.AWAITING_EVALUATION, State.TRACKING}, State.JOINT_REVIEW),
        "settle_joint_review": ({State.JOINT_REVIEW}, State.CLOSED),
        "close": ({State.AWAITING_EVALUATION}, State.CLOSED),
    }
    VERBS = {
        "acknowledge": _("签收"),
        "contact_proposer": _("登记联系提案人"),
        "progress": _("记进展"),
        "reply": _("答复"),
        "object": _("提出异议"),
        "request_extension": _("申请延期"),
        "co_reply": _("协办意见"),
        "keep_promise": _("报告承诺兑现"),
        "take_review": _("开始审核"),
        "accept": _("审核通过"),
        "send_back": _("退回重办"),
        "uphold_objection": _("异议成立，改派"),
        "deny_objection": _("异议不成立"),
        "grant_extension": _("同意延期"),
        "deny_extension": _("不同意延期"),
        "check_promise": _("核实承诺已兑现"),
        "reject_promise": _("承诺未兑现"),
        "suspend": _("中止"),
        "resume": _("恢复办理"),
        "settle_joint_review": _("登记会商结果"),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="tasks")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASSIGNED)
    size = models.CharField(max_length=20, choices=Class.choices)
    note = models.CharField(max_length=400, default="")
    assigned_on = models.DateField()
    assigned_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField(null=True)
    proposer_met_on = models.DateField(null=True)
    proposer_met_how = models.CharField(max_length=10, choices=Contact.choices, default="")
    replied_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_how = models.CharField(max_length=40, default="")
    grade = models.CharField(max_length=1, choices=Grade.choices, default="")
    result_words = models.CharField(max_length=200, default="")
    redone = models.PositiveSmallIntegerField(default=0)
    reassigned_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="reassigned")
    #: The clock of the work itself.
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="+")
    #: The clock of the present step: acknowledging, deciding an objection, evaluating.
    step_deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")
    contact_deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")

    objects = tenant_manager(TaskQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["committee", "state", "-assigned_on"], name="task_state_list"),
            models.Index(fields=["unit", "state"], name="task_unit_list"),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_has_one_origin",
                condition=models.Q(agreement__isnull=False, proposal=None)
                | models.Q(agreement=None, proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="task_closed_is_dated",
                condition=models.Q(state="closed", closed_on__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_on=None)),
            ),
            models.CheckConstraint(
                name="task_replied_is_graded",
                condition=~models.Q(
                    state__in=["replied", "under_review", "awaiting_evaluation", "tracking",
                               "promise_done"]
                )
                | (models.Q(replied_on__isnull=False) & ~models.Q(grade="")),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def origin(self):
        """The agreed item or the proposal that the task carries out."""
        return self.agreement if self.agreement_id else self.proposal

    @property
    def text(self) -> str:
        """What is to be done, in the words of the origin."""
        return self.agreement.text if self.agreement_id else self.proposal.title

    @property
    def source(self) -> str:
        """Where the duty comes from: the topic that was consulted on, or the number of the proposal."""
        if self.agreement_id:
            return self.agreement.consultation.topic.title
        return _("提案 %(no)s") % {"no": self.proposal.number_words}

    def rule_key(self, key: str) -> str:
        """The rule of a clock of this task; proposals have longer days of their own."""
        return f"{key}.proposal" if self.proposal_id else key

    @property
    def case_no(self) -> str:
        """The number of the thread."""
        return self.case.no


class CoUnit(TenantModel):
    """A unit that helps with a task and reports to its lead (首接负责)."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="helpers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    opinion = models.CharField(max_length=400, default="")
    replied_on = models.DateField(null=True)
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="co_unit_once")]

    def __str__(self):
        return str(self.unit)


class Objection(TenantModel):
    """A unit's word that the matter is not its own, decided by who assigned it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="objections")
    reason = models.CharField(max_length=400)
    suggests = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    raised_on = models.DateField()
    decided_on = models.DateField(null=True)
    upheld = models.BooleanField(null=True)
    decision = models.CharField(max_length=400, default="")

    def __str__(self):
        return self.reason


class Extension(TenantModel):
    """A unit's wish for more days, with the reason that the proposer reads too."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400)
    asked_on = models.DateField()
    decided_on = models.DateField(null=True)
    granted = models.BooleanField(null=True)
    decision = models.CharField(max_length=400, default="")

    def __str__(self):
        return f"{self.days}"


class Reply(TenantModel):
    """One version of a unit's answer, graded A, B, C or D."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="replies")
    version = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=1, choices=Task.Grade.choices)
    text = models.TextField()
    would_change = models.CharField(max_length=400, default="")
    replied_on = models.DateField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["task", "version"], name="reply_version_once")]

    def __str__(self):
        return f"{self.grade} v{self.version}"


class Promise(TenantModel):
    """What a unit promised in a B reply, with its day."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="promises")
    text = models.CharField(max_length=400)
    due_on = models.DateField()
    kept_on = models.DateField(null=True)
    report = models.CharField(max_length=400, default="")

    def __str__(self):
        return self.text


class Reminder(TenantModel):
    """One step of the ladder 提醒 → 催办 → 提级, entered once."""

    class Step(models.TextChoices):
        SOON = "soon", _("临期提醒")
        DUE = "due", _("到期催办")
        ESCALATED = "escalated", _("逾期提级")

    task = models.ForeignKey(Task, models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=10, choices=Step.choices)
    due_on = models.DateField()
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "step", "due_on"], name="reminder_once")
        ]

    def __str__(self):
        return self.get_step_display()
