"""What the clock does each minute: the outbox, the ladder of reminders, and what nobody rated in time."""

import logging
import os
import time

from django.conf import settings
from django.db import close_old_connections
from django.db.models import Q

from .federation.relay import relay as send_letters
from .federation.witnessing import ask_witnesses
from .figures import columns
from .figures.commands import recount
from .figures.definitions import FIGURES
from .figures.fairness import ROLES
from .figures.flow import COUNTED
from .figures.opendata import make as make_bundle
from .files.commands import sweep_orphans
from .journal.outbox import relay
from .newsroom import commands as newsroom
from .newsroom.models import Takedown
from .opinions import commands as opinions
from .opinions.models import Round
from .opinions.queries import undrawn
from .people.actors import CLOCK
from .people.models import Committee
from .people.tenancy import within
from .proposals import commands as proposals
from .proposals.models import Proposal
from .rules.models import Deadline
from .rules.queries import rules_of, soon_until
from .shared import clock
from .shared.calendar import add_months
from .shared.refusals import Refused
from .shared.sqlite import statistics
from .tasks import commands as tasks
from .tasks.ladder import exceptions_around, steps_due
from .tasks.models import Task
from .voices import commands as voices
from .voices.models import Voice
from .witness.commands import publish
from .witness.queries import has_unpublished

log = logging.getLogger(__name__)
HOUR = 3600
DAY = 24 * HOUR


def tick() -> dict[str, int]:
    """Do everything that is due now and say how much of each; doing it twice changes nothing more."""
    close_old_connections()
    done = work()
    done["letters"] = send_letters()
    done["witnessed"] = ask_witnesses()
    done["swept"] = _sweep_daily()
    done["columns"] = _for_each(_refresh_columns)
    done["drawn"] = _for_each(_draw)
    done["differing"] = _for_each(_recount, "recounted")
    done["bundles"] = _for_each(_publish, "open-data-made")
    if _is_due("analysed", HOUR):
        statistics.refresh()
    close_old_connections()
    return done


def work() -> dict[str, int]:
    """What a tick does to the records, on the caller's connection, and in its transaction if there is one."""
    delivered, failed = relay()
    done = {"delivered": delivered, "failed": failed, "closed": 0, "unrated": 0, "reminded": 0, "expired": 0}
    for committee in Committee.objects.all():
        with within(committee):
            done["closed"] += _close_rounds(clock.today())
            done["unrated"] += _close_unrated(clock.today())
            done["reminded"] += _remind(committee, clock.today())
            done["reminded"] += _remind_proposers(committee, clock.today())
            done["expired"] += _expire_contacts(committee, clock.today())
    done["published"] = publish(by=CLOCK) if has_unpublished() else 0
    return done


def _close_rounds(today) -> int:
    """Rounds of opinion whose last day is over; where the result was told or nobody waits for it, addresses go."""
    over = Round.objects.filter(state=Round.State.OPEN, ends_on__lt=today).select_related("case", "region")
    closed = sum(_quietly(opinions.close, round=round) for round in over)
    for round in Round.objects.with_sources_to_forget(clock.now()):
        _quietly(opinions.forget_sources, round=round)
    return closed


def _close_unrated(today) -> int:
    """Voices and tasks whose days for a rating are over end as 未评价."""
    over = Deadline.objects.filter(ended_on=None, paused_on=None, due_on__lt=today)
    closed = 0
    waiting = Voice.objects.filter(state__in=[Voice.State.RESULT, Voice.State.ANSWERED])
    for voice in waiting.filter(deadline__in=over).select_related("deadline", "case"):
        closed += _quietly(voices.close_unrated, voice=voice)
    answered = Task.objects.filter(state=Task.State.AWAITING_EVALUATION, step_deadline__in=over)
    # Who made a proposal is reminded once before silence ends it (重庆市代表建议工作条例 art. 29).
    answered = answered.filter(Q(proposal=None) | Q(proposal__reminded_on__lt=today))
    for task in answered.select_related("step_deadline", "case"):
        closed += _quietly(tasks.close, task=task, how="未评价")
    return closed


