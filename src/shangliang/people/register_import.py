"""Bringing units and members into the register from a sheet: first shown row by row, then taken in.

Between the two the page itself carries the rows, signed; nothing is stored before somebody has looked at it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..regions.models import Region
from ..regions.queries import match
from ..shared import clock
from ..shared.refusals import Refused, require
from ..shared.sheets import Columns, clean, moment_of, read
from .models import Member, Unit
from .register import MEMBERS, UNITS, Section
from .register_forms import MOST_BYTES

MOST_ROWS = 1000
#: So many rows share one commit.
BATCH = 100
#: A place is recognised when its name stands in what was written (regions.queries.match), not when it is alike.
CERTAIN = 86
SALT = "shangliang.people.register_import"
KIND_WORDS = {
    "部门": Unit.Kind.DEPARTMENT, "机关": Unit.Kind.DEPARTMENT, "村": Unit.Kind.VILLAGE, "社区": Unit.Kind.VILLAGE,
    "镇": Unit.Kind.TOWN, "街道": Unit.Kind.TOWN, "乡": Unit.Kind.TOWN, "其他": Unit.Kind.OTHER,
    "企业": Unit.Kind.OTHER, "公司": Unit.Kind.OTHER, "学校": Unit.Kind.OTHER, "医院": Unit.Kind.OTHER,
}  # fmt: skip
_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")}


@dataclass
class Row:
    """One row of a sheet: its number there, what the form is told, and why it is not taken, if it is not."""

    number: int
    told: dict
    why: str = ""
    fields: dict = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the row is about, for a reader who looks for it in the sheet."""
        return self.told.get("name", "")[:40]


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet: the section it fills, its columns, how a row is told to the form, what makes a row unique."""

    section: Section
    columns: Columns
    tell: Callable
    model: type
    unique: tuple

    def known(self) -> dict:
        """What is registered already, each with row number 0."""
        return dict.fromkeys(self.model.objects.values_list(*self.unique), 0)


def plan(name, committee, raw: bytes, defaults: dict) -> list[Row]:
    """The rows of an uploaded sheet, each judged. Raises Refused for a file that cannot be used."""
    sheet = SHEETS[name]
    found = read(raw, sheet.columns, MOST_BYTES)
    require(found, _("表里只有栏目，没有内容。"), field="file")
    require(len(found) <= MOST_ROWS, _("表里超过 1000 行，请分成几个再导入。"), field="file")
    tell = sheet.tell(committee, defaults)
    return judge(sheet, committee, [_row(number, record, tell) for number, record in found])


def _row(number, record, tell) -> Row:
    row = Row(number, {name: clean(value) for name, value in (record or {}).items()})
    try:
        row.told = tell(record or {}, row.told)
    except Refused as refused:
        row.why = str(refused)
    return row


def judge(sheet, committee, rows: list[Row]) -> list[Row]:
    """Let the section's own form look at each row that has no fault yet; the same row twice is taken once."""
    seen = sheet.known()
    for row in rows:
        if row.why:
            continue
        form = sheet.section.form(row.told, committee=committee)
        if not form.is_valid():
            row.why = "；".join(_fault(form, name, faults) for name, faults in form.errors.items())
            continue
        row.fields = form.cleaned_data
        key = tuple(row.fields[name] for name in sheet.unique)
        if key in seen:
            same = _("与第 %(row)s 行相同") % {"row": seen[key]}
            row.why = same if seen[key] else _("已经登记过")
        seen.setdefault(key, row.number)
    return rows


def _fault(form, name, faults) -> str:
    return f"{form[name].label}：{' '.join(faults)}"


def packed(name, rows: list[Row]) -> str:
    """The rows without fault as the page carries them."""
    good = [[row.number, row.told] for row in rows if not row.why]
    return signing.dumps([name, good], salt=SALT, compress=True)


def take(name, words: str, *, by, committee) -> list[Row]:
    """Register the rows that a page carried, one command each; what is refused now says why in its row.

    Raises Refused when the page's rows were damaged on their way.
    """
    try:
        carried, good = signing.loads(words, salt=SALT)
    except signing.BadSignature:
        carried, good = "", []
    require(carried == name, _("页面上的内容不完整，请重新选一次文件。"))
    sheet = SHEETS[name]
    rows = judge(sheet, committee, [Row(number, told) for number, told in good])
    for batch in _batches(row for row in rows if not row.why):
        with transaction.atomic():
            for row in batch:
                try:
                    sheet.section.add(by=by, committee=committee, **row.fields)
                except Refused as refused:
                    row.why = str(refused)
    return rows


