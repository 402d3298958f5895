"""What a statement changes in a joint record besides its state: the same on our side and on the neighbour's copy."""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from ..journal.digest import canonical
from ..journal.erase import erase_personal
from ..shared import clock
from ..shared.refusals import Refused, require
from .joint import Statement
from .models import (
    Activity,
    Conference,
    Decision,
    JointItem,
    JointSeat,
    JointStudio,
    Matter,
    Partnership,
    PlanItem,
    PlanProgress,
    Side,
    Sitting,
    Tracking,
)


def _kept(record):
    """Store a new row after the checks of its fields: a neighbour's words may be of any length and kind."""
    _checked(record)
    record.save(force_insert=True)
    return record


def _checked(record):
    """Raise Refused for what its columns cannot hold; what may be left out, and is, needs no check."""
    unasked = [field.name for field in record._meta.fields if _may_be_empty(field, record)]
    try:
        record.clean_fields(exclude=[*unasked, "id"])
    except ValidationError as fault:
        told = (f"{name} {''.join(messages)}" for name, messages in fault.message_dict.items())
        raise Refused("；".join(told)) from fault


def _may_be_empty(field, record) -> bool:
    empty = field.value_from_object(record) in ("", None)
    return field.is_relation or (empty and (field.null or field.has_default()))


