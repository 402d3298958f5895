"""The passes over all votes on many machines (dask.distributed, the extra ``shangliang[cluster]``).

The same mathematics as :class:`passes.Here`, and the same bits: every sum is exact, so that it does not matter which
machine adds what. The votes are sent to the workers once, in blocks; each pass sends its tables alone. The client keeps
the votes, so that blocks which a dead worker took with it are sent again.
"""

from concurrent.futures import CancelledError

import numpy as np
from distributed import Client, KilledWorker
from distributed.comm import CommClosedError

#: How often a pass is asked for what was lost on the way, and seconds until no answer means that it was.
TRIES, PATIENCE = 6, 300
LOST = (CancelledError, KilledWorker, CommClosedError, TimeoutError)


class Unreachable(RuntimeError):
    """The workers died again and again, or there is none; the text is a sentence for people."""


class Cluster:
    """The votes of ``votes``, read by the workers of a client; what it gives is what :class:`passes.Here` gives.

    The client is the caller's, who also closes it. Workers run what they are sent: they and the client belong in a
    network of their own, or behind TLS.
    """

    def __init__(self, votes, client: Client):
        self.votes, self.client = votes, client
        self.sent = [None] * len(votes.blocks)

    def over(self, work, *shared, by_row=()) -> list:
        """``work(starts, codes, *parts of by_row, *shared)`` for each block, in the order of the blocks.

        Raises Unreachable where workers are missing or die ``TRIES`` times, and what ``work`` raises.
        """
        found = {}
        for _try in range(TRIES):
            left = [n for n in range(len(self.sent)) if n not in found]
            try:
                self._send(left)
                table = self.client.scatter([shared], broadcast=True, hash=False)[0]
                asked = {n: self._asked(work, n, table, by_row) for n in left}
            except LOST:
                continue
            for n, answer in asked.items():
                try:
                    found[n] = answer.result(timeout=PATIENCE)
                except LOST:
                    continue
            if len(found) == len(self.sent):
                return [found[n] for n in range(len(self.sent))]
        raise Unreachable("the workers that count the votes cannot be reached, or die again and again")

    def _send(self, blocks) -> None:
        """Send the blocks of these numbers that no worker has, or has no more."""
        missing = [n for n in blocks if self.sent[n] is None or self.sent[n].status != "finished"]
        rows = [self.votes.rows(*self.votes.blocks[n]) for n in missing]
        for n, future in zip(missing, self.client.scatter(rows, hash=False) if rows else [], strict=True):
            self.sent[n] = future

    def _asked(self, work, n, table, by_row):
        first, last = self.votes.blocks[n]
        parts = [column[first:last] for column in by_row]
        return self.client.submit(_one, work, self.sent[n], parts, table, pure=False)

    def added(self, work, *shared, by_row=()) -> np.ndarray:
        """The sum of what the blocks give."""
        first, *others = self.over(work, *shared, by_row=by_row)
        total = first.copy()
        for other in others:
            total += other
        return total

    def joined(self, work, *shared, by_row=()) -> np.ndarray:
        """What the blocks give, one below the other."""
        return np.concatenate(self.over(work, *shared, by_row=by_row))


def _one(work, rows, parts, shared):
    return work(*rows, *parts, *shared)
