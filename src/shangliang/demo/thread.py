"""One thread of the demo: each method is one step of the work, taken by the account whose step it is."""

from ..agreements import commands as agreements
from ..agreements.models import Agreement
from ..cases import commands as cases
from ..consultations import commands as consultations
from ..consultations.models import Attendance, Confirmation, Consultation
from ..files.models import Attachment
from ..outcomes import commands as outcomes
from ..people.actors import ANYONE, ReceiptHolder
from ..shared import clock
from ..tasks import commands as tasks
from ..tasks.models import Task
from ..topics import commands as topics
from ..topics.models import Topic
from ..venues.models import Venue
from ..voices import commands as voices
from ..voices.models import Voice
from . import bodies, names
from .pictures import photo

KEY = "demo-{}"


class Thread:
    """A matter at a place, from the voice to the rating; records are read anew before each step."""

    def __init__(self, cast, key: str, place: str, venue: str = ""):
        self.cast, self.key, self.region = cast, key, cast.places[place]
        self.venue = cast.venues[venue] if venue else None
        self.liaison, self.approver = cast.liaison(self.region), cast.approver(self.region)
        self.office = cast.accounts["office"]
        self._kept: dict = {}

    def __getattr__(self, name):
        """The voice, topic, consultation, agreement or task of the thread, fresh from the database."""
        try:
            record = self.__dict__["_kept"][name]
        except KeyError:
            raise AttributeError(name) from None
        return type(record).objects.get(pk=record.pk)

    # --- voice

    def receive(self, text, channel="qr", by=None, **fields) -> Voice:
        """Somebody at the wall code, or a member or cadre for somebody."""
        voice, _code = voices.receive(
            by=by or ANYONE, committee=self.cast.committee, key=KEY.format(self.key), channel=channel, text=text,
            region=self.region, venue=self.venue, on_behalf=by is not None, **fields,
        )
        self._kept["voice"] = voice
        return voice

    def rate(self, value="satisfied", comment="") -> None:
        """The person who raised it, by the receipt."""
        outcomes.rate(by=ReceiptHolder(self.voice.pk), voice=self.voice, value=value, comment=comment)

    def reopen(self, why) -> None:
        """The person who raised it asks for it to be taken up again."""
        voices.reopen(by=ReceiptHolder(self.voice.pk), voice=self.voice, why=why)

    # --- topic

    def propose(self, title, gist, category=Topic.Category.SERVICE, source=None) -> None:
        """The liaison puts the topic forward, from the voice or another source."""
        from_voice = [self.voice] if source is None else []
        self._kept["topic"] = topics.propose(
            by=self.liaison, title=title, summary=gist, category=category, voices=from_voice, source=source,
            region=self.region, venue=self.venue,
        )

    def review(self) -> None:
        """The liaison takes the topic up."""
        topics.start_review(by=self.liaison, topic=self.topic)

    def pool(self) -> None:
        """The topic goes into the pool."""
        topics.pool(by=self.liaison, topic=self.topic)

    def submit(self) -> None:
        """The topic is laid before the Party committee of its level."""
        topics.submit(by=self.liaison, topic=self.topic)

    def approve(self) -> None:
        """The Party committee's desk enters its approval."""
        town = next((t for t in self.cast.towns if self.region.code.startswith(t.code)), None)
        body = bodies.party_of(town.name) if town else "中共荣昌区委"
        topics.approve(by=self.approver, topic=self.topic, body=body, decided_on=clock.today())

    # --- consultation

    def convene(self, starts_at, units, carrier="", members=3, villagers=6) -> None:
        """Plan and tell everybody: those concerned are at least half of those expected."""
        venue = self.venue or self.cast.room(self.region)
        carriers = Consultation.Carrier
        kinds = Venue.Kind
        usual = {kinds.COURTYARD: carriers.COURTYARD, kinds.STUDIO: carriers.STUDIO}
        default = usual.get(venue.kind, carriers.ROOM)
        meeting = consultations.plan(
            by=self.liaison, topic=self.topic, venue=venue, carrier=carrier or default, starts_at=starts_at,
            host=self.liaison, agenda=[("情况通报", 10), ("提问和解答", 20), ("协商", 40), ("读纪要、确认", 10)],
        )
        self._kept["consultation"] = meeting
        expect = {"by": self.liaison, "consultation": meeting}
        roles, first = Attendance.Role, meeting.pk * 5
        for n in range(villagers):
            name = names.VILLAGERS[(first + n) % len(names.VILLAGERS)]
            consultations.register(role=roles.STAKEHOLDER, name=name, **expect)
        for name in units:
            unit = self.cast.units[name]
            role = roles.TOWN if unit.kind == unit.Kind.TOWN else roles.DEPARTMENT
            consultations.register(role=role, unit=unit, name="负责人", **expect)
        for member in self._members(venue)[:members]:
            consultations.register(role=roles.MEMBER, member=member, **expect)
        consultations.convene(by=self.liaison, consultation=meeting)

    def _members(self, venue):
        linked = self.cast.serving[venue.pk]
        return linked or self.cast.members[venue.pk % 250 :]

    def hold(self, absent=0) -> None:
        """The evening itself; of those expected the last ``absent`` ask to be excused."""
        consultations.open(by=self.liaison, consultation=self.consultation)
        expected = list(self.consultation.attendances.order_by("pk"))
        here = len(expected) - absent
        consultations.check_in(
            by=self.liaison, consultation=self.consultation, present=expected[:here], excused=expected[here:]
        )
        consultations.hold(by=self.liaison, consultation=self.consultation)

    def agree(self, text, unit="", kind="consensus", party="unit", co_units=(), **fields) -> Agreement:
        """Put an item down while the minutes are written."""
        agreement = agreements.draft(
            by=self.liaison, consultation=self.consultation, kind=kind, party=party, text=text,
            unit=self.cast.units[unit] if unit else None, co_units=[self.cast.units[name] for name in co_units],
            **fields,
        )
        self._kept["agreement"] = agreement
        return agreement

    def minutes(self, situation, positions="") -> None:
        """The minutes, sent to the host and both sides."""
        consultations.draft_minutes(
            by=self.liaison, consultation=self.consultation, situation=situation, positions=positions,
            cited=list(self.consultation.agenda.exclude(statement=None)),
        )
        consultations.circulate(by=self.liaison, consultation=self.consultation)

    def confirm(self) -> None:
        """The host and both sides agree with the minutes, which are then issued."""
        for side in Confirmation.Side:
            consultations.confirm(
                by=self.liaison, consultation=self.consultation, side=side, name=names.VILLAGERS[0],
                method=Confirmation.Method.READ_BACK,
            )
        consultations.issue(by=self.liaison, consultation=self.consultation)

    def report(self, to="") -> None:
        """The minutes go to the Party committee and government of the level."""
        body = self.topic.approval.body
        consultations.report(by=self.liaison, consultation=self.consultation, to=to or body)

    # --- task

    def assign(self, unit, size=Task.Class.ORDINARY, co_units=(), agreement=None) -> Task:
        """The committee's office passes the item on to the unit."""
        agreement = Agreement.objects.get(pk=(agreement or self.agreement).pk)
        helpers = [self.cast.units[name] for name in co_units]
        return self.take(
            tasks.assign(
                by=self.office, agreement=agreement, unit=self.cast.units[unit], size=size, co_units=helpers
            )
        )

    def take(self, task) -> Task:
        """Go on with this task."""
        self._kept["task"] = task
        return task

    @property
    def clerk(self):
        """Who works for the unit of the task."""
        return self.cast.clerk(self.task.unit)

    def acknowledge(self) -> None:
        """The unit has it."""
        tasks.acknowledge(by=self.clerk, task=self.task)

    def progress(self, text, scene="") -> None:
        """The unit tells how far it is, with a picture from before the work."""
        photos = [photo(scene, after=False)] if scene else []
        tasks.progress(by=self.clerk, task=self.task, text=text, photos=photos)

    def reply(self, text, scene="", grade=Task.Grade.A, **fields) -> None:
        """The unit answers with its grade and a picture of the finished work."""
        photos = [photo(scene, after=True)] if scene else []
        tasks.reply(by=self.clerk, task=self.task, grade=grade, text=text, photos=photos, **fields)

    def accept(self, words) -> None:
        """The office looks at the answer and accepts it with the result in plain words."""
        tasks.take_review(by=self.office, task=self.task)
        tasks.accept(by=self.office, task=self.task, words=words)

    def publish(self, title, summary) -> None:
        """The reviewer opens the public page with the pictures of the work."""
        case = self.topic.case if "topic" in self._kept else self.voice.case
        photos = Attachment.objects.filter(case_no=case.no, is_public=False).order_by("pk")
        cases.publish(
            by=self.cast.accounts["reviewer"], case=case, title=title, summary=f"{summary}（演示数据）",
            photos=list(photos),
        )
