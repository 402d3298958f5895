"""Claims beside what the ledger can prove for the same time."""

from dataclasses import dataclass

from ..figures import past
from ..figures.counting import Scope, value
from ..figures.definitions import BY_KEY
from .models import Claim


@dataclass(frozen=True)
class Settled:
    """A claim, and what the ledger counts of the same figure in its time: by itself, and the past by its proof."""

    claim: Claim
    figure: object
    counted: int | None
    live: int | None
    grades: list

    @property
    def difference(self) -> int | None:
        """How many more are claimed than can be proved; None where we keep no such ledger."""
        return None if self.counted is None else self.claim.number - self.counted


def settled(claims, first: int = 0, most: int | None = None) -> list[Settled]:
    """These claims from ``first`` on, at most ``most``, in the order of the figures; the same part is counted once."""
    order = {key: number for number, key in enumerate(BY_KEY)}
    keys = claims.order_by("-number", "pk").values_list("pk", "figure")
    sorted_keys = [pk for pk, _figure in sorted(keys, key=lambda row: order.get(row[1], len(order)))]
    shown = sorted_keys[first : None if most is None else first + most]
    rows = claims.select_related("snapshot").in_bulk(shown)
    known: dict[tuple, tuple] = {}
    return [_settled(rows[pk], known) for pk in shown]


def _settled(claim, known) -> Settled:
    figure = BY_KEY.get(claim.figure)
    if figure is None:
        return Settled(claim, None, None, None, [])
    part = claim.figure, claim.since, claim.until
    if part not in known:
        scope = Scope(claim.since, claim.until)
        counted, grades = value(figure, scope), past.by_grade(figure, scope)
        known[part] = counted, None if counted is None else counted - sum(n for _words, n in grades), grades
    return Settled(claim, figure, *known[part])
