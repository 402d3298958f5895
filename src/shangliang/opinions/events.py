"""What can happen to a round of opinion; single votes are not entries, their digest at the close is."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("opinions.begun", says=_("准备征询意见：%(question)s"))
class RoundBegun:
    """A topic is to be put to those it concerns: the question, who may answer, until when."""

    question: str
    door: str
    ends_on: str


@event("opinions.statements_added", says=_("写下观点 %(number)s 条"))
class StatementsAdded:
    """Statements were written by staff or a member; the entry holds their number."""

    number: int


@event("opinions.opened", says=_("开始征询意见，到 %(ends_on)s 截止"), public=True, tone="info")
class RoundOpened:
    """From now on people can vote."""

    statements: int
    ends_on: str


@event("opinions.statement_admitted", says=_("展示第 %(number)s 条观点"))
class StatementAdmitted:
    """What a participant wrote is shown to everybody."""

    number: int


@event("opinions.statement_turned_down", says=_("第 %(number)s 条观点未展示：%(ground)s"))
class StatementTurnedDown:
    """What a participant wrote is not shown, for a ground that its author is told."""

    number: int
    ground: str


@event("opinions.statement_withdrawn", says=_("撤下第 %(number)s 条观点：%(ground)s"), tone="waiting")
class StatementWithdrawn:
    """A statement that was shown is shown no longer; its votes are kept and do not count."""

    number: int
    ground: str


@event("opinions.slips_printed", says=_("印征询单 %(first)s–%(last)s 号"))
class SlipsPrinted:
    """Numbered slips were made, each for one person."""

    first: int
    last: int


@event("opinions.sheet_entered", says=_("代录 %(slip)s 号征询单，表态 %(answers)s 条"))
class SheetEntered:
    """What somebody ticked on paper was typed in for them."""

    slip: int
    answers: int


@event("opinions.extended", says=_("征询延长到 %(ends_on)s"), public=True)
class RoundExtended:
    """There is more time to vote."""

    ends_on: str


@event("opinions.closed", says=_("征询截止：%(people)s 人，表态 %(votes)s 次"), public=True, tone="info")
class RoundClosed:
    """Voting ended; the digest of all votes is kept here, so that none can be changed unnoticed."""

    people: int
    votes: int
    verified: int
    votes_digest: str


@event("opinions.published", says=_("公布征询结果"), public=True, tone="done")
class RoundPublished:
    """The map and the statements are open to everybody, with a summary in words."""

    summary: str


@event("opinions.taken_back", says=_("撤回征询结果的公布"), public=True, tone="stopped")
class RoundTakenBack:
    """The result is not public any more, for a reason."""


@event("opinions.cancelled", says=_("征询取消"), public=True, tone="stopped")
class RoundCancelled:
    """The round was called off."""


@event("opinions.brought_in", says=_("从外部记录导入：%(people)s 人，表态 %(votes)s 次"))
class RoundBroughtIn:
    """Votes of a round held elsewhere were brought in, with the digest of the file."""

    people: int
    votes: int
    file_digest: str


@event("opinions.exported", says=_("导出表态记录 %(votes)s 条"))
class RoundExported:
    """The votes were taken out as a file without names."""

    votes: int
