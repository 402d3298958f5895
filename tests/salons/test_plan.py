"""Planning, inviting, checking in, points: what is refused, and what is kept."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shangliang.journal.models import Entry
from shangliang.salons import commands as salons
from shangliang.salons.models import Guest, Point, Salon
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .conftest import EVENING


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"office": None}, "office", "哪个委室或工作室"),
        ({"place": " "}, "place", "地点"),
        ({"theme": " "}, "theme", "主题"),
        ({"series": "sport"}, "series", "系列"),
        ({"question": "请打 13812345678"}, "question", "疑似个人信息"),
    ],
)
def test_a_salon_without_host_place_theme_or_series_is_refused(plan, changes, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        plan(**changes)
    assert refusal.value.field == field
    assert str(refusal.value).endswith("。")
    assert Salon.objects.count() == 0


def test_the_same_key_is_the_same_salon(plan):
    assert plan(key="k1").pk == plan(key="k1").pk
    with pytest.raises(Refused):
        plan(key="k1", theme="别的")


def test_guests_of_every_kind_come_in_one_step_and_only_once(salon, office_staff, guests, unit):
    others = [("enterprise", "某厂"), ("enterprise", "某厂"), ("resident", "张三丰")]
    salons.invite(by=office_staff, salon=salon, members=guests, units=[unit], others=others)
    assert sorted(salon.guests.values_list("role", flat=True)) == [
        "enterprise", "member", "member", "member", "resident", "town",
    ]  # fmt: skip
    with pytest.raises(Refused, match="还没有邀请"):
        salons.invite(by=office_staff, salon=salon, members=guests, units=[unit], others=others)


def test_the_name_of_a_private_guest_is_sealed_told_to_nobody_and_can_be_erased(announced, office_staff):
    guest = announced.guests.get(role="resident")
    assert "张三丰" not in guest.name and guest.called == "张三丰"
    assert not Entry.objects.filter(data__contains="张三丰").exists()
    salons.forget_guest(by=office_staff, salon=announced, guest=guest, why="本人要求")
    guest = Guest.objects.get(pk=guest.pk)
    assert guest.name == "" and "抹去" in guest.called


def test_nobody_is_checked_in_before_the_day_and_no_salon_is_held_without_a_guest(announced, office_staff):
    with clock.at(EVENING - dt.timedelta(days=2)), pytest.raises(Refused, match="还没有到") as refusal:
        salons.check_in(by=office_staff, salon=announced, present=announced.guests.all())
    assert refusal.value.field == "present"
    with clock.at(EVENING), pytest.raises(Refused, match="还没有一位来宾签到"):
        salons.hold(by=office_staff, salon=announced)
    assert Salon.objects.get(pk=announced.pk).state == "announced"


def test_a_guest_of_another_salon_cannot_be_ticked(announced, plan, office_staff, guests):
    other = plan(theme="别的")
    salons.invite(by=office_staff, salon=other, members=guests[:1])
    with clock.at(EVENING), pytest.raises(Refused, match="本次沙龙的来宾"):
        salons.check_in(by=office_staff, salon=announced, present=other.guests.all())


def test_points_are_numbered_on_by_kind(held, office_staff):
    for lines in (["一", " ", "二"], ["三"]):
        salons.add_points(by=office_staff, salon=held, kind="measure", points=lines)
    salons.add_points(by=office_staff, salon=held, kind="suggestion", points=["甲"])
    told = [(p.kind, p.number, p.text) for p in Point.objects.order_by("kind", "number")]
    assert told == [("measure", 1, "一"), ("measure", 2, "二"), ("measure", 3, "三"), ("suggestion", 1, "甲")]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "", "points": ["一"]}, "kind"),
        ({"kind": "measure", "points": [" "]}, "points"),
        ({"kind": "measure", "points": ["长" * 401]}, "points"),
        ({"kind": "measure", "points": ["找张三，13812345678"]}, "points"),
    ],
)
def test_a_point_without_kind_or_words_or_with_a_telephone_is_refused(held, office_staff, fields, field):
    with pytest.raises(Refused) as refusal:
        salons.add_points(by=office_staff, salon=held, **fields)
    assert refusal.value.field == field


def test_the_table_itself_refuses_a_salon_without_host_or_place_and_a_public_one_without_words(salon):
    rows = Salon._base_manager.filter(pk=salon.pk)
    for broken in ({"office": None}, {"place": "", "venue": None}, {"published_on": dt.date(2023, 4, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)


def test_what_looks_like_personal_data_is_not_published(summarised, reviewer):
    with pytest.raises(Refused, match="疑似个人信息") as refusal:
        salons.publish(by=reviewer, salon=summarised, theme="眼镜", summary="打 13812345678", next_steps="写报告")
    assert refusal.value.field == "summary"
    assert not Salon.objects.get(pk=summarised.pk).is_public


def test_taking_back_closes_the_page_and_its_pictures(published, reviewer, office_staff, client):
    assert client.get(f"/salons/{published.pk}/").status_code == 200
    salons.take_back(by=reviewer, salon=published, why="有错字")
    assert client.get(f"/salons/{published.pk}/").status_code == 404
