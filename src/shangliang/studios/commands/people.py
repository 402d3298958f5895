"""Who sits in a studio, and when somebody is there."""

import datetime as dt

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal.record import command, record
from ...shared import clock
from ...shared.formats import WEEKDAYS
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import DutyHour, Seat

MOST_HOURS = 21


@command
def seat(*, by, studio, role, member=None, name="", level="", body="", since=None):
    """Give somebody a seat: a member of ours, or a person of another committee or body with name, level and body.

    Exactly one of both; one lead at a time; nobody twice. Raises Refused otherwise, with the field.
    """
    require(policies.may_seat(by, studio))
    since, name, body = since or clock.today(), name.strip(), body.strip()
    require(role in Seat.Role.values, _("请选择身份。"), field="role")
    require(since <= clock.today(), _("任职日期不能在将来。"), field="since")
    _check_person(studio, member, name, level, body, role)
    if role == Seat.Role.LEAD:
        require(studio.lead is None, _("已有领衔委员，请先登记其离任。"), field="role")
    moved = move(studio, "seat")
    made = Seat.objects.create(
        committee=studio.committee, studio=studio, role=role, member=member, name=name, level=level, body=body,
        since=since,
    )
    studio.forget_seats()
    told = events.Seated(person=made.person, role=str(made.get_role_display()), since=since.isoformat())
    record(told, about=studio, by=by, moved=moved)
    return made


def _check_person(studio, member, name, level, body, role):
    require(member or name, _("请选择委员，或填写外单位人员的姓名。"), field="member")
    require(not (member and (name or body or level)), _("选了本政协委员，就不用再填姓名、层级和单位。"), field="name")
    if member:
        require(member.committee_id == studio.committee_id, _("这位委员不属于本政协。"), field="member")
        taken = any(seat.member_id == member.pk for seat in studio.open_seats)
        require(not taken, _("这位委员已在本工作室任职。"), field="member")
        return
    require(body, _("请填写他所在的政协或单位。"), field="body")
    require(level or role == Seat.Role.SERVING, _("请选择他是哪一级政协的委员。"), field="level")
    taken = any((seat.name, seat.body) == (name, body) for seat in studio.open_seats)
    require(not taken, _("这个人已在本工作室任职。"), field="name")


@command
def unseat(*, by, studio, seat, on=None, why=""):
    """End a seat on its last day; it stays on record."""
    require(policies.may_unseat(by, studio))
    on = on or clock.today()
    require(seat.studio_id == studio.pk, _("他不在本工作室任职。"), field="seat")
    require(on <= clock.today(), _("离任日期不能在将来。"), field="on")
    require(on >= seat.since, _("离任日期早于任职日期。"), field="on")
    moved = move(studio, "unseat")
    require(Seat.objects.filter(pk=seat.pk, until=None).update(until=on), _("他已经离任。"), field="seat")
    seat.until = on
    studio.forget_seats()
    record(events.Unseated(person=seat.person, until=on.isoformat()), about=studio, by=by, why=why, moved=moved)


@command
def set_hours(*, by, studio, hours):
    """Set all duty hours anew: rows of (weekday 0 = Monday, begins, ends, note); none means by appointment."""
    require(policies.may_set_hours(by, studio))
    rows = sorted(hours, key=lambda row: row[:2])
    require(len(rows) <= MOST_HOURS, _("值守时间太多了，每天最多写三段。"), field="hours")
    for n, (weekday, begins, ends, note) in enumerate(rows):
        require(0 <= weekday <= 6, _("看不懂是星期几。"), field="hours")
        require(begins < ends, _("结束时间要晚于开始时间。"), field="hours")
        require(len(note) <= 30, _("说明请写在 30 字以内。"), field="hours")
        before = rows[n - 1] if n else None
        apart = not before or before[0] != weekday or before[2] <= begins
        require(apart, _("同一天的两段时间有重叠。"), field="hours")
    refuse_personal(hours=" ".join(row[3] for row in rows))
    moved = move(studio, "set_hours")
    studio.hours.all().delete()
    DutyHour.objects.bulk_create(
        DutyHour(committee=studio.committee, studio=studio, weekday=day, begins=begins, ends=ends, note=note)
        for day, begins, ends, note in rows
    )
    record(events.HoursSet(hours=_told(rows)), about=studio, by=by, moved=moved)


def _told(rows: list[tuple[int, dt.time, dt.time, str]]) -> str:
    said = [f"周{WEEKDAYS[day]} {begins:%H:%M}–{ends:%H:%M}" for day, begins, ends, _note in rows]
    return "、".join(said) or _("预约接待")
