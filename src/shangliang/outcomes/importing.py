"""Bringing in lists of proposals that a committee has kept so far: numbers, names, units, results, evaluations.

Nothing is dropped in silence: every row is taken, or stands in the report with its reason and in a file beside the
list, from which it can be taken once it is mended. A list counts for more than one record, so it is read up here,
where proposals, their tasks and their evaluations are all known.
"""

import csv
import datetime as dt
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..journal.models import Submission
from ..people.actors import CLOCK
from ..people.models import Member, Unit
from ..people.tenancy import within
from ..proposals.models import Proposal
from ..shared import clock
from ..shared.refusals import Refused, require
from ..shared.sheets import Columns, clean, moment_of, read
from ..tasks.models import Task
from ..voices.importing import Report, _committee
from .commands import bring_in_proposal
from .models import Rating

MAX_BYTES = 20 * 1024 * 1024
FIRST_YEAR = 1949
#: The headings that lists of proposals use; what goes out as Excel comes in again.
COLUMNS = Columns(
    {
        "title": "案由 标题 提案名称 题目 title",
        "number": "编号 提案号 案号 提案编号 no number",
        "year": "年度 年份 届次年度 year",
        "proposer": "第一提案人 提案人 提案者 领衔人 proposer",
        "signers": "联名人 联名 附议人 联名提案人 signers",
        "kind": "类型 提案类型 kind",
        "category": "类别 分类 提案类别 category",
        "unit": "主办单位 承办单位 主办 办理单位 unit",
        "co_unit": "协办单位 协办 会办单位 co_unit",
        "grade": "办理结果 结果 办理类别 grade",
        "value": "评价 满意度 委员评价 反馈意见 value",
        "proposed": "提出日期 提交日期 立案日期 日期 proposed_on",
        "replied": "答复日期 办复日期 replied_on",
    },
    needed=("title",),
)
_SPLIT = re.compile(r"[、，,；;/\s]+")
_NUMBER = re.compile(r"\d+")
_VALUES = {
    "满意": Rating.Value.SATISFIED, "非常满意": Rating.Value.SATISFIED, "很满意": Rating.Value.SATISFIED,
    "基本满意": Rating.Value.MOSTLY, "较满意": Rating.Value.MOSTLY, "不满意": Rating.Value.NOT,
}  # fmt: skip
#: What the lists of several districts write for the grades.
_GRADES = {
    "已解决": "A", "基本解决": "A", "解决或采纳": "A", "已采纳": "A", "正在解决": "B", "列入计划": "B",
    "列入计划拟解决": "B", "暂不能解决": "C", "留作参考": "D",
}  # fmt: skip
#: Words of other lists for our categories.
_CATEGORIES = {
    "城建": "urban", "交通": "urban", "工业": "economy", "三农": "rural", "农村": "rural", "教育": "culture",
    "文化": "culture", "卫生": "culture", "科技": "culture", "体育": "culture", "法治": "social", "社保": "social",
    "民生": "social", "环保": "ecology", "环境": "ecology", "民族": "united", "宗教": "united", "统战": "united",
}  # fmt: skip
_UNRATED = {"", "未评价", "未反馈", "无"}


@dataclass
class ProposalReport(Report):
    """What became of the rows, and where the refused ones were written."""

    dry_run: bool = False
    beside: str = ""

    def __str__(self):
        told = [super().__str__()]
        if self.beside:
            told.append(_("未收的行写在 %(file)s，改好后可以再导入") % {"file": self.beside})
        if self.dry_run:
            told.append(_("这是试运行，什么都没有写入"))
        return "\n".join(told)


class _Undo(Exception):
    """Takes back what a dry run did."""


def run(file, *, committee_code=None, dry_run=False) -> ProposalReport:
    """Take the rows of a list and report on them; run again, it takes nothing twice. A dry run keeps nothing.

    Raises Refused when the file or the committee cannot be used.
    """
    committee = _committee(committee_code)
    path = Path(file)
    require(path.stat().st_size <= MAX_BYTES, _("文件超过 20 MB，请分成几个再导入。"))
    rows = read(path.read_bytes(), COLUMNS, MAX_BYTES)
    report = ProposalReport(path.name, read=len(rows), dry_run=dry_run)
    try:
        with within(committee), transaction.atomic():
            intake = Intake(committee, report)
            for number, row in rows:
                intake.take(number, row)
            if dry_run:
                raise _Undo
    except _Undo:
        return report
    if intake.refused:
        beside = path.with_name(path.name + ".refused.csv")
        _write(beside, intake.refused)
        report.beside = str(beside)
    return report


def _write(path: Path, refused) -> None:
    """The refused rows with their number and reason; a spreadsheet opens it, and this command reads it again."""
    headings = {field: words.split()[0] for field, words in COLUMNS.headings.items()}
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([_("行号"), _("没收的原因"), *headings.values()])
        for number, why, row in refused:
            writer.writerow([number, why, *(_cell(row.get(field)) for field in headings)])


def _cell(value) -> str:
    """A cell as it stood; what a spreadsheet would take for a formula is written as text."""
    words = clean(value)
    return f"'{words}" if words[:1] in {"=", "+", "-", "@"} else words


