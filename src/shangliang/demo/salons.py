"""The salons of the article's series, and the story of the glasses from the salon to the policy.

The article gives the chain (salon, report, special meeting, leading group, association, plan, policy, task force) and
the figures (25 firms, 530 million yuan; for electronics five measures and four suggestions). Days, paper numbers,
wordings and clauses are made up and say so; posts stand where the article has posts, and nobody is named.
"""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

from ..conversions import commands as conversions
from ..research import commands as research
from ..salons import commands as salons
from ..salons.models import Guest, Point
from ..shared.calendar import DAY
from .days import OfficeDays, evening

HALL = "区政协协商议政厅"
REPORTED = "《重庆日报》2024年1月20日报道：“我们帮助25家企业融资5.3亿元”"
CAVEAT = "（报道口径，没有分产业；“近年来”的起止日期为示例）"


def threads(cast, today: dt.date) -> list:
    """One generator for each salon of salons.json; those with ``ago`` lie so many days before today (or after it)."""
    days = OfficeDays(dt.date(2022, 1, 10), today + 60 * DAY)
    return [Evening(cast, row, days, today).live() for row in rows()]


def rows() -> list[dict]:
    """The salons, written by hand."""
    return json.loads(Path(__file__).with_name("salons.json").read_text(encoding="utf-8"))


class Evening:
    """One salon with what came of it."""

    def __init__(self, cast, row, days, today):
        self.cast, self.row, self.days = cast, row, days
        first = today - row["ago"] * DAY if "ago" in row else dt.date.fromisoformat(row["on"])
        self.on = days.latest(first)
        self.office, self.staff = cast.accounts["office"], cast.accounts["staff"]
        self.salon = self.report = None

    def after(self, days: int) -> dt.date:
        """A working day so many days after the salon."""
        return self.days.latest(self.on + days * DAY)

    def live(self):
        """Planned, announced, held, summed up, published, and carried on, as far as the row says."""
        yield self.after(-21)
        self.plan()
        yield self.after(-9)
        salons.announce(by=self.office, salon=self.salon)
        yield evening(self.on, 17, 0)
        self.hold()
        yield self.after(3)
        if not self.row.get("summary"):
            return
        salons.summarise(
            by=self.office, salon=self.salon, summary=self.row["summary"], next_steps=self.row["next_steps"]
        )
        yield self.after(9)
        self.publish()
        if "report" in self.row:
            yield from self.write()
        if "story" in self.row:
            yield from STORIES[self.row["story"]](self)

    def plan(self):
        """The salon and its guests: members, departments, the town, and people put down by role."""
        row = self.row
        offices = {office.name: office for office in self.cast.offices}
        n = row["first_member"]
        self.salon = salons.plan(
            by=self.office, committee=self.cast.committee, series=row["series"], theme=row["theme"],
            question=row["question"], office=offices[row["office"]], host=self.cast.members[n],
            venue=self.cast.venues[HALL] if not row.get("place") else None, place=row.get("place", ""),
            starts_at=evening(self.on, 14, 30),
        )  # fmt: skip
        units = [self.cast.units[name] for name in row["units"]]
        others = [(Guest.Role(role), f"演示·{name}") for role, name in row["others"]]
        salons.invite(
            by=self.office, salon=self.salon, members=self.cast.members[n : n + row["members"]], units=units,
            others=others,
        )  # fmt: skip

    def hold(self):
        """All but one came; the points are written down at the table."""
        guests = list(self.salon.guests.order_by("pk"))
        salons.check_in(by=self.office, salon=self.salon, present=guests[1:])
        salons.hold(by=self.office, salon=self.salon)
        for kind in (Point.Kind.MEASURE, Point.Kind.SUGGESTION):
            if lines := self.row.get(kind.value):
                by_whom = self.row.get("made_by", "")
                salons.add_points(by=self.office, salon=self.salon, kind=kind, points=lines, made_by=by_whom)

    def publish(self):
        """The papers are complete and a reviewer opens the page."""
        salon = self.salon
        salons.archive(by=self.office, salon=salon)
        salons.publish(
            by=self.cast.accounts["reviewer"], salon=salon, theme=salon.theme, question=salon.question,
            summary=salon.summary, next_steps=salon.next_steps,
        )  # fmt: skip

    def write(self):
        """The report: a draft, what the readers say, a second version, final, sent, answered."""
        row, cast = self.row["report"], self.cast
        n = self.row["first_member"]
        yield self.after(12)
        self.report = research.begin(
            by=self.office, committee=cast.committee, title=row["title"], lead=cast.members[n],
            members=cast.members[n + 1 : n + 3], salon=self.salon,
        )  # fmt: skip
        yield self.after(26)
        text = "\n".join(row["text"])
        research.save_version(by=self.office, report=self.report, text=text.replace(row["late"], ""))
        research.submit(by=self.office, report=self.report)
        yield self.after(30)
        if row.get("until") == "review":
            return
        review = {"by": self.staff, "report": self.report}
        research.review(verdict="change", words=row["change"], **review)
        research.send_back(why=row["change"], **review)
        yield self.after(37)
        research.save_version(by=self.office, report=self.report, text=text)
        research.submit(by=self.office, report=self.report)
        yield self.after(40)
        research.review(verdict="pass", words="数据有出处，建议能落地，同意定稿。", **review)
        research.finalise(**review)
        yield self.after(44)
        research.deliver(by=self.office, report=self.report, to="区委、区政府", on=self.after(44))

    def identify(self, title, **origin):
        """Choose what is carried further, and send it on the day on which the report went."""
        found = conversions.identify(by=self.office, committee=self.cast.committee, title=title, **origin)
        conversions.submit(
            by=self.office, conversion=found, channel="report", to="区委、区政府", on=self.report.delivered_on
        )
        return found


