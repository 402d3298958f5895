"""Comparing the figures with the journal and keeping what came of it."""

from ..journal.record import command
from ..shared import clock
from ..shared.refusals import require
from .models import Recount
from .policies import may_recount
from .recount import Journal, compare


@command
def recount(*, by, committee) -> list[Recount]:
    """Count every figure of the committee from its records and from its journal, and keep both; nothing is entered."""
    require(may_recount(by, committee))
    journal, at = Journal(committee), clock.now()
    kept = []
    for row in compare(journal):
        both = {"counted": row.counted, "told": row.told, "seq": journal.last, "compared_at": at}
        found, _new = Recount.objects.update_or_create(committee=committee, figure=row.key, defaults=both)
        kept.append(found)
    return kept
