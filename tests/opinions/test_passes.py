"""Every pass gives the same bits compiled and with SciPy, on one thread and on many."""

from dataclasses import replace

import numpy as np
import pytest

from shangliang.opinions.analysis import passes, plane, votes
from shangliang.opinions.analysis.passes import COARSE, FINE, Here, exact

from .planted import planted


@pytest.fixture(params=["compiled", "scipy"])
def way(request, monkeypatch):
    if request.param == "scipy":
        monkeypatch.setattr(passes, "fast", None)
    elif passes.fast is None:
        pytest.skip("numba is not installed")
    return request.param


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(votes, "BLOCK", 500)


def test_sums_are_those_of_the_plain_matrix(way, small_blocks):
    found, _of, _known = planted(300, 40, 2)
    assert len(found.blocks) > 3
    matrix = np.zeros((300, 120))
    np.add.at(matrix, (found.person, found.codes), 1)
    table, values = (exact(np.random.default_rng(1).normal(size=size), FINE) for size in ((120, 3), (300, 2)))
    values, labels = exact(values, COARSE), np.arange(300) % 3 - 1
    for threads in (1, 3):
        here = Here(found, threads)
        assert np.allclose(here.joined(passes.project, table), matrix @ table, atol=1e-12)
        assert (here.added(passes.spread, 120, by_row=(values,)) == matrix.T @ values).all()
        told = here.added(passes.tally, 2, 120, by_row=(labels,))
        assert (told == [matrix[labels == g].sum(axis=0) for g in (0, 1)]).all()


def test_bits_do_not_depend_on_threads_blocks_or_library(monkeypatch):
    log, _of, _known = planted(400, 60, 3)
    seen = set()
    for fast in {passes.fast, None}:
        monkeypatch.setattr(passes, "fast", fast)
        for block in (300, 1 << 20):
            monkeypatch.setattr(votes, "BLOCK", block)
            found = votes.Votes(log.starts, log.codes, log.people, log.statements, log.out)
            for threads in (1, 4):
                here = Here(found, threads)
                made = plane.fitted(here, plane.tallied(here))
                seen.add((made.axes.tobytes(), plane.positions(here, made).tobytes()))
    assert len(seen) == 1


def test_the_plane_is_that_of_the_dense_matrix(way):
    found, _of, _known = planted(200, 50, 3)
    values = np.full((200, 50), np.nan)
    values[found.person, found.codes // 3] = found.codes % 3 - 1.0
    centred = np.nan_to_num(values - np.nanmean(values, axis=0))
    _u, strength, axes = np.linalg.svd(centred, full_matrices=False)
    made = plane.fitted(Here(found), plane.tallied(Here(found)))
    assert np.abs((made.axes * axes[:2].T).sum(axis=0)).min() > 0.9999
    assert np.allclose(made.spread, strength[:2] ** 2, rtol=1e-5)
    own = centred @ made.axes
    for calm in (0, 7):
        wide = np.sqrt((50 + calm) / (found.counts + calm))[:, None]
        assert np.allclose(plane.positions(Here(found), replace(made, calm=calm)), own * wide, atol=1e-4)


def test_what_was_moderated_out_moves_nobody():
    found, _of, _known = planted(100, 20, 2)
    out = np.arange(20) == 4
    here = Here(votes.Votes(found.starts, found.codes, found.people, found.statements, out))
    made = plane.fitted(here, plane.tallied(here))
    assert not made.axes[4].any() and made.axes.any()
