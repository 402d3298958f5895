"""What can happen to the public log and its witnesses."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("witness.watched", says=_("与%(name)s互相见证公开账本"), tone="done")
class LogWatched:
    """A neighbour's log is co-signed by us from now on, and ours by it."""

    name: str
    origin: str


@event("witness.unwatched", says=_("不再与%(name)s互相见证"), tone="waiting")
class LogUnwatched:
    """The mutual watching ends; what was co-signed stays."""

    name: str


@event("witness.forked", says=_("%(name)s出示了两份对不上的账本，证据已保存"), tone="stopped")
class LogForked:
    """A neighbour signed two histories; both are kept."""

    name: str
    size: int


@event("witness.unlinked", says=_("第 %(seq)s 条记录与公开账本脱钩"))
class EntryUnlinked:
    """The salt of an entry was erased: nobody can tell any more which leaf is its."""

    seq: int
