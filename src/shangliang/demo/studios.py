"""The eleven studios of the article: who sits there, when, and what they did in two years, month by month."""

import datetime as dt

from ..cases import commands as cases
from ..consultations.models import Consultation
from ..files.queries import of
from ..shared import clock
from ..shared.calendar import DAY
from ..studios import commands as studios
from ..studios.models import Promise, Seat, Studio
from ..studios.queries import asked_items
from ..voices import commands as voices
from . import bodies
from .course import Course
from .days import OfficeDays
from .pictures import photo
from .studio_words import ACTIVITIES, HOUSES, MATTERS, PROMISES, VOICE

#: The studios open in the spring before the article.
FIRST = dt.date(2023, 2, 20)
#: The meeting days of a month, shared by all, so that the clock of the demo has few evenings to live through.
MEETS = (8, 22)
MONTHS = 24
KEY = "demo-studio-{}-{}"
SCENES = ("yard", "path", "canal", "road")
#: Who comes from the other side and from above to the joint studio.
OUTSIDE = (
    ("演示·省政协委员", "province", "政协四川省委员会"), ("演示·市政协委员", "city", "政协内江市委员会"),
    ("演示·隆昌委员甲", "county", "政协隆昌市委员会"), ("演示·隆昌委员乙", "county", "政协隆昌市委员会"),
)  # fmt: skip
#: Consultations held in studios, told like the other small matters.
MATTERS_HERE = (
    {
        "key": "studio-pigs", "place": "昌州街道", "venue": "畜牧科技城委员工作室", "until": "publish",
        "unit": "区农业农村委", "category": "economy", "scene": "yard",
        "text": "小兽药厂单独送检贵、排队久，能不能几家合起来送？", "title": "兽药企业合批送检",
        "gist": "小企业单独送检费用高、等得久。企业、部门和委员商量合批送检的办法。",
        "item": "由区农业农村委牵头，每月两次合批送检，排期提前一周公布。",
        "result": "合批送检已经开始，每月两次，费用大约省了三成。", "comment": "不用自己跑了。",
    },
    {
        "key": "studio-twins", "place": "盘龙镇", "venue": "“双昌”合作示范园委员工作室", "until": "publish",
        "unit": "区农业农村委", "with": ["区水利局"], "category": "economy", "scene": "canal",
        "text": "稻田养鱼栽秧时两边抢水，能不能先说好哪天放哪边？", "title": "稻渔基地轮灌时段",
        "gist": "栽秧时两地用水冲突。两边的村、站和三级委员一起商量轮灌的时段。",
        "item": "栽秧前十天公布轮灌时段表，旱情时由两地联络员每天会商。",
        "result": "时段表已公布，今年栽秧没有再抢水。", "comment": "说好了就好办。",
    },
)  # fmt: skip


def threads(cast, today: dt.date) -> list:
    """One generator for each studio, and the consultations that two of them held."""
    office_days = OfficeDays(dt.date(2023, 1, 1), today)
    houses = [House(cast, n, name, today).live() for n, (_place, name) in enumerate(bodies.STUDIOS)]
    held = [
        Course(cast, row).live(office_days, today - (300 - 100 * n) * DAY) for n, row in enumerate(MATTERS_HERE)
    ]
    return houses + held