def _changed(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    _checked(record)
    record.save(update_fields=list(fields))


def day(text: str) -> dt.date:
    """A day of an event; raises Refused when it is none."""
    found = parse_date(text) if isinstance(text, str) and len(text) == 10 else None
    require(found, _("日期看不懂：%(text)s") % {"text": str(text)[:30]})
    return found


def instant(text: str) -> dt.datetime:
    """A moment of an event, with its zone; raises Refused when it is none."""
    try:
        found = parse_datetime(text)
    except (TypeError, ValueError):
        found = None
    require(found and found.tzinfo, _("时间看不懂：%(text)s") % {"text": str(text)[:40]})
    return found


def same_length(*lists) -> bool:
    """Whether these are lists of words of one length."""
    return all(isinstance(one, list) and all(isinstance(w, str) for w in one) for one in lists) and (
        len({len(one) for one in lists}) == 1
    )


# --- beginnings: (committee, joint, side, event) → the new record ---


def _partnership(committee, joint, side, event):
    require(same_length(event.codes, event.names, event.short_names), _("合作各方的名单不完整。"))
    require(2 <= len(set(event.codes)) == len(event.codes) <= 9, _("合作至少要有两方，且不能重复。"))
    require({side, committee.region.code} <= set(event.codes), _("合作各方里没有本方或发起方。"))
    made = _kept(
        Partnership(
            committee=committee, joint=joint, lead=side, title=event.title, paper_title=event.paper_title,
            paper_no=event.paper_no, signed_on=day(event.signed_on), since=day(event.since), until=day(event.until),
        )
    )
    for order, (code, name, short) in enumerate(zip(event.codes, event.names, event.short_names, strict=True)):
        row = Side(committee=committee, partnership=made, code=code, name=name, short_name=short, order=order)
        _kept(row)
    return made


def _within(event) -> Partnership:
    """The partnership that an event names, which must be in force here."""
    found = Partnership.objects.select_related("committee__region").filter(joint=event.partnership).first()
    require(found, _("这里还没有这项合作。"))
    require(found.state == Partnership.State.ACTIVE, _("这项合作还没有各方签署，或已结束。"))
    return found


def _conference(committee, joint, side, event):
    return _kept(
        Conference(
            committee=committee, joint=joint, lead=side, partnership=_within(event), year=event.year,
            starts_at=instant(event.starts_at), place=event.place, agenda=event.agenda,
        )
    )


def _plan_item(committee, joint, side, event):
    return _kept(
        PlanItem(
            committee=committee, joint=joint, lead=side, partnership=_within(event), year=event.year, kind=event.kind,
            title=event.title, due_on=day(event.due_on),
        )
    )


def _activity(committee, joint, side, event):
    return _kept(
        Activity(
            committee=committee, joint=joint, lead=side, partnership=_within(event), mechanism=event.mechanism,
            title=event.title, on=day(event.on), place=event.place,
        )
    )


def _studio(committee, joint, side, event):
    return _kept(
        JointStudio(
            committee=committee, joint=joint, lead=side, partnership=_within(event), title=event.title,
            place=event.place,
        )
    )


def _matter(committee, joint, side, event):
    partnership = _within(event)
    require(event.lead in {one.code for one in partnership.sides.all()}, _("主办方不在这项合作里。"))
    return _kept(
        Matter(
            committee=committee, joint=joint, lead=event.lead, raised_by=side, partnership=partnership,
            kind=event.kind, title=event.title, summary=event.summary, category=event.category,
            raised_on=clock.today(),
        )
    )


BEGINNINGS = {
    "partnerships.proposed": _partnership, "partnerships.conference_planned": _conference,
    "partnerships.item_proposed": _plan_item, "partnerships.activity_planned": _activity,
    "partnerships.studio_set_up": _studio, "partnerships.matter_raised": _matter,
}  # fmt: skip


# --- effects: (record, event, side) ---


def _minuted(conference, event, side):
    require(same_length(event.decisions, event.owners), _("决定和承担方对不上。"))
    _changed(conference, minutes=event.minutes, version=event.version)
    conference.decisions.all().delete()
    for number, (text, owner) in enumerate(zip(event.decisions, event.owners, strict=True), 1):
        row = Decision(committee=conference.committee, conference=conference, number=number, text=text, owner=owner)
        _kept(row)


def _progressed(item, event, side):
    _kept(PlanProgress(committee=item.committee, item=item, side=side, on=day(event.on), text=event.text))


def _completed(item, event, side):
    _changed(item, outcome=event.text)


def _held(activity, event, side):
    _changed(activity, outcome=event.text, people=event.people)


def _seat(studio, event, side):
    row = JointSeat(
        committee=studio.committee, joint_studio=studio, side=side, number=event.number, level=event.level,
        sector=event.sector, name=event.name or "", consented_on=clock.today() if event.name else None,
    )
    _kept(row)


def _unseat(studio, event, side):
    seat = studio.seats.filter(side=side, number=event.number).first()
    require(seat, _("没有这一席。"))
    erase_personal(subject=studio._meta.label_lower, subject_ids=[studio.pk], value=seat.name)
    _changed(seat, name="", withdrawn_on=clock.today())


def _scheduled(matter, event, side):
    """The matter enters the plan of the year: all sides have approved it, and that is their assent to the line."""
    joint = hashlib.sha256(f"{matter.joint}:plan".encode()).hexdigest()[:32]
    due = day(event.due_on)
    item = _kept(
        PlanItem(
            committee=matter.committee, joint=joint, lead=matter.lead, partnership=matter.partnership, year=due.year,
            kind=matter.kind, title=matter.title, due_on=due, state=PlanItem.State.PLANNED,
        )
    )
    for code in matter.side_names:
        step = "put_forward" if code == matter.lead else "agree"
        Statement.objects.create(
            committee=matter.committee, joint=joint, side=code, nth=1, step=step, said_at=clock.now(),
            data=canonical({"nth": 1}),
        )
    _changed(matter, plan_item=item)


def _convened(matter, event, side):
    _sitting(matter, event.sitting, side, starts_at=instant(event.starts_at), place=event.place)


def _met(matter, event, side):
    told = matter.sittings.filter(sitting=event.sitting, side=matter.lead).first()
    require(told, _("主办方还没有告知这一场。"))
    _sitting(
        matter, event.sitting, side, starts_at=told.starts_at, place=told.place, case_no=event.case_no,
        present=event.present, stakeholders=event.stakeholders, members=event.members,
    )


def _sitting(matter, sitting, side, **fields):
    row = matter.sittings.filter(sitting=sitting, side=side).first()
    if row:
        _changed(row, **fields)
    else:
        _kept(Sitting(committee=matter.committee, matter=matter, sitting=sitting, side=side, **fields))


def _opined(matter, event, side):
    require(same_length(event.texts, event.owners, event.units, event.dues), _("联合意见的各项不完整。"))
    require(set(event.owners) <= set(matter.side_names), _("有一项的承担方不在这项合作里。"))
    _changed(matter, opinion=event.text, version=event.version)
    matter.items.all().delete()
    rows = zip(event.texts, event.owners, event.units, event.dues, strict=True)
    for number, (text, owner, unit, due) in enumerate(rows, 1):
        row = JointItem(
            committee=matter.committee, matter=matter, number=number, owner=owner, unit=unit, text=text,
            due_on=day(due) if due else None,
        )
        _kept(row)


def _advanced(matter, event, side):
    item = matter.items.filter(number=event.number, owner=side).first()
    require(item, _("这一项不由发来消息的一方承担。"))
    _changed(item, progress=event.words, progress_on=clock.today())


def _tracked(matter, event, side):
    row = Tracking(
        committee=matter.committee, matter=matter, side=side, kind=event.kind, on=day(event.on), place=event.place,
        finding=event.finding,
    )
    _kept(row)


EFFECTS = {
    "partnerships.conference_minuted": _minuted, "partnerships.item_progressed": _progressed,
    "partnerships.item_completed": _completed, "partnerships.activity_held": _held,
    "partnerships.studio_seat_told": _seat, "partnerships.studio_seat_taken_back": _unseat,
    "partnerships.matter_scheduled": _scheduled, "partnerships.matter_convened": _convened,
    "partnerships.matter_met": _met, "partnerships.matter_opinion": _opined,
    "partnerships.matter_advanced": _advanced, "partnerships.matter_tracked": _tracked,
}  # fmt: skip
