"""Two or three sides that speak for themselves come to the same, whatever the links between them do to the order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangliang.partnerships import models
from shangliang.partnerships.agreeing import LEAD_ONLY, OTHERS_ONLY, RULES, Heard, Said, may_say, state_of

MODELS = {
    "partnership": (models.Partnership, "propose"), "conference": (models.Conference, "plan"),
    "planitem": (models.PlanItem, "put_forward"), "activity": (models.Activity, "plan"),
    "jointstudio": (models.JointStudio, "set_up"), "matter": (models.Matter, "raise"),
}
LOCAL = {"publish", "take_back", "join_sitting", "take_items"}
#: What a side says once; further ones are refused by the commands.
ONCE = {"approve", "finish", "report", "split", "schedule"}
LEAVING = {"turn_down", "withdraw", "defer"}


class Side:
    """One replica: what it has heard, and the lines to the others (each keeps its order)."""

    def __init__(self, code, kind, sides, lead):
        self.code, self.kind, self.sides, self.lead = code, kind, sides, lead
        self.heard, self.lines, self.states = [], {other: [] for other in sides if other != code}, []

    @property
    def state(self):
        return state_of(self.kind, self.heard, self.sides, self.lead)

    def say(self, step, about=""):
        nth = sum(one.side == self.code for one in self.heard) + 1
        self.note(Said(self.code, nth, step, about))
        for line in self.lines.values():
            line.append(self.heard[-1])

    def note(self, said):
        self.heard.append(said)
        self.states.append(self.state)

    def has_said(self, *steps):
        return any(one.side == self.code and one.step in steps for one in self.heard)

    def steps(self):
        moves = MODELS[self.kind][0].MOVES
        return [step for step, (sources, _t) in moves.items() if self.state in sources and self.may(step)]

    def may(self, step):
        if step in LOCAL or not may_say(step, self.code, self.lead) or (step in ONCE and self.has_said(step)):
            return False
        if step in LEAVING and self.has_said("approve"):
            return False
        return not (step == "split" and self.has_said("finish"))

    def version(self, step):
        proposed = [one for one in self.heard if one.step in ("minute", "opine")]
        latest = max((one for one in proposed if one.side == self.lead), key=lambda one: one.nth, default=None)
        return latest.about if latest and step in ("confirm", "endorse", "object") else ""


def live(kind, seed, number, length):
    """A random life: sides take steps that their own view allows, lines deliver when they like; then all is delivered."""
    chance = random.Random(seed)
    codes = ["5001", "5110", "5105"][:number]
    lead = chance.choice(codes)
    first = lead if kind != "matter" else chance.choice(codes)
    sides = {code: Side(code, kind, codes, lead) for code in codes}
    sides[first].say(MODELS[kind][1])
    for turn in range(length):
        side = sides[chance.choice(codes)]
        open_lines = [(a, b) for a in codes for b, line in sides[a].lines.items() if line]
        if open_lines and chance.random() < 0.6:
            deliver(sides, *chance.choice(open_lines))
        elif side.heard and (steps := side.steps()):
            step = chance.choice(steps)
            about = f"v{turn}" if step in ("minute", "opine") else side.version(step)
            side.say(step, about)
    while open_lines := [(a, b) for a in codes for b, line in sides[a].lines.items() if line]:
        deliver(sides, *chance.choice(open_lines))
    return sides


def deliver(sides, origin, to):
    sides[to].note(sides[origin].lines[to].pop(0))


@pytest.mark.parametrize("kind", sorted(RULES))
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9), number=st.sampled_from([2, 3]), length=st.integers(0, 80))
def test_all_sides_come_to_the_same(kind, seed, number, length):
    sides = live(kind, seed, number, length)
    assert len({side.state for side in sides.values()}) == 1
    assert len({frozenset(side.heard) for side in sides.values()}) == 1
    assert sides.keys() >= {one.side for side in sides.values() for one in side.heard}


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9), number=st.sampled_from([2, 3]), length=st.integers(20, 160))
def test_a_joint_matter_goes_no_further_than_every_side_has_come(seed, number, length):
    sides = live("matter", seed, number, length)
    for side in sides.values():
        heard = Heard(tuple(side.heard), frozenset(side.sides), side.lead)
        if side.state in {"agreed", "planned", "joint_study", "consulted", "joint_opinion", "closed"}:
            assert heard.by_all("approve")
        if side.state in {"dual_reported", "tracking", "reviewed", "closed"}:
            assert heard.by_all("report")
            assert heard.assented("opine", "endorse")
        if side.state == "closed":
            assert heard.by_all("finish")


@pytest.mark.parametrize("kind", sorted(RULES))
def test_every_state_is_reached_by_some_life(kind):
    wanted, reached = set(MODELS[kind][0].State.values), set()
    for seed in range(6000):
        for side in live(kind, seed, 2, 10 + seed % 150).values():
            reached |= set(side.states)
        if reached >= wanted:
            break
    assert reached == wanted


def test_the_order_of_the_lines_does_not_matter():
    said = [
        Said("A", 1, "raise"), Said("B", 1, "take_up"), Said("A", 2, "approve"), Said("B", 2, "approve"),
        Said("B", 3, "meet"), Said("B", 4, "opine", "v1"), Said("A", 3, "meet"), Said("A", 4, "endorse", "v1"),
        Said("A", 5, "report"), Said("B", 5, "report"), Said("B", 6, "review"), Said("A", 6, "finish"), Said("B", 7, "finish"),
    ]
    chance = random.Random(5)
    for _round in range(200):
        shuffled = chance.sample(said, len(said))
        assert state_of("matter", shuffled, ["A", "B"], "B") == "closed"


def test_an_assent_to_an_earlier_version_does_not_carry_over():
    said = [
        Said("B", 1, "raise"), Said("A", 1, "approve"), Said("B", 2, "approve"), Said("B", 3, "meet"),
        Said("B", 4, "opine", "v1"), Said("A", 2, "endorse", "v1"),
    ]
    assert state_of("matter", said, ["A", "B"], "B") == "joint_opinion"
    said.insert(5, Said("B", 5, "opine", "v2"))
    assert state_of("matter", said, ["A", "B"], "B") == "consulted"
    assert state_of("matter", [*said, Said("A", 3, "endorse", "v2")], ["A", "B"], "B") == "joint_opinion"


def test_no_side_can_take_a_step_that_is_the_others():
    assert not LEAD_ONLY & OTHERS_ONLY
    for step in LEAD_ONLY:
        assert may_say(step, "A", "A") and not may_say(step, "B", "A")
    for step in OTHERS_ONLY:
        assert may_say(step, "B", "A") and not may_say(step, "A", "A")


def test_a_rule_that_listens_to_the_clock_would_be_noticed(monkeypatch):
    """The harness turns red when the state depends on the order in which things arrived."""
    monkeypatch.setitem(RULES, "matter", lambda heard: "deferred" if heard.said[-1].step == "defer" else "proposed")
    lives = (live("matter", seed, 3, 30) for seed in range(300))
    assert any(len({side.state for side in sides.values()}) > 1 for sides in lives)