def _batches(rows: Iterator[Row]):
    while batch := list(islice(rows, BATCH)):
        yield batch


def seen_as(name, row: Row) -> tuple:
    """A good row as it will stand in its section's list; nothing is stored for it."""
    sheet = SHEETS[name]
    return row.number, sheet.section.cells(sheet.model(**row.fields))


def _unit_teller(committee, defaults):
    """How a row of units is told to its form; places are looked up once each."""
    today, places = clock.today(), {}

    def place(written, *, town=False):
        if (written, town) not in places:
            found = match(written, committee.region.code, today=today, limit=5) if written else []
            sure = (region for region, score in found if score >= CERTAIN and region.pk != committee.region_id)
            places[written, town] = next((r for r in sure if not town or r.level == Region.Level.TOWN), None)
        return places[written, town]

    def tell(_record, words):
        name, written = words.get("name", ""), words.get("place", "")
        kind = kind_of(words.get("kind", ""))
        require(kind, _("类别看不懂，请写区级部门、镇街、村（社区）或其他单位。"))
        region = place(written)
        county = written in (committee.region.name, committee.region.official_name)
        require(region or county or not written, _("“%(place)s”不是本区县的镇街或村。") % {"place": written[:40]})
        if region is None and kind == Unit.Kind.TOWN:
            region = place(name, town=True)  # 安富街道办事处 says itself where it is
        return {"name": name, "kind": kind, "region": region.pk if region else ""}

    return tell


def _member_teller(committee, defaults):
    """How a row of members is told to its form; what the sheet leaves out is as was said beside it."""

    def tell(record, words):
        told = {"name": words.get("name", ""), "sector": words.get("sector", "")}
        told["term"] = term_of(words.get("term", "")) or defaults.get("term") or ""
        require(told["term"] or not words.get("term"), _("届次看不懂，请写数字，如 15。"))
        require(told["term"], _("没有写届次。"))
        told["term_from"] = day_of(record.get("since")) or defaults.get("term_from") or ""
        require(told["term_from"] or not words.get("since"), _("起始日期看不懂，请写成 2022-01-10 的样子。"))
        require(told["term_from"], _("没有写起始日期。"))
        told["term_to"] = day_of(record.get("until"))
        require(told["term_to"] or not words.get("until"), _("结束日期看不懂，请写成 2027-01-10 的样子。"))
        return told | {"term_from": str(told["term_from"])}

    return tell


def kind_of(written: str) -> str:
    """The kind of a unit that was meant, or nothing."""
    for value, label in Unit.Kind.choices:
        if written in (value, str(label)):
            return value
    return next((str(kind) for word, kind in KIND_WORDS.items() if word in written), "")


def term_of(written: str) -> int | None:
    """The number of a term, written 15, 第15届 or 第十五届."""
    plain = re.sub(r"[第届\s]", "", written)
    if plain.isdecimal():
        return int(plain)
    tens, ten, ones = plain.rpartition("十")
    signs = [tens or "一", ones or "〇"] if ten else ["〇", plain]
    return int("".join(str(_DIGITS[sign]) for sign in signs)) if set(signs) <= set(_DIGITS) else None


def day_of(written) -> str:
    """A day as YYYY-MM-DD, or nothing; a month alone (2022年1月) means its first day."""
    if isinstance(written, str) and re.fullmatch(r"\s*\d{4}\s*[年-]\s*\d{1,2}\s*月?\s*", written):
        written = written.replace("月", "").strip() + "-01"
    moment = moment_of(written) if written else None
    return f"{timezone.localdate(moment):%Y-%m-%d}" if moment else ""


SHEETS = {
    "units": Sheet(
        UNITS, Columns(
            {
                "name": "名称 单位名称 单位 承办单位 name unit", "kind": "类别 类型 单位类别 性质 kind type",
                "place": "镇街 所在地 地点 镇街或村 所在镇街 所在镇街或村 村 place region",
            }, ("name",),
        ), _unit_teller, Unit, ("name",),
    ),
    "members": Sheet(
        MEMBERS, Columns(
            {
                "name": "姓名 名字 委员 委员姓名 name", "sector": "界别 所属界别 sector", "term": "届次 届 第几届 term",
                "since": "起始日期 开始日期 任职日期 起始时间 任期开始 since from",
                "until": "结束日期 截止日期 结束时间 任期结束 until to",
            }, ("name",),
        ), _member_teller, Member, ("name", "sector", "term"),
    ),
}  # fmt: skip
