"""A salon on glasses, from the plan to the summary, on days that have passed."""

import datetime as dt

import pytest
from django.utils import timezone

from shangliang.people import commands as people
from shangliang.salons import commands as salons
from shangliang.salons.models import Salon
from shangliang.shared import clock
from tests import factories

PLANNED_ON = dt.date(2023, 2, 20)
EVENING = timezone.make_aware(dt.datetime(2023, 3, 10, 14, 30))


@pytest.fixture
def office(committee, office_staff):
    """经济委员会."""
    return people.add_office(by=office_staff, committee=committee, name="经济委员会")


@pytest.fixture
def guests(committee):
    """Three members of the committee."""
    return [factories.member(committee, name=f"来宾委员{n}") for n in "甲乙丙"]


@pytest.fixture
def plan(committee, office, office_staff, guests):
    """``plan(**changes)`` plans the salon on glasses."""

    def make(**changes):
        fields = {
            "by": office_staff, "committee": committee, "series": "economy", "theme": "眼镜产业发展",
            "question": "怎么留得住、长得大？", "office": office, "host": guests[0], "place": "产业园会议室",
            "starts_at": EVENING,
        }  # fmt: skip
        with clock.at(PLANNED_ON):
            return salons.plan(**{**fields, **changes})

    return make


@pytest.fixture
def salon(plan):
    """A planned salon."""
    return plan()


@pytest.fixture
def announced(salon, office_staff, guests, unit):
    """Told to three members, a street and two people put down by name."""
    with clock.at(PLANNED_ON):
        others = [("enterprise", "某镜架厂"), ("resident", "张三丰")]
        salons.invite(by=office_staff, salon=salon, members=guests, units=[unit], others=others)
        salons.announce(by=office_staff, salon=salon)
    return salon


@pytest.fixture
def held(announced, office_staff):
    """Held with four guests."""
    with clock.at(EVENING):
        present = list(announced.guests.order_by("pk"))[:4]
        salons.check_in(by=office_staff, salon=announced, present=present)
        salons.hold(by=office_staff, salon=announced)
    return announced


@pytest.fixture
def summarised(held, office_staff):
    """Held, with two measures and one suggestion, and summed up."""
    with clock.at(EVENING):
        salons.add_points(
            by=office_staff, salon=held, kind="measure", points=["成立领导小组。", "组建招商专班。"], made_by="企业代表"
        )
        salons.add_points(by=office_staff, salon=held, kind="suggestion", points=["成立协会。"])
        salons.summarise(by=office_staff, salon=held, summary="要有人牵头。", next_steps="写调研报告。")
    return held


@pytest.fixture
def published(summarised, reviewer):
    """The same with its public page open."""
    salons.publish(
        by=reviewer, salon=summarised, theme="眼镜产业发展", summary="要有人牵头。", next_steps="写调研报告。"
    )
    return Salon.objects.get(pk=summarised.pk)
