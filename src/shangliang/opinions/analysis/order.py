"""Which statement a person sees next: what tells most, of person and statement, and what few have seen yet.

The weight of statement j for a person is

    w_j = [ t_j · (UNSURE · H(p_j) + D_j + LEAST) · (1 + 8 · 2^(−n_j / 5)) ]²

* p_jg = (A_jg + 2 b_j) / (A_jg + D_jg + 2): the chance that one of group g who says yes or no to j says yes, drawn to
  that of everybody b_j; p_j = Σ_g s_g p_jg by the chances s_g that the person belongs to each group;
* H(p_j), in bits: how uncertain the answer is (Shannon 1948);
* D_j = H(p_j) − Σ_g s_g H(p_jg), in bits: what the answer is expected to tell of the person's group (Lindley 1956),
  and so what the statement tells groups apart by;
* t_j = (said yes or no + 1) / (seen + 2): a statement that many pass on asks for little;
* n_j: how many have seen it; a new one is shown first until some ten have (the factor and the square are those of
  Polis's priority, Small et al. 2021). LEAST keeps every statement alive: no answer can hide one.

The next statement is drawn among the unseen with these weights, never taken for certain: if always the same ones were
shown, who sees what would depend on the groups (Halpern et al. 2023, "Representation with Incomplete Votes", show that
what is asked must follow what was answered, and that chance must have a part). The seed is of the person and the number
of answers given, so that the same card comes when the page is loaded again and nobody can ask for another.
"""

import numpy as np

from .votes import AGREE, DISAGREE, PASS

#: The parts of the information that the uncertainty alone has, and that every statement has, in bits.
UNSURE, LEAST = 0.02, 0.01
#: Votes of nobody that draw a group's chance to that of everybody; the first votes count by Polis's factor.
PRIOR, NEW, HALVED = 2.0, 8.0, 5.0


def _bits(chance: np.ndarray) -> np.ndarray:
    chance = np.clip(chance, 1e-12, 1 - 1e-12)
    return -(chance * np.log2(chance) + (1 - chance) * np.log2(1 - chance))


def weights(counts: np.ndarray, belonging: np.ndarray | None = None) -> np.ndarray:
    """(M,) positive weights of the statements for a person, by the formula above.

    ``counts`` (M, 3) of disagree, pass and agree by everybody, or (G, M, 3) by group; ``belonging`` (G,): the chances
    that the person belongs to each group (sum one), by default all the same. Raises ValueError where these do not fit.
    """
    counts = np.asarray(counts, float)
    counts = counts[None] if counts.ndim == 2 else counts
    share = np.full(len(counts), 1 / max(len(counts), 1)) if belonging is None else np.asarray(belonging, float)
    if counts.ndim != 3 or counts.shape[2] != 3 or share.shape != counts.shape[:1]:
        raise ValueError(f"counts {counts.shape} and belonging {share.shape} do not fit")
    whole = counts.sum(axis=0)
    no, passed, yes = (whole[:, vote + 1] for vote in (DISAGREE, PASS, AGREE))
    base = (yes + 1) / (yes + no + 2)
    chance = (counts[..., 2] + PRIOR * base) / (counts[..., 2] + counts[..., 0] + PRIOR)
    unsure = _bits(share @ chance)
    telling = np.maximum(unsure - share @ _bits(chance), 0)
    seen = yes + no + passed
    said = (yes + no + 1) / (seen + 2)
    return (said * (UNSURE * unsure + telling + LEAST) * (1 + NEW * 2.0 ** (-seen / HALVED))) ** 2


def next_of(counts: np.ndarray, unseen: np.ndarray, seed, belonging: np.ndarray | None = None) -> int | None:
    """The column of the next statement for a person, None where nothing is left.

    ``unseen`` (M,) is a mask of what may be shown: not answered yet, not moderated out, not the person's own. ``seed``
    (an integer, or several) stands for the person and how many answers came: the same seed gives the same statement.
    """
    unseen = np.flatnonzero(unseen)
    if not len(unseen):
        return None
    mass = np.cumsum(weights(counts, belonging)[unseen])
    drawn = np.random.default_rng(seed).random() * mass[-1]
    return int(unseen[min(np.searchsorted(mass, drawn, side="right"), len(unseen) - 1)])
