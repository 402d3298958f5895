"""Every figure: its parts add up to it, its list is what it counts, its records and the journal tell the same."""

import datetime as dt

import pytest

from shangliang.consultations.models import Attendance
from shangliang.figures import counting
from shangliang.figures.commands import recount
from shangliang.figures.counting import Scope
from shangliang.figures.definitions import BY_KEY, FIGURES
from shangliang.figures.recount import RULES, Journal, compare
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.people.tenancy import within
from shangliang.regions.models import Region
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.voices.models import Voice

KEYS = [figure.key for figure in FIGURES]


@pytest.fixture
def scoped(committee):
    with within(committee):
        yield committee


def test_keys_are_unlike_and_every_figure_says_what_it_means():
    assert len(set(KEYS)) == len(KEYS)
    for figure in FIGURES:
        assert figure.name and figure.unit and str(figure.words).endswith("。"), figure.key


def test_the_numbers_of_a_rated_matter(scoped, rated, voice):
    found = {figure.key: counting.value(figure) for figure in FIGURES}
    assert found | {
        "voices": 2, "topics": 1, "consultations": 1, "attendances": 7, "persons": 7, "agreements": 1, "tasks": 1,
        "closed_tasks": 1, "solved": 1, "silent": 0, "published": 1, "visits": 0, "studios": 0, "salons": 0,
    } == found


def test_the_list_behind_each_number_is_as_long_as_the_number(scoped, rated, voice):
    for figure in FIGURES:
        rows = counting.records(figure, Scope(), 0, 1000)
        assert len({getattr(row, figure.distinct or "pk") for row in rows}) == counting.value(figure), figure.key
        for row in rows:
            line = figure.line(row)
            assert line.words and "138" not in line.words


def test_parts_add_up_to_the_whole(scoped, rated, voice, monkeypatch):
    monkeypatch.setattr(counting, "shown", lambda figure, number, scope: number)
    towns = {region.code: region for region in Region.objects.filter(level__in=["town", "county"])}
    for figure in FIGURES:
        whole, by_town = counting.value(figure), counting.by_town(figure, Scope())
        trend = counting.trend(figure, Scope(), clock.today())
        for parts in (by_town, counting.by_carrier(figure, Scope()), trend):
            assert not parts or figure.distinct or sum(part[-1] for part in parts) == whole, figure.key
        for code, _name, number in by_town:
            assert counting.value(figure, Scope(region=towns[code])) == number, figure.key
        for since, until, number in trend:
            assert counting.value(figure, Scope(since, until)) == number, figure.key


def test_days_are_those_of_the_installation_and_both_are_included(scoped, courtyard):
    figure = BY_KEY["voices"]
    from tests.journeys import walk

    for number, (day, hour) in enumerate([(dt.date(2023, 5, 1), 0), (dt.date(2023, 5, 31), 23), (dt.date(2023, 6, 1), 0)]):
        with clock.at(dt.datetime.combine(day, dt.time(hour, 30))):
            walk.report(scoped, courtyard, key=f"day-{number}" + "x" * 30)
    assert counting.value(figure, Scope(dt.date(2023, 5, 1), dt.date(2023, 5, 31))) == 2
    assert counting.value(figure, Scope(until=dt.date(2023, 4, 30))) == 0
    assert counting.value(figure, Scope(since=dt.date(2023, 6, 1))) == 1
    trend = counting.trend(figure, Scope(dt.date(2023, 5, 1), dt.date(2023, 6, 30)), dt.date(2023, 7, 1))
    assert [number for _since, _until, number in trend] == [2, 1]


def test_a_long_period_is_told_year_by_year(scoped, rated):
    trend = counting.trend(BY_KEY["voices"], Scope(dt.date(2019, 3, 1), dt.date(2023, 12, 31)), dt.date(2024, 1, 1))
    assert [since.year for since, _until, _n in trend] == [2019, 2020, 2021, 2022, 2023]
    assert trend[0][0] == dt.date(2019, 3, 1)


