"""Reading briefs: what a source says for the first draft, and the way back from a source to what was made of it."""

from django.db.models import Q
from django.utils.translation import gettext as _

from ..cases.masking import mask
from ..consultations.models import Consultation
from ..proposals.models import Proposal
from ..salons.models import Point, Salon
from ..shared.formats import day
from ..visits.models import Visit
from ..voices.models import Voice
from .models import Brief, BriefSource

#: The records a brief may come from, by the name of the field that holds them.
SOURCES = {
    "voice": Voice, "visit": Visit, "point": Point, "proposal": Proposal, "consultation": Consultation,
}  # fmt: skip
#: What is read together with a source.
RELATED = {
    "voice": ("case", "region", "venue"), "visit": ("venue__region",), "point": ("salon__venue__region",),
    "proposal": ("case",), "consultation": ("case", "topic", "venue__region"),
}  # fmt: skip


def sources_for(account, name: str):
    """The records of one kind of source that the account may read."""
    model = SOURCES[name]
    if model is Point:
        rows = Point.objects.filter(salon__in=Salon.objects.visible_to(account).values("pk"))
    else:
        rows = model.objects.all()
        rows = rows.visible_to(account) if hasattr(rows, "visible_to") else rows
    return rows.select_related(*RELATED[name])


def prefill(name: str, source) -> dict:
    """The first words of a draft from its source, with telephone numbers and the like made unreadable."""
    return {part: mask(text) for part, text in _WORDS[name](source).items() if text}


def _from_voice(voice) -> dict:
    place = voice.venue.full_name if voice.venue_id else voice.region.full_name
    return {"situation": _("%(place)s群众反映：%(text)s") % {"place": place, "text": voice.text}}


def _from_visit(visit) -> dict:
    where = {"on": day(visit.on), "place": visit.venue.full_name}
    heard = [row.voice.text for row in visit.raised.select_related("voice")]
    said = "\n".join(text for text in (visit.noted, *heard) if text)
    return {"situation": _("%(on)s走访%(place)s了解到：") % where + said}


def _from_point(point) -> dict:
    theme = {"theme": point.salon.theme}
    return {"situation": _("在“%(theme)s”委员沙龙上，大家谈到：") % theme, "advice": point.text}


def _from_proposal(proposal) -> dict:
    return {
        "title": proposal.title, "situation": getattr(proposal, "reason", ""),
        "advice": getattr(proposal, "advice", ""),
    }  # fmt: skip


def _from_consultation(consultation) -> dict:
    return {"title": consultation.topic.title, "situation": consultation.topic.summary}


_WORDS = {
    "voice": _from_voice, "visit": _from_visit, "point": _from_point, "proposal": _from_proposal,
    "consultation": _from_consultation,
}  # fmt: skip


def from_sources(kind: str, ids) -> dict[int, list[Brief]]:
    """The briefs made from these records of one kind of source, by the record's id; one query."""
    found: dict[int, list[Brief]] = {}
    rows = BriefSource.objects.filter(**{"kind": kind, f"{kind}__in": list(ids)})
    for row in rows.select_related("brief__author").order_by("brief"):
        found.setdefault(getattr(row, f"{kind}_id"), []).append(row.brief)
    return found


def made_from(account, kind: str, ids) -> list[Brief]:
    """Those of the briefs made from these records that the account may read, the oldest first; one query."""
    sources = BriefSource.objects.filter(**{"kind": kind, f"{kind}__in": list(ids)}).values("brief")
    return list(Brief.objects.visible_to(account).filter(pk__in=sources).select_related("author").order_by("pk"))


def of_case(account, case) -> list[Brief]:
    """The briefs that came out of a thread, those of threads joined to it too, as far as they may be read."""
    rows = Brief.objects.visible_to(account).filter(Q(case=case) | Q(case__joined_to=case))
    return list(rows.select_related("author").order_by("pk"))


def waiting_voices(brief) -> list[Voice]:
    """The voices behind a brief that still wait for a result."""
    rows = Voice.objects.filter(brief_sources__brief=brief, state=Voice.State.INFO)
    return list(rows.select_related("case", "region", "deadline", "committee").order_by("pk"))


def brief_page(account, brief) -> dict:
    """What the page of a brief needs besides the brief, in a fixed number of queries."""
    sources = brief.sources.select_related(
        "voice__case", "visit__venue", "point__salon", "proposal__case", "consultation__case", "consultation__topic"
    )
    return {
        "sources": [_followed_back(source) for source in sources],
        "dispatches": list(brief.dispatches.all()),
        "instructions": list(brief.instructions.all()),
        "follows": list(brief.follows.all()),
        "printings": list(brief.printings.select_related("issue")),
        "voices": waiting_voices(brief),
    }


def _followed_back(source) -> dict:
    """A source as a link: its kind, its words and where it is shown at the desk."""
    kind, found = source.kind, getattr(source, source.kind, None)
    words, href = "", None
    if kind == "voice":
        words, href = f"{found.case.no} {found.text[:40]}", f"/desk/cases/{found.case.no}/#voice-{found.pk}"
    elif kind == "visit":
        words, href = f"{found.venue.name} {day(found.on)}", f"/desk/visits/{found.pk}/"
    elif kind == "point":
        words, href = f"{found.salon.theme}：{found.label}", f"/desk/salons/{found.salon_id}/"
    elif kind == "proposal":
        words, href = found.title, f"/desk/proposals/{found.pk}/"
    elif kind == "consultation":
        words, href = found.topic.title, f"/desk/cases/{found.case.no}/#consultation-{found.pk}"
    return {"kind": str(source), "words": words, "href": href}
