"""Reading briefs: the page of one, those made from a matter, and an issue as a paper."""

from django.db.models import F, Q
from django.utils.translation import gettext as _

from ..papers.official import Block, OfficialPaper
from .models import Brief, BriefSource


def brief_page(brief) -> dict:
    """What the page of a brief shows besides it, in four queries."""
    sources = brief.sources.select_related("voice__case", "visit__venue", "point__salon", "proposal__case")
    return {
        "sources": list(sources.order_by("pk")),
        "dispatches": list(brief.dispatches.all()),
        "instructions": list(brief.instructions.all()),
        "printed": list(brief.printed.select_related("issue")),
    }


def from_sources(name: str, keys) -> dict:
    """The briefs made from these voices, visits, points or proposals, by their ids: {id: [Brief]}; one query."""
    rows = BriefSource.objects.filter(**{f"{name}__in": list(keys)}).select_related("brief").order_by("pk")
    found: dict = {}
    for row in rows:
        found.setdefault(getattr(row, f"{name}_id"), []).append(row.brief)
    return found


def unseen(account):
    """The account's own briefs in which something happened that it has not seen yet."""
    mine = Q(entered_by=account) | (Q(member=account.member_id) if account.member_id else Q(pk=None))
    rows = Brief.objects.filter(mine).exclude(state__in=[Brief.State.DRAFT, Brief.State.SUBMITTED])
    return rows.filter(Q(seen_at=None) | Q(changed_at__gt=F("seen_at"))).order_by("-changed_at")


def issue_paper(issue) -> OfficialPaper:
    """An issue as the office prints it, each brief with its heading, its three parts and, where agreed, its author."""
    blocks = []
    items = list(issue.items.select_related("brief__member"))
    for item in items:
        brief = item.brief
        if len(items) > 1:
            blocks.append(Block("h1", f"{_numeral(item.order)}、{brief.edited_title}"))
        for title, text in (
            (_("情况"), brief.edited_situation), (_("分析"), brief.edited_analysis), (_("建议"), brief.edited_advice),
        ):  # fmt: skip
            if text:
                blocks += [Block("h2", title), Block("p", text)]
        if brief.named:
            blocks.append(Block("p", _("（作者：%(author)s）") % {"author": brief.author}))
    title = items[0].brief.edited_title if len(items) == 1 else _("社情民意信息（%(n)s 篇）") % {"n": len(items)}
    number = _("第%(number)s期（总第%(total)s期）") % {"number": issue.number, "total": issue.total}
    copies = tuple(part for part in issue.copies.replace("，", "、").split("、") if part)
    return OfficialPaper(_("社情民意信息"), number, title, issue.recipients, blocks, issue.signer, issue.on, copies)


def _numeral(number: int) -> str:
    """1–99 in Chinese numerals, as headings of official papers count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
