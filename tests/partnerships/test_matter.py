"""A joint topic on both sides of the border, from the proposal to the joint conference."""

import datetime as dt

import pytest
from django.utils import timezone

from shangliang.agreements.models import Agreement
from shangliang.consultations import commands as consultations
from shangliang.consultations.models import Consultation
from shangliang.partnerships import commands, queries
from shangliang.partnerships.models import JointItem, Matter
from shangliang.people.tenancy import everywhere, within
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .conftest import LC, RC, hold, meet, mirror

AT = timezone.make_aware(dt.datetime(2023, 5, 8, 10, 0))


def test_both_party_committees_must_approve(sides, post, active, agreed):
    assert agreed.state == Matter.State.AGREED
    with within(sides.lc.committee):
        copy = mirror(sides.lc, agreed)
        assert copy.state == Matter.State.AGREED
        assert set(queries.numbers(copy)) == {RC, LC}
        assert queries.numbers(copy)[RC].startswith("RC-2023-")
        assert queries.numbers(copy)[LC].startswith("LC-2023-")
        assert queries.approvals(copy)[RC]["body"] == "区委"


@pytest.fixture
def met(sides, post, agreed):
    with within(sides.lc.committee):
        theirs = mirror(sides.lc, agreed)
        host = meet(sides.lc, theirs, AT, residents=9)
    post.carry()
    matter = mirror(sides.rc, agreed)
    guest = meet(sides.rc, matter, AT)
    post.carry()
    with within(sides.lc.committee):
        hold(sides.lc, host, AT)
    post.carry()
    guest.refresh_from_db()
    hold(sides.rc, guest, AT)
    post.carry()
    return mirror(sides.rc, agreed)


def test_one_sitting_is_in_both_registers_and_counts_once_in_the_sum(sides, met):
    assert met.state == Matter.State.CONSULTED
    (meeting,) = queries.meetings(met)
    assert {row.side for row in meeting.sides} == {RC, LC}
    count = queries.sessions([met])
    assert count.by_side == {RC: 1, LC: 1}
    assert count.together == 1
    assert meeting.present == 12 + 3
    with everywhere():
        own = Consultation.objects.filter(joint=meeting.sitting)
        assert own.count() == 2
        assert len({row.case.no for row in own}) == 2


def opine(sides, post, met):
    with within(sides.lc.committee), clock.at(AT):
        commands.opine(
            by=sides.lc.office, matter=mirror(sides.lc, met), text="从李家沟水库引水。",
            items=[
                (LC, "隆昌市水利局", dt.date(2023, 5, 19), "铺设引水管道"),
                (RC, "荣昌区水利局", dt.date(2023, 5, 19), "协助调度水量"),
            ],
        )
    post.carry()
    with clock.at(AT):
        commands.endorse(by=sides.rc.office, matter=mirror(sides.rc, met))
    post.carry()


def finish_papers(side, consultation):
    """Minutes drafted, confirmed, issued and reported on one side."""
    office = side.office
    consultations.draft_minutes(by=office, consultation=consultation, situation="缺水三百余亩", positions="都同意")
    consultations.circulate(by=office, consultation=consultation)
    for number, party in enumerate(("host", "residents", "responsible")):
        consultations.confirm(by=office, consultation=consultation, side=party, name=f"代表{number}", method="signed")
    consultations.issue(by=office, consultation=consultation)
    consultations.report(by=office, consultation=consultation, to="本级党委政府")


def test_each_side_takes_its_items_reports_and_finishes(sides, post, met):
    from shangliang.tasks import commands as tasks

    opine(sides, post, met)
    matter = mirror(sides.rc, met)
    assert matter.state == Matter.State.JOINT_OPINION
    assert [(i.owner, i.text) for i in matter.items.all()] == [(LC, "铺设引水管道"), (RC, "协助调度水量")]
    for side in (sides.rc, sides.lc):
        with within(side.committee), clock.at(AT):
            own = mirror(side, met)
            mine = own.items.get(owner=own.ours)
            commands.take_items(by=side.office, matter=own, units={mine.number: side.unit})
            assert JointItem.objects.get(pk=mine.pk).agreement.unit == side.unit
            finish_papers(side, Consultation.objects.get(joint=own.sittings.first().sitting))
        post.carry()
    assert mirror(sides.rc, met).state == Matter.State.DUAL_REPORTED
    with pytest.raises(Refused, match="没有办结|报送"), clock.at(AT):
        agreement = Agreement.objects.get(joint_item__matter=matter)
        tasks.assign(by=sides.rc.office, agreement=agreement, unit=sides.rc.unit, size="ordinary")
        commands.finish(by=sides.rc.office, matter=mirror(sides.rc, met))
    post.carry()
    with clock.at(AT + dt.timedelta(days=4)):
        commands.track(
            by=sides.rc.office, matter=mirror(sides.rc, met), kind="inspection", on=dt.date(2023, 5, 12),
            place="三合村", finding="已经通水。",
        )
    post.carry()
    with within(sides.lc.committee), clock.at(AT + dt.timedelta(days=9)):
        theirs = mirror(sides.lc, met)
        assert theirs.state == Matter.State.TRACKING
        assert theirs.items.get(owner=RC).progress
        assert theirs.trackings.get().finding == "已经通水。"
        commands.review(by=sides.lc.office, matter=theirs, words="已通水，见效。")
        commands.finish(by=sides.lc.office, matter=mirror(sides.lc, met), words="管护由村里接手")
    post.carry()
    with clock.at(AT + dt.timedelta(days=10)):
        assert mirror(sides.rc, met).state == Matter.State.REVIEWED
        commands.finish(by=sides.rc.office, matter=mirror(sides.rc, met), words="调度长期进行")
    post.carry()
    assert mirror(sides.rc, met).state == Matter.State.CLOSED
    with within(sides.lc.committee):
        assert mirror(sides.lc, met).state == Matter.State.CLOSED
