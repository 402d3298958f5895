"""Bringing in voices that were raised elsewhere: hotline records, a mayor's mailbox, last year's spreadsheet.

Nothing is dropped in silence: every row is taken or stands in the report with its reason. The office has to screen
what comes in today, so the clocks of imported voices start today; when each was raised stays with it.
"""

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from ..journal.models import Submission
from ..people.actors import CLOCK
from ..people.models import Committee
from ..people.tenancy import within
from ..regions.models import Region
from ..regions.queries import by_code, match
from ..shared import clock
from ..shared.refusals import Refused, require
from ..shared.sheets import Columns, clean, moment_of, read
from .commands import receive
from .commands.intake import MAX_BROUGHT_IN
from .models import Voice

MAX_BYTES = 200 * 1024 * 1024
#: The headings that give-outs of hotlines and mailboxes use.
COLUMNS = Columns(
    {
        "id": "编号 留言编号 工单编号 诉求编号 id no",
        "text": "内容 正文 留言内容 留言详情 诉求内容 反映内容 问题描述 text body content message",
        "title": "标题 主题 留言主题 诉求标题 事项 title subject",
        "time": "时间 日期 留言时间 反映时间 来信时间 来电时间 登记时间 time date created_at reported_at",
        "place": "地点 地址 位置 事发地点 村 村(社区) 镇街 place address location region",
        "name": "姓名 名字 联系人 反映人 来电人 name",
        "phone": "电话 电话号码 联系电话 手机 手机号 联系方式 phone tel telephone mobile",
        "channel": "渠道 来源 来源渠道 channel source",
    },
    needed=("text", "title"),
)
#: So many rows share one commit: the disk is asked once, and a broken run loses at most these, to be taken again.
BATCH = 200
FIRST_YEAR = 1990
#: A place is recognised when its name stands in what was written (regions.queries.match), not when it is alike.
CERTAIN = 86
LENGTHS = {"place": 80, "name": 40, "phone": 40}
_CHANNELS = {
    "热线": Voice.Channel.HOTLINE, "12345": Voice.Channel.HOTLINE, "电话": Voice.Channel.PHONE,
    "信件": Voice.Channel.LETTER, "信函": Voice.Channel.LETTER, "微信": Voice.Channel.WECHAT_TEXT,
    "走访": Voice.Channel.VISIT, "二维码": Voice.Channel.QR, "委员": Voice.Channel.MEMBER,
}  # fmt: skip


@dataclass
class Report:
    """What became of the rows: how many were read and taken, and the row numbers by reason."""

    file: str
    read: int = 0
    taken: int = 0
    seconds: float = 0.0
    skipped: dict = field(default_factory=dict)
    noted: dict = field(default_factory=dict)

    def skip(self, number: int, why: str) -> None:
        """A row that was not taken."""
        self.skipped.setdefault(str(why), []).append(number)

    def note(self, number: int, what: str) -> None:
        """A row that was taken, though not just as it stood."""
        self.noted.setdefault(str(what), []).append(number)

    def __str__(self):
        skipped = sum(map(len, self.skipped.values()))
        rate = self.taken / self.seconds if self.seconds else 0
        lines = [
            _("%(file)s：读到 %(n)s 行") % {"file": self.file, "n": self.read},
            _("收下 %(n)s 行（%(seconds).1f 秒，每秒 %(rate).0f 行）")
            % {"n": self.taken, "seconds": self.seconds, "rate": rate},
            *_lines(self.noted),
            _("未收 %(n)s 行") % {"n": skipped},
            *_lines(self.skipped),
        ]
        return "\n".join(lines)


def _lines(reasons: dict) -> list[str]:
    """One line per reason with its number of rows and the first five row numbers."""
    return [
        _("  %(why)s：%(n)s 行（第 %(rows)s 行%(more)s）")
        % {
            "why": why, "n": len(rows), "rows": "、".join(map(str, rows[:5])),
            "more": _(" 等") if len(rows) > 5 else "",
        }
        for why, rows in reasons.items()
    ]  # fmt: skip


def run(file, *, committee_code=None, region_code=None, limit=None) -> Report:
    """Take the rows of a file into a committee and report on them; run again, it takes nothing twice.

    Rows that name no place of the county stand at ``region_code``, or at the county. ``limit`` ends it after so
    many rows taken. Raises Refused when the file, the committee or the place cannot be used.
    """
    committee = _committee(committee_code)
    region = _region(region_code, committee)
    path = Path(file)
    report, begun = Report(path.name), time.monotonic()
    require(path.stat().st_size <= MAX_BYTES, _("文件超过 200 MB，请分成几个再导入。"))
    rows = read(path.read_bytes(), COLUMNS, MAX_BYTES)
    report.read = len(rows)
    intake = Intake(committee, region, report, limit)
    with within(committee), Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("导入"), total=len(rows))
        for start in range(0, len(rows), BATCH):
            intake.take(rows[start : start + BATCH])
            bar.update(task, advance=BATCH)
    report.seconds = time.monotonic() - begun
    return report


def _committee(code):
    rows = Committee.objects.select_related("region")
    found = list(rows.filter(code=code) if code else rows)
    require(found, _("没有这个委员会，请先用 shangliang init 建立。"))
    if len(found) > 1:
        known = "、".join(each.code for each in found)
        raise Refused(_("这里有几个委员会，请用 --committee 写明是哪一个：%(known)s。") % {"known": known})
    return found[0]


