"""Writing the journal: ``@command`` opens one transaction and one unit of entries, ``record`` tells what happened.

Entries are numbered and chained at the end of the outermost command, just before the commit: the head of the chain
is then always the last row locked, so two commands can never wait for each other in a circle.
"""

import datetime as dt
import threading
from dataclasses import asdict, dataclass, field
from functools import wraps

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise

from ..shared import clock
from . import digest
from .models import Delivery, Entry, Head, PersonalValue

_local = threading.local()


@dataclass
class Unit:
    """The entries of one outermost command, in the order in which things happened."""

    entries: list = field(default_factory=list)
    personal: list = field(default_factory=list)
    deliveries: list = field(default_factory=list)


def command(function):
    """Make a function of ``commands.py`` atomic and let it record; commands that call commands share one unit."""

    @wraps(function)
    def run(**kwargs):
        if getattr(_local, "unit", None) is not None:
            return _run_inside(_local.unit, function, kwargs)
        with transaction.atomic():
            _local.unit = Unit()
            try:
                result = function(**kwargs)
                _write(_local.unit)
            finally:
                _local.unit = None
        return result

    run.is_command = True  # type: ignore[attr-defined]
    return run


def _run_inside(unit, function, kwargs):
    """A command within a command: when it fails, what it recorded is taken back with its changes."""
    marks = [len(rows) for rows in (unit.entries, unit.personal, unit.deliveries)]
    try:
        with transaction.atomic():
            return function(**kwargs)
    except BaseException:
        for rows, mark in zip((unit.entries, unit.personal, unit.deliveries), marks, strict=True):
            del rows[mark:]
        raise


def record(event, *, about, by, why="", moved=None) -> Entry:
    """Enter one event in the journal of the running command, tell ``AT_ONCE`` and queue ``AFTERWARDS``.

    ``about`` is the stored record that changed, ``by`` the actor, ``moved`` what :func:`lifecycle.move` returned.
    Lazy words among the event's fields enter in the installation's language, whatever language the actor reads.
    Raises RuntimeError outside a command, because an entry must share the transaction of its change.
    """
    unit = getattr(_local, "unit", None)
    if unit is None:
        raise RuntimeError("record() belongs inside a @command")
    with translation.override(settings.LANGUAGE_CODE):
        entry = _entry(event, about, by, str(why), moved)
        _keep_personal(unit, entry, event)
    unit.entries.append(entry)
    from .. import wiring  # read late: wiring names the listeners of every app

    for listener in wiring.at_once(type(event).name):
        listener(event=event, entry=entry, about=about)
    for listener in wiring.afterwards(type(event).name):
        unit.deliveries.append(Delivery(entry=entry, listener=listener, due_at=clock.now()))
    return entry


def as_stored(words) -> str:
    """Lazy words as the record keeps them: in the installation's language, whatever language the actor reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def stamp(moment: dt.datetime) -> str:
    """The moment as the journal writes it: UTC with microseconds."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _entry(event, about, by, why, moved) -> Entry:
    return Entry(
        at=stamp(clock.now()),
        entered_at=stamp(timezone.now()),
        committee_id=getattr(about, "committee_id", None),
        case_no=getattr(about, "case_no", ""),
        event=type(event).name,  # an event may have a field of its own called name
        subject=about._meta.label_lower,
        subject_id=about.pk,
        actor=by.reference,
        actor_role=by.role_words(getattr(about, "committee_id", None)),
        verb=moved.verb if moved else "",
        source=moved.source if moved else "",
        target=moved.target if moved else "",
        why=why,
    )


def _keep_personal(unit, entry, event):
    """Put the event's fields into the entry: plain ones as they are, personal ones as commitments."""
    values = {k: str(v) if isinstance(v, Promise) else v for k, v in asdict(event).items()}
    for name in sorted(event.personal):
        value = "" if values[name] is None else str(values[name])
        if value:
            row = PersonalValue(entry=entry, field=name, salt=digest.new_salt(), value=value)
            unit.personal.append(row)
            values[name] = digest.commitment(row.salt, value)
    entry.data = digest.canonical(values)


def _write(unit: Unit) -> None:
    """Number, chain and store the entries of a command; the head is locked from here to the commit."""
    if not unit.entries:
        return
    head, _made = Head.objects.select_for_update().get_or_create(pk=1)
    for entry in unit.entries:
        entry.seq, entry.prev = head.count + 1, head.digest
        entry.digest = digest.digest(entry.body())
        head.count, head.digest = entry.seq, entry.digest
    head.seal = digest.seal(settings.JOURNAL_KEY, head.count, head.digest)
    Entry.objects.bulk_create(unit.entries)
    for row in (*unit.personal, *unit.deliveries):
        row.entry_id = row.entry.seq
    PersonalValue.objects.bulk_create(unit.personal)
    Delivery.objects.bulk_create(unit.deliveries)
    head.save()
