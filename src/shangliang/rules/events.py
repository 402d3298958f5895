"""What can happen to the calendar, the rule set and the deadlines."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("rules.calendar_seeded", says=_("装入%(year)s年工作日历（随程序附带，%(days)s 天与平常的周不同）"))
class CalendarSeeded:
    """A year's holidays and make-up days are taken from the package that the program carries."""

    year: int
    days: int


@event(
    "rules.notice_entered",
    says=_("录入%(year)s年放假安排（%(source)s，%(days)s 天），%(moved)s 个期限重新计算"),
)
class NoticeEntered:
    """The notice of a year's holidays is entered; ``moved`` clocks got another due day by it."""

    year: int
    source: str
    days: int
    moved: int


@event(
    "rules.redated",
    says=_("因录入%(year)s年放假安排，“%(title)s”期限由 %(old)s 改为 %(new)s"),
    public=True,
    tone="waiting",
)
class Redated:
    """A running clock is due on another day because the calendar became known or was corrected."""

    year: int
    title: str
    old: str
    new: str


@event("rules.seeded", says=_("装入示例规则 %(rules)s 条"))
class RulesSeeded:
    """A committee gets its own copy of the sample rules that it did not have yet."""

    rules: int


@event("rules.set", says=_("规则“%(title)s”由 %(old)s 改为 %(new)s"))
class RuleSet:
    """A committee changes one number of its rule set; clocks already running keep theirs."""

    key: str
    title: str
    old: str
    new: str
