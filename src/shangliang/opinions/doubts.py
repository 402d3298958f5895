"""How far the map of a round can be trusted: what would change it, and signs that somebody pushes. For staff alone."""

import numpy as np

from .analysis import sensitivity, signs
from .models import Participant, Vote
from .queries import CHUNK

#: The most signs that are kept; the least likely come first.
KEPT = 20


def doubts(round, found) -> dict:
    """The sensitivity report of a map (:func:`analysis.sensitivity.report`) and the signs of steering among those who
    voted on phones: what is typed in from paper comes all at once by its nature. Nobody is named, only counted."""
    return {"report": sensitivity.report(found), "signs": _signs(round)}


def _signs(round) -> list[dict]:
    rows = Vote.objects.filter(round=round, participant__way=Participant.Way.PHONE).order_by("pk")
    columns = ("participant_id", "statement_id", "value", "at", "participant__source", "participant__verified")
    people, statements, given, times, sources, known = [], [], [], [], [], []
    for person, statement, value, at, source, verified in rows.values_list(*columns).iterator(chunk_size=CHUNK):
        people.append(person)
        statements.append(statement)
        given.append(value)
        times.append(at.timestamp())
        sources.append(source)
        known.append(verified)
    if not people:
        return []
    found = signs.signs(np.array(people), np.array(statements), np.array(given, np.int8), times, sources, known)
    return [
        {
            "kind": sign.kind, "people": len(sign.people), "verified": sign.verified,
            "statements": list(sign.statements), "since": sign.since, "until": sign.until, "chance": sign.chance,
        }
        for sign in found[:KEPT]
    ]  # fmt: skip
