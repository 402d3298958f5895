"""Taking rows out of the house, and keeping and filling other offices' forms."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ..journal.record import as_stored, command, record
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import require
from ..shared.sheets import clean
from . import book as books
from . import events, filling, opening, policies
from .models import Blank
from .shape import Asked
from .words import Vocabulary


@command
def export(*, by, committee, ledger, sheets, asked) -> books.Book:
    """The sheets of a ledger as a workbook of what ``by`` may read, entered in the register of exports (ledger 17)."""
    require(policies.may_export(by, committee, ledger))
    made = books.workbook(ledger, sheets, by, asked)
    record(events.Exported(title=ledger.name, rows=made.count, part=_part(asked)), about=committee, by=by)
    return made


@command
def export_list(*, by, committee, title, rows, narrowed):
    """Enter in the register that a list of the desk left the house as a file; ``by`` has just read its rows there."""
    require(by.is_authenticated)
    part = as_stored(gettext_lazy("清单，经过筛选") if narrowed else gettext_lazy("清单，全部"))
    record(events.Exported(title=title, rows=rows, part=part), about=committee, by=by)


@command
def keep(*, by, committee, title, office, due, file) -> Blank:
    """Keep another office's blank form. Raises Refused for a file that could harm or has no placeholder."""
    require(policies.may_keep(by, committee))
    blank = Blank.objects.create(
        committee=committee, title=title, office=office, due=due, kept_on=clock.today(), kept_by=by, **_taken(file)
    )
    record(events.BlankKept(title=title, office=office), about=blank, by=by)
    return blank


@command
def replace(*, by, blank, file):
    """Exchange the blank for a newer one, for instance with a word put right."""
    require(policies.may_replace(by, blank))
    moved = move(blank, "replace", **_taken(file))
    record(events.BlankReplaced(title=blank.title), about=blank, by=by, moved=moved)


@command
def retire(*, by, blank):
    """Put a form away that nobody asks for any more."""
    require(policies.may_retire(by, blank))
    moved = move(blank, "retire")
    record(events.BlankRetired(title=blank.title), about=blank, by=by, moved=moved)


@command
def fill(*, by, blank, since, until) -> filling.Filled:
    """Fill a form for a period from what ``by`` may read; entered in the register of exports (ledger 17)."""
    require(policies.may_fill(by, blank))
    moved = move(blank, "fill")
    made = filling.filled(opening.opened(bytes(blank.body)), Vocabulary(by, since, until))
    told = events.BlankFilled(title=blank.title, rows=made.rows, part=_part(Asked(since, until)))
    record(told, about=blank, by=by, moved=moved)
    return made


def _part(asked: Asked) -> str:
    """What was asked for, as the register keeps it: in the installation's language."""
    with override(settings.LANGUAGE_CODE):
        return books.part_words(asked)


def _taken(file) -> dict:
    """A handed-in file after every check: its name and bytes."""
    raw = file.read(opening.MOST + 1)
    without = _("表里还没有占位词。请先在要填的格子里写上，如 %(word)s，再传。") % {"word": "{{收到反映}}"}
    require(filling.spots(opening.opened(raw)), without, field="file")
    return {"file_name": clean(file.name)[-120:], "body": raw}
