"""Reading snapshots: what is about the same thing, and what becomes of the numbers that a report claims."""

from dataclasses import dataclass

from ..cases.masking import mask
from ..figures.counting import value
from ..figures.definitions import BY_KEY
from . import alike
from .claims import Claim, claims
from .models import Snapshot

RELATED = 9


@dataclass(frozen=True)
class Related:
    """Another report that has a keyword of this one's title, with the words around it."""

    snapshot: Snapshot
    word: str
    shown: str


def related(snapshot, rows) -> list[Related]:
    """At most RELATED of ``rows``: more of the title's keywords first, then the later ones; always the same."""
    words = alike.quoted(snapshot.title) or [snapshot.title]
    found = []
    for other in rows.exclude(pk=snapshot.pk):
        hits = [word for word in words if word in other.body or word in other.title]
        if hits:
            shown = alike.in_context(mask(other.body), hits[0]) or mask(other.title)
            found.append((-len(hits), -(other.published_at or other.captured_at).timestamp(), other.pk,
                          Related(other, hits[0], shown)))  # fmt: skip
    return [each for *_order, each in sorted(found, key=lambda row: row[:3])[:RELATED]]


@dataclass(frozen=True)
class Checked:
    """A claimed number beside what the ledger counts today."""

    claim: Claim
    figure: object
    counted: int | None

    @property
    def difference(self) -> int | None:
        """How many more the report claims than the ledger can prove."""
        return None if self.counted is None else self.claim.number - self.counted


def checked(snapshot) -> list[Checked]:
    """Every number that the report claims of a figure we keep, beside our own count."""
    told = [(claim, BY_KEY[claim.figure]) for claim in claims(snapshot.body)]
    return [Checked(claim, figure, value(figure)) for claim, figure in told]
