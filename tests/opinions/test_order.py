"""The next card: what tells most, drawn by chance that can be repeated; nothing twice, nothing hidden, all seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from shangliang.opinions.analysis import order

from . import arrivals

tallies = some.lists(some.tuples(*[some.integers(0, 40)] * 3), min_size=4, max_size=4)


def test_groups_are_found_better_than_by_chance_and_by_polis_and_every_statement_is_seen():
    found = {
        rule: np.array([arrivals.recovered(rule, seed=seed) for seed in (0, 1)])
        for rule in (arrivals.by_chance, arrivals.by_polis, arrivals.by_information)
    }  # fmt: skip
    likeness = {rule.__name__: each[:, 0].mean() for rule, each in found.items()}
    assert likeness["by_information"] > likeness["by_chance"] + 0.05, likeness
    assert likeness["by_information"] > likeness["by_polis"], likeness
    assert found[arrivals.by_information][:, 1].min() >= 20, "an even share would be 150"


def test_the_formula_by_hand():
    counts = np.array([[[0, 0, 8], [4, 4, 4]], [[8, 0, 0], [4, 4, 4]]])
    first, second = order.weights(counts)
    chance = np.array([9, 1]) / 10
    telling = 1 + sum(p * np.log2(p) + (1 - p) * np.log2(1 - p) for p in chance) / 2
    assert first == pytest.approx((17 / 18 * (0.02 + telling + 0.01) * (1 + 8 * 2 ** (-16 / 5))) ** 2)
    assert second == pytest.approx((17 / 26 * (0.02 + 0.01) * (1 + 8 * 2 ** (-24 / 5))) ** 2)


def test_of_one_whose_group_is_known_a_statement_tells_no_group():
    counts = np.array([[[0, 0, 30], [15, 0, 15]], [[30, 0, 0], [15, 0, 15]]])
    open_, known = order.weights(counts), order.weights(counts, np.array([1.0, 0.0]))
    assert open_[0] > open_[1] and known[0] < known[1]


def test_passes_and_many_votes_make_a_statement_wait_and_few_votes_bring_it_forward():
    passed, answered, new = order.weights(np.array([[5, 40, 5], [25, 0, 25], [1, 0, 1]]))
    assert passed < answered < new


@given(some.lists(tallies, min_size=1, max_size=3))
def test_every_statement_has_some_weight(counts):
    weight = order.weights(np.array(counts))
    assert np.isfinite(weight).all() and (weight > 0).all()


@given(tallies, some.lists(some.booleans(), min_size=4, max_size=4), some.integers(0, 2**40))
def test_only_what_may_be_shown_is_drawn_and_the_same_seed_draws_the_same(counts, unseen, seed):
    drawn = order.next_of(np.array(counts), np.array(unseen), seed)
    assert drawn == order.next_of(np.array(counts), np.array(unseen), seed)
    assert (drawn is None) == (not any(unseen)) and (drawn is None or unseen[drawn])


def test_draws_follow_the_weights():
    counts = np.array([[10, 0, 10], [0, 5, 20], [2, 0, 2]])
    drawn = np.bincount([order.next_of(counts, np.ones(3, bool), seed) for seed in range(4000)], minlength=3)
    weight = order.weights(counts)
    assert drawn / 4000 == pytest.approx(weight / weight.sum(), abs=0.03)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="do not fit"):
        order.weights(np.ones((2, 3, 3)), np.ones(3))
