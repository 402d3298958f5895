"""Whether opinions hang together at all: the votes against themselves, dealt out anew.

Each statement keeps its votes and each person the statements seen, but who said what is dealt out at random. If the
real votes spread no wider along any axis than the dealt ones, there is no structure to draw (parallel analysis, Horn
1965).
"""

import numpy as np

from . import plane
from .passes import Here
from .votes import KINDS, Votes

#: How often votes are dealt out; the real spread must lie above all of them by so many of their standard deviations.
DEALS, APART = 12, 4.0
#: The most people asked.
PEOPLE = 1_000
#: How far from the axis the found one may be; its spread is then known to the square of this.
NEAR = 1e-3


def present(votes: Votes) -> bool:
    """Whether the votes spread along their widest axis more than dealt ones do."""
    if min(votes.shape) < 2:
        return False
    real = _widest(votes)
    dealt = np.array([_widest(_dealt(votes, seed)) for seed in range(DEALS)])
    return bool(real > dealt.max() and real > dealt.mean() + APART * dealt.std())


def _widest(votes) -> float:
    machine = Here(votes)
    return float(plane.fitted(machine, plane.tallied(machine), dimensions=1, tolerance=NEAR).spread[0])


def _dealt(votes, seed) -> Votes:
    """The same with each statement's votes dealt out anew among those who saw it, whatever the order of people."""
    statements = votes.codes // KINDS
    to, whose = (np.lexsort((votes.draws(2 * seed + half), statements)) for half in (1000, 1001))
    codes = votes.codes.copy()
    codes[to] = votes.codes[whose]
    return Votes(votes.starts, codes, votes.people, votes.statements, votes.out)
