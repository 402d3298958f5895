"""Reading a round: who may vote now, what comes next, what stands under its seal."""

import hashlib
import secrets
import zlib
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from ..people.keys import person_key
from ..shared import alike as likeness
from ..shared import clock, receipts
from ..shared.refusals import require
from . import standing
from .models import Drawing, Participant, Round, Statement, Vote

#: Answers after which a person may see what others say.
ENOUGH = 10
#: The fewest people of whom anything is said.
FEWEST = 5
#: Nearly the same: so large a share of common pairs of characters.
NEAR, PAIR, OFFERED = 0.4, 2, 3
#: Votes read at once.
CHUNK = 20_000
#: Seconds for which the counts are kept by which cards are chosen.
CARDS_KEPT = 5


def key_of(said: str) -> str:
    """The key of a participant from what only this person's device or paper holds."""
    return person_key(f"round:{said}")


def slip_code(round, number: int) -> str:
    """The 26 digits on the slip of this number; worked out, never stored."""
    return receipts.make(settings.RECEIPT_KEY, f"slip:{round.serial}:{number}")


def require_running(round) -> None:
    """Raises Refused, in words, where nobody can vote now."""
    said = {
        Round.State.DRAFT: _("这次征询还没有开始。"), Round.State.CANCELLED: _("这次征询已经取消。"),
    }.get(round.state, _("这次征询已经截止。"))
    require(round.state == Round.State.OPEN and clock.today() <= round.ends_on, said)


def drawing_of(round) -> Drawing | None:
    """Its map, or None where none was drawn yet; one query."""
    return Drawing.objects.filter(round=round).first()


def undrawn() -> list[Round]:
    """Rounds whose map is to be drawn: open ones once ``FEWEST`` people have voted since the last (of one person alone
    the difference of two maps would tell the answers), others once all their votes are in; one query."""
    votes = Vote.objects.filter(round=OuterRef("pk")).order_by().values("round")
    people = votes.annotate(n=Count("participant", distinct=True)).values("n")
    came = votes.filter(at__gte=OuterRef("drawing__drawn_at")).annotate(n=Count("participant", distinct=True))
    rounds = Round.objects.filter(state__in=["open", "closed", "published"]).annotate(
        people=Subquery(people), came=Subquery(came.values("n")),
        last=Subquery(votes.annotate(latest=Max("at")).values("latest")),
    )  # fmt: skip
    ended, drawn = ~Q(state="open"), F("drawing__drawn_at")
    first = Q(drawing=None) & (Q(people__gte=FEWEST) | ended & Q(people__gte=1))
    more = Q(came__gte=FEWEST) | ended & (Q(last__gte=drawn) | Q(closed_at__gt=drawn))
    return list(rounds.filter(first | Q(people__gte=1) & more).select_related("case", "region"))


def answers_of(participant) -> dict[int, int]:
    """{statement: value} of one person, the last answer last; one query."""
    rows = Vote.objects.filter(participant=participant).order_by("at", "pk")
    return dict(rows.values_list("statement_id", "value"))


def shown(round) -> list[Statement]:
    """The statements on show, by their numbers; one query."""
    return list(round.statements.filter(state=Statement.State.SHOWN))


def next_card(round, statements, participant, answers) -> Statement | None:
    """Which of the statements on show comes next to this person, by the stated rule (:mod:`analysis.order`); None
    after all."""
    own = participant.pk if participant else None
    unseen = [each.pk not in answers and (own is None or each.author_id != own) for each in statements]
    if not any(unseen):
        return None
    import numpy as np

    from .analysis import order

    seed = zlib.crc32(participant.key.encode()) + len(answers) if participant else secrets.randbits(32)
    counts, belonging = _cards(round, statements, answers)
    at = order.next_of(counts, np.array(unseen), seed, belonging)
    return statements[at]


def _cards(round, statements, answers):
    """((groups, statements, 3) counts, (groups,) chances to belong or None) by what was known a few seconds ago: a card
    may be chosen by that."""
    import numpy as np

    told, classes = cache.get_or_set(
        f"round-cards:{round.pk}", lambda: (_plain(tallied(round)), _classes(round)), CARDS_KEPT
    )
    groups = sorted({group for rows in told.values() for group, _row in rows if group is not None})
    counts = np.zeros((max(len(groups), 1), len(statements), 3), np.int64)
    for n, each in enumerate(statements):
        for group, row in told.get(each.pk, ()):
            if group is not None or not groups:
                counts[groups.index(group) if groups else 0, n] += row
    known = standing.chances(classes, answers) if classes else {}
    belonging = np.array([known.get(group, 0.0) for group in groups])
    return counts, belonging / belonging.sum() if belonging.any() else None


def _classes(round) -> dict | None:
    drawing = drawing_of(round)
    return drawing.found.get("classes") if drawing else None


def _plain(told) -> dict:
    return {pk: [(group, row) for (group, _known), row in rows.items()] for pk, rows in told.items()}


def alike(round, text: str) -> list[Statement]:
    """Statements on show that say nearly the same as this text, the likest first."""
    own = likeness.shingles(text, PAIR)
    rated = [(likeness.likeness(own, likeness.shingles(each.text, PAIR)), each) for each in shown(round)]
    near = sorted((-share, each.number, each) for share, each in rated if share >= NEAR)
    return [each for _share, _number, each in near[:OFFERED]]


def tallied(round) -> dict[int, dict[tuple, list[int]]]:
    """{statement: {(group, verified): [disagree, pass, agree]}} of all votes now; one query."""
    rows = (
        Vote.objects.filter(round=round)
        .values_list("statement_id", "participant__group", "participant__verified", "value")
        .annotate(n=Count("pk")).order_by()
    )  # fmt: skip
    told: dict = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for statement, group, verified, value, n in rows:
        told[statement][group, verified][value + 1] += n
    return told


def sizes(round) -> dict[tuple, int]:
    """{(group, verified): people} of those who voted; one query."""
    rows = Participant.objects.filter(round=round, votes__isnull=False).values_list("group", "verified")
    return {(group, verified): n for group, verified, n in rows.annotate(n=Count("pk", distinct=True)).order_by()}


@dataclass(frozen=True)
class Line:
    """One vote as it leaves the round: the person by a number in this round, the statement's number."""

    person: int
    statement: int
    value: int
    at: object


def lines(round):
    """All votes in a fixed order: people numbered by their keys, which tell nothing of when they came."""
    keys = Participant.objects.filter(round=round, votes__isnull=False).order_by("key").distinct()
    number = {pk: n for n, pk in enumerate(keys.values_list("pk", flat=True))}
    rows = Vote.objects.filter(round=round).order_by("participant__key", "statement__number")
    rows = rows.values_list("participant_id", "statement__number", "value", "at")
    for participant, statement, value, at in rows.iterator(chunk_size=CHUNK):
        yield Line(number[participant], statement, value, at)


@dataclass(frozen=True)
class Sealed:
    """How many voted, how often, how many of them verified, and the digest of it all."""

    people: int
    votes: int
    verified: int
    digest: str


def sealed(round) -> Sealed:
    """The digest of all votes as ``person,statement,vote`` lines in the order of :func:`lines`: who has the exported
    file can work it out again."""
    digest, votes = hashlib.sha256(), 0
    for line in lines(round):
        digest.update(f"{line.person},{line.statement},{line.value}\n".encode())
        votes += 1
    number = sizes(round)
    verified = sum(n for (_group, known), n in number.items() if known)
    return Sealed(sum(number.values()), votes, verified, f"sha256:{digest.hexdigest()}")
