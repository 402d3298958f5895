"""Who sits in a studio, and when somebody is there."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.studios import commands as studios
from shangliang.studios.forms import HoursForm
from shangliang.studios.models import DutyHour, Seat
from shangliang.studios.queries import holidays, next_duty

from .. import factories

OUTSIDE = {"name": "外单位戊", "level": "county", "body": "政协隆昌市委员会"}


def test_members_of_three_levels_and_several_committees_sit_together(studio):
    assert [(seat.person, seat.get_role_display(), seat.level_words, seat.from_words) for seat in studio.open_seats] == [
        ("领衔甲", "领衔委员", "区县级", "农业界"), ("团队乙", "团队委员", "区县级", "农业界"),
        ("外单位丁", "团队委员", "省级", "政协四川省委员会"),
    ]


@pytest.mark.parametrize(("fields", "field"), [
    ({}, "member"), ({"name": "无名", "level": "city"}, "body"), ({"name": "无级", "body": "某处"}, "level"),
    ({**OUTSIDE, "role": "king"}, "role"), ({**OUTSIDE, "since": dt.date(2026, 5, 21)}, "since"),
    ({**OUTSIDE, "role": "lead"}, "role"), ({"name": "外单位丁", "level": "province", "body": "政协四川省委员会"}, "name"),
])
def test_a_seat_is_of_one_person_and_one_lead_at_a_time(fields, field, studio, office_staff):
    with pytest.raises(Refused) as refusal:
        studios.seat(by=office_staff, studio=studio, **{"role": "team", **fields})
    assert refusal.value.field == field and str(refusal.value).endswith("。")


def test_a_member_is_not_described_twice_nor_seated_twice_nor_of_another_committee(studio, office_staff, members, other_committee):
    for fields in ({"member": members[2], **OUTSIDE}, {"member": members[1]}, {"member": factories.member(other_committee)}):
        with pytest.raises(Refused):
            studios.seat(by=office_staff, studio=studio, role="team", **fields)


def test_the_database_allows_one_open_lead_and_one_person_to_a_seat(studio, committee, members):
    rows = [
        {"role": "lead", "member": members[2]}, {"role": "team", "member": members[1]},
        {"role": "team"}, {"role": "team", "member": members[2], "name": "某"}, {"role": "team", "name": "某", "body": "某"},
        {"role": "team", "member": members[2], "until": dt.date(2020, 1, 1)},
    ]
    for fields in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(committee=committee, studio=studio, since=clock.today(), **fields)


def test_a_seat_that_ended_stays_and_makes_room_for_another_lead(studio, office_staff, members):
    first = studio.lead
    with pytest.raises(Refused, match="早于任职"):
        studios.unseat(by=office_staff, studio=studio, seat=first, on=dt.date(2026, 3, 1))
    with pytest.raises(Refused, match="将来"):
        studios.unseat(by=office_staff, studio=studio, seat=first, on=dt.date(2026, 5, 21))
    studios.unseat(by=office_staff, studio=studio, seat=first, why="换届")
    with pytest.raises(Refused, match="已经离任"):
        studios.unseat(by=office_staff, studio=studio, seat=first)
    studios.seat(by=office_staff, studio=studio, role="lead", member=members[2])
    assert studio.lead.member == members[2]
    assert Seat.objects.get(pk=first.pk).until == clock.today()


def test_hours_are_set_anew_and_must_not_overlap(studio, lead):
    nine, ten, eleven = dt.time(9), dt.time(10), dt.time(11)
    studios.set_hours(by=lead, studio=studio, hours=[(2, nine, eleven, ""), (0, nine, ten, "赶场")])
    assert [str(hour) for hour in DutyHour.objects.all()] == ["0 09:00–10:00", "2 09:00–11:00"]
    wrong = [
        [(0, ten, nine, "")], [(0, nine, nine, "")], [(7, nine, ten, "")], [(0, nine, eleven, ""), (0, ten, eleven, "")],
        [(0, nine, ten, "长" * 31)], [(0, nine, ten, "打 13812345678")], [(0, nine, ten, "")] * 22,
    ]
    for hours in wrong:
        with pytest.raises(Refused) as refusal:
            studios.set_hours(by=lead, studio=studio, hours=hours)
        assert refusal.value.field == "hours"
    assert DutyHour.objects.count() == 2
    studios.set_hours(by=lead, studio=studio, hours=[])
    assert not DutyHour.objects.exists()


@pytest.mark.parametrize(("line", "read"), [
    ("周三 14:30-17:00", (2, dt.time(14, 30), dt.time(17), "")), ("星期天 9点至11点", (6, dt.time(9), dt.time(11), "")),
    ("一 9：00—11：30 赶场天", (0, dt.time(9), dt.time(11, 30), "赶场天")), ("周5 8:00到9:00", (4, dt.time(8), dt.time(9), "")),
])
def test_hours_are_read_as_people_write_them(line, read, studio, lead):
    form = HoursForm({"hours": f"\n{line}\n"}, record=studio, by=lead)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["hours"] == [read]


@pytest.mark.parametrize("line", ["周八 9:00-10:00", "周三下午", "周三 25:00-26:00", "周三 9:61-10:00", "<b>"])
def test_a_line_that_cannot_be_read_is_named(line, studio, lead):
    form = HoursForm({"hours": line}, record=studio, by=lead)
    assert not form.is_valid() and line in form.errors["hours"][0]


def test_the_next_duty_is_now_later_today_or_another_day(calendar):
    hours = [SimpleNamespace(weekday=2, begins=dt.time(9), ends=dt.time(11)), SimpleNamespace(weekday=4, begins=dt.time(14), ends=dt.time(16))]

    def at(day, hour):
        return next_duty(hours, timezone.make_aware(dt.datetime(2026, 5, day, hour)))

    assert (at(20, 10).is_now, at(20, 10).is_today) == (True, True)
    assert (at(20, 8).is_now, at(20, 8).is_today) == (False, True)
    assert (at(20, 11).on, at(20, 11).is_today) == (dt.date(2026, 5, 22), False)
    assert next_duty([], timezone.now()) is None


def test_nobody_is_there_on_a_public_holiday(calendar):
    hours = [SimpleNamespace(weekday=4, begins=dt.time(9), ends=dt.time(11))]
    may_day = dt.date(2026, 5, 1)  # a Friday
    now = timezone.make_aware(dt.datetime(2026, 4, 30, 9))
    assert next_duty(hours, now).on == may_day
    assert next_duty(hours, now, holidays(now.date())).on == dt.date(2026, 5, 8)
