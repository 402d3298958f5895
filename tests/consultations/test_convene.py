"""Planning, telling and moving a consultation: shortcomings need a reason, a new day lies ahead."""

import datetime as dt

import pytest

from shangliang.consultations import commands as consultations
from shangliang.consultations.models import Attendance, Consultation
from shangliang.journal.models import Entry
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.topics.models import Topic

from .. import factories, moves
from ..journeys import walk

ROLES = Attendance.Role


def plan(by, topic, venue, days=5):
    return consultations.plan(
        by=by, topic=topic, venue=venue, carrier="courtyard", host=by,
        starts_at=clock.now() + dt.timedelta(days=days), agenda=[("情况通报", 10), ("协商", 40)],
    )


@pytest.fixture
def planned(topic, liaison, courtyard):
    """Nobody is expected yet."""
    return plan(liaison, topic, courtyard)


def expect(by, consultation, stakeholders=0, members=(), unit=None):
    for n in range(stakeholders):
        consultations.register(by=by, consultation=consultation, role=ROLES.STAKEHOLDER, name=f"群众{n}")
    for member in members:
        consultations.register(by=by, consultation=consultation, role=ROLES.MEMBER, member=member)
    if unit:
        consultations.register(by=by, consultation=consultation, role=ROLES.TOWN, unit=unit, name="负责人")


def test_planning_schedules_the_topic_and_keeps_the_agenda(planned):
    assert Topic.objects.get().state == Topic.State.SCHEDULED
    assert list(planned.agenda.values_list("order", "title", "minutes")) == [(1, "情况通报", 10), (2, "协商", 40)]
    assert not planned.entered_late


def test_a_past_consultation_is_entered_late_and_says_so(topic, liaison, courtyard):
    with clock.at(clock.now() + dt.timedelta(days=4)):
        assert plan(liaison, topic, courtyard, days=-3).entered_late


def test_a_consultation_is_not_older_than_its_matter(topic, liaison, courtyard):
    with pytest.raises(Refused, match="不能早于这件事提出"):
        plan(liaison, topic, courtyard, days=-400)


def test_nobody_both_comes_and_is_excused(convened, liaison):
    people = list(convened.attendances.all())
    with pytest.raises(Refused, match="又到会又请假"):
        consultations.check_in(by=liaison, consultation=convened, present=people, excused=people[:1])


def test_only_handlers_of_the_place_plan(topic, courtyard, strangers, unit_clerk, party_approver):
    people = strangers | {"unit": unit_clerk, "Party": party_approver}
    assert moves.refused_to(people, topic, lambda by, t: plan(by, t, courtyard)) == []


def test_a_topic_that_is_not_approved_is_not_planned(topic, liaison, courtyard):
    with pytest.raises(Refused, match="现在的状态"):
        plan(liaison, moves.put(topic, "pooled"), courtyard)
    assert not Consultation.objects.exists()


def test_every_shortcoming_is_named_and_a_reason_overrides_and_stays(planned, liaison):
    with pytest.raises(Refused) as refused:
        consultations.convene(by=liaison, consultation=planned)
    said = str(refused.value)
    assert "委员不足 2 人" in said and "没有责任单位" in said and "利益相关方不到" in said
    assert refused.value.field == "override"
    consultations.convene(by=liaison, consultation=planned, override="防汛抢险，当晚就议")
    entry = Entry.objects.get(event="consultations.convened")
    assert entry.why == "防汛抢险，当晚就议" and "没有责任单位参加。" in entry.fields["warnings"]


@pytest.mark.parametrize(("days", "enough"), [(2, False), (3, True)])
def test_three_days_of_notice_are_the_rule_of_a_courtyard(days, enough, topic, liaison, courtyard, members, unit):
    consultation = plan(liaison, topic, courtyard, days=days)
    expect(liaison, consultation, 3, members, unit)
    if enough:
        consultations.convene(by=liaison, consultation=consultation)
        assert Consultation.objects.get().override_reason == ""
    else:
        with pytest.raises(Refused, match="通知时间不足 3 天。如仍要召开"):
            consultations.convene(by=liaison, consultation=consultation)


