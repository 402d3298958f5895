"""What can happen to a snapshot."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("newsroom.captured", says=_("收录媒体报道：%(title)s（%(medium)s，%(length)s 字）"))
class SnapshotCaptured:
    """A press report was taken as it stood; its text is known by its digest."""

    title: str
    medium: str
    length: int
    text_digest: str


@event("newsroom.published", says=_("公开媒体报道：%(title)s"), tone="done")
class SnapshotPublished:
    """A reviewer opened the public page: title, source, date, a short excerpt and the address."""

    title: str


@event("newsroom.linked", says=_("报道说到的事：%(case_no)s"))
class SnapshotLinked:
    """The report tells of a case."""

    case_no: str


@event("newsroom.taken_down", says=_("报道下架"), tone="stopped")
class SnapshotTakenDown:
    """The public page was closed on a notice; text and digest are kept (信息网络传播权保护条例 14–15)."""


@event("newsroom.restored", says=_("报道恢复公开"), tone="info")
class SnapshotRestored:
    """The public page was opened again after a counter-statement (信息网络传播权保护条例 16–17)."""
