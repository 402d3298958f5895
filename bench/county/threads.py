"""A whole thread of the made-up county, from the topic to the rating, as far as time has come."""

import datetime as dt

from shangliang.agreements import events as agreed
from shangliang.agreements.models import Agreement
from shangliang.cases.events import CasePublished
from shangliang.consultations import events as met
from shangliang.consultations.models import Attendance, Consultation, Minutes
from shangliang.tasks import events as tasked
from shangliang.tasks.models import Reply, Task
from shangliang.topics import events as topical
from shangliang.topics.models import Approval, Topic, TopicSource
from shangliang.voices import events as voiced

from .endings import close, rate


class Thread:
    """One case on its way; each step happens on its day unless that lies in the future."""

    STEPS = [
        (3, "propose"), (6, "pool"), (12, "approve"), (15, "convene"), (22, "hold"), (26, "issue"),
        (28, "publish"), (30, "assign"), (32, "acknowledge"), (40, "progress"), (60, "reply"), (64, "accept"),
        (70, "end"),
    ]  # fmt: skip

    def __init__(self, filling, case, voice, opened):
        self.filling, self.case, self.voice, self.opened = filling, case, voice, opened
        self.by = f"account:{filling.register.office.pk}"
        self.pace = filling.random.uniform(0.7, 1.6)
        self.day = opened

    def live(self):
        """Take every step whose day has come."""
        for days, step in self.STEPS:
            self.day = self.opened + dt.timedelta(days=days * self.pace)
            if self.day > self.filling.last:
                break
            getattr(self, step)()
            self.case.updated_at = self.day

    def add(self, model, **fields):
        return self.filling.add(model, **fields)

    def say(self, event, about, *moved, role="政协办公室"):
        self.filling.ink.say(self.day, event, about, self.case.no, self.by, role, moved or ("", "", ""))
        self.case.stage = event.stage or self.case.stage

    def propose(self):
        case = self.case
        self.voice.deadline.ended_on = self.day.date()
        self.voice.state, self.voice.outcome_code = "topic", "topic"
        self.say(voiced.VoiceMadeTopic(), self.voice, "hand_to_topic", "screening", "topic")
        self.topic = self.add(
            Topic, case=case, state="reviewing", title=case.title[:60], summary=case.summary,
            category="service", region=case.region, venue=case.venue, proposed_on=self.day.date(),
            deadline=self.filling.deadline(case, "topic.review", self.day, 7),
        )  # fmt: skip
        self.add(TopicSource, topic=self.topic, kind="voice", voice=self.voice, added_on=self.day.date())
        self.say(topical.TopicProposed(title=self.topic.title, sources=1), self.topic)

    def pool(self):
        self.topic.state, self.topic.deadline.ended_on = "pooled", self.day.date()
        self.say(topical.TopicPooled(), self.topic, "pool", "reviewing", "pooled")

    def approve(self):
        self.topic.state = "approved"
        self.add(
            Approval, topic=self.topic, body="镇党委", decided_on=self.day.date(), paper_no="党委〔2025〕1号"
        )
        told = topical.TopicApproved(body="镇党委", decided_on=str(self.day.date()), paper_no="")
        self.say(told, self.topic, "approve", "submitted", "approved")

    def convene(self):
        self.topic.state = "scheduled"
        office, register = self.filling.register.office, self.filling.register
        self.venue = self.case.venue or register.venues[self.case.region_id]
        self.meeting = self.add(
            Consultation, case=self.case, topic=self.topic, state="convened", carrier="room", venue=self.venue,
            starts_at=self.day + dt.timedelta(days=7), convener=office, host=office, recorder=office,
        )  # fmt: skip
        for number, role in enumerate(["member", "member", *["stakeholder"] * 4, "town"]):
            person = f"{self.filling.random.randrange(6000):064d}"
            self.add(
                Attendance, consultation=self.meeting, role=role, status="present", person=person[:-1] + str(number),
                member=self.filling.random.choice(register.members) if role == "member" else None,
            )  # fmt: skip
        told = met.ConsultationConvened(day=str(self.day.date()), place=self.venue.name, warnings="")
        self.say(told, self.meeting, "convene", "planned", "convened")

    def hold(self):
        self.topic.state, self.meeting.state = "consulted", "held"
        self.say(met.ConsultationHeld(present=7, stakeholders=4, members=2), self.meeting, "hold", "in_session", "held")

    def issue(self):
        self.meeting.state, self.meeting.issued_on = "issued", self.day.date()
        self.add(
            Minutes, consultation=self.meeting, version=1, situation="已实地看过。", positions="群众：盼早修。",
            drafted_at=self.day, digest="sha256:bench",
        )  # fmt: skip
        self.say(met.MinutesIssued(version=1), self.meeting, "issue", "minutes_confirm", "issued")
        self.items = []
        for number in range(1, self.filling.random.randint(2, 3)):
            item = self.add(
                Agreement, case=self.case, consultation=self.meeting, number=number, state="submitted",
                kind="consensus", party="unit", unit=self.filling.random.choice(self.filling.register.units),
                text=f"{self.case.title}，一个月内办好，办好以后请反映人来看。", due_on=None,
            )  # fmt: skip
            self.items.append(item)
            told = agreed.AgreementConfirmed(number=number, text=item.text, due_on="")
            self.say(told, item, "confirm", "draft", "confirmed")

    def publish(self):
        self.case.state, self.case.published_on = "published", self.day.date()
        self.say(CasePublished(title=self.case.title), self.case, "publish", "private", "published")

    def assign(self):
        self.tasks = []
        for item in self.items:
            item.state = "assigned"
            due = self.filling.deadline(self.case, "task.due.ordinary", self.day, 30)
            task = self.add(
                Task, case=self.case, agreement=item, unit=item.unit, state="assigned", size="ordinary",
                assigned_on=self.day.date(), assigned_by=self.filling.register.office, deadline=due,
            )  # fmt: skip
            self.tasks.append(task)
            told = tasked.TaskAssigned(unit=item.unit.name, due_on=str(due.due_on), co_units="")
            self.say(told, task)

    def each_task(self, verb, state, event, role="承办单位"):
        for task in self.tasks:
            before, task.state = task.state, state
            self.say(event, task, verb, before, state, role=role)

    def acknowledge(self):
        self.each_task("acknowledge", "acknowledged", tasked.TaskAcknowledged())
        for task in self.tasks:
            task.acknowledged_on = self.day.date()

    def progress(self):
        self.each_task("progress", "in_progress", tasked.TaskProgressed(text="材料已到，正在施工。", photos=0))

    def reply(self):
        for task in self.tasks:
            task.replied_on, task.grade, task.deadline.ended_on = self.day.date(), "A", self.day.date()
            self.add(Reply, task=task, version=1, grade="A", text="已全部办好。", replied_on=self.day.date())
        told = tasked.TaskReplied(grade="A", text="已全部办好。", photos=0, would_change="")
        self.each_task("reply", "replied", told)

    def accept(self):
        words = "修好了，现场看过。"
        for task, item in zip(self.tasks, self.items, strict=True):
            task.result_words, item.state = words, "implemented"
        self.each_task("accept", "awaiting_evaluation", tasked.TaskAccepted(words=words, grade="A"), "政协办公室")
        self.voice.state, self.voice.result_words = "result", words
        self.say(voiced.VoiceResultGiven(words=words), self.voice, "give_result", "topic", "result")

    def end(self):
        rated = self.filling.random.random() < 0.6
        if rated:
            rate(self.filling, self.case, self.voice, self.day)
        close(self.filling, self.case, self.voice, self.day, rated)
        for task, item in zip(self.tasks, self.items, strict=True):
            task.state, task.closed_on, item.state = "closed", self.day.date(), "closed"
        self.topic.state, self.meeting.state = "closed", "archived"
        self.say(topical.TopicClosed(), self.topic, "close", "consulted", "closed")
