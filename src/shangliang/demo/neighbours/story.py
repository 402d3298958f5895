"""The story of both sides, step by step: who does what on which day, always with an account of that side.

The article gives the room, the water of 三合村 (agreed on 8 May 2023, running four days later), the yearly conference,
joint supervision and the studio of 双昌; other days, wordings and names are made up.
"""

import datetime as dt

from ...federation import byhand
from ...partnerships import commands as joint
from ...partnerships.models import Activity, Conference, JointStudio, Matter, Partnership, PlanItem
from ...shared import clock
from ...studios import commands as studios
from ...studios.models import Studio
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
        paper_no="荣政协发〔2023〕8号", signed_on=day(3, 1), since=day(3, 1), until=day(2, 28, 2028),
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


def complete(s, title, text):
    item = PlanItem.objects.select_related("committee__region").get(title=title)
    joint.complete(by=s.office, planitem=item, text=text)


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


def card(s) -> str:
    """Our card, as it is handed to the other side."""
    return byhand.our_card(s.committee).decode()


def meet(s, document):
    """The other side's card, after the fingerprints were compared."""
    byhand.meet(by=s.office, committee=s.committee, document=document.encode())
