"""The village's decision: the quorum of every body at its boundary, notice, majority, and the guard before a task.

村民委员会组织法 arts 21 (ten days' notice), 22 (more than half of adults or two thirds of households), 26 (two thirds
of delegates), 28 (two thirds in a group); 重庆市实施办法 (delegates told three days before).
"""

import datetime as dt

import pytest

from shangliang.agreements import commands as agreements
from shangliang.agreements.models import Agreement, VillageDecision
from shangliang.journal.models import Entry
from shangliang.outcomes.models import Rating
from shangliang.people.roles import Role
from shangliang.rules import commands as rules
from shangliang.rules.models import Rule
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks.models import Task
from shangliang.topics.models import Topic
from shangliang.voices.models import Voice

from .. import factories, moves
from ..journeys import walk


def decide(by, agreement, body="delegates", entitled=30, present=20, in_favour=11, notice=10, **fields):
    today = clock.today()
    fields = {"noticed_on": today - dt.timedelta(days=notice), "held_on": today, "resolution": "同意每户三百元", **fields}
    agreements.decide(
        by=by, agreement=agreement, body=body, entitled=entitled, present=present, in_favour=in_favour, **fields
    )
    return Agreement.objects.get(pk=agreement.pk)


#: (body, entitled, the most that is too few, the fewest that is enough)
QUORUM = [
    ("assembly_adults", 100, 50, 51), ("assembly_adults", 101, 50, 51), ("assembly_households", 30, 19, 20),
    ("assembly_households", 100, 66, 67), ("delegates", 45, 29, 30), ("group_adults", 9, 5, 6),
    ("group_households", 3, 1, 2),
]


def test_the_quorum_of_each_body_is_the_laws(self_help, liaison):
    for body, entitled, too_few, enough in QUORUM:
        with pytest.raises(Refused, match="达不到法定人数"):
            decide(liaison, self_help, body, entitled, too_few, too_few)
        assert not VillageDecision.objects.exists()
        with moves.taken_back():
            item = Agreement.objects.get()
            assert decide(liaison, item, body, entitled, enough, enough).state == Agreement.State.DECIDED, body


def test_the_meeting_is_told_of_in_time(self_help, liaison):
    days = {"assembly_adults": 10, "assembly_households": 10, "delegates": 3, "group_adults": 0, "group_households": 0}
    for body, needed in days.items():
        says = f"提前 {needed} 天" if needed else "不能早于通知日期"
        with pytest.raises(Refused, match=says):
            decide(liaison, self_help, body, present=30, in_favour=30, notice=needed - 1)
        with moves.taken_back():
            item = Agreement.objects.get()
            assert decide(liaison, item, body, present=30, in_favour=30, notice=needed).decided_on == clock.today()


@pytest.mark.parametrize(("in_favour", "state"), [(10, "rejected_by_village"), (11, "decided")])
def test_more_than_half_of_those_present_decide(in_favour, state, self_help, liaison):
    assert decide(liaison, self_help, present=20, in_favour=in_favour).state == state
    assert VillageDecision.objects.get().in_favour == in_favour


def test_figures_that_cannot_be_are_refused(self_help, liaison):
    for fields, says in [
        ({"body": "street"}, "决议的形式"), ({"present": 31}, "人数对不上"), ({"in_favour": 21}, "人数对不上"),
        ({"present": 0, "in_favour": 0}, "人数对不上"), ({"in_favour": -1}, "人数对不上"),
        ({"resolution": " "}, "请写决议内容"), ({"held_on": dt.date(2200, 1, 1)}, "不能在将来"),
    ]:
        with pytest.raises(Refused, match=says):
            decide(liaison, self_help, **fields)
    assert Agreement.objects.get().state == Agreement.State.NEEDS_DECISION


def test_a_village_that_asks_more_than_the_law_is_obeyed(self_help, liaison, office_staff):
    rules.set_rule(by=office_staff, rule=Rule.objects.get(key="village.delegates.present"), value="0.75", why="村规民约")
    rules.set_rule(by=office_staff, rule=Rule.objects.get(key="village.delegates.notice"), value=5, why="村规民约")
    with pytest.raises(Refused, match="达不到法定人数"):
        decide(liaison, self_help, entitled=40, present=29, in_favour=29)
    with pytest.raises(Refused, match="提前 5 天"):
        decide(liaison, self_help, entitled=40, present=30, in_favour=30, notice=4)
    assert decide(liaison, self_help, entitled=40, present=30, in_favour=30, notice=5).state == "decided"


def test_no_rule_goes_below_the_law(committee, office_staff):
    for key, value in [
        ("village.delegates.present", "0.666"), ("village.meeting.adults", "0.499"), ("village.pass", "0.4"),
        ("village.meeting.households", "0.5"), ("village.group.present", "0.5"), ("village.meeting.notice", 9),
        ("village.delegates.notice", 2),
    ]:
        with pytest.raises(Refused, match="组织法"):
            rules.set_rule(by=office_staff, rule=Rule.objects.get(key=key), value=value, why="图省事")


def test_a_self_help_item_reaches_no_task_without_its_decision(self_help, liaison, office_staff, unit):
    with pytest.raises(Refused):
        walk.assigned(office_staff, self_help, unit)
    decided = decide(liaison, self_help)
    agreements.submit(by=liaison, agreement=decided)
    walk.assigned(office_staff, decided, unit)
    assert Task.objects.count() == 1
    assert Agreement.objects.get().state == Agreement.State.ASSIGNED


def test_even_a_submitted_item_without_the_decision_itself_is_refused(self_help, liaison, office_staff, unit):
    decided = decide(liaison, self_help)
    agreements.submit(by=liaison, agreement=decided)
    VillageDecision.objects.all().delete()
    with pytest.raises(Refused, match="没有达到法定人数的村民决议，不能交办"):
        walk.assigned(office_staff, decided, unit)


def test_only_the_villages_own_desk_enters_the_decision(self_help, strangers, unit_clerk, party_approver, county, committee):
    other = factories.account(Role.LIAISON, committee=committee, region=county.at["500153112"])
    for by in (*strangers.values(), unit_clerk, party_approver, other):
        with pytest.raises(Refused):
            decide(by, self_help)


def test_an_item_that_costs_nobody_anything_needs_no_decision(draft, held, liaison):
    walk.issued(liaison, held)
    with pytest.raises(Refused, match="不需要村民决议"):
        decide(liaison, Agreement.objects.get())


def test_a_village_that_says_no_ends_the_topic_and_its_people_are_told(self_help, liaison):
    decide(liaison, self_help, in_favour=5)
    voice = Voice.objects.get()
    assert Topic.objects.get().state == Topic.State.CLOSED
    assert voice.state == Voice.State.RESULT and voice.result_words.startswith("决议未过：每户投工")
    assert voice.case.stage == "ended"
    assert not Rating.objects.exists()
    entry = Entry.objects.get(event="agreements.decided")
    assert (entry.source, entry.target) == ("needs_decision", "rejected_by_village")
    assert entry.fields["body"] == "村民代表会议（经村民会议授权）"
