"""Shares are of what is on record; few people are not told; a place is heard or not; residents come from a census."""

import datetime as dt
from collections import Counter

import pytest

from shangliang.consultations.models import Attendance
from shangliang.figures import fairness
from shangliang.figures.counting import Scope
from shangliang.figures.tables import TABLES
from shangliang.people.tenancy import within
from shangliang.regions.census import residents
from shangliang.topics.models import Topic, TopicSource
from tests.journeys import walk

TODAY = dt.date(2026, 1, 5)


@pytest.fixture
def scoped(committee, settings, tmp_path):
    settings.HOME = tmp_path
    with within(committee):
        yield committee


def test_shares_by_role_are_those_of_the_published_rows_and_nothing_else_of_a_person_is_published(scoped, rated):
    [table] = [table for table in TABLES if table.name == "attendances"]
    assert [column.name for column in table.columns] == ["id", "consultation", "role"]
    rows = Counter(role for _id, _consultation, role in table.read())
    assert len(rows) > 1 and {share.key: share.number for share in fairness.roles(Scope())} == rows


def test_roles_are_shares_of_those_present(scoped, rated):
    Attendance.objects.update(role="stakeholder")
    [share] = fairness.roles(Scope())
    assert (share.number, share.percent) == (7, 100.0)
    Attendance.objects.update(status="absent")
    assert fairness.roles(Scope()) == []


def test_who_proposed_what_was_agreed(scoped, rated, voice, members):
    topic = Topic.objects.get()
    whole, shares = fairness.proposers(Scope())
    assert whole == 1 and [(one.number, one.percent) for one in shares if one.number] == [(1, 100.0)]
    assert len(shares) == len(TopicSource.Kind)
    TopicSource.objects.create(committee=scoped, topic=topic, kind="voice", voice=voice, added_on=dt.date(2023, 5, 20))
    assert sum(one.number for one in fairness.proposers(Scope())[1]) == 1
    TopicSource.objects.create(
        committee=scoped, topic=topic, kind="member", member=members[0], added_on=dt.date(2023, 5, 20)
    )
    whole, shares = fairness.proposers(Scope())
    assert whole == 1 and sum(one.number for one in shares) == 2
    rated.agreements.update(state="draft")
    assert fairness.proposers(Scope())[0] == 0


def test_coverage_counts_places_once_and_names_those_left_out(scoped, county, rated, voice):
    found = fairness.coverage(Scope(), county, TODAY)
    assert (len(found.villages), len(found.towns)) == (3, 2)
    assert {row.key: (row.villages, row.towns) for row in found.kinds} == {
        "voices": (["安富街道普陀村"], ["安富街道"]), "consultations": (["安富街道普陀村"], ["安富街道"]),
        "visits": ([], []), "any": (["安富街道普陀村"], ["安富街道"]),
    }  # fmt: skip
    assert found.silent == ["安富街道垭口村", "清流镇马草村"]
    town = fairness.coverage(Scope(region=county.at["500153112"]), county, TODAY)
    assert (len(town.villages), len(town.towns), town.kinds[-1].villages) == (1, 1, [])
    assert town.silent == ["清流镇马草村"]


def test_a_voice_of_a_town_as_a_whole_is_no_villages(scoped, county, courtyard):
    voice, _code = walk.report(scoped, courtyard, key="t" * 40)
    type(voice).objects.filter(pk=voice.pk).update(region=county.at["500153112"])
    found = fairness.coverage(Scope(), county, TODAY)
    assert all((row.villages, row.towns) == ([], ["清流镇"]) for row in found.kinds if row.key in ("voices", "any"))


def test_ten_thousand_residents_are_those_of_the_census(scoped, county, rated, voice):
    census, rates = fairness.per_ten_thousand(Scope(), county)
    assert (census.residents, census.year) == (668977, 2020) and census.source
    assert [(rate.number, rate.per) for rate in rates] == [(2, 0.0), (1, 0.0), (7, 0.1)]
    assert fairness.per_ten_thousand(Scope(region=county.at["500153112"]), county) == (None, [])


def test_the_installation_may_bring_its_own_census_and_slips_are_left_out(scoped, county, rated, settings):
    (settings.HOME / "census.csv").write_text(
        "code,year,residents,source\n500153112,2020,20000,镇里公布\n500153005,2020,两万,x\n511083,2020,0,x\n,,,\n50\n"
        "500153,2021,9" + "9" * 40 + ",x\n",
        encoding="utf-8-sig",
    )
    found = residents()
    assert found["500153112"].residents == 20000 and found["500153"].residents == 668977
    assert not {"500153005", "511083", ""} & set(found)
    _census, rates = fairness.per_ten_thousand(Scope(region=county.at["500153112"]), county)
    assert rates[0].per == 0.0


def test_each_question_has_a_fixed_number_of_queries(scoped, county, rated, voice, django_assert_num_queries):
    with django_assert_num_queries(1):
        fairness.roles(Scope())
    with django_assert_num_queries(2):
        fairness.proposers(Scope())
    with django_assert_num_queries(8):  # and each figure for its past
        fairness.coverage(Scope(), county, TODAY)
    with django_assert_num_queries(6):  # each figure asks for its past too
        fairness.per_ten_thousand(Scope(), county)
