"""The ordinary course of a small matter, told by one row of matters.json, up to the step that the row names."""

import datetime as dt
import json
from pathlib import Path

from ..shared.calendar import DAY
from ..tasks import commands as tasks
from ..topics import commands as topics
from ..voices import commands as voices
from . import bodies
from .days import OfficeDays, evening
from .thread import Thread

#: The steps of the whole course with the days that pass before each.
STEPS = {
    "receive": 0, "propose": 2, "review": 1, "pool": 2, "submit": 1, "approve": 3, "convene": 2, "hold": 6,
    "minutes": 1, "confirm": 3, "report": 1, "assign": 4, "acknowledge": 1, "progress": 5, "reply": 9, "take_review": 1,
    "accept": 1, "rate": 3, "publish": 4,
}  # fmt: skip
#: What may happen instead of going on, with the step after which it happens and the days that pass.
TURNS = {
    "need_info": ("receive", 1), "answer": ("receive", 1), "refer": ("receive", 2), "guide": ("receive", 1),
    "decline": ("receive", 2), "info": ("receive", 2), "referred_result": ("receive", 12), "defer": ("pool", 4),
    "topic_declined": ("review", 3), "object": ("assign", 2), "extension": ("progress", 3),
    "promise": ("progress", 9), "cannot": ("acknowledge", 9),
}  # fmt: skip
#: Nobody keeps office hours on these.
ANY_DAY = {"receive", "hold", "rate"}


def rows() -> list[dict]:
    """The small matters, written by hand."""
    return json.loads(Path(__file__).with_name("matters.json").read_text(encoding="utf-8"))


def threads(cast, today: dt.date) -> list:
    """One generator for each row: those with ``ago`` end so many days before today, the others lie further back."""
    office_days = OfficeDays(dt.date(2023, 1, 1), today)
    past = [row for row in rows() if "ago" not in row]
    first, last = dt.date(2023, 2, 13), today - 120 * DAY
    made = []
    for n, row in enumerate(past):
        begins = first + (last - first) * n // len(past)
        made.append(Course(cast, row).live(office_days, begins))
    for row in rows():
        if "ago" in row:
            made.append(Course(cast, row).live(office_days, ends=today - row["ago"] * DAY))
    return made


def plan(until: str) -> list[tuple[str, int]]:
    """(step, day counted from the first) up to a step of STEPS or a turn of TURNS."""
    last, extra = TURNS.get(until, (until, 0))
    found, day = [], 0
    for step, gap in STEPS.items():
        day += gap
        found.append((step, day))
        if step == last:
            break
    return found + ([(until, day + extra)] if extra else [])


