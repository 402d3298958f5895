"""Research reports with their authors, reviews and versions."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Member
from ..people.tenancy import TenantModel, tenant_manager
from ..salons.models import Salon
from ..studios.models import Studio
from .sentences import Sentence, sentences


class ReportQuerySet(models.QuerySet):
    """Questions about reports."""

    def visible_to(self, account):
        """The reports an account may read."""
        from . import policies

        return policies.readable(self, account)


class Report(TenantModel):
    """A research report (调研报告): written by members, reviewed, kept in versions, delivered."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        REVIEW = "review", _("审稿中")
        FINAL = "final", _("已定稿")
        DELIVERED = "delivered", _("已报送")
        RECEIVED_FEEDBACK = "received_feedback", _("有反馈")

    UNFINISHED = frozenset({State.DRAFT, State.REVIEW})
    MOVES = {
        "save_version": ({State.DRAFT}, None),
        "add_authors": ({State.DRAFT}, None),
        "submit": ({State.DRAFT}, State.REVIEW),
        "review": ({State.REVIEW}, None),
        "send_back": ({State.REVIEW}, State.DRAFT),
        "finalise": ({State.REVIEW}, State.FINAL),
        "deliver": ({State.FINAL}, State.DELIVERED),
        "receive_feedback": ({State.DELIVERED, State.RECEIVED_FEEDBACK}, State.RECEIVED_FEEDBACK),
    }
    VERBS = {
        "save_version": _("写报告"),
        "submit": _("送审"),
        "review": _("写审稿意见"),
        "finalise": _("定稿"),
        "send_back": _("退回修改"),
        "deliver": _("登记报送"),
        "receive_feedback": _("登记反馈"),
        "add_authors": _("增加作者"),
    }

    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=80)
    salon = models.ForeignKey(Salon, models.PROTECT, null=True, related_name="reports")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="reports")
    begun_on = models.DateField()
    finalised_on = models.DateField(null=True)
    delivered_to = models.CharField(max_length=60, default="")
    delivered_on = models.DateField(null=True)

    objects = tenant_manager(ReportQuerySet)

    class Meta:
        indexes = [models.Index(fields=["committee", "state", "-begun_on"], name="report_list")]
        constraints = [
            models.CheckConstraint(
                name="report_final_is_dated",
                condition=~models.Q(state__in=["final", "delivered", "received_feedback"])
                | models.Q(finalised_on__isnull=False),
            ),
            models.CheckConstraint(
                name="report_delivered_somewhere",
                condition=~models.Q(state__in=["delivered", "received_feedback"])
                | (models.Q(delivered_on__isnull=False) & ~models.Q(delivered_to="")),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def origin(self) -> str:
        """The salon or studio it came from, in words; empty where there is none."""
        return str(self.salon or self.studio or "")

    @property
    def latest(self):
        """The last version, or None; of a final report the final one."""
        return self.versions.order_by("-number").first()


class Author(TenantModel):
    """One author of a report: a member, or somebody from outside with name and unit."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="authors")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="reports")
    name = models.CharField(max_length=40, default="")
    unit = models.CharField(max_length=60, default="")
    lead = models.BooleanField(default=False)

    class Meta:
        ordering = ["-lead", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "member"], name="author_member_once"),
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(lead=True), name="author_one_lead"
            ),
            models.CheckConstraint(
                name="author_is_somebody", condition=models.Q(member__isnull=False) | ~models.Q(name="")
            ),
        ]

    def __str__(self):
        return self.member.name if self.member_id else f"{self.name}（{self.unit}）" if self.unit else self.name


class Version(TenantModel):
    """One version of a report's text; written once and never changed, a later one takes its place."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    saved_by = models.CharField(max_length=40)
    saved_at = models.DateTimeField()
    final = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(final=True), name="version_one_final"
            ),
            models.CheckConstraint(name="version_has_words", condition=~models.Q(text="")),
        ]

    def __str__(self):
        return str(_("第 %(n)s 版")) % {"n": self.number}

    @staticmethod
    def digest_of(text: str) -> str:
        """SHA-256 of the text, 64 hex digits."""
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def is_intact(self) -> bool:
        """Whether the text is still the one whose digest was kept."""
        return self.digest == self.digest_of(self.text)

    @property
    def sentences(self) -> list[Sentence]:
        """Its numbered sentences."""
        return sentences(self.text)


class Review(TenantModel):
    """What a reader of a draft says of one version: good as it is, or what to change."""

    class Verdict(models.TextChoices):
        PASS = "pass", _("同意定稿")
        CHANGE = "change", _("需要修改")

    report = models.ForeignKey(Report, models.CASCADE, related_name="reviews")
    version = models.ForeignKey(Version, models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    words = models.CharField(max_length=1000)
    reviewer = models.CharField(max_length=60)
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_verdict_display()}：{self.words[:30]}"


class Feedback(TenantModel):
    """What came back from where the report went, with the post that said it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="feedbacks")
    words = models.CharField(max_length=1000)
    said_by = models.CharField(max_length=60)
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return self.words[:30]
