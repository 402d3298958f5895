"""A group keeps its name while its people stay together; a name is never given twice."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shangliang.opinions.analysis.lineage import followed
from shangliang.opinions.picture import letter

partitions = some.lists(some.integers(-1, 4), min_size=12, max_size=40)


def numbered(labels):
    """Labels 0 … G − 1 without gaps."""
    labels = np.array(labels)
    return np.where(labels >= 0, np.unique(labels, return_inverse=True)[1] - (labels.min() < 0), -1)


def test_groups_keep_their_names_when_numbers_change():
    before, after = np.array([3, 3, 3, 5, 5, 7, -1]), np.array([1, 1, 1, 0, 0, 2, 2])
    found = followed(range(7), before, range(7), after)
    assert found.names.tolist() == [5, 3, 7] and found.kept.tolist() == [1, 1, 0.5] and found.ever == 8
    assert found.named(after).tolist() == [3, 3, 3, 5, 5, 7, 7]


def test_a_group_that_splits_keeps_the_name_where_most_are_and_the_other_is_new():
    found = followed(range(10), np.zeros(10, int), range(10), np.array([0] * 4 + [1] * 6), ever=4)
    assert found.names.tolist() == [4, 0] and found.kept.tolist() == [0, 0.6] and found.ever == 5


def test_all_names_together_keep_the_most_people():
    # Taking the largest overlap first (5 and 0) would keep 5; together 4 + 4 keep their names.
    before, after = np.array([0] * 9 + [1] * 4), np.array([0] * 5 + [1] * 4 + [0] * 4)
    assert followed(range(13), before, range(13), after).names.tolist() == [1, 0]


def test_people_who_come_or_go_do_not_matter():
    found = followed(["a", "b", "x"], [0, 1, 1], ["a", "b", "c", "d"], [1, 0, 0, -1])
    assert found.names.tolist() == [1, 0] and found.kept.tolist() == [1 / 3, 1]


def test_nobody_has_no_name():
    assert followed([], [], [1, 2], [-1, -1]).named(np.array([-1, -1])).tolist() == [-1, -1]


@settings(suppress_health_check=[HealthCheck.too_slow])  # two runs share the machine
@given(partitions, some.randoms(use_true_random=False))
def test_renumbering_changes_no_name(labels, chance):
    labels = numbered(labels)
    k = int(labels.max()) + 1
    turned = np.array([*chance.sample(range(k), k), -1])
    found = followed(range(len(labels)), labels, range(len(labels)), turned[labels])
    assert (found.named(turned[labels]) == labels).all() and (found.kept == 1).all()


@given(partitions, partitions, some.integers(0, 9))
def test_names_are_different_and_new_ones_were_never_used(before, after, ever):
    number = min(len(before), len(after))
    before, after = np.array(before[:number]), numbered(after[:number])
    found = followed(range(number), before, range(number), after, ever)
    assert len(set(found.names.tolist())) == len(found.names)
    fresh = found.names[found.kept == 0]
    assert (fresh >= max(ever, before.max() + 1)).all() and found.ever >= max(ever, before.max() + 1)


def test_letters_go_on_after_z():
    assert [letter(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
