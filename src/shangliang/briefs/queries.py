"""Reading briefs: the page of one, what its source says, the way back from a source, and an issue as a paper."""

import re

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from ..cases.masking import mask
from ..papers.official import Block, OfficialPaper
from ..people.models import Account
from ..proposals.models import Proposal
from ..salons.models import Point, Salon
from ..shared.formats import day
from ..visits.models import Visit
from ..voices.models import Voice
from .models import Brief, BriefSource

#: While a brief is in one of these, only its author has done anything (or it came back and is told as such).
BEFORE = frozenset({Brief.State.DRAFT, Brief.State.SUBMITTED, Brief.State.WITHDRAWN})
#: The records a brief may come from, by the word in the address, and what is read with each.
SOURCES = {
    "voice": (Voice, ("case", "region", "venue", "deadline")), "visit": (Visit, ("venue__region",)),
    "point": (Point, ("salon__venue__region",)), "proposal": (Proposal, ("case",)),
}  # fmt: skip


def readable_sources(account, name: str):
    """The records of one kind of source that the account may read."""
    model, related = SOURCES[name]
    if model is Point:
        rows = Point.objects.filter(salon__in=Salon.objects.visible_to(account).values("pk"))
    else:
        rows = model.objects.visible_to(account)
    return rows.select_related(*related)


def first_words(name: str, source) -> dict:
    """What a source says, as the first words of a draft, with telephone numbers and the like made unreadable."""
    return {part: mask(text) for part, text in _WORDS[name](source).items() if text}


def _of_voice(voice) -> dict:
    place = voice.venue.full_name if voice.venue_id else voice.region.full_name
    return {"situation": _("%(place)s群众反映：%(text)s") % {"place": place, "text": voice.text}}


def _of_visit(visit) -> dict:
    where = _("%(on)s走访%(place)s了解到：") % {"on": day(visit.on), "place": visit.venue.full_name}
    heard = [row.voice.text for row in visit.raised.select_related("voice").order_by("pk")]
    return {"situation": where + "\n".join(text for text in (visit.noted, *heard) if text)}


def _of_point(point) -> dict:
    theme = _("在“%(theme)s”委员沙龙上，大家谈到：") % {"theme": point.salon.theme}
    return {"situation": theme, "advice": point.text}


def _of_proposal(proposal) -> dict:
    return {"title": proposal.title[:60], "situation": proposal.reason, "advice": proposal.advice}


_WORDS = {"voice": _of_voice, "visit": _of_visit, "point": _of_point, "proposal": _of_proposal}


def brief_page(account, brief) -> dict:
    """What the page of a brief shows besides it, in seven queries; ``heard`` are the voices the account may read."""
    voices = Voice.objects.visible_to(account).filter(brief_sources__brief=brief)
    sources = brief.sources.select_related("voice__case", "visit__venue", "point__salon", "proposal__case")
    return {
        "sources": list(sources.order_by("pk")),
        "dispatches": list(brief.dispatches.all()),
        "instructions": list(brief.instructions.all()),
        "follows": list(brief.follows.all()),
        "voices": waiting_voices(brief),
        "heard": set(voices.values_list("pk", flat=True)),
        "printed": list(brief.printed.select_related("issue")),
    }


def from_sources(name: str, keys) -> dict:
    """The briefs made from these voices, visits, points or proposals, by their ids: {id: [Brief]}; one query."""
    rows = BriefSource.objects.filter(**{f"{name}__in": list(keys)}).select_related("brief").order_by("pk")
    found: dict = {}
    for row in rows:
        found.setdefault(getattr(row, f"{name}_id"), []).append(row.brief)
    return found


def made_from(account, name: str, keys) -> list[Brief]:
    """Those of the briefs made from these records that the account may read, the oldest first; one query."""
    sources = BriefSource.objects.filter(**{f"{name}__in": list(keys)}).values("brief")
    return list(Brief.objects.visible_to(account).filter(pk__in=sources).select_related("member").order_by("pk"))


def of_case(account, case) -> list[Brief]:
    """The briefs that came out of a thread or of those joined to it, as far as the account may read them; one query."""
    rows = Brief.objects.visible_to(account).filter(Q(case=case) | Q(case__joined_to=case))
    return list(rows.select_related("member").order_by("pk"))


def waiting_voices(brief) -> list[Voice]:
    """The voices behind a brief that still wait for a result; one query."""
    rows = Voice.objects.filter(brief_sources__brief=brief, state=Voice.State.INFO)
    return list(rows.select_related("case", "region", "deadline", "committee").order_by("pk"))


def own(account):
    """The account's own briefs; those it typed in for somebody who has an account are that one's."""
    heard = Account.objects.filter(member=OuterRef("member"), is_active=True)
    mine = Q(entered_by=account) & (Q(member=None) | ~Exists(heard))
    if account.member_id:
        mine |= Q(member=account.member_id)
    return Brief.objects.filter(mine)


def unseen(account):
    """The account's own briefs in which something happened that it has not seen yet."""
    rows = own(account).exclude(state__in=BEFORE)
    return rows.filter(Q(seen_at=None) | Q(changed_at__gt=F("seen_at"))).order_by("-changed_at")


def issue_paper(issue) -> OfficialPaper:
    """An issue as the office prints it: one brief under its three headings, several under a heading each.

    An author is named only who agreed to it; an informant never is.
    """
    items = list(issue.items.select_related("brief__member"))
    compiled = len(items) > 1
    blocks = []
    for item in items:
        blocks += _printed(item, compiled)
    first = items[0].brief.edited_title
    title = issue.title or (_("社情民意信息%(n)s则") % {"n": _numeral(len(items))} if compiled else first)
    number = _("第%(number)s期（总第%(total)s期）") % {"number": issue.number, "total": issue.total}
    return OfficialPaper(
        mark=_("社情民意信息"), number=number, title=title, recipients="", blocks=blocks, on=issue.on,
        signature=_("%(committee)s办公室") % {"committee": issue.committee.short_name}, signer=issue.signer,
        reported_to=_split(issue.recipients), copies=_split(issue.copies),
    )  # fmt: skip


def _printed(item, compiled) -> list[Block]:
    brief, blocks = item.brief, []
    if compiled:
        blocks.append(Block("h1", f"{_numeral(item.order)}、{brief.edited_title}"))
    texts = ((_("情况"), brief.edited_situation), (_("分析"), brief.edited_analysis), (_("建议"), brief.edited_advice))
    for place, (heading, text) in enumerate([pair for pair in texts if pair[1]], 1):
        number = _numeral(place)
        blocks.append(Block("h2", f"（{number}）{heading}") if compiled else Block("h1", f"{number}、{heading}"))
        blocks.append(Block("p", text))
    said = _("（特邀信息员反映）") if brief.by_informant else _("（政协委员反映）")
    if brief.named and brief.member_id:
        said = _("（作者：政协委员%(author)s）") % {"author": brief.member.name}
    return [*blocks, Block("p", said)]


def _split(words: str) -> tuple:
    return tuple(name for name in re.split(r"[、，,；;]\s*", words.strip()) if name)


def _numeral(number: int) -> str:
    """1–99 in Chinese numerals, as headings of official papers count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
