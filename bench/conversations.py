"""Our map on real conversations held with Polis, beside what Polis recorded of them.

    python bench/conversations.py [FOLDER] [--write docs/opinions.md]

FOLDER has a folder for each conversation: ``votes.csv`` (participant,statement,vote,timestamp_ms), and where they are
known ``polis_groups.csv`` (participant,group), ``polis_math.json`` (what Polis's mathematics gave) and
``statements.csv`` (what was moderated out). Prints one JSON line, and a table for people to stderr.
"""

import argparse
import csv
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from shangliang.opinions.analysis import analyse, bridging, choice, classes, groups, plane
from shangliang.opinions.analysis.passes import Here, tally
from shangliang.opinions.analysis.votes import KINDS, PASS, from_log
from tests.opinions.planted import adjusted_rand

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "polis"
#: How often a tenth of the votes is hidden from everything, the choice of the number of classes included.
SEEDS, HIDDEN = 2, 0.1
LOSSES = ("polis_loss", "classes_loss", "chosen_loss")


@dataclass(frozen=True)
class Row:
    """One conversation: sizes, our kind and number of groups, those of Polis, how alike they are (adjusted Rand), the
    log-loss of hidden votes against no groups, the cosines of the planes, and seconds."""

    name: str
    people: int
    statements: int
    votes: int
    kind: str
    k: int
    polis_k: int | None
    alike: float | None
    alike_by_polis_rules: float | None
    recorded_loss: float | None
    polis_loss: float
    classes_loss: float
    chosen_loss: float
    plane: float | None
    seconds: float


def read(folder):
    """(votes, {person: Polis's group}, Polis's mathematics or None)."""
    rows = np.genfromtxt(folder / "votes.csv", delimiter=",", skip_header=1, dtype=np.int64)
    math = json.loads(path.read_text()) if (path := folder / "polis_math.json").exists() else None
    out = math["mod-out"] if math else []
    if not math and (path := folder / "statements.csv").exists():
        with path.open(newline="", encoding="utf-8") as file:
            out = [int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"] == "-1"]
    official = {}
    if (path := folder / "polis_groups.csv").exists():
        known = np.genfromtxt(path, delimiter=",", skip_header=1, dtype=np.int64)
        official = dict(known.tolist())
    return from_log(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], out=out, timed=True), official, math


def measured(folder) -> Row:
    """All that is told of one conversation."""
    votes, official, math = read(folder)
    began = time.perf_counter()
    found = analyse.analysed(votes)
    seconds = time.perf_counter() - began
    theirs = np.array([official.get(person, -1) for person in votes.people.tolist()])
    losses = np.mean([hidden(votes, theirs, seed) for seed in range(SEEDS)], axis=0).tolist()
    polis_k = len(set(official.values())) or None
    return Row(
        folder.name, *map(int, votes.shape), len(votes.codes), found.kind, int(found.k), polis_k,
        _alike(theirs, found.labels), _alike(theirs, analyse.analysed(votes, by_polis=True).labels),
        losses[1] / losses[0] - 1 if polis_k else None,
        *(loss / losses[0] - 1 for loss in losses[2:]), _cosine(votes, found, math), round(seconds, 2),
    )  # fmt: skip


def _alike(theirs, ours) -> float | None:
    both = (theirs >= 0) & (ours >= 0)
    return float(adjusted_rand(theirs[both], ours[both])) if both.any() else None


def _cosine(votes, found, math) -> float | None:
    """The least cosine between the planes: of Polis and ours, where it recorded its own."""
    if not math or votes.shape[0] < 60 or len(math["tids"]) != votes.shape[1]:
        return None
    theirs = np.array(math["pca"]["comps"][:2]).T[np.argsort(math["tids"])]
    theirs /= np.linalg.norm(theirs, axis=0)
    return float(np.linalg.svd(found.plane.axes.T @ theirs, compute_uv=False).min())


