"""Two committees with an office each, and a post between them that carries what crosses."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest

from shangliang.consultations import commands as consultations
from shangliang.journal.models import Entry
from shangliang.partnerships import commands
from shangliang.partnerships.models import Matter, Partnership
from shangliang.people.actors import Neighbour
from shangliang.people.models import Committee
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.shared import clock
from shangliang.topics import commands as topics
from shangliang.venues.models import Venue
from tests import factories

RC, LC = "500153", "511083"


class Post:
    """Carries every statement that a side made to the other sides, in the order in which it was made."""

    def __init__(self):
        self.seen = Entry.objects.count()
        self.carried = []

    def waiting(self):
        rows = Entry.objects.filter(seq__gt=self.seen).order_by("seq")
        return [row for row in rows if row.kind and row.kind.crosses and not row.actor.startswith("side:")]

    def carry(self):
        """Deliver what was said since the last time, and what is said in answer to it."""
        while rows := self.waiting():
            self.seen = rows[-1].seq
            for row in rows:
                self.hand_over(row)

    def hand_over(self, row):
        origin = Committee.objects.select_related("region").get(pk=row.committee_id)
        joint = joint_of(row)
        for other in Committee.objects.exclude(pk=origin.pk):
            by = Neighbour(origin.region.code, origin.short_name)
            with within(other):
                commands.hear(
                    by=by, committee=other, side=origin.region.code, joint=joint, event=row.event,
                    at=dt.datetime.fromisoformat(row.at), told=json.loads(row.data),
                )
        self.carried.append((row.event, joint))


def joint_of(row) -> str:
    from django.apps import apps

    return apps.get_model(row.subject)._base_manager.get(pk=row.subject_id).joint


@pytest.fixture
def sides(committee, other_committee, village, county):
    """荣昌 (in scope) and 隆昌, each with its office, a Party desk, a unit, a member and a joint room."""
    made = {}
    for code, body, place in ((RC, committee, village), (LC, other_committee, county.at["511083104200"])):
        with within(body):
            office = factories.clerk_of_register(body)
            made[code] = SimpleNamespace(
                committee=body, office=office, place=place,
                party=factories.account(Role.PARTY_APPROVER, committee=body, name="审定岗"),
                unit=factories.unit(body, name=f"{body.region.name}水利局", kind="department"),
                member=factories.member(body, name=f"{body.region.name}委员"),
                other_member=factories.member(body, name=f"{body.region.name}委员乙"),
                venue=factories.courtyard(place, committee=body),
            )
    return SimpleNamespace(rc=made[RC], lc=made[LC])


@pytest.fixture
def post(sides):
    return Post()


def propose(sides, **changes):
    """荣昌 puts the partnership before 隆昌."""
    fields = {
        "title": "荣昌—隆昌共商平台", "others": [(LC, sides.lc.committee.name, "隆昌市政协")],
        "paper_title": "协同履职协议", "paper_no": "荣政协〔2023〕1号", "signed_on": dt.date(2023, 3, 1),
        "since": dt.date(2023, 3, 1), "until": dt.date(2026, 2, 28),
    } | changes
    return commands.propose(by=sides.rc.office, committee=sides.rc.committee, **fields)


@pytest.fixture
def active(sides, post):
    """The partnership, accepted by 隆昌."""
    with clock.at(dt.date(2023, 3, 2)):
        partnership = propose(sides)
        post.carry()
        with within(sides.lc.committee):
            copy = Partnership.objects.get(joint=partnership.joint)
            commands.accept(by=sides.lc.office, partnership=copy, signer="主席")
        post.carry()
    partnership.refresh_from_db()
    return partnership


def mirror(side, record):
    """The other side's copy of a joint record; use it within that side's committee."""
    return type(record).objects.select_related("committee__region").get(joint=record.joint)


def approve_topic(side, topic, on=dt.date(2023, 4, 24)):
    """The side's own Party committee approves its own topic in its usual way."""
    topics.start_review(by=side.office, topic=topic)
    topics.pool(by=side.office, topic=topic)
    topics.submit(by=side.office, topic=topic)
    topics.approve(by=side.party, topic=topic, body="区委", decided_on=on, paper_no="")


@pytest.fixture
def agreed(sides, post, active):
    """A matter raised by 荣昌, hosted by 隆昌, approved by both Party committees."""
    with clock.at(dt.date(2023, 4, 24)):
        matter = commands.raise_matter(
            by=sides.rc.office, committee=sides.rc.committee, partnership=active, kind="topic", lead=LC,
            title="三合村农田灌溉用水不足", summary="栽秧前缺水。", category="economy", region=sides.rc.place,
        )
        approve_topic(sides.rc, matter.topic)
        post.carry()
        with within(sides.lc.committee):
            copy = mirror(sides.lc, matter)
            commands.take_up(by=sides.lc.office, matter=copy, region=sides.lc.place)
            approve_topic(sides.lc, copy.topic)
        post.carry()
    return Matter.objects.select_related("committee__region", "topic__case").get(pk=matter.pk)


def meet(side, matter, at, *, residents=0):
    """The side holds its record of the sitting: two members, its unit, and so many who are concerned."""
    with clock.at(at - dt.timedelta(days=5)):
        if matter.we_lead:
            consultation = consultations.plan(
                by=side.office, topic=matter.topic, venue=side.venue, starts_at=at, carrier="joint_room",
                host=side.office,
            )
        else:
            sitting = matter.sittings.get(side=matter.lead)
            consultation = commands.join_sitting(
                by=side.office, matter=matter, sitting=sitting, venue=side.venue, host=side.office
            )
        for member in (side.member, side.other_member):
            consultations.register(by=side.office, consultation=consultation, role="member", member=member)
        consultations.register(
            by=side.office, consultation=consultation, role="department", unit=side.unit, name="局负责人"
        )
        for number in range(residents):
            consultations.register(
                by=side.office, consultation=consultation, role="stakeholder", name=f"村民{number}"
            )
        consultations.convene(by=side.office, consultation=consultation)
    return consultation


def hold(side, consultation, at):
    """Everybody came, and the sitting is entered as held."""
    with clock.at(at):
        consultations.check_in(
            by=side.office, consultation=consultation, present=list(consultation.attendances.all())
        )
        consultations.hold(by=side.office, consultation=consultation)


__all__ = ["LC", "RC", "Post", "Venue", "active", "agreed", "post", "sides"]