class Course:
    """One small matter on its way; each step is a method, its words come from the row."""

    def __init__(self, cast, row: dict):
        self.cast, self.row = cast, row
        self.thread = Thread(cast, row["key"], row["place"], row.get("venue", ""))
        town = next(town for town in cast.towns if self.thread.region.code.startswith(town.code))
        self.unit = row.get("unit") or bodies.office_of(town.name)

    def live(self, office_days, begins=None, ends=None):
        """The generator: from a first day on, or so that the last step falls on ``ends``."""
        steps = plan(self.row["until"])
        begins = begins or ends - steps[-1][1] * DAY
        for step, days in steps:
            day = begins + days * DAY
            if step == "hold":
                day = self.sitting
            elif step not in ANY_DAY:
                day = office_days.latest(day)
            if step == "convene":
                self.sitting = evening(begins + (days + STEPS["hold"]) * DAY, 15, 0)
            yield day
            getattr(self, step)()
            if step == self.row.get("published") and step != "publish":
                self.publish()

    def receive(self):
        """The voice, with a telephone where the row says so."""
        contact = {"name": "演示·群众", "phone": self.row["phone"]} if "phone" in self.row else {}
        by = {"liaison": self.thread.liaison, "member": self.cast.accounts["member"],
              "steward": self.cast.accounts["steward"]}.get(self.row.get("by"))
        self.thread.receive(self.row["text"], self.row.get("channel", "qr"), by, **contact)

    def propose(self):
        """The voice becomes a topic."""
        self.thread.propose(self.row["title"], self.row["gist"], self.row.get("category", "service"))

    def review(self):
        """Taken up."""
        self.thread.review()

    def pool(self):
        """Pooled."""
        self.thread.pool()

    def submit(self):
        """Before the Party committee."""
        self.thread.submit()

    def approve(self):
        """Approved."""
        self.thread.approve()

    def convene(self):
        """Everybody is told of the day."""
        units = list(dict.fromkeys([self.unit, *self.row.get("with", ())]))
        self.thread.convene(self.sitting, units, members=2 + len(self.row["key"]) % 3)

    def hold(self):
        """The consultation."""
        self.thread.hold(absent=len(self.row["key"]) % 2)

    def minutes(self):
        """The item and the minutes."""
        fields = self.row.get("fields", {})
        self.thread.agree(self.row["item"], self.unit, co_units=self.row.get("with", ()), **fields)
        self.thread.minutes(self.row["gist"], "各方意见已记录，逐项见约定。")

    def confirm(self):
        """The minutes stand."""
        self.thread.confirm()

    def report(self):
        """Reported."""
        self.thread.report()

    def assign(self):
        """The task."""
        self.thread.assign(self.unit, self.row.get("size", "ordinary"), self.row.get("with", ()))

    def acknowledge(self):
        """Acknowledged."""
        self.thread.acknowledge()

    def progress(self):
        """Under way."""
        self.thread.progress(self.row.get("progress", "已到现场看过，材料在备。"), self.row.get("scene", "yard"))

    def reply(self):
        """The unit's answer."""
        self.thread.reply(self.row["result"], self.row.get("scene", "yard"))

    def take_review(self):
        """The office looks at it."""
        tasks.take_review(by=self.thread.office, task=self.thread.task)

    def accept(self):
        """Accepted, in plain words."""
        tasks.accept(by=self.thread.office, task=self.thread.task, words=self.row["result"])

    def rate(self):
        """Rated by who raised it."""
        self.thread.rate(self.row.get("value", "satisfied"), self.row.get("comment", ""))

    def publish(self):
        """The public page."""
        self.thread.publish(self.row["title"], self.row["gist"])

    # --- turns

    def need_info(self):
        """More is asked for."""
        voices.ask_info(by=self.thread.liaison, voice=self.thread.voice, question=self.row["words"])

    def answer(self):
        """Answered at once."""
        voices.answer(by=self.thread.liaison, voice=self.thread.voice, words=self.row["words"])

    def refer(self):
        """Passed on."""
        voices.refer(by=self.thread.liaison, voice=self.thread.voice, to=self.row["to"], words=self.row["words"])

    def referred_result(self):
        """Passed on, and the result told."""
        self.refer()
        voices.give_result(by=self.thread.liaison, voice=self.thread.voice, words=self.row["result"])

    def guide(self):
        """Guided to a lawful channel."""
        voices.guide(by=self.thread.liaison, voice=self.thread.voice, channel=self.row["to"])

    def decline(self):
        """Not accepted."""
        voices.not_accept(by=self.thread.liaison, voice=self.thread.voice, ground=self.row["to"])

    def info(self):
        """Becomes information."""
        voices.turn_to_info(by=self.thread.liaison, voice=self.thread.voice, words=self.row["words"])

    def defer(self):
        """The topic waits for a day."""
        until = self.thread.topic.proposed_on + 400 * DAY
        topics.defer(by=self.thread.liaison, topic=self.thread.topic, until=until, why=self.row["words"])

    def topic_declined(self):
        """No topic after all: the voice is answered instead."""
        topics.decline(by=self.thread.liaison, topic=self.thread.topic, why=self.row["words"])
        self.answer()

    def object(self):
        """The unit says it is another's."""
        tasks.object(by=self.thread.clerk, task=self.thread.task, reason=self.row["words"])

    def extension(self):
        """The unit asks for more days."""
        tasks.request_extension(by=self.thread.clerk, task=self.thread.task, days=15, reason=self.row["words"])

    def promise(self):
        """A B answer whose promise is reported as kept and waits to be looked at."""
        due = self.sitting.date() + 90 * DAY
        self.thread.reply(self.row["result"], grade="B", promise=self.row["words"], promise_due=due)
        self.thread.accept(self.row["words"])
        tasks.keep_promise(by=self.thread.clerk, task=self.thread.task, report=self.row["words"])

    def cannot(self):
        """A C answer: what stands in the way and what would change it."""
        self.thread.reply(self.row["result"], grade="C", would_change=self.row["words"])
        self.thread.accept(self.row["result"])
