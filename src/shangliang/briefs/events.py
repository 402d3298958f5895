"""What can happen to a brief."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("briefs.drafted", says=_("起草社情民意信息《%(title)s》"), personal=("title",))
class BriefDrafted:
    """Somebody began to write a matter up as information."""

    title: str
    sources: int


@event("briefs.rewritten", says=_("修改草稿"))
class BriefRewritten:
    """The author changed the draft."""


@event("briefs.submitted", says=_("提交社情民意信息，%(characters)s 字"))
class BriefSubmitted:
    """The author handed the brief in; from here on the original stays as it is."""

    characters: int


@event("briefs.edit_begun", says=_("开始编辑"))
class BriefEditBegun:
    """The office took the brief up for editing."""


@event("briefs.edited", says=_("编辑稿有改动"))
class BriefEdited:
    """The office worded the brief; the original is kept beside it."""

    characters: int


@event("briefs.sent_back", says=_("退回作者：%(words)s"), personal=("words",), tone="waiting")
class BriefSentBack:
    """The brief went back to its author with what is missing."""

    words: str


@event("briefs.signed", says=_("%(post)s签发"), tone="info")
class BriefSigned:
    """The edited wording was signed, by which post."""

    post: str


@event("briefs.sent", says=_("%(on)s 报送%(level)s：%(to)s"), tone="info")
class BriefSent:
    """The brief was sent up to a level."""

    level: str
    to: str
    on: str


@event("briefs.reported_up", says=_("已转为社情民意信息上报"), public=True, tone="info")
class BriefReportedUp:
    """The public line of a thread: the matter went up as information, without a word of its text."""


@event("briefs.adopted", says=_("%(level)s%(how)s（%(on)s）"), tone="done")
class BriefAdopted:
    """A level adopted the brief, alone or compiled with others."""

    level: str
    how: str
    on: str
    paper_no: str


@event("briefs.instructed", says=_("%(post)s（%(level)s）作出批示（%(on)s）"), personal=("words",), tone="info")
class BriefInstructed:
    """A leader wrote an instruction on the brief; its words stay inside."""

    level: str
    post: str
    on: str
    words: str


@event("briefs.followed", says=_("%(unit)s办理情况：%(words)s"), personal=("words",))
class BriefFollowed:
    """What came of the instruction or adoption so far."""

    unit: str
    words: str


@event("briefs.kept", says=_("留存备用"))
class BriefKept:
    """The brief is kept and not sent on; its author was told why."""


@event("briefs.closed", says=_("办结：%(words)s"), personal=("words",), tone="done")
class BriefClosed:
    """The brief ended, and its author and whoever raised the matter hear in plain words what came of it."""

    words: str


@event("briefs.withdrawn", says=_("作者撤回"), tone="stopped")
class BriefWithdrawn:
    """The author took the brief back."""


@event("briefs.informant_erased", says=_("信息员姓名已抹去"), tone="stopped")
class BriefInformantErased:
    """The name of an invited informant was erased at the informant's wish."""


@event("briefs.printed", says=_("刊入《社情民意信息》%(year)s年第%(number)s期"), tone="done")
class BriefPrinted:
    """The brief stands in an issue of the periodical."""

    year: int
    number: int


@event("briefs.issued", says=_("编发第 %(number)s 期（总第 %(total)s 期），%(briefs)s 篇"), tone="done")
class IssueMade:
    """An issue of the periodical was brought out."""

    number: int
    total: int
    briefs: int
