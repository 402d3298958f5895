"""The report on a map: what is sure stays, what is not sure wavers, and infiltrators lift what they came for."""

import json
from functools import cache

import numpy as np
import pytest

from shangliang.opinions.analysis import analyse, choice, sensitivity
from shangliang.opinions.analysis.votes import from_log

from .planted import adjusted_rand, planted


@cache
def reported(classes=2, people=500):
    found = analyse.analysed(planted(people, 40, classes, apart=1.6)[0])
    return found, sensitivity.report(found, redraws=6, fewer=1)


def test_clear_groups_and_their_consensus_stay():
    found, told = reported()
    assert json.loads(json.dumps(told)) == told, "plain values"
    assert found.kind == "classes" and told["groups"]["alike"] > 0.8 and told["groups"]["same_number"] == 1
    assert 0.6 < told["stays"] <= 1 and not told["sample"] and told["asked"] == 500
    first = told["statements"][0]
    assert first["interval"][0] <= first["score"] <= first["interval"][1] and first["listed"] == 1


def test_the_list_is_that_of_the_map():
    found, told = reported()
    assert [(one["statement"], one["score"]) for one in told["statements"]] == [
        (one["statement"], one["score"]) for one in analyse.told(found)["consensus"]
    ]


def test_infiltrators_lift_a_divisive_statement_and_the_report_says_how_far():
    _found, told = reported()
    assert told["false"]["share"] == 0.05 and len(told["false"]["attacks"]) == 3
    for attack in told["false"]["attacks"]:
        assert attack["rank"]["lower"][1] <= attack["rank"]["lower"][0] > 20
        assert attack["rank"]["group_aware"][1] < attack["rank"]["group_aware"][0]
        assert {len(attack["first"][way]) for way in ("lower", "group_aware", "bridging")} == {10}
    more = sensitivity.infiltrated(_found.votes, _found.labels, _found, share=0.2)
    assert np.mean([one["rank"]["lower"][1] for one in more["attacks"]]) < np.mean(
        [one["rank"]["lower"][1] for one in told["false"]["attacks"]]
    )


def test_a_draw_keeps_the_number_of_people_and_draws_the_same_answers_apart():
    same = from_log(np.arange(4000), np.zeros(4000, int), np.ones(4000, int))
    weights = sensitivity._weights(same, 1)
    assert weights.mean() == pytest.approx(1, abs=0.06) and weights.var() == pytest.approx(1, abs=0.1)
    assert (weights != sensitivity._weights(same, 2)).any()


def test_intervals_are_as_wide_as_chance():
    """The share of one group in redraws varies as a binomial share does."""
    given = np.random.default_rng(2).random(400) < 0.7
    log = from_log(np.arange(400), np.zeros(400, int), np.where(given, 1, -1))
    shares = []
    for seed in range(200):
        drawn = log.taken(np.repeat(np.arange(400), sensitivity._weights(log, seed)))
        shares.append((drawn.codes == 2).mean())
    assert np.std(shares) == pytest.approx(np.sqrt(0.7 * 0.3 / 400), rel=0.2)


def test_the_order_and_the_names_of_people_change_nothing():
    found, told = reported()
    log = found.votes
    turned = from_log(5000 - log.person, log.codes // 3, log.codes % 3 - 1.0)
    assert sensitivity.report(analyse.analysed(turned), redraws=6, fewer=1) == told


def test_of_very_many_people_a_sample_is_asked(monkeypatch):
    found, _told = reported()
    monkeypatch.setattr(choice, "PEOPLE", 300)
    told = sensitivity.report(found, redraws=2, fewer=0)
    assert told["sample"] and (told["asked"], told["people"]) == (300, 500) and told["groups"]["same_number"] is None


def test_one_group_has_nobody_to_infiltrate():
    found = analyse.analysed(planted(200, 40, 1)[0])
    told = sensitivity.report(found, redraws=3, fewer=0)
    assert told["groups"]["alike"] == 1 and told["false"] == {"share": 0.05, "holds": None, "attacks": []}


def test_likeness_is_the_adjusted_rand_index():
    chance = np.random.default_rng(1)
    one, other = chance.integers(0, 3, 200), chance.integers(0, 4, 200)
    mixed = np.where(chance.random(200) < 0.5, one, other)
    assert sensitivity.alike(one, mixed) == pytest.approx(adjusted_rand(one, mixed))
    assert sensitivity.alike(one, one) == 1 and abs(sensitivity.alike(one, other)) < 0.05