def glasses(salon):
    """The article's own chain, from the special meeting to the figures."""
    office, reviewer = salon.office, salon.cast.accounts["reviewer"]
    result = salon.identify("眼镜产业：从沙龙建议到惠企政策", report=salon.report, point=salon.salon.points.first())
    step = {"by": office, "conversion": result}
    yield salon.after(61)
    day = salon.after(61)
    conversions.consider(
        meeting="区委、区政府眼镜产业园发展专题会", on=day, minutes_no="演示〔2023〕专纪第3号",
        words="逐条研究调研报告，明确由区委书记任组长、一名区委常委牵头。", **step,
    )  # fmt: skip
    words = "会议认为报告切合实际，产业园、协会、规划、政策、招商五项建议全部吸收。"
    yield salon.after(75)
    conversions.adopt(body="区委、区政府", on=salon.after(75), paper_no="演示〔2023〕眼镜1号", words=words, **step)
    for gap, row in ((77, GROUP), (110, ASSOCIATION), (130, PLAN), (150, POLICY), (160, TASK_FORCE)):
        yield salon.after(gap)
        conversions.add_measure(on=salon.after(gap), **row, **step)
    conversions.put_in_force(
        body="区政府办公室", on=salon.after(150), paper_no="演示〔2023〕惠企9号", words="惠企政策印发施行。", **step
    )
    sentences = {row.text: row.number for row in salon.report.latest.sentences}
    for said, number, clause, effect in CLAUSES:
        conversions.map_clause(
            sentence=sentences[said], policy="眼镜产业惠企政策（演示）", clause_no=number, clause_text=clause,
            effect=effect, **step,
        )  # fmt: skip
    yield dt.date(2024, 1, 22)
    figures = {"source": REPORTED + CAVEAT, "period_from": dt.date(2022, 1, 1), "period_to": dt.date(2023, 12, 31)}
    conversions.add_benefit(kind="firms", amount=Decimal(25), **figures, **step)
    conversions.add_benefit(kind="yuan", amount=Decimal(530_000_000), **figures, **step)
    conversions.record_effect(
        body="区政协经济委员会", on=dt.date(2024, 1, 22),
        words="产业园、协会、规划、政策、专班都已落地，企业融资有了门路。", **step,
    )  # fmt: skip
    yield dt.date(2024, 1, 26)
    summary = "委员沙龙谈出的建议写成报告，区里开专题会研究，成立领导小组、协会和招商专班，出台规划和惠企政策。"
    conversions.publish(by=reviewer, conversion=result, title=result.title, summary=summary)
    feedback = "报告中的五项建议已写入产业园工作方案，请政协继续跟踪政策兑现。"
    research.receive_feedback(
        by=office, report=salon.report, words=feedback, said_by="区委办公室", on=dt.date(2024, 1, 26)
    )


