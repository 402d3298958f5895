"""Living through the days: threads that take place side by side, each step on its own day, in the order of time.

A thread is a generator: it yields the day (or moment) of its next step and goes on when that has come. What lies
after the present has not happened yet, so a thread that reaches beyond today simply stays where it is.
"""

import datetime as dt
from heapq import heapify, heappop, heappush

from django.utils import timezone

from ..rules.queries import exceptions_between
from ..shared import clock
from ..shared.calendar import DAY, is_working
from ..tick import work

OPENS, STEP, SPREAD = dt.time(8, 40), 13, 480


def live(threads, until: dt.datetime, told=lambda day: None, evenings=lambda: None, calm=()) -> None:
    """Run the threads until this moment; every evening on which something happened the clock does its work.

    ``told`` hears of each new day, ``evenings`` is what people do besides at the end of one. Threads that are ``calm``
    (a visit, a studio's afternoon) start no clocks of their own, so their days need no evening.
    """
    calm = set(map(id, calm))
    line = [(_moment(first, order), order, thread) for order, thread in enumerate(threads) if (first := next(thread))]
    heapify(line)
    before, stirred = None, False
    while line:
        moment, order, thread = heappop(line)
        if moment > until:
            break
        if before and before.date() != moment.date():
            if stirred:
                _evening(before, evenings)
            stirred = False
            told(moment.date())
        with clock.at(moment):
            following = next(thread, None)
        if following:
            heappush(line, (max(_moment(following, order), moment), order, thread))
        before, stirred = moment, stirred or id(thread) not in calm
    if before:
        _evening(before, evenings)


def _moment(day, order) -> dt.datetime:
    """Each thread has its own minute of the day, so that lists do not show one time for everything."""
    if not isinstance(day, dt.datetime):
        day = dt.datetime.combine(day, OPENS) + dt.timedelta(minutes=order * STEP % SPREAD)
    return day if timezone.is_aware(day) else timezone.make_aware(day)


def _evening(moment, besides) -> None:
    """The clock of the product: notices go out, reminders are sent, unrated results are closed."""
    with clock.at(moment.replace(hour=max(moment.hour, 21))):
        work()
        besides()


def evening(day: dt.date, hour=19, minute=30) -> dt.datetime:
    """The moment at which people are home from work."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


class OfficeDays:
    """The days on which offices work, read once from the calendar."""

    def __init__(self, first: dt.date, last: dt.date):
        self.exceptions, _names = exceptions_between(first - 30 * DAY, last)

    def latest(self, day: dt.date) -> dt.date:
        """The day itself, or the last working day before it."""
        while not is_working(day, self.exceptions):
            day -= DAY
        return day