class Intake:
    """One run: the committee with its members and units by name, and what is known of the rows so far."""

    def __init__(self, committee, report):
        self.committee, self.report = committee, report
        self.refused: list[tuple] = []
        self.seen: set[str] = set()
        self.members: dict[str, list] = defaultdict(list)
        for member in Member.objects.order_by("pk"):
            self.members[member.name].append(member)
        self.groups = {member.sector for each in self.members.values() for member in each}
        self.units = {unit.name: unit for unit in Unit.objects.all()}

    def take(self, number, row) -> None:
        """Take one row as a command of its own, or note why not."""
        if row is None:
            return self._refuse(number, _("这一行不是一条记录"), {})
        try:
            told = self._told(row)
            if told["key"] in self.seen:
                return self.report.skip(number, _("与前面的一行完全相同"))
            self.seen.add(told["key"])
            if Submission.objects.filter(key=told["key"]).exists():
                return self.report.skip(number, _("以前已经导入"))
            with transaction.atomic():
                bring_in_proposal(by=CLOCK, committee=self.committee, **told)
        except Refused as refusal:
            return self._refuse(number, str(refusal), row)
        except (IntegrityError, DataError):
            return self._refuse(number, _("数据库不接受这一行"), row)
        self.report.taken += 1

    def _refuse(self, number, why, row) -> None:
        self.report.skip(number, why)
        self.refused.append((number, why, row))

    def _told(self, row) -> dict:
        """What the command is told of a row. Raises Refused, naming what is not known."""
        words = {name: clean(row.get(name)) for name in COLUMNS.headings}
        title = words["title"]
        require(title, _("没有写案由。"))
        require(len(title) <= 80, _("案由超过 80 字。"))
        proposed = self._day(row.get("proposed"), words["proposed"])
        replied = self._day(row.get("replied"), words["replied"], after=proposed)
        year, number = self._number(words, proposed)
        told = {
            "key": _key(self.committee, year, number, title), "year": year, "number": number, "title": title,
            "category": _category(words["category"]), "replied_on": replied,
            "proposed_on": proposed or dt.date(year, 1, 1), **self._people(words),
            "units": self._units(words["unit"]), "co_units": self._units(words["co_unit"]),
            "grade": _grade(words["grade"]), "value": _value(words["value"]),
        }  # fmt: skip
        require(told["units"] or not told["grade"], _("有办理结果，却没有写主办单位。"))
        require(told["grade"] or not told["value"], _("有评价，却没有写办理结果。"))
        return told

    def _day(self, value, written, after=None):
        if not written:
            return None
        moment = moment_of(value)
        require(moment, _("日期看不懂：%(words)s。") % {"words": written})
        day = timezone.localdate(moment)
        require(day.year >= FIRST_YEAR and day <= clock.today(), _("日期在将来：%(words)s。") % {"words": written})
        require(after is None or day >= after, _("答复日期早于提出日期。"))
        return day

    def _number(self, words, proposed) -> tuple[int, int]:
        """(year, number) from their columns; 2023年第12号 tells both."""
        digits = [int(each) for each in _NUMBER.findall(words["number"])]
        require(digits, _("没有写编号。"))
        years = [int(each) for each in _NUMBER.findall(words["year"])][:1] or digits[:-1][:1]
        year = years[0] if years else proposed.year if proposed else 0
        require(FIRST_YEAR <= year <= clock.today().year, _("看不出是哪一年的提案。"))
        require(0 < digits[-1] < 100_000, _("编号看不懂：%(words)s。") % {"words": words["number"]})
        return year, digits[-1]

    def _people(self, words) -> dict:
        """The first proposer and who signed too, or the group of a collective proposal."""
        first, signers = words["proposer"], [name for name in _SPLIT.split(words["signers"]) if name]
        require(first, _("没有写第一提案人。"))
        if first in self.groups or "集体" in words["kind"]:
            return {"group_name": first[:60], "signers": [self._member(name) for name in signers]}
        names = [name for name in _SPLIT.split(first) if name]
        people = [self._member(name) for name in [*names, *signers]]
        return {"proposer": people[0], "signers": people[1:]}

    def _member(self, name):
        found = self.members.get(name, [])
        require(found, _("委员名册里没有“%(name)s”。") % {"name": name})
        several = _("委员名册里有 %(n)s 位“%(name)s”，认不出是哪一位。")
        require(len(found) == 1, several % {"n": len(found), "name": name})
        return found[0]

    def _units(self, written) -> list:
        names = [name for name in _SPLIT.split(written) if name]
        unknown = [name for name in names if name not in self.units]
        require(not unknown, _("单位名册里没有“%(name)s”。") % {"name": "、".join(unknown)})
        return [self.units[name] for name in dict.fromkeys(names)]


def _key(committee, year, number, title) -> str:
    """The idempotency key of a row; the colon keeps it apart from the keys of forms."""
    raw = "\x00".join(["shangliang-proposal-1", committee.code, str(year), str(number), title])
    return "proposal:" + hashlib.sha256(raw.encode()).hexdigest()[:54]


def _category(written: str) -> str:
    """The category that was written, by its name or by a word in it; 其他 where it says none of ours."""
    for value, label in Proposal.Category.choices:
        if written and (written == value or written in str(label) or str(label)[:2] in written):
            return value
    return next((value for word, value in _CATEGORIES.items() if word in written), Proposal.Category.OTHER)


def _grade(written: str) -> str:
    """A, B, C or D, as a letter or in the words of the lists. Raises Refused for what is neither."""
    plain = written.upper().removesuffix("类").strip()
    if plain[:1] in Task.Grade.values and (len(plain) == 1 or not plain[1].isalpha() or not plain[1].isascii()):
        return plain[:1]
    require(not written or written in _GRADES, _("办理结果看不懂：%(words)s。") % {"words": written})
    return _GRADES.get(written, "")


def _value(written: str) -> str:
    """The evaluation; nothing where the list says that there is none. Raises Refused for other words."""
    require(written in _VALUES or written in _UNRATED, _("评价看不懂：%(words)s。") % {"words": written})
    return _VALUES.get(written, "")
