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


@event("newsroom.notice_received", says=_("收到下架通知：%(ground_words)s"), tone="waiting")
class NoticeReceived:
    """Somebody says that a report should not be shown (信息网络传播权保护条例 14)."""

    ground_words: str


@event("newsroom.notice_heeded", says=_("照通知下架 %(reports)s 篇"), tone="stopped")
class NoticeHeeded:
    """The report and its copies were closed on the notice (art. 15)."""

    reports: int


@event("newsroom.notice_turned_away", says=_("通知不成立，不予下架"), tone="info")
class NoticeTurnedAway:
    """A reviewer found that the notice proves nothing."""


@event("newsroom.notice_countered", says=_("对方说明不该下架"), tone="waiting")
class NoticeCountered:
    """Whoever is concerned says why the report should be shown (art. 16)."""


@event("newsroom.notice_upheld", says=_("核实后维持下架"), tone="stopped")
class NoticeUpheld:
    """A reviewer decided that the report stays closed."""


@event("newsroom.notice_undone", says=_("核实后恢复公开"), tone="info")
class NoticeUndone:
    """What the notice closed was opened again (art. 17)."""


@event("newsroom.notifier_read", says=_("查看下架通知双方的联系方式"))
class NotifierRead:
    """The sealed names and contacts of a notice's two sides were read, with a reason."""


@event("newsroom.notifier_erased", says=_("删除下架通知里的个人信息"))
class NotifierErased:
    """Names, contacts and words of a notice were erased (PIPL art. 47)."""


@event("newsroom.contact_expired", says=_("保存期满，下架通知里的联系方式已删除"))
class NoticeContactExpired:
    """The months for which names and contacts may be kept after the decision are over (PIPL art. 19)."""


@event("newsroom.host_allowed", says=_("允许从 %(host)s 取网页"))
class HostAllowed:
    """Pages of a host may be fetched from now on."""

    host: str


@event("newsroom.host_forbidden", says=_("不再从 %(host)s 取网页"))
class HostForbidden:
    """Pages of a host may no longer be fetched."""

    host: str
