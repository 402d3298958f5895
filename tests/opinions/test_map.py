"""The map: groups where there are some, none where there are none, the same whatever the order; lists as Polis makes them."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from shangliang.cli import main
from shangliang.opinions.analysis import analyse, groups, plane, polis, statements
from shangliang.opinions.analysis.passes import Here
from shangliang.opinions.analysis.votes import NotEnough, Votes, from_log

from .planted import adjusted_rand, planted

POLIS = Path(__file__).parents[3] / "shared" / "data" / "polis"
RECORDED = sorted(POLIS.glob("*/polis_math.json")) if POLIS.exists() else []


@pytest.mark.parametrize(("people", "size", "k"), [(1500, 80, 2), (4000, 100, 3)])
def test_planted_classes_are_found_nearly_as_well_as_anybody_could(people, size, k):
    log, of, known = planted(people, size, k)
    found = analyse.analysed(log)
    assert (found.kind, found.k) == ("classes", k)
    assert adjusted_rand(of, found.labels) >= 0.95 * adjusted_rand(of, known)


def test_six_classes_are_six():
    chance = np.random.default_rng(2)
    of = np.repeat(np.arange(6), 150)
    agree = chance.random((60, 6)) < 0.5
    said = np.where(chance.random((900, 60)) < 0.9, agree[:, of].T, ~agree[:, of].T)
    person, statement = np.nonzero(chance.random((900, 60)) < 0.7)
    found = analyse.analysed(from_log(person, statement, np.where(said[person, statement], 1, -1)))
    assert (found.kind, found.k) == ("classes", 6) and adjusted_rand(of, found.labels) > 0.95


def test_without_structure_no_group_is_drawn():
    for seed in range(6):
        found = analyse.analysed(planted(200, 40, 1, seed=seed)[0])
        assert (found.kind, found.k, set(found.labels.tolist())) == ("none", 1, {-1, 0} & set(found.labels.tolist()))


def test_people_along_a_line_are_no_classes():
    chance = np.random.default_rng(3)
    stand, lean = chance.normal(size=600), chance.normal(size=(60,))
    seen = chance.random((600, 60)) < 0.6
    agree = chance.random((600, 60)) < 1 / (1 + np.exp(-2 * stand[:, None] * lean))
    people, said = np.nonzero(seen)
    found = analyse.analysed(from_log(people, said, np.where(agree[seen], 1, -1)))
    assert found.kind == "lines" and found.k >= 2
    middle = [stand[found.labels == g].mean() for g in range(found.k)]
    assert max(middle) - min(middle) > 1


@pytest.mark.parametrize("by_polis", [False, True])
def test_the_order_of_people_and_log_changes_no_label(by_polis):
    log, _of, _known = planted(300, 60, 3)
    people, said, given = log.person, log.codes // 3, log.codes % 3 - 1.0
    one = analyse.told(analyse.analysed(from_log(people, said, given), by_polis, threads=1))
    order = np.random.default_rng(9).permutation(len(people))
    other = analyse.told(analyse.analysed(from_log(people[order], said[order], given[order]), by_polis, threads=3))
    assert one == other
    if not by_polis:  # Polis's own rules begin with whoever came first
        turned = analyse.analysed(from_log(999 - people, said, given))
        assert turned.labels[::-1].tolist() == list(one["assignments"].values())


def test_a_hostile_million_from_one_person_is_one_vote():
    log, _of, _known = planted(300, 40, 2)
    people, said, given = log.person, log.codes // 3, log.codes % 3 - 1.0
    before = analyse.analysed(from_log(people, said, given))
    flood = np.full(1_000_000, 5)
    after = analyse.analysed(from_log(
        np.concatenate([flood, people]), np.concatenate([flood, said]), np.concatenate([np.ones(1_000_000, int), given])
    ))  # fmt: skip
    assert adjusted_rand(before.labels, after.labels) > 0.98


def test_a_million_people_who_said_nothing_move_nobody():
    log, _of, _known = planted(300, 40, 2)
    before = analyse.analysed(log)
    starts = np.concatenate([log.starts, np.full(1_000_000, log.starts[-1])])
    people = np.arange(len(starts) - 1)
    after = analyse.analysed(Votes(starts, log.codes, people, log.statements, log.out))
    assert (after.labels[:300] == before.labels).all() and set(after.labels[300:].tolist()) == {-1}


def test_there_must_be_something_to_say():
    for log in (from_log([], [], []), from_log([1, 2], [1, 1], [0, 0])):
        with pytest.raises(NotEnough):
            analyse.analysed(log)
    same = analyse.analysed(from_log(np.repeat(range(30), 10), np.tile(range(10), 30), np.ones(300, int)))
    assert (same.kind, same.k) == ("none", 1)
    assert analyse.analysed(from_log(np.repeat(range(30), 10), np.tile(range(10), 30), np.ones(300, int)), True).k == 1


def test_consensus_is_what_the_least_group_accepts():
    counts = np.array([[[1, 1, 8], [0, 0, 9], [4, 0, 5]], [[0, 0, 2], [9, 0, 1], [2, 1, 2]]])
    made = statements.consensus(counts)
    assert made.score.argmax() == 0 and made.agree[0]
    low = statements.lower(counts[:, 0, 2], counts[:, 0].sum(axis=1))
    assert made.score[0] == low.min() and made.low[0] <= 0.8 <= made.high[0]
    assert made.score[1] < 0.2, "one group against it is enough"


def test_group_names_go_by_size():
    labels = groups.by_size(np.array([5, 5, 2, 9, 2, 2]), np.array([1.0, 1, 1, 1, 1, 1]))
    assert labels.tolist() == [1, 1, 0, 2, 0, 0]


def of_recorded(math):
    named = math["group-votes"]
    counts = np.zeros((len(named), len(math["tids"]), 3))
    for g, group in enumerate(sorted(named, key=int)):
        for at, statement in enumerate(math["tids"]):
            told = named[group]["votes"].get(str(statement), {"A": 0, "D": 0, "S": 0})
            counts[g, at] = told["D"], told["S"] - told["A"] - told["D"], told["A"]
    return counts


@pytest.mark.skipif(not RECORDED, reason="the recorded conversations are not here")
def test_formulas_give_what_polis_recorded():
    exact = dict.fromkeys(("ground", "lists", "priorities"), 0)
    for path in RECORDED:
        math = json.loads(path.read_text())
        counts, tids = of_recorded(math), math["tids"]
        recorded = [math["group-aware-consensus"][str(tid)] for tid in tids]
        exact["ground"] += np.allclose(statements.group_aware(counts), recorded, rtol=0, atol=1e-12)
        lists = statements.representative(counts, np.isin(tids, math["mod-out"]))
        told = [[(tids[one.statement], "agree" if one.agree else "disagree") for one in each] for each in lists]
        known = sorted(math["repness"], key=int)
        exact["lists"] += told == [[(one["tid"], one["repful-for"]) for one in math["repness"][g]] for g in known]
        weights = statements.priorities(
            counts.sum(axis=0), np.array(math["pca"]["comment-extremity"]), np.isin(tids, math["meta-tids"])
        )
        exact["priorities"] += np.allclose(weights, [math["comment-priorities"][str(tid)] for tid in tids], rtol=1e-9)
    # One conversation was recorded while Polis weighed every statement 49 (compdemocracy/polis#1961).
    assert exact == {"ground": len(RECORDED), "lists": len(RECORDED), "priorities": len(RECORDED) - 1}


@pytest.mark.skipif(not RECORDED, reason="the recorded conversations are not here")
def test_places_and_groups_follow_from_what_polis_recorded():
    """Its base clusters are the means of our places of their members; from them our rounds come to its groups."""
    exact = {"places": 0, "groups": 0, "extremity": 0, "consensus": 0}
    for path in RECORDED:
        math = json.loads(path.read_text())
        base, rows = math["base-clusters"], np.loadtxt(path.with_name("votes.csv"), int, delimiter=",", skiprows=1)
        recorded, size = np.array([base["x"], base["y"]]).T, np.array(base["count"], float)
        votes = from_log(*rows[:, :3].T, out=math["mod-out"])
        here = Here(votes)
        found = plane.fitted(here, plane.tallied(here), calm=int(votes.out.sum()))
        places = dict(zip(votes.people.tolist(), plane.positions(here, found), strict=True))
        means = [np.mean([places.get(one, np.nan * np.ones(2)) for one in each], axis=0) for each in base["members"]]
        known = ~np.isnan(means).any(axis=1)  # of participant 0 the votes are missing in some
        turn = np.sign((np.array(means)[known] * recorded[known]).sum(axis=0))
        exact["places"] += np.allclose(np.array(means)[known] * turn, recorded[known], atol=0.002)
        of = {name: g for g, group in enumerate(math["group-clusters"]) for name in group["members"]}
        theirs = np.array([of[name] for name in base["id"]])
        ours = polis._moved(recorded, size, np.full(len(size), -1), len(math["group-clusters"]), polis.ROUNDS)
        exact["groups"] += adjusted_rand(theirs, ours) == 1
        columns = np.searchsorted(votes.statements, math["tids"])
        far = plane.extremity(found)[columns]
        exact["extremity"] += np.allclose(far, math["pca"]["comment-extremity"], atol=0.01)
        named = [(int(votes.statements[j]), agree) for j, agree in statements.of_all(plane.tallied(here), votes.out)]
        told = [(one["tid"], side == "agree") for side in ("agree", "disagree") for one in math["consensus"][side]]
        exact["consensus"] += set(named) == set(told)
    assert exact["groups"] == exact["consensus"] == len(RECORDED)
    assert min(exact["places"], exact["extremity"]) >= len(RECORDED) - 4


def test_who_once_was_in_polis_conversation_stays_and_a_new_number_waits_four_updates():
    running, chance = polis.Running(60), np.random.default_rng(1)
    two = np.repeat([[-5.0, 0], [5, 0]], 30, axis=0) + chance.normal(0, 0.3, (60, 2))
    running.update(two, np.full(60, 9), 40)
    assert running.shown == 2 and adjusted_rand(running.labels, np.repeat([0, 1], 30)) == 1
    running.update(two, np.full(60, 1), 40)
    assert running.inside.all() and (running.labels >= 0).all()
    for wanted in (3, 3, 3, 2, 3, 3, 3):
        running._show(wanted)
        assert running.shown == 2
    running._show(3)
    assert running.shown == 3


def test_a_cluster_goes_on_from_where_it_was_and_a_new_one_begins_farthest_from_all():
    points = np.array([[-10.0, 0], [10, 0], [0, 5], [0.3, 5], [0.6, 5.2], [0.5, 1]])
    was = np.array([0, 0, 1, 1, 1, 1])
    assert polis._moved(points, np.ones(6), was, 2, 20).tolist() == [0, 0, 1, 1, 1, 0]
    # Both ends of the first cluster leave it one after the other: its middle follows what is left of it.
    assert polis._moved(points, np.ones(6), was, 3, 20).tolist() == [2, 0, 1, 1, 1, 1]
    assert polis._moved(points, np.ones(6), was, 4, 20).tolist() == [2, 0, 1, 1, 1, 3]


def test_polis_history_follows_the_times_and_not_the_order_of_the_log():
    log, _of, _known = planted(120, 40, 3, seed=4)
    rows = [log.person, log.codes // 3, log.codes % 3 - 1.0, np.random.default_rng(2).random(len(log.codes))]
    labels = []
    for order in (np.arange(len(log.codes)), np.random.default_rng(9).permutation(len(log.codes))):
        labels.append(analyse.analysed(from_log(*(part[order] for part in rows), timed=True), by_polis=True).labels)
    assert (labels[0] == labels[1]).all()
    turned = from_log(*rows[:3], -rows[3], timed=True)
    assert (analyse.analysed(turned, by_polis=True).labels != labels[0]).any(), "another history gives other groups"
    times = from_log(*rows, timed=True).times
    assert (np.sort(times) == np.sort(rows[3])).all() and from_log(*rows).times is None


def test_a_recorded_list_stands_here_in_small():
    """Two groups of 8 and 4 on three statements, worked through by hand from the formulas of Polis."""
    counts = np.array([[[0, 0, 8], [4, 0, 4], [8, 0, 0]], [[4, 0, 0], [2, 0, 2], [0, 0, 4]]])
    assert statements.group_aware(counts)[0] == pytest.approx(9 / 10 * 1 / 6)
    first, second = statements.representative(counts)
    assert [(one.statement, one.agree) for one in first] == [(0, True), (2, False)]
    assert [(one.statement, one.agree) for one in second] == [(2, True), (0, False)]
    assert first[0].chance == 0.9 and first[0].ratio == pytest.approx(0.9 / (1 / 6))


def test_who_takes_part_follows_polis():
    assert polis.taking_part(np.array([7, 6, 9] * 8), 50).tolist() == [True, False, True] * 8
    assert polis.taking_part(np.array([3, 0, 2]), 50).tolist() == [True, False, True]


def log_of(tmp_path, log: Votes):
    path = tmp_path / "votes.csv"
    with path.open("w", newline="") as file:
        write = csv.writer(file)
        write.writerow(["timestamp", "datetime", "comment-id", "voter-id", "vote"])
        for person, code in zip(log.person.tolist(), log.codes.tolist(), strict=True):
            write.writerow([1, "", code // 3, person, code % 3 - 1])
    return str(path)


def test_the_command_needs_no_installation(tmp_path):
    log, of, _known = planted(1200, 60, 2, apart=1.6)
    path = log_of(tmp_path, log)
    told = json.loads(CliRunner().invoke(main, ["opinions", "analyse", path, "--json"]).output)
    assert told["k"] == 2 and len(told["assignments"]) == 1200 and told["consensus"] and told["groups"][0]["representative"]
    labels = [told["assignments"][str(n)] for n in range(1200)]
    assert adjusted_rand(of, [-1 if label is None else label for label in labels]) > 0.5
    words = CliRunner().invoke(main, ["opinions", "analyse", path, "--polis"]).output
    assert "people: 1200, statements: 60" in words and "Group A" in words


def test_what_was_moderated_out_is_read_from_the_comments_that_lie_beside(tmp_path):
    path = log_of(tmp_path, planted(60, 20, 2)[0])
    beside = tmp_path / "comments.csv"

    def run(*words):
        done = CliRunner().invoke(main, ["opinions", "analyse", path, "--json", *words])
        return done.stderr, {row["statement"] for row in json.loads(done.stdout)["consensus"]}

    said, whole = run()
    assert said == "" and len(whole) == 10
    one = min(whole)
    beside.write_text(f"comment-id,moderated\n{one},-1\n")
    said, less = run()
    assert "1 statements moderated out" in said and one not in less
    assert run("--comments", str(beside)) == ("", less)
    beside.write_text("text\n")
    said, again = run()
    assert "was left aside" in said and again == whole


@pytest.mark.parametrize(("text", "status", "said"), [
    ("comment-id,voter-id,vote\n", 0, "not enough to say"), ("x\n", 2, "no column"),
    ("comment-id,voter-id,vote\n1,1,7\n", 2, "line 2"), ("comment-id,voter-id,vote\n1,1,0\n", 0, "not enough to say"),
])  # fmt: skip
def test_bad_input_is_answered_in_a_sentence(text, status, said):
    done = CliRunner().invoke(main, ["opinions", "analyse", "-"], input=text)
    assert done.exit_code == status and said in done.output
