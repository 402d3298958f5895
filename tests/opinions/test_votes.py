"""The log becomes rows: the last vote holds, whatever the order; what is no vote is refused in words."""

import numpy as np
import pytest

from shangliang.opinions.analysis import logs, votes
from shangliang.opinions.analysis.votes import NotEnough, from_log

HEADS = "timestamp,datetime,comment-id,voter-id,vote\n"


def rows(found):
    return [sorted(found.rows(n, n + 1)[1].tolist()) for n in range(found.shape[0])]


def test_the_last_vote_of_a_person_on_a_statement_holds():
    found = from_log([7, 7, 3, 7], [1, 1, 1, 2], [1, -1, 0, 1], times=[5, 9, 1, 2])
    assert found.people.tolist() == [3, 7] and found.statements.tolist() == [1, 2]
    assert rows(found) == [[1], [0, 5]]
    assert rows(from_log([7, 7], [1, 1], [1, -1])) == [[0]], "without times the later line holds"


def test_the_order_of_the_log_changes_nothing():
    chance = np.random.default_rng(0)
    people, said = np.divmod(chance.permutation(40 * 30)[:700], 30)
    given, times = chance.integers(-1, 2, 700), np.arange(700)
    order = chance.permutation(700)
    one = from_log(people, said, given, times)
    other = from_log(people[order], said[order], given[order], times[order])
    assert (one.starts == other.starts).all() and rows(one) == rows(other)
    assert sorted(one.draws(3)[one.person == 5]) == sorted(other.draws(3)[other.person == 5])


def test_what_was_said_alone_decides_what_is_drawn():
    one, other = from_log([1, 1, 2], [1, 2, 1], [1, 0, -1]), from_log([9, 4, 9], [1, 1, 2], [1, -1, 0])
    assert sorted(one.marks) == sorted(other.marks) and sorted(one.draws(1)) == sorted(other.draws(1))


@pytest.mark.parametrize("blocks", [1, 7, 1 << 20])
def test_every_size_of_block_gives_the_same(monkeypatch, blocks):
    monkeypatch.setattr(votes, "BLOCK", blocks)
    found = from_log([1, 1, 2, 3, 3, 3, 3], [1, 2, 1, 1, 2, 2, 2], [1, 0, 1, 1, 1, 0, -1])
    assert rows(found) == [[2, 4], [2], [2, 3]]
    assert [last for _first, last in found.blocks][-1] == 3


@pytest.mark.parametrize(("given", "said"), [
    ([2], "a vote is"), ([float("nan")], "a vote is"), (["x"], "a vote is"), ([1, 1], "differ in length"),
])  # fmt: skip
def test_what_is_no_vote_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        from_log([1], [1], given)


def test_a_vote_on_a_statement_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="there is not: 9"):
        from_log([1, 1], [1, 9], [1, 1], known=[1, 2])


def read(text, **more):
    return logs.read(text.splitlines(keepends=True), **more)


def test_columns_come_in_any_order_and_lines_end_in_any_way():
    found = read("vote,voter-id,comment-id\r\n1,a,3\r\n\r\n,,\r\n-1,b,3\r\n")
    assert (found.people.tolist(), found.statements.tolist(), rows(found)) == (["a", "b"], [3], [[2], [0]])


def test_names_that_are_not_written_as_numbers_are_words():
    found = read("vote,voter-id,comment-id\n1,00012,3\n1,12,3\n1,+12,3\n1,1_2,3\n-1,１２,3\n")
    assert found.shape == (5, 1) and found.statements.tolist() == [3] and "00012" in found.people.tolist()


def test_moderated_statements_are_named_by_the_comments():
    assert logs.moderated_out(" Comment_ID ,x,Moderated\n7,,-1\n8,,0\n9\n".splitlines()) == ["7"]
    out = logs.moderated_out("comment-id,moderated\n1,1\n2,-1\n".splitlines())
    assert read(HEADS + "1,x,1,1,1\n1,x,2,1,1\n", out=out).out.tolist() == [False, True]


@pytest.mark.parametrize(("text", "said"), [
    ("", "the file is empty"), ("a,b\n1,2\n", "line 1"), (HEADS + "1,x,1,1,NaN\n", "line 2: a vote"),
    (HEADS + "1,x,1,1,1\n1,x,1,,1\n", "line 3: who"), (HEADS + "soon,x,1,1,1\n", "no timestamp"),
    (HEADS + "nan,x,1,1,1\n", "no timestamp"), ("voter-id;comment-id;vote\n1;1;1\n", "separated by commas"),
    (HEADS + f"1,x,1,{'a' * 201},1\n", "line 2: a name is longer"), (HEADS + "1,x,1\n", "line 2"),
])  # fmt: skip
def test_a_file_that_is_no_log_is_refused_with_its_line(text, said):
    with pytest.raises(logs.Unreadable, match=said):
        read(text)


def test_a_million_empty_lines_are_nothing():
    with pytest.raises(NotEnough):
        read(HEADS + "\n" * 1_000_000)