GROUP = {
    "kind": "leading_group", "title": "眼镜产业园发展领导小组", "paper_no": "演示〔2023〕组字2号",
    "head": "组长：区委书记；牵头：一名区委常委",
}  # fmt: skip
ASSOCIATION = {"kind": "association", "title": "眼镜产业协会", "paper_no": "演示〔2023〕社登15号"}
PLAN = {"kind": "plan", "title": "眼镜产业发展规划", "paper_no": "演示〔2023〕规划4号"}
POLICY = {"kind": "policy", "title": "眼镜产业惠企政策", "paper_no": "演示〔2023〕惠企9号"}
TASK_FORCE = {
    "kind": "task_force", "title": "眼镜产业链招商专班", "paper_no": "演示〔2023〕招商6号", "head": "一名区委常委牵头"
}
#: (sentence of the report, number, clause, effect): made up, to show how the map looks.
CLAUSES = (
    ("建议设立产业融资担保，让缺抵押物的小厂也能贷到款。", "第五条（演示）",
     "对园区眼镜企业的流动资金贷款给予担保，担保费由财政补助一半。（演示条文）",
     "小厂凭订单就能贷款，不用再找房产抵押。（演示）"),
    ("建议由政府牵头建一间共享的检测和打样车间。", "第八条（演示）",
     "建设公共检测和打样中心，园区企业按成本价使用。（演示条文）", "打一次样从半个月缩短到三天。（演示）"),
    ("建议组织本地职校开设眼镜设计与制造专业班。", "第十一条（演示）",
     "支持职业院校与企业合办专业班，每班给予补助。（演示条文）", ""),
)  # fmt: skip


def electronics(salon):
    """Five measures and four suggestions, and the policy for firms that they became."""
    office, reviewer = salon.office, salon.cast.accounts["reviewer"]
    result = salon.identify("电子信息产业：5 大措施和 4 个建议转化为惠企政策", report=salon.report)
    step = {"by": office, "conversion": result}
    yield salon.after(58)
    conversions.consider(
        meeting="区政府产业发展专题会", on=salon.after(58), minutes_no="演示〔2023〕专纪第11号", **step
    )
    yield salon.after(66)
    conversions.adopt_part(
        body="区政府", on=salon.after(66), paper_no="演示〔2023〕电信3号",
        words="5 大措施和 3 个建议采纳；“设立专项基金”的建议待财力允许时再议。", **step,
    )  # fmt: skip
    yield salon.after(80)
    conversions.put_in_force(body="区政府办公室", on=salon.after(80), paper_no="演示〔2023〕惠企14号", **step)
    conversions.add_measure(
        kind="policy", title="电子信息产业惠企政策", on=salon.after(80), paper_no="演示〔2023〕惠企14号", **step
    )
    yield salon.after(90)
    summary = "沙龙提出的五条措施和四条建议写进调研报告，大部分写进了惠企政策，没有采纳的也写明了原因。"
    conversions.publish(by=reviewer, conversion=result, title=result.title, summary=summary)


def bus(salon):
    """A suggestion that was not adopted, and why: that too is a result."""
    point = salon.salon.points.filter(kind=Point.Kind.SUGGESTION).first()
    office = salon.office
    result = conversions.identify(
        by=office, committee=salon.cast.committee, title="文物点之间开行旅游直通车", point=point
    )
    step = {"by": office, "conversion": result}
    conversions.submit(channel="brief", to="区文化旅游委", on=salon.after(9), **step)
    yield salon.after(30)
    conversions.consider(meeting="区文化旅游委办公会", on=salon.after(30), **step)
    yield salon.after(33)
    words = "平日客流太少，专线难以维持；先在节假日加开公交，一年后再看。"
    conversions.not_adopt(body="区文化旅游委", on=salon.after(33), words=words, **step)
    yield salon.after(40)
    conversions.close(by=office, conversion=result)
    summary = "提了、研究了、没有采纳，原因写在这里。"
    conversions.publish(
        by=salon.cast.accounts["reviewer"], conversion=result, title=result.title, summary=summary
    )


def health(salon):
    """Handed in and waiting: somebody should ask what became of it."""
    salon.identify("中小学心理老师配备和转介办法", report=salon.report)
    yield salon.after(60)


STORIES = {"glasses": glasses, "electronics": electronics, "bus": bus, "health": health}
