"""Reading conversions: the ladder with its evidence, the papers of each step, and sums with their sources."""

import datetime as dt
from dataclasses import dataclass, field

from ..files.models import Attachment
from .amounts import Sum, sums
from .models import Benefit, Conversion, Evidence


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
