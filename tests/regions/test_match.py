"""Finding places by what people write, and the choices of forms."""

import datetime as dt

import pytest

from shangliang.people.actors import CLOCK
from shangliang.regions import commands, queries

TODAY = dt.date(2024, 3, 1)


@pytest.fixture(autouse=True)
def _alias(county):
    commands.add_alias(by=CLOCK, region=county.at["511083104"], name="石堰桥镇", source="重庆日报")


def best(text, **where):
    found = queries.match(text, **where)
    return (found[0][0].name, found[0][1]) if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("普陀村", "普陀村"),
        ("普陀村村民委员会", "普陀村"),
        ("安富街道普陀村", "普陀村"),
        (" 普陀 村 ", "普陀村"),
        ("石堰桥镇", "石燕桥镇"),
        ("石燕桥镇", "石燕桥镇"),
    ],
)
def test_a_name_or_alias_word_for_word_is_certain(text, name):
    assert best(text) == (name, 100)


def test_a_place_is_found_inside_an_address_deepest_first():
    found = queries.match("重庆市荣昌区安富街道普陀村3组毛万二家")
    assert found[0][0].name == "普陀村"
    assert 85 < found[0][1] < 100
    assert "安富街道" in [region.name for region, _score in found]


def test_a_slip_of_the_pen_is_likely_not_certain():
    name, score = best("马草树村")
    assert name == "马草村"
    assert 60 <= score <= 85


def test_only_the_asked_part_of_the_country_is_looked_at():
    assert best("三合村", within="500153") is None
    assert best("三合村", within="511083") == ("三合村", 100)


@pytest.mark.parametrize("text", ["", "   ", "完全无关的一句话", "%", "_"])
def test_nothing_is_found_where_nothing_is_like_it(text):
    assert queries.match(text) == []


def test_a_closed_place_is_not_found_after_its_end(county):
    commands.close_region(by=CLOCK, region=county.at["500153005202"], on=dt.date(2023, 12, 31))
    assert best("垭口村") == ("垭口村", 100)
    assert best("垭口村", today=dt.date(2023, 12, 31)) == ("垭口村", 100)
    assert best("垭口村", today=TODAY) != ("垭口村", 100)


def test_matching_takes_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.match("安富街道普陀村")


def test_the_choices_of_a_county_are_grouped_by_town_in_one_query(county, django_assert_num_queries):
    with django_assert_num_queries(1):
        groups = queries.choices_within("500153")
    town = county.at["500153005"]
    assert [name for name, _choices in groups] == ["安富街道", "清流镇"]
    assert groups[0][1][0] == (town.pk, "安富街道")
    assert [name for _pk, name in groups[0][1]] == ["安富街道", "普陀村", "垭口村"]


def test_the_choices_of_a_town_name_the_town(county):
    assert [name for name, _choices in queries.choices_within("500153005")] == ["安富街道"]
    assert queries.choices_within("500153005200")[0][0] == "安富街道"


def test_closed_places_are_no_choice(county):
    commands.close_region(by=CLOCK, region=county.at["500153005202"], on=dt.date(2023, 12, 31))
    names = [name for _town, rows in queries.choices_within("500153", TODAY) for _pk, name in rows]
    assert "普陀村" in names and "垭口村" not in names


def test_towns_villages_and_children_are_told(county):
    town = county.at["500153005"]
    assert [str(row) for row in queries.towns_of(county)] == ["安富街道", "清流镇"]
    assert [row.name for row in queries.villages_of(town, TODAY)] == ["普陀村", "垭口村"]
    assert list(queries.children_of(town, TODAY)) == list(queries.villages_of(town))
    assert list(queries.children_of(county)) == list(queries.towns_of(county, TODAY))
    assert queries.by_code("500153") == county
    assert queries.by_code("000000") is None
