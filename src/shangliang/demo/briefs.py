"""Two years of briefs in every state, two issues of the periodical, and one that went back to a villager as a bus."""

import datetime as dt

from ..briefs import commands as briefs
from ..briefs.models import Brief, Dispatch
from ..salons.models import Point
from ..shared import clock
from ..shared.calendar import DAY
from .brief_words import STORY, TOWNS, WORDS
from .days import OfficeDays
from .studios import MEETS
from .thread import Thread

#: The steps of the whole course with the office days (two a month) that pass before each.
STEPS = {
    "draft": 0, "submit": 0, "take_edit": 1, "edit": 0, "sign": 1, "send": 0, "adopt": 2, "instruct": 1, "follow": 2,
    "close": 1,
}  # fmt: skip
#: How far the forty came; what lies before the end is still on its way today.
ENDS = (
    ["close"] * 9 + ["adopt_close"] * 5 + ["kept_close"] * 7 + ["adopt"] * 4 + ["kept"] * 3 + ["follow"] * 2
    + ["withdraw"] + ["instruct", "instruct", "send", "sign", "edit", "take_edit", "submit", "submit", "returned"]
    + ["draft"]
)  # fmt: skip
COURSES = {
    "adopt_close": ["draft", "submit", "take_edit", "edit", "sign", "send", "adopt", "close"],
    "kept_close": ["draft", "submit", "keep", "close"], "kept": ["draft", "submit", "keep"],
    "withdraw": ["draft", "submit", "withdraw"], "returned": ["draft", "submit", "send_back"],
}  # fmt: skip
RECENT = {"send", "sign", "edit", "take_edit", "submit", "returned", "draft", "instruct"}
ISSUES = ((20, 1), (40, 3))


def threads(cast, today: dt.date) -> list:
    """One generator for each brief, one for the story and one for the periodical."""
    days = _office_days(today)
    made = [Course(cast, n, end, days).live() for n, end in enumerate(ENDS)]
    return [*made, Story(cast, len(ENDS), days).live(), _periodical(cast, days)]


def _office_days(today) -> list[dt.date]:
    """The two days of each month of the last two years on which the office deals with briefs."""
    office = OfficeDays(today - 760 * DAY, today)
    months = [(today.year - 2 + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1) for n in range(25)]
    days = [office.latest(dt.date(year, month, day)) for year, month in months for day in MEETS]
    return [day for day in days if day <= today]


