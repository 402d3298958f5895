"""What can happen to a duty file."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("duties.appealed", says=_("对 %(year)s 年履职档案提出意见：%(words)s"), personal=("words",), tone="waiting")
class DutyAppealed:
    """A member said that a line of the own file is wrong or that something is missing."""

    year: int
    line: str
    words: str


@event("duties.upheld", says=_("意见成立：%(words)s"), personal=("words",), tone="done")
class DutyUpheld:
    """The office agreed: the line no longer counts, or what was missing was added with its proof."""

    words: str
    added: str


@event("duties.denied", says=_("意见不成立：%(words)s"), personal=("words",), tone="stopped")
class DutyDenied:
    """The office did not agree, and said why."""

    words: str


@event("duties.withdrawn", says=_("撤回意见"))
class DutyWithdrawn:
    """The member took the appeal back."""


@event("duties.scheme_drafted", says=_("拟定计分规则“%(name)s”"))
class SchemeDrafted:
    """A scheme of scoring was begun; it is tried, not used."""

    name: str
    year: int


@event("duties.scheme_ruled", says=_("%(kind)s：每次 %(value)s，全年最多 %(cap)s"))
class SchemeRuled:
    """One rule of a scheme was set."""

    kind: str
    value: str
    cap: str


@event("duties.scheme_used", says=_("启用计分规则"), tone="waiting")
class SchemeUsed:
    """The committee, having switched scoring on, took a scheme in use."""


@event("duties.scheme_retired", says=_("停用计分规则"), tone="stopped")
class SchemeRetired:
    """A scheme is no longer used."""
