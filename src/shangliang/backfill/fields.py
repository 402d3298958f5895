"""Which columns a kind of file has, by which headings they are recognised, and the guess of what is where."""

from django.utils.translation import gettext_lazy as _

from .models import Kind
from .reading import plain

#: So many of the first rows may hold the headings.
MOST_ABOVE = 10
#: Field → its words.
WORDS = {
    "on": _("日期"), "place": _("地点"), "carrier": _("平台"), "topic": _("议题或内容"), "present": _("到会人数"),
    "agreed": _("约定项数"), "members": _("委员"), "grade": _("凭据"), "proof": _("凭据在哪里"),
}  # fmt: skip
_ALWAYS = ("grade", "proof")
OF = {
    Kind.CONSULTATION: ("on", "place", "carrier", "topic", "present", "agreed", "members", *_ALWAYS),
    Kind.VISIT: ("on", "place", "topic", "members", *_ALWAYS),
    Kind.VOICE: ("on", "place", "topic", *_ALWAYS),
    Kind.SOLVED: ("on", "place", "topic", *_ALWAYS),
}
NEEDED = {Kind.CONSULTATION: ("on", "place"), Kind.VISIT: ("on", "place"), Kind.VOICE: ("on",), Kind.SOLVED: ("on",)}
_HEADS = {
    "on": "日期 时间 开会日期 开会时间 协商日期 协商时间 活动日期 活动时间 走访日期 走访时间 反映日期 反映时间 "
    "解决日期 解决时间 办结日期 办结时间 召开时间 召开日期 date",
    "place": "地点 地方 小院 所在小院 协商地点 活动地点 走访地点 开会地点 镇街 村 村社区 "
    "村(社区) 所在村 所在镇街 单位 place",
    "carrier": "平台 载体 协商平台 协商载体 活动形式 carrier",
    "topic": "议题 协商议题 主题 活动主题 内容 活动内容 事项 协商内容 协商事项 问题 反映问题 反映内容 民声 诉求 "
    "解决的问题 问题内容 走访内容 topic",
    "present": "到会人数 参会人数 人数 参加人数 到会人次 人次 参与人次 参与人数 到场人数",
    "agreed": "约定事项 约定项数 达成共识 共识数 达成共识数 议定事项 议定事项数 约定数",
    "members": "委员 参加委员 走访委员 参会委员 委员姓名 到会委员",
    "grade": "凭据 凭据类别 证据 依据 证明材料 佐证 佐证材料",
    "proof": "凭据在哪里 凭据位置 出处 来源 档案号",
}
_FIELDS = {word: name for name, words in _HEADS.items() for word in words.split()}


def field_of(heading: str) -> str:
    """The field that a heading means, or nothing."""
    word = "".join(plain(heading).lower().split())
    return _FIELDS.get(word) or _FIELDS.get(word.split("(")[0], "")


def guess(kind: str, sheet: list) -> tuple[int, dict]:
    """(number of the row with the headings, {field: column}): the row of the first ten with most known headings."""
    best: tuple[int, dict] = (0, {})
    for number, cells in sheet[:MOST_ABOVE]:
        found = columns_of(kind, cells)
        if number <= MOST_ABOVE and len(found) > len(best[1]):
            best = (number, found)
    return best if len(best[1]) > 1 else (0, {})


def columns_of(kind: str, cells: list) -> dict:
    """{field: column} of a row of headings, each field's first column."""
    found: dict[str, int] = {}
    for column, heading in enumerate(cells):
        name = field_of(heading)
        if name in OF[kind]:
            found.setdefault(name, column)
    return found
