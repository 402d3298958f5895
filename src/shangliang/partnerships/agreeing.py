"""What a joint record has come to: a pure function of what its sides have said, hence the same on every side.

Each side speaks for itself alone, and nothing it said is ever taken back or overwritten. Two sides that have heard the
same statements, in whatever order the links between them let those through, therefore see the same state: there is
no referee, no clock to be trusted, and no merge by hand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One statement: by which side, its how-manieth about this record, the step, and the version it means, if any."""

    side: str
    nth: int
    step: str
    about: str = ""


@dataclass(frozen=True)
class Heard:
    """All statements about one record, with its sides and the side that leads (or hosts) it."""

    said: tuple[Said, ...]
    sides: frozenset[str]
    lead: str

    def some(self, *steps: str) -> bool:
        """Whether any side took one of the steps."""
        return any(one.step in steps for one in self.said)

    def by_lead(self, step: str) -> bool:
        """Whether the leading side took the step."""
        return any(one.step == step and one.side == self.lead for one in self.said)

    def by_all(self, *steps: str) -> bool:
        """Whether every side took one of the steps."""
        return {one.side for one in self.said if one.step in steps} >= self.sides

    def by_others(self, *steps: str) -> bool:
        """Whether every side but the leading one took one of the steps."""
        return {one.side for one in self.said if one.step in steps} >= self.sides - {self.lead}

    def latest(self, side: str, *steps: str) -> Said | None:
        """The side's latest statement among these steps."""
        found = [one for one in self.said if one.side == side and one.step in steps]
        return max(found, key=lambda one: one.nth, default=None)

    def assented(self, proposal: str, assent: str) -> bool:
        """Whether every other side has assented to the very version that the leading side proposed last."""
        proposed = self.latest(self.lead, proposal)
        if proposed is None:
            return False
        agreed = {one.side for one in self.said if one.step == assent and one.about == proposed.about}
        return agreed >= self.sides - {self.lead}


def partnership(heard: Heard) -> str:
    """Proposed by one side; in force once all have accepted; any side may decline it, or end it later."""
    if heard.some("end"):
        return "ended"
    if heard.some("decline"):
        return "declined"
    return "active" if heard.by_all("propose", "accept") else "proposed"


def conference(heard: Heard) -> str:
    """The host plans, holds and minutes it; the others say that they come and confirm the minutes."""
    if heard.assented("minute", "confirm"):
        return "confirmed"
    if heard.by_lead("minute"):
        return "minuted"
    if heard.by_lead("hold"):
        return "held"
    if heard.by_lead("cancel"):
        return "cancelled"
    return "agreed" if heard.by_others("attend") else "planned"


def plan_item(heard: Heard) -> str:
    """Put forward by one side, planned once the others agree, worked on by all, completed or dropped by its lead."""
    if heard.some("refuse"):
        return "refused"
    if heard.by_lead("drop"):
        return "dropped"
    if not heard.by_all("put_forward", "agree"):
        return "proposed"
    if heard.by_lead("complete"):
        return "done"
    return "underway" if heard.some("progress") else "planned"


def activity(heard: Heard) -> str:
    """Planned, carried out or called off by its host; the later word of the host counts."""
    last = heard.latest(heard.lead, "plan", "carry_out", "call_off")
    return {"carry_out": "held", "call_off": "cancelled"}.get(last.step if last else "", "planned")


def joint_studio(heard: Heard) -> str:
    """Set up by one side, open once the others have joined, closed by any."""
    if heard.some("close"):
        return "closed"
    return "open" if heard.by_all("set_up", "join") else "proposed"


#: What a side last thought of taking part; approving is final, afterwards a side can only split off.
STANCES = ("raise", "take_up", "approve", "turn_down", "defer", "resume", "withdraw")


def matter(heard: Heard) -> str:
    """A joint topic or supervision project: approved by every side, then step by step as far as all have come."""
    stances = {side: heard.latest(side, *STANCES) for side in heard.sides}
    steps = {one.step for one in stances.values() if one}
    if heard.some("split"):
        return "split"
    if steps & {"turn_down", "withdraw"}:
        return "declined"
    if "defer" in steps:
        return "deferred"
    if not heard.by_all("approve"):
        raised = {one.side for one in heard.said if one.step == "raise"}
        answered = any(one for side, one in stances.items() if side not in raised)
        return "counter_review" if answered else "proposed"
    return _followed(heard)


def _followed(heard: Heard) -> str:
    """How far an agreed matter has come: the first gate that is still shut decides."""
    if not heard.by_lead("meet"):
        if heard.some("study"):
            return "joint_study"
        return "planned" if heard.by_lead("schedule") else "agreed"
    if not heard.assented("opine", "endorse"):
        return "consulted"
    if not heard.by_all("report"):
        return "joint_opinion"
    if not heard.by_lead("review"):
        return "tracking" if heard.some("track", "advance") else "dual_reported"
    return "closed" if heard.by_all("finish") else "reviewed"


RULES: dict[str, Callable[[Heard], str]] = {
    "partnership": partnership, "conference": conference, "planitem": plan_item, "activity": activity,
    "jointstudio": joint_studio, "matter": matter,
}  # fmt: skip


def state_of(kind: str, said: Iterable[Said], sides: Iterable[str], lead: str) -> str:
    """The state of a record of this kind (the name of its model), whatever the order of what was said."""
    return RULES[kind](Heard(tuple(said), frozenset(sides), lead))


#: Steps that only the leading side can take, and steps that only the others can; a neighbour is held to them too.
LEAD_ONLY = frozenset(
    {
        "plan", "hold", "minute", "cancel", "complete", "drop", "carry_out", "call_off", "schedule", "convene", "opine",
        "review",
    }
)
OTHERS_ONLY = frozenset(
    {"accept", "decline", "attend", "confirm", "agree", "refuse", "join", "endorse", "object"}
)


def may_say(step: str, side: str, lead: str) -> bool:
    """Whether a side can take this step of a record that ``lead`` leads."""
    if step in LEAD_ONLY:
        return side == lead
    return side != lead if step in OTHERS_ONLY else True
