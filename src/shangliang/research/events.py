"""What can happen to a research report."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("research.begun", says=_("开始调研报告：%(title)s"))
class ReportBegun:
    """A report was begun."""

    title: str


@event("research.authors_added", says=_("增加作者 %(number)s 位"))
class ReportAuthorsAdded:
    """Authors were put down."""

    number: int


@event("research.version_saved", says=_("写成第 %(number)s 版，共 %(sentences)s 句"))
class ReportVersionSaved:
    """A new version of the text; the entry keeps its digest."""

    number: int
    sentences: int
    digest: str


@event("research.submitted", says=_("第 %(number)s 版送审"), tone="info")
class ReportSubmitted:
    """A version was laid before the readers."""

    number: int


@event("research.reviewed", says=_("审稿意见：%(verdict)s"))
class ReportReviewed:
    """A reader said what they think of the version."""

    number: int
    verdict: str


@event("research.sent_back", says=_("退回修改"), tone="waiting")
class ReportSentBack:
    """The draft goes back to its authors."""


@event("research.finalised", says=_("第 %(number)s 版定稿"), tone="info")
class ReportFinalised:
    """One version is final; from now on it cannot change."""

    number: int
    digest: str


@event("research.delivered", says=_("%(on)s 报送%(to)s"), tone="info")
class ReportDelivered:
    """The report went to whom it is meant for."""

    to: str
    on: str


@event("research.feedback_received", says=_("%(said_by)s反馈：%(words)s"), tone="done")
class ReportFeedbackReceived:
    """What came back, with the post that said it."""

    words: str
    said_by: str
    on: str
