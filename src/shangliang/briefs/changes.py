"""What an editor changed: the original and the edited text clause by clause, as gone, new and same."""

import re
from difflib import SequenceMatcher

_CLAUSE = re.compile(r"[^，。；：、！？\n]*[，。；：、！？\n]|[^，。；：、！？\n]+")


def changes(before: str, after: str) -> tuple[list, list]:
    """((kind, words) of the original, (kind, words) of the edited text); kind is 'same', 'gone' or 'new'.

    Whole clauses are compared, not signs: a reader sees which thought changed.
    """
    old, new = _CLAUSE.findall(before), _CLAUSE.findall(after)
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = how == "equal"
        if a < b:
            left.append(("same" if same else "gone", "".join(old[a:b])))
        if c < d:
            right.append(("same" if same else "new", "".join(new[c:d])))
    return left, right


def side_by_side(brief) -> list[dict]:
    """Title and the three parts of an edited brief, each with both texts and what changed."""
    names = ("title", "situation", "analysis", "advice")
    pairs = [(name, getattr(brief, name), getattr(brief, f"edited_{name}")) for name in names]
    rows = []
    for name, before, after in pairs:
        left, right = changes(before, after)
        rows.append({"name": name, "before": left, "after": right, "changed": before != after})
    return rows
