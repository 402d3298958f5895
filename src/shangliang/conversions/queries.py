"""Reading conversions: the ladder with its evidence, the papers of each step, and sums with their sources."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ..files.models import Attachment
from ..salons.models import Point, Salon
from .amounts import Sum, sums
from .models import Benefit, Conversion, Evidence

#: What a conversion comes from, by the field that names it.
ORIGINS = {"report": _("调研报告"), "point": _("沙龙要点"), "brief": _("社情民意"), "proposal": _("提案")}
#: Said in place of an origin that somebody may not read.
UNREADABLE = _("%(kind)s（不在您的查阅范围内）")


@dataclass
class Rung:
    """One rung of the ladder; ``status`` is done, current or todo, ``proof`` what the step rests on."""

    label: str
    status: str
    on: dt.date | None = None
    proof: Evidence | None = None
    note: str = ""
    files: list = field(default_factory=list)


def ladder(conversion, *, public=False) -> list[Rung]:
    """The rungs from the lowest to the highest, with what is known of each; two queries.

    A conversion that was not adopted ends on that rung.
    """
    proofs = {proof.step: proof for proof in conversion.evidence.all()}
    papers: dict[int, list] = {}
    for paper in _papers([proof.pk for proof in proofs.values()], public=public):
        papers.setdefault(paper.subject_id, []).append(paper)
    State = Conversion.State
    decided = next((step for step in (*Conversion.TAKEN, State.NOT_ADOPTED) if step in proofs), State.ADOPTED)
    rungs = [Rung(str(State.IDENTIFIED.label), "done", conversion.identified_on)]
    for step in (State.SUBMITTED, State.CONSIDERED, decided, State.IN_FORCE, State.EFFECT_RECORDED):
        proof = proofs.get(step)
        files = papers.get(proof.pk, []) if proof else []
        rungs.append(Rung(str(step.label), "done" if proof else "todo", proof and proof.on, proof, "", files))
        if step == State.NOT_ADOPTED:
            break
    if rungs[1].proof:
        rungs[1].note = str(conversion.get_channel_display())
        rungs[0].on = min(rungs[0].on, rungs[1].on)
    if conversion.state != State.CLOSED:
        [rung for rung in rungs if rung.status == "done"][-1].status = "current"
    return rungs


def _papers(keys, *, public=False):
    rows = Attachment.objects.filter(subject="conversions.evidence", subject_id__in=keys)
    return rows.filter(is_public=True).order_by("pk") if public else rows.order_by("pk")


def files_of(conversion) -> list[Attachment]:
    """The papers handed in with all its steps."""
    return list(_papers(list(conversion.evidence.values_list("pk", flat=True))))


def sums_of(conversions) -> list[Sum]:
    """What came of these conversions by kind: withdrawn figures left out, overlapping periods listed, not added."""
    rows = Benefit.objects.filter(conversion__in=conversions, withdrawn_on=None).select_related("conversion")
    return sums(list(rows.order_by("period_from", "pk")), Benefit.Kind.choices)


def readable_points(account):
    """The points of the salons that the account may read."""
    return Point.objects.filter(salon__in=Salon.objects.visible_to(account).values("pk"))


def with_origins(conversions, account):
    """The same conversions, each knowing which of its origins the account may read itself; no query more."""
    kept: dict = {}
    for name in ORIGINS:
        model = Conversion._meta.get_field(name).related_model
        rows = readable_points(account) if model is Point else model.objects.visible_to(account)
        kept[f"reads_{name}"] = Exists(rows.filter(pk=OuterRef(f"{name}_id")))
    return conversions.annotate(**kept)


def origins(conversion) -> list[tuple]:
    """(its name, its kind in words, the origin itself or None where it may not be read) of one of ``with_origins``."""
    return [
        (name, words, getattr(conversion, name) if getattr(conversion, f"reads_{name}") else None)
        for name, words in ORIGINS.items()
        if getattr(conversion, f"{name}_id")
    ]
