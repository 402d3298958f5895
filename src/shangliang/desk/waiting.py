"""What waits for me: one list over all stages, the nearest date first."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ..agreements.models import Agreement
from ..cases.models import Case
from ..consultations.models import Consultation
from ..figures.definitions import BY_KEY
from ..figures.models import Recount
from ..notifications.models import Notice
from ..people.roles import HANDLERS, Role
from ..proposals.models import Proposal
from ..rules.queries import soon_until, tone
from ..tasks.models import CoUnit, Task
from ..topics.models import Topic
from ..voices.models import Voice
from .kind import Days, Waiting
from .kinds import KINDS

MOST = 60
_ENDED = [
    Voice.State.CLOSED, Voice.State.CONFIRMED, Voice.State.GUIDED, Voice.State.NOT_ACCEPTED,
    Voice.State.MERGED,
]
ASSIGNERS = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)


def waiting_for(account, today) -> list[Waiting]:
    """At most some hundred things in a fixed number of queries, the nearest date first."""
    days = Days(today, soon_until(account.committee_id, today))
    found = []
    for roles, finders in DESKS + PILES:
        if account.has(*roles):
            for finder in finders:
                found += finder(account, days)
    return sorted(found, key=lambda thing: (thing.due or dt.date.max, thing.case_no))


def _thing(kind, record, title, days, deadline=None, place="", due=None):
    running = deadline if deadline and deadline.ended_on is None else None
    due = running.due_on if running else due
    if running:
        shade = _TONES[tone(running, days.today, days.soon)]
    else:
        shade = "late" if due and due < days.today else "neutral"
    return Waiting(
        kind, record.case.no, title, str(record.get_state_display()), place, due, shade,
        f"/desk/cases/{record.case.no}/#{kind}-{record.pk}",
    )


_TONES = {"done": "neutral", "ok": "neutral", "soon": "waiting", "late": "late", "paused": "neutral"}


def _voices(account, days):
    states = Voice.SCREENABLE | {Voice.State.RECEIVED, Voice.State.REFERRED}
    rows = Voice.objects.visible_to(account).filter(state__in=states)
    rows = rows.select_related("case", "region", "deadline").order_by("reported_at")[:MOST]
    return [_thing("voice", v, v.text[:40], days, v.deadline, v.region.full_name) for v in rows]


def _topics(account, days):
    states = Topic.State
    mine = [
        states.PROPOSED, states.REVIEWING, states.POOLED, states.RETURNED, states.APPROVED,
        states.STUDYING, states.RECONSULT,
    ]
    rows = Topic.objects.visible_to(account).filter(
        Q(state__in=mine) | Q(state=states.DEFERRED, review_on__lte=days.today)
    )
    rows = rows.select_related("case", "region", "deadline").order_by("proposed_on")[:MOST]
    return [_thing("topic", t, t.title, days, t.deadline, t.region.full_name) for t in rows]


def _consultations(account, days):
    ended = [Consultation.State.REPORTED, Consultation.State.ARCHIVED, Consultation.State.CANCELLED]
    rows = Consultation.objects.visible_to(account).exclude(state__in=ended)
    rows = rows.select_related("case", "topic", "venue__region", "deadline").order_by("starts_at")
    found = []
    for c in rows.distinct()[:MOST]:
        day = localdate(c.starts_at) if c.state in c.BEFORE | {c.State.IN_SESSION} else None
        found.append(
            _thing("consultation", c, c.topic.title, days, c.deadline, c.venue.full_name, day)
        )
    return found


def _entered(account, days):
    """Voices that I typed in for somebody and that are not at an end."""
    rows = Voice.objects.filter(entered_by=account).exclude(state__in=_ENDED)
    rows = rows.select_related("case", "region", "deadline").order_by("reported_at")[:MOST]
    return [_thing("voice", v, v.text[:40], days, v.deadline, v.region.full_name) for v in rows]


def _late(account, days):
    """What is stuck, and at whose desk."""
    return _tasks(Task.objects.visible_to(account).overdue(days.today), days)


def _agreements(account, days):
    states = [Agreement.State.NEEDS_DECISION, Agreement.State.DECIDED]
    rows = Agreement.objects.visible_to(account).filter(state__in=states).select_related("case")
    return [_thing("agreement", a, a.text[:40], days, due=a.due_on) for a in rows.order_by("pk")[:MOST]]


def _notices(account, days):
    visible = Voice.objects.visible_to(account).values("pk")
    rows = Notice.objects.filter(by_phone=True, told_at=None, voice__in=visible)
    rows = rows.select_related("voice__case", "voice__region").order_by("made_at")[:MOST]
    return [
        Waiting(
            "notice", n.case_no, n.sentence, "", n.voice.region.full_name, None, "waiting",
            f"/desk/notices/#notice-{n.pk}",
        )
        for n in rows
    ]


def _for_approval(account, days):
    rows = Topic.objects.visible_to(account).filter(state=Topic.State.SUBMITTED)
    rows = rows.select_related("case", "region", "deadline").order_by("proposed_on")[:MOST]
    return [_thing("topic", t, t.title, days, None, t.region.full_name) for t in rows]


def _to_assign(account, days):
    states = [Agreement.State.SUBMITTED, Agreement.State.INSTRUCTED]
    rows = Agreement.objects.visible_to(account).filter(state__in=states).select_related("case")
    return [_thing("agreement", a, a.text[:40], days, due=a.due_on) for a in rows.order_by("pk")[:MOST]]


def _to_decide(account, days):
    states = Task.State
    waiting = [
        states.OBJECTED, states.EXTENSION_REQUESTED, states.REPLIED, states.UNDER_REVIEW,
        states.PROMISE_DONE, states.JOINT_REVIEW,
    ]
    return _tasks(Task.objects.visible_to(account).filter(state__in=waiting), days)


def _unit_tasks(account, days):
    units = [g.unit_id for g in account.current_grants if g.role == Role.UNIT_CLERK]
    states = Task.AT_WORK | {Task.State.ASSIGNED, Task.State.TRACKING}
    return _tasks(Task.objects.filter(unit__in=units, state__in=states), days)


def _tasks(rows, days):
    related = ("case", "agreement", "proposal", "unit", "deadline", "step_deadline", "contact_deadline")
    rows = rows.select_related(*related).order_by("deadline__due_on")
    return [
        _thing("task", t, t.text[:40], days, _nearest(t), t.unit.name) for t in rows[:MOST]
    ]


def _nearest(task):
    """The running clock of a task that ends first: of the step to take now, or of the work."""
    clocks = [c for c in (task.step_deadline, task.contact_deadline, task.deadline) if c and c.ended_on is None]
    return min(clocks, key=lambda clock: clock.due_on, default=None)


def _co_units(account, days):
    units = [g.unit_id for g in account.current_grants if g.role == Role.UNIT_CLERK]
    rows = CoUnit.objects.filter(unit__in=units, replied_on=None).exclude(
        task__state__in=Task.FINISHED
    )
    rows = rows.select_related("task__case", "task__agreement", "task__proposal", "task__unit", "deadline")
    return [
        _thing(
            "task", c.task, _("协办：%(text)s") % {"text": c.task.text[:36]}, days, c.deadline,
            c.task.unit.name,
        )
        for c in rows.order_by(F("deadline__due_on").asc(nulls_last=True))[:MOST]
    ]


def _proposal(field):
    return Proposal.objects.filter(case=OuterRef("pk")).values(field)[:1]


def _to_publish(account, days):
    stages = [Case.Stage.TOPIC, Case.Stage.CONSULTATION, Case.Stage.AGREEMENT, Case.Stage.TASK,
              Case.Stage.RESULT, Case.Stage.RATING, Case.Stage.ENDED]
    rows = Case.objects.filter(state=Case.State.PRIVATE, stage__in=stages, joined_to=None)
    title = Topic.objects.filter(case=OuterRef("pk")).order_by("pk").values("title")[:1]
    rows = rows.annotate(topic=Coalesce(Subquery(title), Subquery(_proposal("title"))))
    # A proposal is shown to the public when it is done and its proposer agrees.
    of_case = Proposal.objects.filter(case=OuterRef("pk"))
    rows = rows.exclude(Exists(of_case.exclude(state="closed", may_be_public=True)))
    rows = rows.select_related("region").order_by("-updated_at")[:MOST]
    return [
        Waiting(
            "case", c.no, c.topic or str(c.get_stage_display()), str(c.get_stage_display()),
            c.region.full_name, None, "neutral", f"/desk/cases/{c.no}/",
        )
        for c in rows
    ]


def _differing(account, days):
    """Figures that the nightly count from the journal alone found to be otherwise than the records tell."""
    rows = Recount.objects.exclude(told=None).exclude(told=F("counted")).order_by("figure")
    return [
        Waiting(
            "figure", "", _("“%(name)s”记录里是 %(n)s，流水账另算是 %(m)s") % {
                "name": BY_KEY[row.figure].name, "n": row.counted, "m": row.told,
            },
            _("对不上"), "", None, "waiting", f"/figures/{row.figure}/",
        )
        for row in rows if row.figure in BY_KEY
    ]  # fmt: skip


#: Which roles look at which piles.
DESKS = [
    (HANDLERS, [_voices, _topics, _consultations, _agreements, _notices]),
    ((Role.PARTY_APPROVER,), [_for_approval]),
    (ASSIGNERS, [_to_assign, _to_decide]),
    ((Role.UNIT_CLERK,), [_unit_tasks, _co_units]),
    ((Role.REVIEWER,), [_to_publish]),
    ((Role.MEMBER, Role.STEWARD), [_entered, _consultations]),
    ((Role.LEADER,), [_late]),
    ((Role.COMMITTEE_OFFICE, Role.AUDITOR), [_differing]),
]
PILES = [(roles, [finder]) for kind in KINDS for roles, finder in kind.piles]
