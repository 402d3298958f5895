"""What can happen to a brief and to an issue of the periodical."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("briefs.begun", says=_("起草社情民意信息：%(title)s（来源：%(source)s）"))
class BriefBegun:
    """A brief was begun, from a voice, a visit, a salon's point or the author's own knowledge."""

    title: str
    source: str


@event("briefs.rewritten", says=_("改写：%(title)s"))
class BriefRewritten:
    """The author wrote the draft anew."""

    title: str


@event("briefs.submitted", says=_("提交社情民意信息：%(title)s，%(characters)s 字"))
class BriefSubmitted:
    """The author handed the brief in; from now on the original stays as it is."""

    title: str
    characters: int


@event("briefs.sent_back", says=_("社情民意信息退回作者修改"), tone="waiting")
class BriefSentBack:
    """The office asks the author to change the brief, with the reason."""


@event("briefs.edit_begun", says=_("开始编辑社情民意信息"))
class BriefEditBegun:
    """The office took the brief up."""


@event("briefs.edited", says=_("编辑文稿：%(title)s，%(characters)s 字"))
class BriefEdited:
    """The office wrote or changed the edited text beside the original."""

    title: str
    characters: int


@event("briefs.signed", says=_("%(post)s签发社情民意信息"), tone="info")
class BriefSigned:
    """The edited text was released to be sent up."""

    post: str


@event("briefs.sent", says=_("%(on)s 报送%(to)s（%(level)s）"), tone="info")
class BriefSent:
    """The brief was sent up to one recipient."""

    level: str
    to: str
    on: str


@event("briefs.reported_up", says=_("已转为社情民意信息上报"), public=True, tone="info")
class BriefReportedUp:
    """The public line of the thread: the matter went up as information; nothing of its words is told."""


@event("briefs.adopted", says=_("%(to)s（%(level)s）%(how)s %(employed_as)s"), tone="done")
class BriefAdopted:
    """A recipient used the brief, alone or compiled with others."""

    level: str
    to: str
    how: str
    employed_as: str


@event("briefs.kept", says=_("社情民意信息留存"), tone="neutral")
class BriefKept:
    """The brief was read and kept without being used."""


@event("briefs.instructed", says=_("%(post)s（%(level)s）批示：%(words)s"), personal=("words",), tone="info")
class BriefInstructed:
    """A leader wrote an instruction on the brief; the post is told, the words stay inside."""

    post: str
    level: str
    words: str


@event("briefs.followed", says=_("%(unit)s办理情况：%(words)s"), personal=("words",), tone="info")
class BriefFollowed:
    """A unit dealt with what the instruction asked."""

    unit: str
    words: str


@event("briefs.closed", says=_("社情民意信息办结：%(words)s"), personal=("words",), tone="done")
class BriefClosed:
    """The brief came to its end, with its result in plain words."""

    words: str


@event("briefs.withdrawn", says=_("社情民意信息撤回"), tone="stopped")
class BriefWithdrawn:
    """The author took the brief back before it was edited."""


@event("briefs.heard", says=_("作者已知晓“%(state)s”"))
class BriefHeard:
    """The author knows of the last step."""

    state: str


@event("briefs.reporter_forgotten", says=_("信息员姓名已抹去"), tone="stopped")
class BriefReporterForgotten:
    """The name of an invited informant was erased."""


@event("briefs.printed", says=_("刊入%(issue)s"), tone="done")
class BriefPrinted:
    """The brief stands in an issue of the periodical."""

    issue: str


@event("briefs.issue_made", says=_("编印社情民意信息%(issue)s，%(briefs)s 篇"), tone="done")
class IssueMade:
    """An issue of the periodical was made from signed briefs."""

    issue: str
    briefs: int