def _remind_proposers(committee, today) -> int:
    """The one reminder to the proposer whose days for evaluating are nearly over, or over already."""
    soon = Deadline.objects.filter(ended_on=None, paused_on=None, due_on__lte=soon_until(committee.pk, today))
    waiting = Task.objects.filter(
        state=Task.State.AWAITING_EVALUATION, step_deadline__in=soon, proposal__state=Proposal.State.REPLIED,
        proposal__reminded_on=None,
    )  # fmt: skip
    reminded = 0
    for task in waiting.select_related("step_deadline", "proposal__case").order_by("step_deadline__due_on", "pk"):
        last = task.step_deadline.due_on
        reminded += _quietly(proposals.remind, proposal=task.proposal, until=max(last, today))
    return reminded


def _remind(committee, today) -> int:
    """The ladder 提醒 → 催办 → 提级 for tasks near or past their date."""
    rules = rules_of(committee.pk)
    running = Task.objects.unfinished().filter(deadline__ended_on=None, deadline__paused_on=None)
    exceptions, reminded = exceptions_around(today), 0
    for task in running.select_related("deadline", "case").prefetch_related("reminders"):
        sent = {(reminder.step, reminder.due_on) for reminder in task.reminders.all()}
        for step in steps_due(task.deadline.due_on, today, rules, exceptions):
            if (step, task.deadline.due_on) not in sent:
                reminded += bool(_quietly(tasks.remind, task=task, step=step))
    return reminded


def _expire_contacts(committee, today) -> int:
    """Contact data of matters that ended, and in whose case nothing has happened since, for the rule's months; and of
    takedown notices decided so long ago."""
    months = rules_of(committee.pk)["pii.retention"]
    last = add_months(today, -months)
    kept = Voice.objects.filter(state__in=[*Voice.DONE, Voice.State.MERGED], contact__isnull=False)
    expired = 0
    for voice in kept.filter(case__updated_at__date__lt=last).select_related("case"):
        expired += _quietly(voices.expire_contact, voice=voice)
    for notice in Takedown.objects.expired(last):
        expired += _quietly(newsroom.expire_contact, takedown=notice)
    return expired


def _for_each(work, daily: str = "") -> int:
    """The same for each committee, once a day where ``daily`` names a mark; one that fails is told in the log, does not
    stop the others, and is tried again an hour later."""
    done = 0
    for committee in Committee.objects.all():
        mark = f"{daily}-{committee.code}"
        if daily and not _is_due(mark, DAY):
            continue
        try:
            with within(committee):
                done += work(committee)
        except Exception:
            log.exception("%s: %s failed", committee.code, work.__name__)
            if daily:
                again = time.time() - DAY + HOUR
                os.utime(settings.HOME / mark, (again, again))
    return done


def _refresh_columns(committee) -> int:
    """Columns of many records, where the journal has moved on far enough."""
    return columns.refresh(committee, [*FIGURES, *COUNTED, ROLES])


def _draw(committee) -> int:
    """The maps of rounds in which somebody voted since the last one."""
    from .opinions.drawing import drawn  # NumPy and SciPy, only where there is something to draw

    rounds = undrawn()
    return sum(_quietly(opinions.draw, round=round, drawn=drawn(round)) for round in rounds)


def _recount(committee) -> int:
    """Every figure counted from the records and from the journal; how many differ."""
    wrong = [row.figure for row in recount(by=CLOCK, committee=committee) if not row.agrees]
    if wrong:
        log.error("%s: records and journal differ in %s", committee.code, ", ".join(wrong))
    return len(wrong)


def _publish(committee) -> int:
    """The open-data bundle."""
    make_bundle(committee)
    return 1


def _sweep_daily() -> int:
    """Once a day: files that no row knows, left by a crash between the disk and the database."""
    return len(sweep_orphans(by=CLOCK).removed) if _is_due("swept", DAY) else 0


def _is_due(name: str, seconds: int) -> bool:
    """Whether so long has passed since this was last due; a file of that name in the home folder remembers."""
    mark = settings.HOME / name
    if mark.exists() and time.time() - mark.stat().st_mtime < seconds:
        return False
    mark.touch()
    return True


def _quietly(function, **thing) -> int:
    """One thing that somebody moved meanwhile must not stop the others."""
    try:
        return int(function(by=CLOCK, **thing) is not False)
    except Refused as refusal:
        log.info("clock: %s", refusal)
        return 0
