"""Typed events: what can happen, in one sentence each, and which of their fields are personal."""

import datetime as dt
import re
from dataclasses import dataclass, fields

from django.utils.translation import gettext

from ..shared.formats import day, moment

#: dotted public name -> event class
EVENTS: dict[str, type] = {}
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?)?")


def sentence(kind, values: dict) -> str:
    """The sentence of an event of this kind; days and times among the values stand as people write them.

    Raises KeyError, TypeError or ValueError where the values do not fit the sentence.
    """
    return str(kind.says) % {name: _readable(name, value) for name, value in values.items()}


def spoken(word: str) -> str:
    """A word of the record's own vocabulary (a role, a kind, a way of closing) in the reader's language."""
    return gettext(word) if word else ""


def _readable(name, value):
    if isinstance(value, str) and (name.endswith("_words") or name == "how"):
        return spoken(value)
    if not isinstance(value, str) or not _STAMP.fullmatch(value):
        return value
    try:
        return day(dt.date.fromisoformat(value)) if len(value) == 10 else moment(dt.datetime.fromisoformat(value))
    except (ValueError, OverflowError):  # it looks like a day and is none: somebody typed it
        return value


def event(name: str, *, says, public: bool = False, personal: tuple = (), stage: str = "", tone="neutral",
          crosses: bool = False):
    """Class decorator that makes a typed event known under its dotted public name.

    ``says`` is the sentence of the timeline (lazy translation, ``%(field)s`` filled from the event's fields);
    ``public`` events appear on the public page of the case; ``personal`` fields enter the chain only as salted
    commitments; ``stage`` is the stage of the thread that the case has reached when this happens; ``crosses`` says
    that the neighbouring sides of the record are told of it.
    """

    def register(cls):
        cls = dataclass(frozen=True, kw_only=True)(cls)
        known = {field.name for field in fields(cls)}
        if known & {"says", "public", "personal", "stage", "tone", "crosses"}:
            raise TypeError(f"{name}: a field hides what every event has")
        if not set(personal) <= known:
            raise TypeError(f"{name}: personal fields {set(personal) - known} do not exist")
        if name in EVENTS:
            raise TypeError(f"the event {name} is defined twice")
        cls.name, cls.says, cls.public, cls.personal = name, says, public, frozenset(personal)
        cls.stage, cls.tone, cls.crosses = stage, tone, crosses
        EVENTS[name] = cls
        return cls

    return register
