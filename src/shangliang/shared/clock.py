"""The clock: the one place that asks for the time, so that a demo or a test can live through other days."""

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_set_to: ContextVar[dt.datetime | None] = ContextVar("clock", default=None)


def now() -> dt.datetime:
    """The present moment of the work being done, with time zone."""
    return _set_to.get() or timezone.now()


def today() -> dt.date:
    """The present day in the installation's time zone."""
    return timezone.localdate(now())


def real() -> dt.datetime:
    """The machine's own time, for what other machines compare with theirs; no demo or test moves it."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def at(moment: dt.datetime | dt.date):
    """Let the work inside happen at another moment (a day means nine in the morning)."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(9))
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _set_to.set(moment)
    try:
        yield moment
    finally:
        _set_to.reset(token)
