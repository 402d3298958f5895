"""The story of both sides, step by step: who does what on which day, always with an account of that side.

The article gives the room, the water of 三合村 (agreed on 8 May 2023, running four days later), the yearly conference,
joint supervision and the studio of 双昌; other days, wordings and names are made up.
"""

import datetime as dt

from ...agreements.models import Agreement
from ...consultations import commands as consultations
from ...consultations.models import Consultation
from ...federation import byhand
from ...partnerships import commands as joint
from ...partnerships.models import Activity, Conference, JointStudio, Matter, Partnership, PlanItem
from ...partnerships.queries import has_said
from ...shared import clock
from ...studios import commands as studios
from ...studios.models import Studio
from ...tasks import commands as tasks
from ...tasks.models import Task
from ...tick import work
from ...topics import commands as topics
from ...topics.models import Topic
from ..days import evening
from ..thread import Thread
from .sides import NEIJIANG, RONGCHANG, VILLAGE

RC, NJ = RONGCHANG.key, NEIJIANG.key
WATER = "三合村农田灌溉用水不足"
WATER_GIST = "栽秧前缺水，渠道年久失修；李家沟水库在上游，调度涉及两地，请一起商量。"
RIVER = "濑溪河流域水环境联合监督"
MEETS = evening(dt.date(2023, 5, 8), 10, 0)


def day(month, number, year=2023):
    """A day of the story."""
    return dt.date(year, month, number)


FIRST = evening(day(3, 20), 14, 30)


class Stage:
    """One side on its stage: its cast, and the threads of its own cases."""

    def __init__(self, side, cast):
        self.side, self.cast, self.threads = side, cast, {}
        self.office, self.committee = cast.accounts["office"], cast.committee

    def thread(self, key) -> Thread:
        """Our own thread of a joint matter."""
        if key not in self.threads:
            made = Thread(self.cast, key, VILLAGE)
            made.liaison = self.office
            made.venue = next(iter(self.cast.venues.values()))
            self.threads[key] = made
        return self.threads[key]

    def find(self, model, **which):
        """Our copy of a joint record."""
        rows = model.objects.select_related("committee__region")
        return rows.get(**which)

    def matter(self, title) -> Matter:
        """Our copy of a joint matter."""
        return Matter.objects.select_related("committee__region", "topic__case").get(title=title)


# --- the partnership and its conference ---


def propose(s):
    joint.propose(
        by=s.office, committee=s.committee, title="荣昌—内江“有事来协商”共商平台",
        others=[(NEIJIANG.region, NEIJIANG.name, NEIJIANG.short)], paper_title="协同履职协议",
        paper_no="荣政协发〔2023〕8号", signed_on=day(3, 1), since=day(3, 1), until=day(2, 28, 2026),
    )


def accept(s):
    joint.accept(by=s.office, partnership=s.find(Partnership), signer="主席")


def publish(s):
    joint.publish(by=s.cast.accounts["reviewer"], partnership=s.find(Partnership))


def plan_conference(s, starts=FIRST, place="荣昌区政协协商议政厅"):
    agenda = "通报上年合作情况\n商定协同议题\n商定联合监督项目\n商定合作计划"
    joint.plan_conference(
        by=s.office, committee=s.committee, partnership=s.find(Partnership), year=starts.year, starts_at=starts,
        place=place, agenda=agenda,
    )


def _conference(s):
    return Conference.objects.select_related("committee__region", "partnership").order_by("-starts_at")[0]


def attend(s):
    joint.attend(by=s.office, conference=_conference(s))


def hold_conference(s):
    joint.hold(by=s.office, conference=_conference(s))


def minute(s, decisions=None):
    decisions = decisions or [
        ("把三合村农田灌溉用水列为协同议题，由内江市政协主办", NEIJIANG.region),
        ("濑溪河流域水环境作为年度联合监督项目，由荣昌区政协牵头", RONGCHANG.region),
        ("共建“双昌”合作示范园委员工作室", ""),
        ("社情民意信息每季度互通一次", ""),
    ]
    joint.minute(
        by=s.office, conference=_conference(s), decisions=decisions,
        minutes="两地政协通报了合作情况，逐项商定了协同议题、联合监督项目和合作计划。",
    )


def confirm(s):
    joint.confirm(by=s.office, conference=_conference(s))


# --- plan, activities, studio ---


def put_forward(s):
    partnership = s.find(Partnership)
    joint.put_forward(
        by=s.office, committee=s.committee, partnership=partnership, kind="project", due_on=day(12, 20),
        title="推动“双昌”合作示范园智慧猪场和稻渔基地建设",
    )
    joint.put_forward(
        by=s.office, committee=s.committee, partnership=partnership, kind="other", due_on=day(11, 30),
        title="社情民意信息季度互通机制",
    )


def agree(s):
    for item in PlanItem.objects.select_related("committee__region").filter(state="proposed"):
        joint.agree(by=s.office, planitem=item)


def progress(s):
    item = PlanItem.objects.select_related("committee__region").filter(kind="project").get()
    text = "两地委员联合视察示范园，提出用地、用水两条建议。"
    joint.progress(by=s.office, planitem=item, on=clock.today(), text=text)


def activities(s):
    partnership = s.find(Partnership)
    rows = {
        RC: [("brand", "“渝事好商量·有事来协商”品牌研讨", day(6, 15), "荣昌区万灵镇")],
        NJ: [("information", "第二季度社情民意信息互通会", day(6, 28), "隆昌市石燕桥镇"),
             ("event", "川渝毗邻地区委员读书会", day(9, 21), "内江市东兴区")],
    }[s.side.key]  # fmt: skip
    for mechanism, title, on, place in rows:
        joint.plan_activity(
            by=s.office, committee=s.committee, partnership=partnership, mechanism=mechanism, title=title, on=on,
            place=place,
        )


def carry_out(s):
    for one in Activity.objects.select_related("committee__region").filter(state="planned", on__lte=clock.today()):
        if one.we_lead:
            joint.carry_out(by=s.office, activity=one, text="按期举办，两地委员交流了做法。", people=36)


def set_up_studio(s):
    region = s.cast.places["安富街道"]
    studio = studios.establish(
        by=s.office, committee=s.committee, name=s.side.studio, kind=Studio.Kind.JOINT, region=region,
        purpose="两地委员一起联系示范园，收集意见，推动稻渔和生猪产业协作。",
    )
    studios.seat(by=s.office, studio=studio, role="lead", member=s.cast.members[2])
    studios.open(by=s.office, studio=studio)
    joint.set_up(by=s.office, committee=s.committee, partnership=s.find(Partnership), studio=studio)


def join_studio(s):
    joint.join(by=s.office, jointstudio=s.find(JointStudio))


def tell_seats(s):
    """Members of three levels; two of them agreed that the other side may know their names."""
    for member, consented in zip(s.cast.members[:4], (True, False, True, False), strict=True):
        joint.tell_seat(by=s.office, jointstudio=s.find(JointStudio), member=member, consented=consented)


# --- a joint matter: the water, and the river ---


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


def card(s) -> str:
    """Our card, as it is handed to the other side."""
    return byhand.our_card(s.committee).decode()


def meet(s, document):
    """The other side's card, after the fingerprints were compared."""
    byhand.meet(by=s.office, committee=s.committee, document=document.encode())


def done(s):
    """What became of the day: the clock of the product does its work."""
    work()
