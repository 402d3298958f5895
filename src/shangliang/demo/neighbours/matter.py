"""Scenes of a joint matter: the water of 三合村 and the river, each step by its own side's people."""

from ...agreements.models import Agreement
from ...consultations import commands as consultations
from ...consultations.models import Consultation
from ...partnerships import commands as joint
from ...partnerships.models import Partnership
from ...partnerships.queries import has_said
from ...shared import clock
from ...tasks import commands as tasks
from ...tasks.models import Task
from ...topics import commands as topics
from ...topics.models import Topic
from .. import names
from .sides import NEIJIANG, RONGCHANG, VILLAGE
from .story import RIVER, WATER, WATER_GIST


def voice(s):
    """A villager of 三合村 speaks at the wall of the courtyard."""
    thread = s.thread(WATER)
    thread.venue = s.cast.venues["三合大院子"]
    thread.receive("再过二十天就要栽秧，田里还没有水，上游的水库离我们只有一公里多。", channel="qr")
    thread.propose(WATER, WATER_GIST, Topic.Category.ECONOMY)
    thread.venue = s.cast.venues["内荣农高区先行区协商室"]


def raise_water(s):
    joint.raise_matter(
        by=s.office, committee=s.committee, partnership=s.find(Partnership), kind="topic", lead=NEIJIANG.region,
        topic=s.thread(WATER).topic,
    )


def raise_river(s):
    joint.raise_matter(
        by=s.office, committee=s.committee, partnership=s.find(Partnership), kind="supervision",
        lead=RONGCHANG.region, title=RIVER, summary="沿河排口、禁渔和漂浮物，两地一起看、一起督。",
        category="governance", region=s.cast.places[s.side.town],
    )
    s.thread(RIVER)._kept["topic"] = s.matter(RIVER).topic


def take_up(s, title):
    matter = s.matter(title)
    place = VILLAGE if title == WATER else s.side.town
    joint.take_up(by=s.office, matter=matter, region=s.cast.places[place])
    s.thread(title)._kept["topic"] = s.matter(title).topic


def approve(s, title):
    """Our own Party committee, in its usual way."""
    topic = s.matter(title).topic
    topics.start_review(by=s.office, topic=topic)
    topics.pool(by=s.office, topic=topic)
    topics.submit(by=s.office, topic=topic)
    topics.approve(
        by=s.cast.accounts["party"], topic=topic, body=s.side.party, decided_on=clock.today(), paper_no=""
    )


def schedule(s, title, due):
    joint.schedule(by=s.office, matter=s.matter(title), due_on=due)


def study(s, title, place, findings):
    joint.study(by=s.office, matter=s.matter(title), on=clock.today(), place=place, findings=findings)


def convene(s, title, starts, villagers):
    """Plan our record of the sitting and tell everybody; the guest's is put down for the host's sitting."""
    matter, thread = s.matter(title), s.thread(title)
    if matter.we_lead:
        units = s.side.units[:2]
        thread.convene(starts, units, Consultation.Carrier.JOINT_ROOM, members=2, villagers=villagers)
        return
    sitting = matter.sittings.get(side=matter.lead)
    meeting = joint.join_sitting(by=s.office, matter=matter, sitting=sitting, venue=thread.venue, host=s.office)
    thread._kept["consultation"] = meeting
    for member in s.cast.members[:2]:
        consultations.register(by=s.office, consultation=meeting, role="member", member=member)
    unit = s.cast.units[s.side.units[0]]
    consultations.register(by=s.office, consultation=meeting, role="department", unit=unit, name="负责人")
    for name in names.VILLAGERS[-3:]:
        consultations.register(by=s.office, consultation=meeting, role="stakeholder", name=name)
    consultations.convene(by=s.office, consultation=meeting)


def hold(s, title):
    s.thread(title).hold()


def opine(s, title, text, items):
    joint.opine(by=s.office, matter=s.matter(title), text=text, items=items)


def endorse(s, title):
    joint.endorse(by=s.office, matter=s.matter(title))


def papers(s, title, situation):
    """Our items become our agreed items; our minutes are confirmed, issued and laid before our own Party committee."""
    matter, thread = s.matter(title), s.thread(title)
    mine = matter.items.filter(owner=matter.ours)
    joint.take_items(by=s.office, matter=matter, units={item.number: s.cast.units[item.unit] for item in mine})
    thread.minutes(situation, "两地部门和村民代表都同意。")
    thread.confirm()
    thread.report(f"{s.side.party}、{s.committee.region.name}人民政府")


def assign(s, title):
    for agreement in Agreement.objects.filter(joint_item__matter=s.matter(title)).select_related("unit"):
        s.thread(title).assign(agreement.unit.name, Task.Class.IMMEDIATE, agreement=agreement)
        s.thread(title).acknowledge()


def finish_task(s, title, text, words, scene="canal"):
    thread = s.thread(title)
    thread.reply(text, scene)
    thread.accept(words)


def rate(s, title):
    s.thread(title).rate("satisfied", "水来得正是时候")


def close_task(s, title):
    tasks.close(by=s.office, task=s.thread(title).task, how="参会各方满意")


def publish_case(s, title, gist):
    s.thread(title).publish(title, gist)


def track(s, title, kind, place, finding):
    joint.track(by=s.office, matter=s.matter(title), kind=kind, on=clock.today(), place=place, finding=finding)


def review(s, title, words):
    joint.review(by=s.office, matter=s.matter(title), words=words)


def finish(s, title, words=""):
    matter = s.matter(title)
    if not has_said(matter, matter.ours, "finish"):
        joint.finish(by=s.office, matter=matter, words=words)
