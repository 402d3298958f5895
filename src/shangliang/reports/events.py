"""What can happen to a report and to the text from which reports are made."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("reports.begun", says=_("开始写%(title)s"))
class ReportBegun:
    """A report on a period was begun from the committee's text."""

    title: str


@event("reports.written", says=_("修改报告文字，共 %(length)s 字"))
class ReportWritten:
    """The text of a report that is not settled was changed."""

    length: int


@event(
    "reports.settled", tone="done",
    says=_("%(title)s定稿：%(numbers)s 个数字数到记录第 %(entries)s 条，摘要 %(text_digest)s"),
)  # fmt: skip
class ReportSettled:
    """A report was settled: its numbers were counted once more and stay as they are, bound by a digest."""

    title: str
    numbers: int
    entries: int
    text_digest: str


@event("reports.published", says=_("公开%(title)s"), tone="done")
class ReportPublished:
    """A reviewer opened the report's public page and its files."""

    title: str


@event("reports.taken_back", says=_("撤回公开"), tone="stopped")
class ReportTakenBack:
    """The report's public page was closed again; what was settled stays."""


@event("reports.dropped", says=_("报告作废"), tone="stopped")
class ReportDropped:
    """A report is not used: begun by mistake, or settled with a fault in its words."""


@event("reports.reworded", says=_("修改报告模板，共 %(length)s 字"))
class WordingChanged:
    """The text from which reports are begun was changed; reports begun before keep theirs."""

    length: int
