"""Holding a consultation: who came, attendances and persons apart, and half of them concerned."""

import datetime as dt

import pytest

from shangliang.consultations import commands as consultations
from shangliang.consultations.models import Attendance, Consultation
from shangliang.consultations.queries import people_counts, roll
from shangliang.journal.models import Entry
from shangliang.rules import commands as rules
from shangliang.rules.models import Rule
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic

from ..journeys import walk


def came(by, consultation, **counts):
    """Check in so many of each role."""
    here = []
    for role, n in counts.items():
        here += list(consultation.attendances.filter(role=role)[:n])
    consultations.check_in(by=by, consultation=consultation, present=here)


def test_a_consultation_without_a_roll_did_not_take_place(convened, liaison):
    consultations.open(by=liaison, consultation=convened)
    with pytest.raises(Refused, match="没有登记到会"):
        consultations.hold(by=liaison, consultation=convened)


@pytest.mark.parametrize(("stakeholders", "seats", "enough"), [(1, 1, True), (1, 2, False), (2, 2, True), (0, 1, False)])
def test_half_of_those_present_are_concerned(stakeholders, seats, enough, convened, liaison):
    came(liaison, convened, stakeholder=stakeholders, member=seats)
    if enough:
        consultations.hold(by=liaison, consultation=convened)
        assert Topic.objects.get().state == Topic.State.CONSULTED
        assert Consultation.objects.get().deadline.key == "minutes.issue"
    else:
        with pytest.raises(Refused, match="不到 50%，按规则不能算作协商"):
            consultations.hold(by=liaison, consultation=convened)


def test_a_third_means_a_third_although_three_decimals_are_stored(convened, liaison, office_staff):
    rule = Rule.objects.get(key="session.stakeholder_ratio")
    rules.set_rule(by=office_staff, rule=rule, value="0.334", why="试行")
    with pytest.raises(Refused):
        came(liaison, convened, stakeholder=1, member=2, town=1)
        consultations.hold(by=liaison, consultation=convened)
    rule.refresh_from_db()
    rules.set_rule(by=office_staff, rule=rule, value="0.333", why="三分之一")
    came(liaison, convened, stakeholder=1, member=2)
    consultations.hold(by=liaison, consultation=convened)
    assert roll(convened).stakeholder_share * 3 < 1.0001


def test_a_committee_that_makes_the_share_a_hint_may_hold(convened, liaison, office_staff):
    rule = Rule.objects.get(key="session.stakeholder_hard")
    rules.set_rule(by=office_staff, rule=rule, value=0, why="只作提示")
    came(liaison, convened, member=2)
    consultations.hold(by=liaison, consultation=convened)
    assert Entry.objects.get(event="consultations.held").fields["stakeholders"] == 0


def test_it_is_not_held_before_its_day(convened, liaison):
    came(liaison, convened, stakeholder=4)
    with clock.at(clock.now() - dt.timedelta(days=1)), pytest.raises(Refused, match="没到开会的日子"):
        consultations.hold(by=liaison, consultation=convened)


def test_who_came_who_was_excused_and_who_was_absent_are_entered_once_each(convened, liaison):
    people = list(convened.attendances.order_by("pk"))
    for _twice in range(2):
        consultations.check_in(by=liaison, consultation=convened, present=people[:3], excused=people[3:4])
    statuses = [a.status for a in convened.attendances.order_by("pk")]
    assert statuses == ["present"] * 3 + ["excused"] + ["absent"] * 3
    assert Entry.objects.filter(event="consultations.checked_in").count() == len(people)


def test_attendances_and_persons_are_counted_apart(held, liaison, courtyard, unit, members, topic):
    topics.reconsult(by=liaison, topic=Topic.objects.get(), why="再议一次")
    second = walk.convened(liaison, Topic.objects.get(), courtyard, unit, members)
    with clock.at(second.starts_at):
        walk.held(liaison, second)
    assert people_counts(Consultation.objects.all()) == (14, 7)
    assert people_counts(Consultation.objects.filter(pk=held.pk)) == (7, 7)


def test_only_those_present_count(convened, liaison):
    came(liaison, convened, stakeholder=2, member=1)
    found = roll(convened)
    assert (found.attendances, found.stakeholders, found.members) == (3, 2, 1)
    assert roll(convened, Attendance.Status.ABSENT).attendances == 4
