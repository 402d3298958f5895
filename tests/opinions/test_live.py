"""Votes as they arrive: after any of them the counts are those of a recount and the places those of the frozen plane."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shangliang.opinions.analysis import analyse, classes, plane
from shangliang.opinions.analysis import live as live_module
from shangliang.opinions.analysis.live import Live
from shangliang.opinions.analysis.passes import Here, tally
from shangliang.opinions.analysis.refit import refit
from shangliang.opinions.analysis.votes import from_log

from .planted import adjusted_rand, planted

KINDS_OF_MAP = ["classes", "lines", "none", "polis"]


def lines(seed=3, people=600, size=60):
    chance = np.random.default_rng(seed)
    stand, lean = chance.normal(size=people), chance.normal(size=size)
    seen = chance.random((people, size)) < 0.6
    agree = chance.random((people, size)) < 1 / (1 + np.exp(-2 * stand[:, None] * lean))
    person, said = np.nonzero(seen)
    return from_log(person, said, np.where(agree[seen], 1, -1))


@cache
def mapped(kind):
    if kind == "lines":
        found = analyse.analysed(lines())
    elif kind == "none":
        found = analyse.analysed(planted(200, 40, 1)[0])
    else:
        found = analyse.analysed(planted(700, 40, 2, apart=1.6)[0], by_polis=kind == "polis")
    assert found.kind == kind
    return found


def recounted(live, log):
    """Counts of the live groups over the votes of a log made anew, columns in the order of the log's statements."""
    label = dict(zip(live.people, live.labels.tolist(), strict=True))
    labels = np.array([label[person] for person in log.people.tolist()])
    k = len(live.counts)
    return Here(log).added(tally, k, 3 * log.shape[1], by_row=(labels,)).reshape(k, -1, 3)


