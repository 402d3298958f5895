"""Where one person stands in a map that was drawn: worked out from their answers at once, the map's axes held still."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """``x``, ``y`` in the map and the identity of the ``group``; all None where there is no map or too few answers."""

    x: float | None = None
    y: float | None = None
    group: int | None = None


def place(drawing, answers: dict[int, int]) -> Standing:
    """Where somebody with these answers {statement: 1, 0, −1} stands, by the rule by which everybody is placed:
    √((M + calm) / (n + calm)) · Σ (answer − mean) · axis over the n answers given (:func:`analysis.plane.positions`),
    then the likeliest class or the nearest centre. Answers to statements that came after the drawing wait for the next
    one."""
    if drawing is None or not drawing.found.get("axes"):
        return Standing()
    found = drawing.found
    known = {pk: value for pk, value in answers.items() if str(pk) in found["axes"]}
    if len(known) < found["enough"]:
        return Standing()
    scale = math.sqrt((found["statements"] + found["calm"]) / (len(known) + found["calm"]))
    x = y = 0.0
    for pk, value in known.items():
        mean, across, up = found["axes"][str(pk)]
        x += (value - mean) * across * scale
        y += (value - mean) * up * scale
    return Standing(x, y, _group(found, known, x, y))


def _group(found, known, x, y) -> int | None:
    if classes := found.get("classes"):
        return _likeliest(classes, known)
    centres = {group["id"]: group["centre"] for group in found["groups"]}
    if not centres:
        return None
    return min(centres, key=lambda name: (math.dist((x, y), centres[name]), name))


def _likeliest(classes, known) -> int | None:
    if not any(known.values()):
        return None
    logs = _logs(classes, known)
    return max(logs, key=logs.get)


def _logs(classes, known) -> dict[int, float]:
    """{group: the log of how likely it gives these answers, and of its share}, in the order of the classes."""
    logs = [math.log(share) for share in classes["share"]]
    for pk, value in known.items():
        for k, agree in enumerate(classes["agree"][str(pk)] if value else ()):
            logs[k] += math.log(agree if value > 0 else 1 - agree)
    return {name: log for name, log in zip(classes["ids"], logs, strict=True) if name is not None}


def chances(classes: dict, answers: dict[int, int]) -> dict[int, float]:
    """{group: the chance that somebody with these answers belongs to it}; ``classes`` as a drawing keeps them."""
    logs = _logs(classes, {pk: value for pk, value in answers.items() if str(pk) in classes["agree"]})
    top = max(logs.values())
    odds = {name: math.exp(log - top) for name, log in logs.items()}
    return {name: odd / sum(odds.values()) for name, odd in odds.items()}