@pytest.mark.parametrize(("stakeholders", "enough"), [(2, False), (3, True)])
def test_half_of_those_expected_are_concerned(stakeholders, enough, planned, liaison, members, unit):
    expect(liaison, planned, stakeholders, members, unit)
    if enough:
        consultations.convene(by=liaison, consultation=planned)
        assert Consultation.objects.get().state == Consultation.State.CONVENED
    else:
        with pytest.raises(Refused, match="^利益相关方不到规定比例。如仍"):
            consultations.convene(by=liaison, consultation=planned)


def test_the_same_person_is_expected_once_in_whatever_role(planned, liaison, members):
    expect(liaison, planned, 1, members[:1])
    for fields in ({"role": ROLES.RESIDENT, "name": "群众0"}, {"role": ROLES.EXPERT, "member": members[0]}):
        with pytest.raises(Refused, match="已经登记过了"):
            consultations.register(by=liaison, consultation=planned, **fields)


@pytest.mark.parametrize(("fields", "says"), [({"role": "member", "name": " "}, "填写姓名"), ({"role": "x", "name": "某"}, "请选择身份")])
def test_somebody_is_expected_by_role_and_name(fields, says, planned, liaison):
    with pytest.raises(Refused, match=says):
        consultations.register(by=liaison, consultation=planned, **fields)


def test_a_name_is_sealed_and_only_the_key_tells_the_same_person(planned, liaison):
    consultations.register(by=liaison, consultation=planned, role=ROLES.STAKEHOLDER, name="宪某")
    row = Attendance.objects.get()
    assert row.name.startswith("aes256gcm:") and len(row.person) == 64
    assert not Entry.objects.filter(data__contains="宪某").exists()


def test_a_new_day_lies_ahead_and_has_a_reason(convened, liaison):
    later, past = clock.now() + dt.timedelta(days=3), clock.now()
    with pytest.raises(Refused, match="要在现在之后"):
        consultations.postpone(by=liaison, consultation=convened, starts_at=past, why="下雨")
    with pytest.raises(Refused, match="为什么延期"):
        consultations.postpone(by=liaison, consultation=convened, starts_at=later, why="")
    with pytest.raises(Refused, match="为什么取消"):
        consultations.cancel(by=liaison, consultation=convened, why="")
    consultations.postpone(by=liaison, consultation=convened, starts_at=later, why="下雨")
    consultations.convene(by=liaison, consultation=convened)
    assert Consultation.objects.get().starts_at == later


def test_a_cancelled_consultation_sets_its_topic_free(convened, liaison):
    consultations.cancel(by=liaison, consultation=convened, why="已经解决")
    assert Topic.objects.get().state == Topic.State.APPROVED
    assert Entry.objects.get(event="consultations.cancelled").why == "已经解决"


def test_after_an_adjournment_those_who_came_are_expected_again(convened, liaison):
    consultations.open(by=liaison, consultation=convened)
    consultations.check_in(by=liaison, consultation=convened, present=list(convened.attendances.all()))
    with pytest.raises(Refused, match="要在现在之后"):
        consultations.adjourn(by=liaison, consultation=convened, why="缺图纸", starts_at=clock.now())
    with pytest.raises(Refused, match="为什么休会"):
        consultations.adjourn(by=liaison, consultation=convened, why="", starts_at=clock.now() + dt.timedelta(days=4))
    consultations.adjourn(by=liaison, consultation=convened, why="缺图纸", starts_at=clock.now() + dt.timedelta(days=4))
    consultations.convene(by=liaison, consultation=convened)
    assert Consultation.objects.get().override_reason == ""


def test_nobody_is_expected_after_the_end(held, liaison):
    with pytest.raises(Refused, match="不能再登记参会人"):
        consultations.register(by=liaison, consultation=held, role=ROLES.RESIDENT, name="来晚了")


def test_the_liaison_of_the_venues_town_helps_to_run_it(committee, county, liaison, topic, convened):
    helper = factories.account("liaison", committee=committee, region=county.at["500153005"])
    walk.held(helper, convened)
    assert Consultation.objects.get().state == Consultation.State.HELD