def _region(code, committee) -> Region:
    if code is None:
        return committee.region
    found = by_code(code) if code.startswith(committee.region.code) else None
    if found is None:
        raise Refused(
            _("%(county)s没有代码为 %(code)s 的地方。") % {"county": committee.region.name, "code": code}
        )
    return found


class Intake:
    """One run: the committee, the place for rows that name none, and what is known of the rows so far."""

    def __init__(self, committee, region, report, limit):
        self.committee, self.region, self.report = committee, region, report
        self.left = limit
        self.now = clock.now()
        self.places: dict[str, Region | None] = {}
        self.seen: dict[str, int] = {}

    def take(self, rows) -> None:
        """Take one batch in one transaction; each row is a command of its own, a bad one takes no other with it."""
        told = [(number, self._told(number, row)) for number, row in rows]
        told = [(number, each) for number, each in told if each]
        keys = [each["key"] for _number, each in told]
        known = set(Submission.objects.filter(key__in=keys).values_list("key", flat=True))
        with transaction.atomic():
            for number, each in told:
                if each["key"] in known:
                    self.report.skip(number, _("以前已经导入"))
                elif self.left == 0:
                    self.report.skip(number, _("超出了要收的行数"))
                else:
                    self._receive(number, each)

    def _receive(self, number, told) -> None:
        notes = told.pop("notes")
        try:
            receive(by=CLOCK, committee=self.committee, **told)
        except Refused as refusal:
            self.report.skip(number, str(refusal))
        except IntegrityError:  # another import of the same file was a moment faster
            self.report.skip(number, _("以前已经导入"))
        except DataError:
            self.report.skip(number, _("数据库不接受这一行"))
        else:
            self.report.taken += 1
            self.left = self.left and self.left - 1
            for note in notes:
                self.report.note(number, note)

    def _told(self, number, row) -> dict | None:
        """What ``receive`` is told of a row, with the notes for the report; None when it is skipped."""
        if row is None:
            return self.report.skip(number, _("这一行不是一条记录"))
        words = {name: clean(row.get(name)) for name in ("id", "title", "text", "place", "name", "phone", "channel")}
        text = joined(words["title"], words["text"])
        if not text:
            return self.report.skip(number, _("内容为空"))
        written = row.get("time")
        moment = self.now if clean(written) == "" else moment_of(written)
        if moment is None or moment.year < FIRST_YEAR or timezone.localdate(moment) > timezone.localdate(self.now):
            return self.report.skip(number, _("时间看不懂，或在将来"))
        key = key_of(self.committee, words, text, written)
        if key in self.seen:
            return self.report.skip(number, _("与前面的一行完全相同"))
        self.seen[key] = number
        notes: list[str] = []
        told = {
            "key": key, "text": cut(text, MAX_BROUGHT_IN, notes), "raised_at": min(moment, self.now),
            "channel": channel_of(words["channel"]), "region": self._place(words["place"], notes),
            "place_note": cut(words["place"], LENGTHS["place"], notes),
            "name": cut(words["name"], LENGTHS["name"], notes),
            "phone": cut(words["phone"], LENGTHS["phone"], notes), "notes": notes,
        }  # fmt: skip
        if moment is self.now:
            notes.append(_("没有写时间，记作今天"))
        return told

    def _place(self, written: str, notes) -> Region:
        """The place that was meant, or the one for rows that name none, with what was written kept beside it."""
        if not written:
            return self.region
        if written not in self.places:
            found = match(written, self.committee.region.code, today=timezone.localdate(self.now), limit=1)
            self.places[written] = found[0][0] if found and found[0][1] >= CERTAIN else None
        if self.places[written] is None:
            notes.append(_("地点认不出，记在%(place)s，原话留在具体位置里") % {"place": self.region.name})
        return self.places[written] or self.region


def joined(title: str, text: str) -> str:
    """Title and text as one; a title that the text begins with is not said twice."""
    return text if not title or text.startswith(title) else f"{title}\n{text}".strip()


def cut(text: str, most: int, notes: list) -> str:
    """The text, or its beginning with a note of it in the report."""
    if len(text) <= most:
        return text
    notes.append(_("太长，只留下前 %(most)s 字") % {"most": most})
    return text[:most]


def key_of(committee, words, text, written) -> str:
    """The idempotency key of a row: from the source's own number and text, else from all that the row tells.

    The colon keeps it apart from the keys of public forms, so that nobody can ask for an imported voice's receipt.
    """
    told = [words["id"]] if words["id"] else [str(written), words["place"], words["phone"], words["name"]]
    raw = "\x00".join(["shangliang-import-1", committee.code, *told, text])
    return "import:" + hashlib.sha256(raw.encode()).hexdigest()[:56]


def channel_of(written: str) -> str:
    """The channel that was written, by its name or by a word in it; 批量导入 where it says none of ours."""
    for value, label in Voice.Channel.choices:
        if written and written in (value, str(label)):
            return value
    return next((value for word, value in _CHANNELS.items() if word in written), Voice.Channel.IMPORT)
