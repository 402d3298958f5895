"""The lines of a duty file: computed from the records, one query for each kind whatever the number of members."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..briefs.models import Brief
from ..consultations.models import Attendance, Consultation
from ..people.models import ContactLink
from ..proposals.models import Signer
from ..research.models import Author, Report
from ..salons.models import Guest
from ..studios.doings import Participant
from ..studios.doings import Promise as StudioPromise
from ..topics.models import TopicSource
from ..visits.models import Promise, Visit, VisitMember
from ..voices.models import Voice
from .models import Addition


@dataclass(frozen=True)
class Line:
    """One thing a member did: what kind, when, in words, and the record that proves it."""

    kind: str
    member: int
    on: dt.date
    words: str
    href: str
    record: int
    #: The record that the journal speaks of, where that is not this one but what it is a part of.
    about: int = 0

    @property
    def key(self) -> str:
        """How an appeal names this line."""
        return f"{self.kind}:{self.record}"


@dataclass(frozen=True)
class LineKind:
    """A kind of line: its word, its reader, and the event in the journal that proves one."""

    title: object
    read: Callable
    event: str


def _moments(first, last):
    """The first and the last moment of a stretch of days, for columns that hold times."""
    zone = timezone.get_current_timezone()
    begins = dt.datetime.combine(first, dt.time.min, zone)
    return begins, dt.datetime.combine(last, dt.time.max, zone)


def _visits(first, last):
    rows = VisitMember.objects.filter(visit__state=Visit.State.MADE, visit__on__range=(first, last))
    for member, pk, on, name in rows.values_list("member", "visit", "visit__on", "visit__venue__name"):
        yield Line("visit", member, on, _now("走访%(place)s") % {"place": name}, f"/desk/visits/{pk}/", pk)


def _consultations(first, last):
    rows = Attendance.objects.filter(
        member__isnull=False, status="present", consultation__state__in=Consultation.HELD,
        consultation__starts_at__range=_moments(first, last),
    )
    fields = (
        "member", "consultation", "consultation__starts_at", "consultation__topic__title", "consultation__case__no",
    )  # fmt: skip
    for member, pk, at, title, no in rows.values_list(*fields):
        on = timezone.localdate(at)
        yield Line("consult", member, on, title, f"/desk/cases/{no}/#consultation-{pk}", pk)


def _voices(first, last):
    rows = Voice.objects.filter(
        entered_by__member__isnull=False, reported_at__range=_moments(first, last)
    ).exclude(visit_link__isnull=False)
    for member, pk, at, no in rows.values_list("entered_by__member", "pk", "reported_at", "case__no"):
        words = _now("代群众反映 %(no)s") % {"no": no}
        yield Line("voice", member, timezone.localdate(at), words, f"/desk/cases/{no}/#voice-{pk}", pk)


def _topics(first, last):
    rows = TopicSource.objects.filter(member__isnull=False, added_on__range=(first, last))
    for member, pk, on, title, no in rows.values_list("member", "topic", "added_on", "topic__title", "topic__case__no"):
        yield Line("topic", member, on, title, f"/desk/cases/{no}/#topic-{pk}", pk)


def _briefs(first, last):
    rows = Brief.objects.filter(member__isnull=False, submitted_on__range=(first, last))
    rows = rows.exclude(state__in=[Brief.State.WITHDRAWN, Brief.State.DRAFT])
    for member, pk, on, title, state in rows.values_list("member", "pk", "submitted_on", "title", "state"):
        words = f"{title}（{Brief.State(state).label}）"
        yield Line("brief", member, on, words, f"/desk/briefs/{pk}/", pk)


def _proposals(first, last):
    rows = Signer.objects.filter(signed_on__isnull=False, proposal__submitted_on__range=(first, last))
    rows = rows.filter(came_from=None).exclude(proposal__state__in=["draft", "withdrawn"])
    for member, pk, on, title, lead in rows.values_list(
        "member", "proposal", "proposal__submitted_on", "proposal__title", "lead"
    ):
        words = title if lead else _now("%(title)s（联名）") % {"title": title}
        yield Line("proposal", member, on, words, f"/desk/proposals/{pk}/", pk)


def _salons(first, last):
    rows = Guest.objects.filter(member__isnull=False, attended=True, salon__starts_at__range=_moments(first, last))
    for member, pk, at, theme in rows.values_list("member", "salon", "salon__starts_at", "salon__theme"):
        yield Line("salon", member, timezone.localdate(at), theme, f"/desk/salons/{pk}/", pk)


def _reports(first, last):
    rows = Author.objects.filter(member__isnull=False, report__finalised_on__range=(first, last))
    rows = rows.exclude(report__state=Report.State.DRAFT)
    for member, pk, on, title in rows.values_list("member", "report", "report__finalised_on", "report__title"):
        yield Line("report", member, on, title, f"/desk/research/{pk}/", pk)


def _activities(first, last):
    rows = Participant.objects.filter(
        member__isnull=False, activity__on__range=(first, last), activity__consultation=None
    )
    fields = ("member", "activity__studio", "activity__on", "activity__title", "activity")
    for member, studio, on, title, pk in rows.values_list(*fields):
        yield Line("studio", member, on, title, f"/desk/studios/{studio}/", pk, studio)


def _promises(first, last):
    kept = Promise.objects.filter(kept_on__range=(first, last))
    for member, visit, on, text, pk in kept.values_list("visit__seats__member", "visit", "kept_on", "text", "pk"):
        yield Line("promise", member, on, text, f"/desk/visits/{visit}/", pk, visit)


def _studio_promises(first, last):
    kept = StudioPromise.objects.filter(
        kept_on__range=(first, last), studio__seats__member__isnull=False, studio__seats__role="lead",
        studio__seats__since__lte=F("kept_on"),
    ).exclude(studio__seats__until__lt=F("kept_on"))
    for member, studio, on, text, pk in kept.values_list("studio__seats__member", "studio", "kept_on", "text", "pk"):
        yield Line("studio_promise", member, on, text, f"/desk/studios/{studio}/", pk, studio)


def _courtyards(first, last):
    links = ContactLink.objects.filter(kind=ContactLink.Kind.MEMBER_COURTYARD, since__lte=last)
    links = links.exclude(until__lt=first)
    for member, venue, since, name, pk in links.values_list("member", "venue", "since", "venue__name", "pk"):
        words = _now("联系%(place)s") % {"place": name}
        yield Line("courtyard", member, max(since, first), words, f"/desk/venues/{venue}/", pk)


def _additions(first, last):
    rows = Addition.objects.filter(on__range=(first, last))
    for member, appeal, on, words, proof in rows.values_list("member", "appeal", "on", "words", "proof"):
        said = _now("%(words)s（补充，凭据：%(proof)s）") % {"words": words, "proof": proof}
        yield Line("addition", member, on, said, f"/desk/appeals/{appeal}/", appeal)


#: Every kind of line, in the order in which a file shows them.
KINDS = {
    "courtyard": LineKind(_("联系小院"), _courtyards, "people.linked"),
    "visit": LineKind(_("走访"), _visits, "visits.made"),
    "consult": LineKind(_("参加协商"), _consultations, "consultations.held"),
    "voice": LineKind(_("代群众反映"), _voices, "voices.received"),
    "topic": LineKind(_("荐题"), _topics, "topics.proposed"),
    "brief": LineKind(_("社情民意信息"), _briefs, "briefs.submitted"),
    "proposal": LineKind(_("提案"), _proposals, "proposals.submitted"),
    "salon": LineKind(_("委员沙龙"), _salons, "salons.held"),
    "report": LineKind(_("调研报告"), _reports, "research.finalised"),
    "studio": LineKind(_("工作室活动"), _activities, "studios.activity_added"),
    "promise": LineKind(_("走访承诺办到"), _promises, "visits.promise_kept"),
    "studio_promise": LineKind(_("工作室承诺办到"), _studio_promises, "studios.promise_kept"),
    "addition": LineKind(_("补充"), _additions, "duties.upheld"),
}


def lines_between(first: dt.date, last: dt.date) -> dict[int, list[Line]]:
    """The lines of every member between two days, by member id, oldest first; one query for each kind."""
    found: dict[int, list[Line]] = {}
    for kind in KINDS.values():
        for line in kind.read(first, last):
            found.setdefault(line.member, []).append(line)
    for lines in found.values():
        lines.sort(key=lambda line: (line.on, line.kind, line.record))
    return found