def test_parts_with_fewer_than_five_people_are_not_shown_but_nought_is(scoped, rated):
    persons = BY_KEY["persons"]
    assert counting.value(persons) == 7
    keep = Attendance.objects.order_by("pk").values_list("pk", flat=True)[:3]
    Attendance.objects.exclude(pk__in=list(keep)).delete()
    assert counting.value(persons, Scope(carrier="courtyard")) is None
    assert counting.value(persons, Scope(carrier="salon")) == 0
    assert counting.value(persons) == 3


def test_each_question_is_few_queries_and_half_of_them_ask_for_the_past(scoped, rated, django_assert_max_num_queries):
    for figure in FIGURES:
        with django_assert_max_num_queries(2):
            counting.value(figure)
        with django_assert_max_num_queries(4):
            counting.trend(figure, Scope(), clock.today())
        with django_assert_max_num_queries(4):
            counting.by_town(figure, Scope())
        with django_assert_max_num_queries(1):
            rows = counting.records(figure, Scope(), 0, 50)
            assert all(figure.line(row).words for row in rows)


# --- the other way ---


def test_the_journal_alone_tells_the_same(scoped, rated, voice):
    compared = {row.key: row for row in compare(Journal(scoped))}
    assert [row for row in compared.values() if not row.agrees] == []
    assert compared["attendances"].told == 7 and compared["solved"].told == 1
    assert [key for key, row in compared.items() if row.told is None] == ["persons"]
    assert set(RULES) | {"persons"} == set(KEYS)


def test_a_record_changed_behind_the_journals_back_is_noticed(scoped, rated, voice):
    Voice.objects.filter(pk=voice.pk).update(state="closed")
    wrong = {row.key: (row.counted, row.told) for row in compare(Journal(scoped)) if not row.agrees}
    assert wrong == {"silent": (1, 0)}


def test_the_clock_keeps_what_came_of_it_and_nobody_else_may(scoped, rated):
    kept = recount(by=CLOCK, committee=scoped)
    assert {row.figure for row in kept} == set(KEYS) and all(row.agrees for row in kept)
    assert len(recount(by=CLOCK, committee=scoped)) == len(KEYS)
    with pytest.raises(Refused):
        recount(by=ANYONE, committee=scoped)


def test_people_are_told_by_whole_months_alone(browser, scoped, rated):
    asked = "/figures/persons/?since=2023-06-01&until=2023-06-30"
    assert browser.get(asked).status_code == 200
    for bar in counting.trend(BY_KEY["persons"], Scope(), clock.today()):
        assert browser.get(f"/figures/persons/?since={bar[0]}&until={bar[1]}").status_code == 200
    for wrong in (asked.replace("06-01", "06-02"), asked.replace("06-30", "06-29")):
        refused = browser.get(wrong)
        assert refused.status_code == 422 and "整月" in refused.content.decode()
    assert browser.get("/figures/attendances/?since=2023-06-02&until=2023-06-29").status_code == 200


def test_who_comes_twice_stands_in_the_list_of_people_once(scoped, rated):
    first = Attendance.objects.order_by("pk")[:2]
    Attendance.objects.filter(pk=first[1].pk).update(consultation=_another(first[0].consultation), person=first[0].person)
    persons = BY_KEY["persons"]
    rows = counting.records(persons, Scope(), 0, 50)
    assert len(rows) == counting.value(persons) == 6 and len({row.person for row in rows}) == 6


def _another(meeting):
    meeting.pk = None
    meeting.save()
    return meeting


def test_the_dashboard_tells_people_by_whole_months_too(browser, rated):
    june = "since=2023-06-01&until=2023-06-"
    assert "或不是整月" in browser.get(f"/dashboard/?{june}29").content.decode()
    assert "或不是整月" not in browser.get(f"/dashboard/?{june}30").content.decode()


def test_one_part_that_is_withheld_takes_the_next_smallest_with_it():
    persons, voices = BY_KEY["persons"], BY_KEY["voices"]
    assert counting._parts(persons, [9, 2, 7, 30]) == [9, None, None, 30]
    assert counting._parts(persons, [9, 2, 3, 0]) == [9, None, None, 0]
    assert counting._parts(persons, [0, 6]) == [0, 6] and counting._parts(voices, [1, 9]) == [1, 9]