def agrees_with_a_rebuild(live, log):
    columns = [live.statements.index(name) for name in log.statements.tolist()]
    assert (live.counts[:, columns] == recounted(live, log)).all()
    assert (live.everybody[columns] == plane.tallied(Here(log))).all()
    frozen = live.fitted.plane
    known = np.isin(log.statements, live.fitted.votes.statements)
    part = log.without(~known[log.codes // 3])
    seen = from_log(
        part.people[part.person], part.statements[part.codes // 3], part.codes % 3 - 1.0,
        known=live.fitted.votes.statements,
    )  # fmt: skip
    stand = plane.positions(Here(seen), frozen)
    rows = {person: row for row, person in enumerate(live.people)}
    at = [rows[person] for person in seen.people.tolist()]
    assert (live.positions[at] == stand).all()
    if live.fitted.made:
        told = classes.belonging(Here(seen), live.fitted.made)
        assert (np.take_along_axis(told, live.labels[at][:, None].clip(0), 1)[:, 0] >= told.max(axis=1) - 1e-9).all()


def log_of(fitted, more):
    old = fitted.votes
    columns = [old.people[old.person], old.statements[old.codes // 3], (old.codes % 3).astype(int) - 1]
    new = list(zip(*more, strict=True)) or [[], [], []]
    joined = [np.concatenate([a, np.array(b, a.dtype)]) for a, b in zip(columns, new, strict=True)]
    return from_log(*joined)


arrivals = some.lists(
    some.tuples(some.integers(-3, 900), some.integers(-2, 45), some.sampled_from([-1, 0, 1])), max_size=60
)


@pytest.mark.parametrize("kind", KINDS_OF_MAP)
@settings(max_examples=15, deadline=None)
@given(arrivals)
def test_after_any_votes_the_state_is_that_of_a_rebuild(kind, more):
    fitted = mapped(kind)
    live = Live(fitted)
    for person, statement, vote in more:
        assert live.vote(person, statement, vote) == live.labels[live.people.index(person)]
    log = log_of(fitted, more)
    agrees_with_a_rebuild(live, log)
    now = live.now()
    assert (now.votes.people == log.people).all() and (now.votes.statements == log.statements).all()
    assert (now.votes.starts == log.starts).all()
    assert (np.sort(now.votes.person * 1000 + now.votes.codes) == np.sort(log.person * 1000 + log.codes)).all()
    assert (now.counts == recounted(live, log)).all()


@pytest.mark.parametrize("kind", KINDS_OF_MAP)
@settings(max_examples=15, deadline=None)
@given(arrivals)
def test_compiled_or_not_the_state_has_the_same_bits(kind, more):
    if live_module.arrival is None:
        pytest.skip("numba is not installed")
    states = []
    for way in (live_module.arrival, None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(live_module, "arrival", way)
            live = Live(mapped(kind))
            groups = [live.vote(*one) for one in more]
        now = live.now()
        parts = (now.labels, now.positions, now.counts, now.everybody, now.votes.starts, now.votes.codes, live._sums)
        states.append([groups, *(part.tobytes() for part in parts)])
    assert states[0] == states[1]


@pytest.mark.parametrize("kind", ["lines", "none", "polis"])
def test_who_is_new_has_no_group_before_seven_votes_and_then_the_nearest(kind):
    fitted = mapped(kind)
    for votes in ([*range(7), 90], [90, *range(7)], [0, 90, *range(1, 7)]):
        live = Live(fitted)
        groups = [live.vote(5000, statement, 1 - statement % 2 * 2) for statement in votes]
        known = np.cumsum([statement < 90 for statement in votes])
        assert all(group == -1 for group, n in zip(groups, known, strict=True) if n < 7)
        place = live.positions[live.people.index(5000)]
        middles = [fitted.positions[fitted.labels == g].mean(axis=0) for g in range(fitted.k)]
        assert groups[-1] == np.argmin([((place - middle) ** 2).sum() for middle in middles])


@settings(max_examples=6, deadline=None)
@given(some.permutations(list(range(24))))
def test_the_order_of_arrival_changes_nothing(order):
    fitted = mapped("classes")
    more = [(n % 5 * 190, 7 * n % 41, n % 3 - 1) for n in range(24)]
    states = []
    for way in (range(24), order):
        live = Live(fitted)
        for n in way:
            live.vote(*more[n])
        now, new = live.now(), refit(live)
        states.append([part.tobytes() for part in (now.labels, now.positions, now.counts, now.votes.starts)]
                      + [part.tobytes() for part in (new.labels, new.positions, new.counts, new.made.agree)])  # fmt: skip
    assert states[0] == states[1]


def test_a_row_that_grows_past_its_room_moves_whole():
    fitted = mapped("classes")
    live = Live(fitted)
    more = [(-7, statement, statement % 3 - 1) for statement in range(200)]
    for one in more:
        live.vote(*one)
    agrees_with_a_rebuild(live, log_of(fitted, more))


def test_a_vote_taken_back_leaves_no_trace():
    fitted = mapped("classes")
    live = Live(fitted)
    person, code = int(fitted.votes.people[0]), int(fitted.votes.codes[0])
    before = [live.positions.copy(), live.counts.copy(), live.labels.copy()]
    live.vote(person, code // 3, -1 if code % 3 == 2 else 1)
    assert not (live.positions == before[0]).all()
    live.vote(person, code // 3, code % 3 - 1)
    assert all((a == b).all() for a, b in zip(before, (live.positions, live.counts, live.labels), strict=True))
    assert (fitted.votes.codes == mapped("classes").votes.codes).all(), "the map itself is not written to"


@pytest.mark.parametrize("arrival", [
    (1, 2, 7), ("a", 2, 1), ("a", 12345, 1), (1, "b", 1), (1.5, 2, 1), (1, 2, None), (2**70, 2, 1), (1, 2**63, 1),
])
def test_what_is_no_vote_is_refused_and_changes_nothing(arrival):
    live = Live(mapped("classes"))
    people, statements, counts = len(live.people), len(live.statements), live.everybody.sum()
    with pytest.raises(ValueError, match="a vote is|names "):
        live.vote(*arrival)
    assert (len(live.people), len(live.statements), live.everybody.sum()) == (people, statements, counts)


@pytest.mark.parametrize("kind", KINDS_OF_MAP)
def test_a_warm_refit_is_near_the_fit_from_nothing(kind):
    fitted = mapped(kind)
    chance = np.random.default_rng(5)
    old = fitted.votes
    live, more = Live(fitted), []
    for n in chance.choice(len(old.codes), 400, replace=False):
        more.append((int(old.people[old.person[n]]), int(old.codes[n] // 3), int(chance.choice([-1, 0, 1]))))
        live.vote(*more[-1])
    warm = refit(live)
    log = log_of(fitted, more)
    cold = plane.fitted(Here(log), plane.tallied(Here(log)))
    # The second axis of lines lies near others; the first is what counts there.
    assert np.abs((warm.plane.axes * cold.axes).sum(axis=0))[: 1 if kind in ("lines", "none") else 2].min() > 0.999
    assert (warm.counts == Here(log).added(tally, warm.k, 3 * log.shape[1], by_row=(warm.labels,))
            .reshape(warm.counts.shape)).all()  # fmt: skip
    assert (warm.k, warm.kind) == (fitted.k, kind)
    if warm.k > 1:
        assert adjusted_rand(warm.labels, live.now().labels) > 0.8
    assert analyse.told(warm)["k"] == fitted.k
    if warm.made:
        again = analyse.analysed(log)
        assert adjusted_rand(warm.labels, again.labels) > 0.9
