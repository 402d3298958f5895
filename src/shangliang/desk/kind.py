"""What the desk has to know of a kind of record: its list, its own page, how one is begun, what waits for whom."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Listing:
    """What a list is of: its model, words, order, and where its place and its text stand.

    ``place`` is the path to its region, or "" where it has none; ``late`` whether it has a clock (``deadline``);
    ``counted(rows, today)`` adds to the rows what the columns count; ``complete(records)`` gives a list of records what
    only the workbook shows.
    """

    model: type
    title: object
    order: str
    place: str
    text: tuple
    related: tuple
    date: str
    late: bool = True
    counted: Callable | None = None
    complete: Callable | None = None


@dataclass(frozen=True)
class Begin:
    """How a record is begun: the words of the button, a VerbForm whose ``record`` is the committee, and the command.

    ``run(by=, committee=, key=, **fields)`` returns the new record; the same key again returns the same record.
    """

    label: object
    form: type
    run: Callable
    may: Callable


@dataclass(frozen=True)
class Kind:
    """A kind of record with a page of its own. ``name`` stands in the addresses of its verbs, ``plural`` in its lists.

    ``page(account, record)`` gives what its template needs besides the record; ``offered`` says of verbs that are no
    moves when they are offered; ``main`` names the natural next steps, ``grave`` those hard to undo; ``piles`` are
    pairs (roles, finder) for the list of what waits, a finder being called with ``account, days``; ``seen_by`` are
    the roles that find its list in the rail, under the heading ``group``. ``also`` are further ways to begin one, by
    the last part of their address; ``links`` are rows (words, name of the address, roles) that stand beside them;
    ``answers`` holds, by verb (``begin`` for beginning one), who makes the page after a step that has something to
    show: ``(request, record, form, result)`` gives a response or None; ``more`` are steps that its own app does not
    know: rows (name, label, form, run, may, states in which it is offered).
    """

    name: str
    plural: str
    icon: str
    listing: Listing
    columns: list
    template: str
    page: Callable
    related: tuple = ()
    begin: Begin | None = None
    also: dict[str, Begin] = field(default_factory=dict)
    offered: dict = field(default_factory=dict)
    main: frozenset = frozenset()
    grave: frozenset = frozenset()
    piles: tuple = ()
    more: tuple = ()
    seen_by: tuple = ()
    links: tuple = ()
    group: str = "carriers"
    answers: dict = field(default_factory=dict)

    @property
    def model(self) -> type:
        """The model of its records."""
        return self.listing.model

    @property
    def title(self):
        """Its word, as its list is headed."""
        return self.listing.title


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a step of mine."""

    kind: str
    case_no: str
    title: str
    state: str
    place: str
    due: dt.date | None
    tone: str
    href: str


@dataclass(frozen=True)
class Days:
    """The day of asking, and the last due day that counts as soon."""

    today: dt.date
    soon: dt.date