class Course:
    """One brief on its way; each step is a method."""

    def __init__(self, cast, n, end, days):
        self.cast, self.n, self.days = cast, n, days
        self.steps = COURSES.get(end) or list(STEPS)[: list(STEPS).index(end) + 1]
        whole = sum(STEPS.get(step, 1) for step in self.steps)
        last = len(days) - 1 - whole
        self.first = max(last - n % 2, 0) if end in RECENT else last * n // len(ENDS)
        self.town = TOWNS[n % len(TOWNS)]
        self.words = WORDS[(n * 7) % len(WORDS)]
        self.staff, self.office = cast.accounts["staff"], cast.accounts["office"]

    def live(self):
        """The generator, step by step on the office's days."""
        at = self.first
        for step in self.steps:
            at += STEPS.get(step, 1)
            yield self.days[at]
            getattr(self, step)()

    @property
    def brief(self) -> Brief:
        """The brief, fresh from the database."""
        return Brief.objects.get(pk=self.pk)

    @property
    def author(self):
        """Every fourth is written by the member who has an account; the others are typed in by the office."""
        return self.cast.accounts["member"] if self.n % 4 == 0 else self.staff

    def draft(self):
        """By a member, or for a member or an informant; some from a point of a salon."""
        title, category, *texts = (text.format(town=self.town) for text in self.words)
        whose = {} if self.n % 4 == 0 else {"member": self.cast.members[self.n * 5]}
        if self.n % 9 == 5 and whose:
            whose = {"informant": "演示·信息员"}
        points = Point.objects.order_by("-pk")[self.n : self.n + 1] if self.n % 8 == 3 else []
        made = briefs.draft(
            by=self.author, committee=self.cast.committee, title=title, category=category, situation=texts[0],
            analysis=texts[1], advice=texts[2], named=self.n % 3 == 0, sources=list(points), **whose,
            region=next(town for town in self.cast.towns if town.name == self.town),
        )  # fmt: skip
        self.pk = made.pk

    def submit(self):
        """Handed in."""
        briefs.submit(by=self.author, brief=self.brief)

    def take_edit(self):
        """Taken up by the office."""
        briefs.take_edit(by=self.office, brief=self.brief)

    def edit(self):
        """The title in the manner of the periodical, the advice shortened."""
        brief = self.brief
        briefs.edit(
            by=self.office, brief=brief, title=f"关于{brief.title}的情况和建议", situation=brief.situation,
            analysis=brief.analysis, advice=brief.advice.replace("建议", "建议由", 1),
        )  # fmt: skip

    def sign(self):
        """By the post that signs."""
        briefs.sign(by=self.cast.accounts["leader"], brief=self.brief, post="秘书长")

    def send(self):
        """To the district, every second one to the city as well."""
        today = clock.today()
        briefs.send(by=self.office, brief=self.brief, level="district", to="区委办公室、区政府办公室", on=today)
        if self.n % 2:
            briefs.send(by=self.office, brief=self.brief, level="city", to="市政协办公厅", on=today)

    def adopt(self):
        """The district alone, the city now and then compiled with others."""
        for sent in Dispatch.objects.filter(brief=self.pk):
            compiled = sent.level == "city"
            briefs.adopt(
                by=self.office, brief=self.brief, dispatch=sent, how="compiled" if compiled else "single",
                on=clock.today(), paper_no=f"第{self.n + 3}期",
            )  # fmt: skip

    def instruct(self):
        """A leader of the district writes on it."""
        briefs.instruct(
            by=self.office, brief=self.brief, level="district", post="区政府分管副区长", on=clock.today(),
            words="请相关部门研究，能办的先办，一个月内报结果。",
        )  # fmt: skip

    def follow(self):
        """The unit says what it did."""
        briefs.follow(by=self.office, brief=self.brief, unit="区政府办公室", words="已列入今年办理清单，先在两处试行。")

    def close(self):
        """The end, in words for the author, who says that it was read."""
        kept = self.brief.state == Brief.State.KEPT
        words = "已有同类信息上报，这一篇留作参考。" if kept else "所提建议已被采纳，正在办理。"
        briefs.close(by=self.office, brief=self.brief, words=words)
        if self.n % 4 == 0 and self.n % 3:
            briefs.see(by=self.author, brief=self.brief)

    def keep(self):
        """Kept without being sent on."""
        briefs.keep(by=self.office, brief=self.brief, words="上个月已报过同类情况，留作参考。")

    def send_back(self):
        """Back to the author."""
        briefs.send_back(by=self.office, brief=self.brief, words="请补上涉及多少户、已经向哪个部门反映过。")

    def withdraw(self):
        """Taken back by who wrote it."""
        briefs.withdraw(by=self.author, brief=self.brief, why="情况已经解决。")


class Story(Course):
    """A villager's word about the first bus: turned to information, used above, and answered with a timetable."""

    def __init__(self, cast, n, days):
        super().__init__(cast, n, "close", days)
        self.first, self.town, self.words = len(days) - 30, "安富街道", WORDS[0]
        self.thread = Thread(cast, "brief-bus", STORY["place"])

    def draft(self):
        """The voice at the wall, and the brief of the town's liaison from it, in the same hour."""
        voice = self.thread.receive(STORY["text"], "qr", name="演示·群众", phone="13800000017")
        title, category, *texts = (text.format(town=self.town) for text in self.words)
        made = briefs.draft(
            by=self.thread.liaison, committee=self.cast.committee, title=title, category=category, situation=texts[0],
            analysis=texts[1], advice=texts[2], sources=[voice], told=STORY["told"], member=self.cast.members[7],
            named=True,
        )  # fmt: skip
        self.pk = made.pk

    @property
    def author(self):
        """The liaison who entered it."""
        return self.thread.liaison

    def close(self):
        """The villager hears it in the same step."""
        briefs.close(by=self.office, brief=self.brief, words=STORY["result"])


def _periodical(cast, days):
    """Two issues: one brief alone, then three compiled."""
    for at, many in ISSUES:
        yield days[min(at, len(days) - 1)]
        ready = Brief.objects.filter(signed_on__isnull=False, printed=None).order_by("signed_on", "pk")[:many]
        if ready:
            briefs.make_issue(
                by=cast.accounts["office"], committee=cast.committee, on=clock.today(), signer="秘书长",
                briefs=list(ready), recipients="区委、区人大常委会、区政府、市政协办公厅",
                copies="区政协各委室、各镇街联络组",
                title="群众关心的几件出行和就医小事" if many > 1 else "",
            )  # fmt: skip
