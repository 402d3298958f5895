"""Planning and writing down visits; the voices raised there are taken in with them, each with its own receipt."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..files.commands import attach
from ..files.models import Attachment
from ..journal import once
from ..journal.record import as_stored, command, record
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import require
from ..voices.commands import receive
from . import events, policies
from .models import Promise, Visit, VisitKind, VisitMember, VisitVoice

MOST_VOICES = 10
MOST_PROMISES = 10


@dataclass(frozen=True)
class Written:
    """A visit that was written down, with the (voice, receipt code) of each matter raised there."""

    visit: Visit
    voices: list


@command
def plan_visit(*, by, committee, venue, on, members, key=""):
    """Put a visit down for today or a later day; it is made by :func:`make`."""
    require(policies.may_plan_visit(by, committee))
    members = list(members)
    require(not members or policies.may_write_at(by, venue, members))
    body = ["plan", venue.pk, str(on), sorted(member.pk for member in members)]
    made = once.made(key, body, Visit)
    if made:
        return made
    _check_place(committee, venue, on)
    require(on >= clock.today(), _("计划的日子不能在今天以前。已经去过的，请直接写走访记录。"), field="on")
    visit = Visit.objects.create(committee=committee, venue=venue, on=on, entered_by=by)
    _seat(visit, members)
    record(events.VisitPlanned(on=str(on), place=venue.full_name), about=visit, by=by)
    if key:
        once.remember(key, body, visit)
    return visit


@command
def write_visit(
    *, by, committee, key, venue, on, members, kinds, households=None, explained="", noted="", promises=(), voices=(),
    photos=(),
) -> Written:
    """Write a visit down with everything that belongs to it, at once or not at all.

    ``promises`` are (text, due day), ``voices`` dicts with ``key``, ``text`` and optionally ``name``, ``phone`` and
    ``place_note``. The same keys again give the same visit and the same codes. Raises Refused for a day in the
    future, a place not open on that day, no members, one twice, no kind, a promise due before the visit.
    """
    require(policies.may_write_visit(by, committee))
    members = list(members)
    # Nobody signs in the name of those who went, unless it is their place.
    require(not members or policies.may_write_at(by, venue, members))
    body = _body(venue, on, members, kinds, households, explained, noted, promises, voices, len(photos))
    visit = once.made(key, body, Visit)
    if visit is None:
        _check_place(committee, venue, on)
        visit = Visit.objects.create(
            committee=committee, venue=venue, on=on, state=Visit.State.PLANNED, entered_by=by
        )
        _seat(visit, members)
        once.remember(key, body, visit)
        _make(by, visit, on, kinds, households, explained, noted, promises, len(voices), photos)
    return Written(visit, _raise(by, visit, voices))


@command
def make(*, by, visit, on, kinds, households=None, explained="", noted="", promises=(), voices=(), photos=()):
    """Enter that a planned visit took place, with everything that belongs to it; returns :class:`Written`."""
    require(policies.may_make(by, visit))
    _check_place(visit.committee, visit.venue, on)
    _make(by, visit, on, kinds, households, explained, noted, promises, len(voices), photos)
    return Written(visit, _raise(by, visit, voices))


@command
def promise(*, by, visit, text, due_on):
    """Add what was promised at the visit and not written down at once."""
    require(policies.may_promise(by, visit))
    moved = move(visit, "promise")
    _promise(by, visit, text, due_on, moved)


@command
def keep_promise(*, by, visit, kept, report):
    """Enter that a promise was kept, and how; ``kept`` is the :class:`Promise`."""
    require(policies.may_keep_promise(by, visit))
    require(report.strip(), _("请写一句是怎么办到的。"), field="report")
    moved = move(visit, "keep_promise")
    rows = Promise.objects.filter(pk=kept.pk, visit=visit, kept_on=None)
    require(rows.update(kept_on=clock.today(), report=report.strip()), _("这条承诺已经登记过了。"), field="kept")
    told = events.VisitPromiseKept(text=kept.text, report=report.strip())
    record(told, about=visit, by=by, moved=moved)


@command
def cancel(*, by, visit, why):
    """Give a planned visit up."""
    require(policies.may_cancel(by, visit))
    moved = move(visit, "cancel")
    record(events.VisitCancelled(), about=visit, by=by, why=why, moved=moved)


def _check_place(committee, venue, on):
    require(venue.committee_id == committee.pk, _("这个地方不属于本政协。"), field="venue")
    require(on >= venue.opened_on, _("走访日期早于这个地方启用的日子。"), field="on")
    closed = venue.closed_on and on > venue.closed_on
    require(not closed, _("这个地方那天已经停用。"), field="venue")


def _seat(visit, members):
    members = list(members)
    require(members, _("请写是哪位委员去的。"), field="members")
    require(len({member.pk for member in members}) == len(members), _("同一位委员写了两次。"), field="members")
    ours = all(member.committee_id == visit.committee_id for member in members)
    require(ours, _("这位委员不属于本政协。"), field="members")
    for member in members:
        serves = member.term_from <= visit.on and (member.term_to is None or visit.on <= member.term_to)
        require(serves, _("%(name)s那天不在任期内，请核对日期或委员。") % {"name": member.name}, field="members")
    rows = [VisitMember(committee=visit.committee, visit=visit, member=member) for member in members]
    VisitMember.objects.bulk_create(rows)


def _make(by, visit, on, kinds, households, explained, noted, promises, voices, photos):
    kinds = list(dict.fromkeys(kinds))
    require(on <= clock.today(), _("走访日期不能在将来。还没去的，请用“计划走访”。"), field="on")
    require(kinds, _("请至少选一种：听了什么、收了什么、商量了什么。"), field="kinds")
    require(set(kinds) <= set(VisitKind.Kind.values), _("没有这种走访类型。"), field="kinds")
    require(households is None or 0 <= households <= 9999, _("户数要写 0 到 9999 之间的数。"), field="households")
    require(len(promises) <= MOST_PROMISES, _("一次最多写十条承诺。"), field="promises")
    require(voices <= MOST_VOICES, _("一次最多带十件事，其余的请另写。"), field="voices")
    require(len(explained) <= 400, _("讲了什么请写在 400 字以内。"), field="explained")
    require(len(noted) <= 1000, _("看到听到的请写在 1000 字以内；具体的事请写到“听到的事”里。"), field="noted")
    moved = move(visit, "make", on=on, households=households, explained=explained.strip(), noted=noted.strip())
    VisitKind.objects.bulk_create([VisitKind(committee=visit.committee, visit=visit, kind=kind) for kind in kinds])
    attach(by=by, about=visit, role=Attachment.Role.VISIT, uploads=photos)
    words = "、".join(as_stored(VisitKind.Kind(kind).label) for kind in kinds)
    told = events.VisitMade(
        on=str(on), place=visit.venue.full_name, members=visit.seats.count(), voices=voices, promises=len(promises),
        kinds=words, noted=visit.noted,
    )
    record(told, about=visit, by=by, moved=moved)
    for text, due_on in promises:
        _promise(by, visit, text, due_on)


def _promise(by, visit, text, due_on, moved=None):
    text = text.strip()
    require(text, _("请写答应了什么。"), field="text")
    require(len(text) <= 200, _("承诺请写在 200 字以内。"), field="text")
    require(due_on, _("请写哪天前办到。"), field="due_on")
    require(due_on >= visit.on, _("承诺的日子早于走访那天。"), field="due_on")
    Promise.objects.create(committee=visit.committee, visit=visit, text=text, due_on=due_on)
    record(events.VisitPromised(text=text, due_on=str(due_on)), about=visit, by=by, moved=moved)


def _raise(by, visit, voices) -> list:
    """The voices of the visit with their codes; those already taken in under their keys are found again."""
    taken = []
    for words in voices:
        voice, code = receive(
            by=by, committee=visit.committee, channel="visit", region=visit.venue.region, venue=visit.venue,
            on_behalf=True, key=words["key"], text=words["text"], name=words.get("name", ""),
            phone=words.get("phone", ""), place_note=words.get("place_note", ""),
        )
        VisitVoice.objects.get_or_create(committee=visit.committee, visit=visit, voice=voice)
        taken.append((voice, code))
    return taken


def _body(venue, on, members, kinds, households, explained, noted, promises, voices, photos) -> list:
    """What the key of a visit stands for; its voices are kept by keys of their own."""
    return [
        venue.pk, str(on), sorted(member.pk for member in members), sorted(kinds), households, explained, noted,
        [[text, str(due)] for text, due in promises], [words["key"] for words in voices], photos,
    ]
