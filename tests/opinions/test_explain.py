"""A rule says what a group answers, and its numbers are those of a plain count."""

import numpy as np
import pytest

from shangliang.opinions.analysis import analyse, explain
from shangliang.opinions.analysis.votes import from_log

from .planted import planted


def counted(votes, labels, g, rule):
    """(right, found, people, seen) by going through the people one by one."""
    fits = member = seen = right = 0
    for row in range(votes.shape[0]):
        said = {int(code) // 3: int(code) % 3 for code in votes.rows(row, row + 1)[1]}
        if labels[row] < 0 or not all(column in said for column, _agree in rule.answers):
            continue
        so = all(said[column] == (2 if agree else 0) for column, agree in rule.answers)
        seen, fits, member = seen + 1, fits + so, member + (labels[row] == g)
        right += so and labels[row] == g
    return right / fits, right / member, fits, seen


def test_rules_tell_planted_groups_and_their_numbers_are_true():
    log, of, _known = planted(1200, 60, 3, apart=1.8)
    labels = np.where(np.arange(1200) % 10 == 0, -1, of)
    for g, rule in enumerate(explain.rules(log, labels)):
        assert (rule.right, rule.found, rule.people, rule.seen) == pytest.approx(counted(log, labels, g, rule))
        assert 1 <= len(rule.answers) <= 3 and rule.right > 0.55 > (labels == g).mean() and rule.found > 0.5


def test_one_statement_that_parts_the_groups_is_the_whole_rule():
    people, said = np.divmod(np.arange(400), 4)
    half = people >= 50
    votes = np.where(said == 2, np.where(half, 1, -1), np.random.default_rng(1).choice([-1, 0, 1], 400))
    log = from_log(people, said, votes)
    one, other = explain.rules(log, (np.arange(100) >= 50).astype(int))
    assert one == explain.Rule(((2, False),), 1, 1, 50, 100) and other == explain.Rule(((2, True),), 1, 1, 50, 100)


def test_a_second_statement_joins_where_one_is_not_enough():
    yes = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]] * 50)
    people, said = np.divmod(np.arange(400), 2)
    rule = explain.rules(from_log(people, said, yes.ravel()), (yes.sum(axis=1) == 2).astype(int))[1]
    assert rule == explain.Rule(((0, True), (1, True)), 1, 1, 50, 200)


def test_what_all_say_and_what_was_moderated_out_explain_nothing():
    people, said = np.divmod(np.arange(300), 3)
    half = people >= 50
    votes = np.where(said == 0, 1, np.where(said == 1, np.where(half, 1, -1), 0))
    assert explain.rules(from_log(people, said, votes, out=[1]), (np.arange(100) >= 50).astype(int)) == [None, None]
    assert explain.rules(from_log(people, said, votes), np.zeros(100, int)) == [None]


def test_the_order_of_people_changes_no_rule():
    log, of, _known = planted(300, 40, 3, apart=1.6)
    people, said, given = 999 - log.person, log.codes // 3, log.codes % 3 - 1.0
    assert explain.rules(log, of) == explain.rules(from_log(people, said, given), of[::-1])


def test_the_map_tells_the_rule_of_each_group():
    log, _of, _known = planted(1200, 60, 2, apart=1.6)
    for group in analyse.told(analyse.analysed(log))["groups"]:
        rule = group["explanation"]
        assert rule["right"] > 0.7 and {"statement", "side"} == set(rule["answers"][0])
