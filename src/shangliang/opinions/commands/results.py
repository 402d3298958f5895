"""What the clock keeps of a round: its map, and no addresses any more once it is over."""

from ...journal.record import command
from ...shared.refusals import require
from .. import policies
from ..models import Drawing, Participant

#: Rows changed by one statement.
SLICE = 500


@command
def draw(*, by, round, drawn):
    """Keep the map drawn of all votes (:func:`drawing.drawn`) and the group of each participant."""
    require(policies.may_draw(by, round))
    fields = {
        "committee": round.committee, "drawn_at": drawn.at, "votes": drawn.votes, "people": drawn.people,
        "found": drawn.found,
    }  # fmt: skip
    if drawn.doubts is not None:
        fields |= {"doubts": drawn.doubts, "doubted_at": drawn.at}
    Drawing.objects.update_or_create(round=round, defaults=fields)
    for group, ids in drawn.changed.items():
        for first in range(0, len(ids), SLICE):
            Participant.objects.filter(pk__in=ids[first : first + SLICE]).update(group=group)


@command
def forget_sources(*, by, round) -> int:
    """Clear the digests of addresses of a round that is over; say of how many."""
    require(policies.may_forget_sources(by, round))
    return Participant.objects.filter(round=round).exclude(source="").update(source="")
