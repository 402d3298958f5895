"""What can happen: a ledger leaves the house, another office's form is kept, exchanged, filled, put away."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("ledgers.exported", says=_("导出“%(title)s”%(rows)s 条（%(part)s）"))
class Exported:
    """Rows of the record left the house as a file: which ledger or list, how many, of which part."""

    title: str
    rows: int
    part: str


@event("ledgers.blank_kept", says=_("存下空白报表“%(title)s”（%(office)s）"))
class BlankKept:
    """A blank form of another office was kept, to be filled from the record."""

    title: str
    office: str


@event("ledgers.blank_replaced", says=_("换了空白报表“%(title)s”"))
class BlankReplaced:
    """The blank was exchanged for a newer version of the same form."""

    title: str


@event("ledgers.blank_retired", says=_("不再填报“%(title)s”"), tone="stopped")
class BlankRetired:
    """The form is no longer asked for."""

    title: str


@event("ledgers.blank_filled", says=_("填好“%(title)s”，明细 %(rows)s 条（%(part)s）"), tone="done")
class BlankFilled:
    """Another office's form was filled from the record for a period, and left the house as a file."""

    title: str
    rows: int
    part: str