def hidden(votes, theirs, seed) -> list[float]:
    """Log-loss of a tenth of the yes and no: without groups, by the groups that Polis recorded (of all votes, these
    too), by Polis's rules on the others, by our classes, by what we choose."""
    said = (votes.codes % KINDS != PASS + 1) & ~votes.out[votes.codes // KINDS]
    out = said & (votes.draws(seed + 300) < HIDDEN)
    left, people, columns = votes.without(out), votes.person[out], (votes.codes[out] // KINDS).astype(np.int64)
    agree = votes.codes[out] % KINDS == PASS + 2
    machine = Here(left)
    counts = plane.tallied(machine)
    base = classes.base(counts)
    chosen = choice.chosen(left)
    cold = analyse.analysed(left, by_polis=True).labels
    ways = [
        base[columns], _by_groups(machine, theirs, base)[columns, theirs[people]],
        _by_groups(machine, cold, base)[columns, cold[people]],
        _by_classes(machine, counts, chosen.k, people, columns, base),
    ]  # fmt: skip
    ways.append(_by_lines(left, machine, counts, people, columns) if chosen.lines else ways[3])
    return [float(-np.log(np.where(agree, chance, 1 - chance)).mean()) for chance in ways]


def _by_groups(machine, labels, base) -> np.ndarray:
    """(M, G + 1): the chance to agree in each group, and for who has none that of everybody at the end (−1)."""
    k = int(labels.max(initial=-1)) + 1
    made = machine.added(tally, max(k, 1), KINDS * len(base), by_row=(labels,)).reshape(max(k, 1), -1, KINDS)
    chance = (made[..., 2] + 2 * base) / (made[..., 2] + made[..., 0] + 2)
    return np.vstack([chance, base]).T


def _by_classes(machine, counts, k, people, columns, base) -> np.ndarray:
    if k == 1:
        return base[columns]
    votes = machine.votes
    stand = plane.positions(machine, plane.fitted(machine, counts))
    inside = votes.counts >= min(choice.VOTES, votes.shape[1])
    begun = groups.labelled(stand, inside, lambda places: groups.split(places, k))
    made, _likelihood = classes.fitted(machine, counts, begun)
    return (classes.belonging(machine, made)[people] * made.agree[columns]).sum(axis=1)


def _by_lines(left, machine, counts, people, columns) -> np.ndarray:
    """Logistic places along so many lines as foretell best what is hidden once more, inside of what is left."""
    tries = choice._tries(left)
    for each in tries:
        each.add_lines()
    width = min(choice.LINES, key=lambda wide: choice._mean(tries, f"curved {wide}"))
    axes = plane.fitted(machine, counts, dimensions=width).axes
    told = bridging.said(left)
    return bridging.curved(told, bridging.fitted(told, axes)).chance(people, columns)


def summed(rows) -> dict:
    """The figures over all conversations that the promises are about."""
    def middle(values):
        return float(np.median([value for value in values if value is not None]))

    recorded = [row for row in rows if row.recorded_loss is not None]
    return {
        "conversations": len(rows), "alike": middle([row.alike for row in rows]),
        "alike_by_polis_rules": middle([row.alike_by_polis_rules for row in rows]),
        **{name: float(np.mean([getattr(row, name) for row in rows])) for name in LOSSES},
        "recorded_loss": float(np.mean([row.recorded_loss for row in recorded])), "recorded": len(recorded),
        **{f"{name}_below_polis": sum(getattr(row, name) < row.polis_loss for row in rows) for name in LOSSES[1:]},
        "chosen_below_recorded": sum(row.chosen_loss < row.recorded_loss for row in recorded),
        "least_plane": min((row.plane for row in rows if row.plane is not None), default=None),
    }  # fmt: skip


HEAD = (
    "| conversation | people | statements | votes | ours | Polis | alike | its rules "
    "| loss: recorded | Polis's rules | classes | chosen | plane | s |"
)  # fmt: skip


def table(rows) -> str:
    """The rows as Markdown."""
    def part(value):
        return "–" if value is None else f"{value:+.1%}".replace("-", "−")

    def number(value, digits=2):
        return "–" if value is None else f"{value:.{digits}f}"

    lines = [HEAD, "|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    lines += [
        f"| {r.name} | {r.people} | {r.statements} | {r.votes} | {r.kind} {r.k} | {r.polis_k or '–'} "
        f"| {number(r.alike)} | {number(r.alike_by_polis_rules)} | {part(r.recorded_loss)} | {part(r.polis_loss)} "
        f"| {part(r.classes_loss)} | {part(r.chosen_loss)} "
        f"| {number(r.plane, 4)} | {r.seconds:.1f} |"
        for r in rows
    ]  # fmt: skip
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--write", type=Path, help="put the table into this page, between its marks")
    asked = parser.parse_args()
    folders = sorted(path.parent for path in asked.folder.glob("*/votes.csv"))
    if not folders:
        print(json.dumps({"bench": "conversations", "left out": "there are no conversations here"}))
        return
    rows = []
    for folder in folders:
        rows.append(measured(folder))
        print(table(rows[-1:]).splitlines()[-1], file=sys.stderr, flush=True)
    told = summed(rows)
    if asked.write:
        page = asked.write.read_text(encoding="utf-8")
        before, _old, after = page.partition("<!-- table -->\n")[0], "", page.partition("<!-- end -->")[2]
        asked.write.write_text(f"{before}<!-- table -->\n{table(rows)}\n<!-- end -->{after}", encoding="utf-8")
    print(json.dumps({"bench": "conversations", **told, "rows": [asdict(row) for row in rows]}))


if __name__ == "__main__":
    main()
