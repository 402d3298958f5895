"""An issue of the periodical as an official paper."""

import re

from django.utils.translation import gettext as _

from ..papers.official import Block, OfficialPaper, docx
from .models import Issue

DIGITS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """1 … 99 as headings count: 一, 十, 十二, 二十, 三十五."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return before + (DIGITS[ones] if ones or not tens else "")


def issue_paper(issue: Issue) -> bytes:
    """The issue as docx: a single brief has three headings, a compiled one a heading for each brief."""
    items = list(issue.items.select_related("brief__author"))
    compiled = issue.shape == Issue.Shape.COMPILED
    blocks = []
    for item in items:
        blocks += _compiled(item) if compiled else _single(item)
    return docx(
        OfficialPaper(
            mark=_("社情民意信息"),
            number=_("第%(number)s期（总第%(total)s期）") % {"number": issue.number, "total": issue.total},
            title=issue.title, recipients="", blocks=blocks,
            signature=_("%(committee)s办公室") % {"committee": issue.committee.short_name}, on=issue.on,
            copies=_names(issue.copies), reported_to=_names(issue.recipients), signer=issue.signer_post,
        )
    )  # fmt: skip


def _parts(brief) -> list:
    return [
        (_("情况"), brief.edited_situation), (_("分析"), brief.edited_analysis), (_("建议"), brief.edited_advice),
    ]  # fmt: skip


def _single(item) -> list:
    blocks = []
    for number, (heading, text) in enumerate(_parts(item.brief), 1):
        blocks += [Block("h1", f"{numeral(number)}、{heading}"), Block("p", text)]
    return [*blocks, _by(item.brief)]


def _compiled(item) -> list:
    blocks = [Block("h1", f"{numeral(item.place)}、{item.heading}")]
    for number, (heading, text) in enumerate(_parts(item.brief), 1):
        blocks += [Block("h2", f"（{numeral(number)}）{heading}"), Block("p", text)]
    return [*blocks, _by(item.brief)]


def _by(brief) -> Block:
    """Whose it is: by name only with the author's consent."""
    if brief.author_id and brief.may_name:
        said = _("（作者：政协委员%(name)s）") % {"name": brief.author.name}
    elif brief.author_id:
        said = _("（政协委员反映）")
    else:
        said = _("（特邀信息员反映）")
    return Block("p", said)


def _names(words: str) -> tuple:
    return tuple(name for name in re.split(r"[、，,；;]\s*", words) if name)
