"""Many machines give the bits of one, even if one of them dies on the way."""

import os
import signal

import numpy as np
import pytest

from shangliang.opinions.analysis import analyse, choice, passes, plane, votes
from shangliang.opinions.analysis.passes import Here

from .planted import planted

distributed = pytest.importorskip("distributed")

from shangliang.opinions.analysis.cluster import Cluster, Unreachable  # noqa: E402


@pytest.fixture(scope="module")
def client():
    """Two workers, each a process of its own."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as machines, distributed.Client(machines) as found:  # fmt: skip
        yield found


@pytest.fixture
def log(monkeypatch):
    monkeypatch.setattr(votes, "BLOCK", 1500)
    found, _of, _known = planted(500, 40, 2)
    assert len(found.blocks) > 5
    return found


class Deadly(Cluster):
    """Kills a worker in the pass of that number, when its questions are on their way."""

    def __init__(self, votes, client, fatal):
        super().__init__(votes, client)
        self.fatal, self.passes, self.again = fatal, 0, 0

    def over(self, work, *shared, by_row=()):
        self.passes += 1
        return super().over(work, *shared, by_row=by_row)

    def _send(self, blocks):
        before = list(self.sent)
        super()._send(blocks)
        self.again += sum(one is not None and one is not other for one, other in zip(before, self.sent, strict=True))

    def _asked(self, work, n, table, by_row):
        if self.passes == self.fatal and n == 3:
            self.fatal = None
            (holder, *_others), *_more = self.client.who_has([self.sent[n]]).values()
            os.kill(self.client.run(os.getpid, workers=[holder])[holder], signal.SIGKILL)
        return super()._asked(work, n, table, by_row)


def bits(found):
    membership = b"" if found.membership is None else found.membership.tobytes()
    return found.kind, found.plane.axes.tobytes(), found.labels.tobytes(), found.counts.tobytes(), membership


@pytest.mark.parametrize("lines", [False, True])
def test_two_workers_give_the_bits_of_one_machine(client, log, lines, monkeypatch):
    # What to draw is chosen from a sample by the client alone: that needs no workers, and takes long.
    monkeypatch.setattr(choice, "chosen", lambda _votes: choice.Chosen({}, 2, lines, 1))
    assert bits(analyse.analysed(log, machine=Cluster(log, client))) == bits(analyse.analysed(log))


@pytest.mark.parametrize("fatal", [1, 4])
def test_a_worker_that_dies_changes_no_bit(client, log, fatal):
    machine = Deadly(log, client, fatal)
    here, there = ((plane.fitted(m, plane.tallied(m)), m) for m in (Here(log), machine))
    assert machine.fatal is None and machine.again, "no worker was killed, or none of its blocks was sent again"
    assert here[0].axes.tobytes() == there[0].axes.tobytes()
    assert (plane.positions(*here[::-1]) == plane.positions(*there[::-1])).all()


def test_a_pass_sends_the_tables_alone(client, log):
    machine = Cluster(log, client)
    labels = np.zeros(log.shape[0], np.int8)
    machine.added(passes.tally, 1, 120, by_row=(labels,))
    before = [future.key for future in machine.sent]
    machine.added(passes.tally, 1, 120, by_row=(labels,))
    assert [future.key for future in machine.sent] == before


def test_what_the_work_raises_is_told(client, log):
    with pytest.raises(ZeroDivisionError):
        Cluster(log, client).over(_fails)


def _fails(_starts, _codes):
    return 1 // 0


def test_without_workers_it_says_so(client, log, monkeypatch):
    monkeypatch.setattr(Cluster, "_send", _lost)
    with pytest.raises(Unreachable, match="cannot be reached"):
        Cluster(log, client).over(passes.project, np.zeros((120, 2)))


def _lost(_self, _blocks):
    raise TimeoutError
