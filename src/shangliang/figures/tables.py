"""The tables of the open data: which columns leave the house, in which words, and from where; none of them is personal.

Places are told by town, never nearer: a day and a village together can point at one family. Persons are left out
altogether, because even a made-up number would show who came where; the role in which somebody came is no person. A
table holds the records that its figure counts and no others: a draft, a plan or what was sent back is not public, so
that its number and state are not either. A courtyard is somebody's home: its name and its point on the map stay here.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..backfill.models import PastRecord
from ..cases.masking import mask
from ..cases.models import Case
from ..outcomes.models import Rating
from ..studios.queries import public_places
from .counting import TOWN
from .definitions import BY_KEY, GOOD

#: How many rows are fetched at a time.
CHUNK = 5000


@dataclass(frozen=True)
class Column:
    """One column: its name, its Frictionless type, what it means, where it is read, and how it is turned into text."""

    name: str
    type: str
    words: object
    path: str
    turn: Callable = lambda value: value


@dataclass(frozen=True)
class Table:
    """One file of the bundle: what its rows are, and how they are read."""

    name: str
    words: object
    rows: Callable
    columns: tuple

    def read(self) -> Iterator[list]:
        """The rows, one after the other, oldest first; memory does not grow with their number."""
        paths = [column.path for column in self.columns]
        turns = [column.turn for column in self.columns]
        rows = self.rows().order_by("pk").values_list(*paths)
        for row in rows.iterator(chunk_size=CHUNK):
            yield [turn(value) for turn, value in zip(turns, row, strict=True)]


def _day(value):
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else ""


def _town(code):
    return (code or "")[:TOWN]


def _number():
    return Column("id", "integer", _("记录的号"), "pk")


def _case(path="case__no"):
    return Column("case_no", "string", _("案卷号"), path)


def _on(name, words, path):
    return Column(name, "date", words, path, _day)


def _place(path):
    return Column("town", "string", _("镇街代码（九位），到镇街为止"), path, _town)


def _text(name, words, path=""):
    return Column(name, "string", words, path or name)


def _cases():
    """Cases that are public or that a counted record belongs to, with their title where they are public.

    A matter of which nothing counts yet, such as the draft of a proposal, is nobody's business: not even its number.
    """
    good = Rating.objects.filter(case=OuterRef("pk"), value__in=GOOD)
    public = models.Case(When(state=Case.State.PUBLISHED, then=F("title")), default=Value(""))
    rows = Case.objects.annotate(solved=Exists(good), public_title=public)
    behind = Q(state=Case.State.PUBLISHED) | Q(solved=True)
    for key in ("voices", "topics", "consultations", "agreements", "tasks"):
        behind |= Q(pk__in=BY_KEY[key].rows().order_by().values("case"))
    return rows.filter(behind)


def _voices():
    return BY_KEY["voices"].rows().annotate(rated=Exists(Rating.objects.filter(voice=OuterRef("pk"))))


def _flag(name, words):
    return Column(name, "boolean", words, name, lambda value: "true" if value else "false")


_STATE = _("走到哪一步")
TABLES = (
    Table("cases", _("案卷，一件事一行；公开的才有标题"), _cases, (
        _case("no"), _text("state", _("是否公开")), _text("stage", _STATE),
        _on("opened_on", _("立案日期"), "opened_on"), _on("published_on", _("公开日期"), "published_on"),
        _place("region__code"), Column("title", "string", _("公开的标题"), "public_title", mask),
        _flag("solved", _("是否有人评价满意或基本满意")),
    )),
    Table("voices", _("民声，一件一行；没有原话，没有人"), _voices, (
        _number(), _case(), _on("day", _("反映日期"), "reported_at"), _place("region__code"),
        _text("channel", _("渠道")), _text("state", _STATE), _flag("rated", _("是否有人评价")),
    )),
    Table("topics", _("议题"), BY_KEY["topics"].rows, (
        _number(), _case(), _on("day", _("提出日期"), "proposed_on"), _place("region__code"),
        _text("category", _("类别")), _text("state", _STATE),
    )),
    Table("consultations", _("协商活动"), BY_KEY["consultations"].rows, (
        _number(), _case(), _on("day", _("开会日期"), "starts_at"), _place("venue__region__code"),
        _text("carrier", _("平台")), _text("state", _STATE), _text("joint", _("联合场次的编号；两地同号的是同一场")),
    )),
    Table("attendances", _("到会，一人次一行；只有身份，没有人"), BY_KEY["attendances"].rows, (
        _number(), Column("consultation", "integer", _("协商活动的号"), "consultation_id"), _text("role", _("身份")),
    )),
    Table("agreements", _("约定事项，一项一行"), BY_KEY["agreements"].rows, (
        _number(), _case(), Column("consultation", "integer", _("协商活动的号"), "consultation_id"),
        _place("case__region__code"), _text("kind", _("类别")), _text("state", _STATE),
        _on("due_on", _("完成时限"), "due_on"),
    )),
    Table("tasks", _("交办事项，一件一行"), BY_KEY["tasks"].rows, (
        _number(), _case(), _text("unit", _("承办单位"), "unit__name"), _place("case__region__code"),
        _on("assigned_on", _("交办日期"), "assigned_on"), _on("closed_on", _("销号日期"), "closed_on"),
        _text("grade", _("办理结果")), _text("state", _STATE),
    )),
    Table("visits", _("委员走访，一次一行"), BY_KEY["visits"].rows, (
        _number(), _on("day", _("走访日期"), "on"), _place("venue__region__code"),
    )),
    Table("places", _("协商的地方；小院不给名字和坐标"), public_places, (
        _number(), _text("code", _("编号")), _text("kind", _("类别")), _place("region__code"),
        _on("opened_on", _("开始日期"), "opened_on"), _on("closed_on", _("停用日期"), "closed_on"),
    )),
    Table("studios", _("委员工作室"), BY_KEY["studios"].rows, (
        _number(), _text("name", _("名称")), _text("kind", _("类别")), _text("state", _STATE),
        _place("venue__region__code"),
    )),
    Table("salons", _("委员沙龙"), BY_KEY["salons"].rows, (
        _number(), _on("day", _("举办日期"), "starts_at"), _text("series", _("系列")), _text("state", _STATE),
    )),
    Table("results", _("公开的成果"), BY_KEY["results"].rows, (
        _number(), _on("published_on", _("公开日期"), "published_on"), _text("state", _STATE),
    )),
    Table("past", _("补录的以前的事，一件一行；没有原话，没有人"), lambda: PastRecord.objects.counted(), (
        _number(), _text("kind", _("是什么：协商 consultation、走访 visit、民声 voice、解决的问题 solved")),
        _on("day", _("日期"), "on"), _place("region__code"), _text("carrier", _("平台")),
        Column("present", "integer", _("到会人次"), "present"), Column("agreed", "integer", _("约定项数"), "agreed"),
        _text("proof", _("凭据：签字纪要 minutes、照片 photo、报道 press、说明 statement"), "grade"),
        _flag("rough", _("到会人次不是确数，只算说明")),
    )),
)  # fmt: skip