class House:
    """One studio on its way; each step is a method."""

    def __init__(self, cast, number: int, name: str, today: dt.date):
        self.cast, self.number, self.name, self.today = cast, number, name, today
        self.kind, self.purpose, self.theme = HOUSES[name]
        self.venue = cast.venues[name]
        self.team = cast.members[40 + 6 * number : 45 + 6 * number + number % 2]
        if self.venue.region.full_name == "安富街道普陀村":
            self.team = [*self.team, cast.accounts["member"].member]
        inside = self.venue.region.full_name.startswith("安富街道")
        #: The demo's lead acts for 安富街道; elsewhere the office that serves the studios enters what was done.
        self.by = cast.accounts["studio" if inside else "staff"]
        self.office, self.reviewer = cast.accounts["office"], cast.accounts["reviewer"]

    @property
    def studio(self) -> Studio:
        """The studio, fresh from the database."""
        return Studio.objects.select_related("venue__region", "committee").get(venue=self.venue)

    def live(self):
        """Registered, furnished and opened; then a meeting day in each month of two years."""
        yield FIRST
        self.establish()
        yield FIRST + 28 * DAY
        self.furnish()
        for n, day in enumerate(_months(self.today, MEETS[self.number % 2])):
            yield day
            self.meet(self.studio, n)
            if n == 14 + self.number % 3:
                yield day + 2 * DAY
                self.answer()

    def establish(self):
        """The office registers it at its place."""
        studios.establish(
            by=self.office, committee=self.cast.committee, venue=self.venue, name="", kind=self.kind,
            purpose=self.purpose, office=self.cast.offices[self.number % len(self.cast.offices)],
        )

    def furnish(self):
        """Lead, team, hours, sign, a first look, and the door opens."""
        studio, since = self.studio, clock.today()
        for n, member in enumerate(self.team):
            role = Seat.Role.LEAD if n == 0 else Seat.Role.TEAM
            studios.seat(by=self.office, studio=studio, role=role, member=member, since=since)
        for name, level, body in OUTSIDE if self.kind == Studio.Kind.JOINT else ():
            studios.seat(by=self.office, studio=studio, role=Seat.Role.TEAM, name=name, level=level, body=body)
        hours = [(self.number % 5, dt.time(9), dt.time(11, 30), "赶场天人多")]
        hours += [((self.number + 2) % 5, dt.time(14, 30), dt.time(17), "")]
        studios.set_hours(by=self.office, studio=studio, hours=hours)
        items = asked_items(studio.committee_id)
        met = items if self.number % 3 else items[:-2]
        studios.check(by=self.office, studio=studio, met=met, note="制度年内贴上墙。")
        studios.open(by=self.office, studio=studio)

    def meet(self, studio, n: int):
        """The month's activity, and in some months somebody who came, a line of the log, a promise."""
        kind, title, summary = ACTIVITIES[self.theme][(n + self.number) % 12]
        team = list(studio.seats.filter(until=None).order_by("pk"))[: 3 + n % 3]
        if self.kind == Studio.Kind.JOINT:
            team = list(studio.seats.filter(until=None).order_by("-pk"))[: 4 + n % 3]
        activity = studios.add_activity(
            by=self.by, studio=studio, kind=kind, on=clock.today(), title=title, summary=summary, team=team,
            people=6 + (7 * n + 5 * self.number) % 30, photos=self._pictures(n),
        )
        if n < MONTHS - 2 or self.number % 4 == 0:
            photos = of(activity) if n % 8 == 0 else []
            studios.publish_activity(
                by=self.reviewer, studio=studio, activity=activity, title=title, summary=summary, photos=photos
            )
        self.link_consultation(studio)
        if n % 2 == 0:
            matter, outcome = MATTERS[(n // 2 + self.number) % len(MATTERS)]
            studios.receive_visitor(
                by=self.by, studio=studio, matter=matter, visitors=1 + n % 3, outcome=outcome,
                answered_on_spot=n % 4 == 0,
            )
        if n % 3 == 0:
            studios.write_log(by=self.by, studio=studio, text=f"值守和活动：{title}。会后把两件小事问清了去向。")
        if n == 14 + self.number % 3:
            self.raise_voice(studio)
        self.promises(studio, n)

    def _pictures(self, n):
        return [photo(SCENES[self.number % 4], after=True)] if n % 8 == 0 else []

    def link_consultation(self, studio):
        """A consultation that was held in the studio is linked as an activity, once."""
        rows = Consultation.objects.filter(venue=self.venue, state__in=Consultation.HELD, studio_activity=None)
        for consultation in rows.select_related("topic"):
            studios.add_activity(by=self.by, studio=studio, consultation=consultation)

    def raise_voice(self, studio):
        """Somebody brought a matter that goes on, with a receipt code of its own."""
        text = VOICE[0].format(place=studio.region.name)
        key = KEY.format("voice", self.number)
        reception, _code = studios.receive_visitor(
            by=self.by, studio=studio, matter=text, outcome="当天转给联络员。", raise_voice=True, key=key
        )
        self.voice = reception.voice

    def answer(self):
        """The liaison answers it; two of them are opened to the public."""
        liaison = self.cast.liaison(self.venue.region)
        self.voice.refresh_from_db()
        voices.answer(by=liaison, voice=self.voice, words=VOICE[1])
        if self.number % 3 == 0:
            self.voice.case.refresh_from_db()
            cases.publish(
                by=self.reviewer, case=self.voice.case, title="便民柜台贴出钟点",
                summary="柜台下午常没有人，群众白跑。商定把钟点贴在门口。（演示数据）",
            )

    def promises(self, studio, n: int):
        """Two promises a year, published; kept some months later, the last still open."""
        turn, phase = divmod(n, 6)
        if phase == 1:
            text, _report = PROMISES[(turn + self.number) % len(PROMISES)]
            made = studios.promise(by=self.by, studio=studio, text=text, due_on=clock.today() + 150 * DAY)
            studios.publish_promise(by=self.reviewer, studio=studio, promise=made)
        if phase == 4:
            promise = Promise.objects.filter(studio=studio, kept_on=None).order_by("pk").first()
            report = dict(PROMISES)[promise.text]
            if turn < 3 or self.number % 2:
                studios.keep_promise(by=self.by, studio=studio, promise=promise, report=report)


def _months(today: dt.date, number: int) -> list[dt.date]:
    """The day of that number in each of the last months, the present one included; what lies ahead stays ahead."""
    first = today.year * 12 + today.month - MONTHS
    return [dt.date(n // 12, n % 12 + 1, number) for n in range(first, first + MONTHS)]
