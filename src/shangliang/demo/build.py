"""Building the demo: once, in one transaction, so that whoever interrupts it finds an empty installation again."""

import datetime as dt
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ..notifications.commands import tell
from ..notifications.models import Notice
from ..people.actors import CLOCK
from ..people.models import Committee, Member
from ..people.tenancy import within
from ..regions.commands import load
from ..shared import clock
from ..shared.calendar import DAY
from ..shared.refusals import require
from . import (
    article,
    briefs,
    course,
    detours,
    duties,
    press,
    proposals,
    reports,
    rounds,
    salons,
    studios,
    visits,
    yards,
)
from .days import live
from .register import CODE, COUNTIES, FOUNDED, establish, fill

PARTS = 6


def ensure(*, quiet=False) -> bool:
    """Build the demo unless it stands already; returns whether it was built now.

    Raises Refused when the home folder or database belongs to a real committee: nothing is changed then.
    """
    if _established():
        require(_is_demo(), _("这里已有正式的政协委员会，不能建演示数据。请用 SHANGLIANG_HOME 另选一个空目录。"))
        return False
    _mark()
    call_command("migrate", interactive=False, verbosity=0)
    with _bar(quiet) as (say, step), transaction.atomic():
        build(say, step)
    return True


def _established() -> bool:
    """Whether some committee lives in this database; an empty database has no tables yet."""
    if Committee._meta.db_table not in connection.introspection.table_names():
        return False
    return Committee.objects.exists()


def _is_demo() -> bool:
    """Only the demo's own committee, and not one member that is not made up."""
    committees = list(Committee.objects.all())
    if not settings.IS_DEMO or [committee.code for committee in committees] != [CODE]:
        return False
    with within(committees[0]):
        return Member.objects.exists() and not Member.objects.filter(demo=False).exists()


def _mark() -> None:
    """Make the installation a demo, for the servers to come (the file) and for this process."""
    (settings.HOME / "demo").touch()
    settings.IS_DEMO = True


def build(say=lambda words: None, step=lambda done, total: None) -> None:
    """Register the cast and let every thread live through its days, up to now."""
    now = clock.now()
    with clock.at(FOUNDED):
        say(_("装入荣昌区和隆昌市的镇街、村（社区）"))
        load(by=CLOCK, codes=COUNTIES)
        step(1, PARTS)
        say(_("登记委室、所站、单位、295 名委员、小院和账号"))
        cast = establish()
        with within(cast.committee):
            done = iter(range(2, PARTS + 1))
            fill(cast, lambda: step(next(done), PARTS))
    with within(cast.committee):
        say(_("一件一件走过来"))
        threads = article.threads(cast) + detours.threads(cast) + course.threads(cast, now.date())
        today = now.date()
        parts = (yards, visits, studios, salons, briefs, proposals, duties, press, reports, rounds)
        calm = [thread for part in parts for thread in part.threads(cast, today)]
        first = dt.date(2022, 8, 26)
        whole = (today - first).days
        live(
            threads + calm, now, lambda day: step((day - first).days, whole), lambda: _telephone(cast), calm,
        )  # fmt: skip


def _telephone(cast) -> None:
    """Liaison officers ring up those who left a number, two days later at most."""
    waiting = Notice.objects.filter(by_phone=True, told_at=None, made_at__lt=clock.now() - 2 * DAY)
    for notice in waiting.select_related("voice__region", "voice__case"):
        tell(by=cast.liaison(notice.voice.region), notice=notice)


@contextmanager
def _bar(quiet):
    """(say, step): words before the bar and how far it is, on the error stream; silent when quiet."""
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task("", total=None)
        yield (
            lambda words: progress.update(task, description=words),
            lambda done, total: progress.update(task, completed=done, total=total),
        )
