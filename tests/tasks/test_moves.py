"""Every verb of a task from every state, and by everybody who may not."""

import datetime as dt
from functools import partial

import pytest

from shangliang.people.actors import CLOCK
from shangliang.rules import commands as rules
from shangliang.shared import clock
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Extension, Objection, Promise, Task

from .. import factories, moves
from ..journeys import walk

MONDAY = dt.date(2023, 6, 12)
ACTS = {
    "acknowledge": lambda by, task, unit: tasks.acknowledge(by=by, task=task),
    "object": lambda by, task, unit: tasks.object(by=by, task=task, reason="不属于街道"),
    "uphold_objection": lambda by, task, unit: tasks.uphold_objection(by=by, task=task, unit=unit, why="应由城管局办"),
    "deny_objection": lambda by, task, unit: tasks.deny_objection(by=by, task=task, why="属地负责"),
    "progress": lambda by, task, unit: tasks.progress(by=by, task=task, text="已挖坑"),
    "request_extension": lambda by, task, unit: tasks.request_extension(by=by, task=task, days=10, reason="缺料"),
    "grant_extension": lambda by, task, unit: tasks.grant_extension(by=by, task=task),
    "deny_extension": lambda by, task, unit: tasks.deny_extension(by=by, task=task, why="还来得及"),
    "suspend": lambda by, task, unit: tasks.suspend(by=by, task=task, why="洪水"),
    "resume": lambda by, task, unit: tasks.resume(by=by, task=task),
    "reply": lambda by, task, unit: tasks.reply(by=by, task=task, grade="C", text="没钱", would_change="有资金"),
    "take_review": lambda by, task, unit: tasks.take_review(by=by, task=task),
    "send_back": lambda by, task, unit: tasks.send_back(by=by, task=task, why="没有照片"),
    "accept": lambda by, task, unit: tasks.accept(by=by, task=task, words="灯装好了。"),
    "track": lambda by, task, unit: tasks.accept(by=by, task=task, words="灯快装好了。"),
    "keep_promise": lambda by, task, unit: tasks.keep_promise(by=by, task=task, report="已兑现"),
    "check_promise": lambda by, task, unit: tasks.check_promise(by=by, task=task, words="灯装好了。"),
    "reject_promise": lambda by, task, unit: tasks.reject_promise(by=by, task=task, why="还差两盏"),
    "return_rated": lambda by, task, unit: tasks.return_rated(by=by, task=task, why="不满意"),
    "call_joint_review": lambda by, task, unit: tasks.return_rated(by=by, task=task, why="不满意"),
    "settle_joint_review": lambda by, task, unit: tasks.settle_joint_review(by=by, task=task, result="再装两盏"),
    "close": lambda by, task, unit: tasks.close(by=by, task=task, how="满意"),
}
UNITS_OWN = {"acknowledge", "object", "progress", "request_extension", "reply", "keep_promise"}
#: What stands behind a state besides the state.
BEHIND = {
    "objected": lambda task: Objection.objects.create(
        committee=task.committee, task=task, reason="不是我们", raised_on=MONDAY
    ),
    "extension_requested": lambda task: Extension.objects.create(
        committee=task.committee, task=task, days=10, reason="缺料", asked_on=MONDAY
    ),
}


def dress(verb):
    def put(task, state):
        if state in BEHIND:
            BEHIND[state](task)
        if state == "suspended":
            rules.pause_clock(by=CLOCK, deadline=task.deadline)
        grade = "B" if verb == "track" else "A"
        if verb in ("track", "keep_promise"):
            Promise.objects.create(committee=task.committee, task=task, text="七月底装完", due_on=dt.date(2023, 7, 31))
        closed = MONDAY if state == "closed" else None
        redone = 1 if verb == "call_joint_review" else 0
        return moves.put(task, state, grade=grade, replied_on=MONDAY, closed_on=closed, redone=redone)

    return put


@pytest.fixture
def other_unit(committee):
    """区城管局."""
    return factories.unit(committee, name="区城管局", kind="department")


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Task.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(task, other_unit, unit_clerk, office_staff):
    faults = []
    for verb, act in ACTS.items():
        by = unit_clerk if verb in UNITS_OWN else office_staff
        faults += moves.try_all(task, verb, partial(act, by, unit=other_unit), dress(verb))
    assert faults == []


def test_every_verb_is_refused_to_everybody_whose_step_it_is_not(
    task, other_unit, strangers, liaison, unit_clerk, office_staff, party_approver, member_account
):
    assigners, let_in = {"the office": office_staff, "the Party's desk": party_approver}, {}
    for verb, act in ACTS.items():
        people = strangers | {"the liaison": liaison, "a member": member_account}
        people |= assigners if verb in UNITS_OWN else {"the clerk of the unit": unit_clerk}
        thing = dress(verb)(task, next(iter(Task.MOVES[verb][0])))
        let_in[verb] = moves.refused_to(people, thing, partial(act, unit=other_unit))
    assert let_in == {verb: [] for verb in ACTS}


def test_the_system_follows_ratings_and_days(task, other_unit):
    for verb in ("close", "return_rated", "call_joint_review"):
        thing = dress(verb)(task, Task.State.AWAITING_EVALUATION)
        ACTS[verb](CLOCK, thing, other_unit)
        assert Task.objects.get(pk=task.pk).state == Task.MOVES[verb][1], verb


def test_only_assigners_give_a_task(lamp_agreement, strangers, liaison, unit_clerk, unit):
    _voice, item = lamp_agreement
    people = strangers | {"the liaison": liaison, "the clerk of the unit": unit_clerk}
    with clock.at(MONDAY):
        assert moves.refused_to(people, item, lambda by, a: walk.assigned(by, a, unit)) == []
