"""Chance alone gives no sign; what was steered gives one, and it says who, what, when and how unlikely."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shangliang.opinions.analysis.signs import UNLIKELY, signs

DAY = 86_400


def a_round(seed, people=300, size=40, days=5, daily=False, answers=(3, 30)):
    """(people, statements, votes, times) of people who come one by one, answer for a while and go."""
    chance = np.random.default_rng(seed)
    share = chance.beta(4, 2, size)
    rows = []
    for person in range(people):
        while True:
            start = chance.random() * days * DAY
            # Nearly nobody at night, most in the evening.
            if not daily or chance.random() < max(0.02, np.sin(np.pi * (start % DAY) / DAY) ** 3):
                break
        seen = chance.permutation(size)[: chance.integers(*answers)]
        for n, statement in enumerate(seen):
            vote = 1 if chance.random() < share[statement] else -1
            rows.append((person, statement, vote, start + 8 * n))
    return [np.array(column) for column in zip(*rows, strict=True)]


def joined(one, other):
    return [np.concatenate(pair) for pair in zip(one, other, strict=True)]


@pytest.mark.parametrize("daily", [False, True])
def test_chance_alone_gives_no_sign(daily):
    wrong = sum(bool(signs(*a_round(seed, daily=daily))) for seed in range(30))
    assert wrong == 0


def test_a_raid_is_a_burst_of_people_with_its_statement_and_time():
    log = a_round(1)
    raid = [np.arange(1000, 1030), np.full(30, 7), np.ones(30, int), 2 * DAY + np.arange(30) * 3.0]
    found = {sign.kind: sign for sign in signs(*joined(log, raid))}
    sign = found["people"]
    assert set(range(1000, 1030)) <= set(sign.people) and len(sign.people) < 40 and sign.statements == (7,)
    assert abs(sign.since - 2 * DAY) <= 600 and abs(sign.until - 2 * DAY) <= 690 and sign.chance < UNLIKELY


def test_one_eager_person_is_no_burst():
    log = a_round(2, size=200)
    eager = [np.full(200, 999), np.arange(200), np.ones(200, int), DAY + np.arange(200) * 1.0]
    assert [sign for sign in signs(*joined(log, eager)) if sign.kind in ("people", "votes")] == []


def test_copied_rows_are_found_and_common_ones_are_not():
    log = a_round(3)
    chance = np.random.default_rng(5)
    said = chance.choice([-1, 1], 25)
    copies = [np.repeat([800, 801, 802], 25), np.tile(np.arange(25), 3), np.tile(said, 3), np.repeat([0, 1, 2], 25) * DAY + 1.0]
    found = [sign for sign in signs(*joined(log, copies)) if sign.kind == "copies"]
    assert [sign.people for sign in found] == [(800, 801, 802)] and found[0].statements == tuple(range(25))
    assert found[0].chance < 1e-8 and (found[0].since, found[0].until) == (1.0, 2 * DAY + 1.0)
    people, statements = np.divmod(np.arange(300 * 12), 12)
    agreed = [people, statements, np.ones(3600, int), people * 900.0]
    assert [sign for sign in signs(*agreed) if sign.kind == "copies"] == [], "everybody agrees with everything"


def test_one_source_with_many_people_is_a_sign_and_says_how_many_are_verified():
    log = a_round(4)
    source = np.array([f"k{person // 2}" for person in log[0]], object)
    source[log[0] >= 260] = "hall"
    source[log[0] == 0] = None
    verified = np.isin(log[0], [261, 262, 5])
    (sign,) = signs(*log, source=source, verified=verified)
    assert (sign.kind, sign.people, sign.verified) == ("source", tuple(range(260, 300)), 2)
    assert signs(*log, source=np.full(len(log[0]), "one")) == [], "where all come from one there is nothing to compare"


def test_columns_must_fit():
    assert signs([], [], [], []) == []
    with pytest.raises(ValueError, match="differ in length"):
        signs([1], [1], [1], [])
    with pytest.raises(ValueError, match="a vote is"):
        signs([1], [1], [4], [0])


@settings(max_examples=8, deadline=None)
@given(some.randoms(use_true_random=False))
def test_the_order_of_the_log_changes_nothing(chance):
    log = joined(a_round(1, people=80), [np.arange(500, 530), np.full(30, 7), np.ones(30, int), DAY + np.arange(30) * 2.0])
    order = chance.sample(range(len(log[0])), len(log[0]))
    assert signs(*log) == signs(*(column[order] for column in log)) != []
