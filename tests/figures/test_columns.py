"""Columns on disk answer as the tables do, after every step of random people and however far the journal has moved on."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis.stateful import invariant, rule

from shangliang.cases.models import Case
from shangliang.figures import columns, counting
from shangliang.figures.counting import Scope
from shangliang.figures.definitions import BY_KEY, FIGURES
from shangliang.figures.fairness import ROLES
from shangliang.figures.flow import COUNTED, MATTERS
from shangliang.figures.rows import Rows
from shangliang.figures.view import NO_DAY, View, _days
from shangliang.journal.models import Entry, Head
from shangliang.people.tenancy import within
from shangliang.regions.models import Region
from shangliang.shared import clock
from tests.cases.test_any_order import machine_of, run_machine, world  # noqa: F401
from tests.journeys import walk

OF_CASES = [figure for figure in (*FIGURES, *COUNTED, ROLES) if figure.case]
BUCKETS = [
    (dt.date(2023, 3, 1), dt.date(2023, 3, 31)), (dt.date(2023, 4, 1), dt.date(2023, 4, 30)),
    (dt.date(2023, 5, 1), dt.date(2023, 12, 31)),
]  # fmt: skip


@pytest.fixture
def scoped(committee):
    with within(committee):
        yield committee


def answers(source, scope) -> list:
    """Everything that can be asked of a figure."""
    figure = source.figure
    if figure in (MATTERS, ROLES):  # their labels are no carriers
        scope = replace(scope, carrier="")
    told = [source.total(scope), source.listed(scope, 0, 3), source.listed(scope, 3, 2)]
    if figure.when:
        told += [source.first_day(scope), source.by_bucket(scope, BUCKETS)]
    if figure.region:
        told += [source.by_town(scope), source.regions(scope)]
    if figure.carrier:
        told += [source.by_carrier(scope), source.first_days(scope)]
    return told


def scopes():
    town = Region.objects.get(code="500153005")
    return [Scope(), Scope(region=town), Scope(dt.date(2023, 3, 2), dt.date(2023, 4, 10)), Scope(carrier="courtyard"),
            Scope(until=dt.date(2023, 3, 31), region=town, carrier="room")]  # fmt: skip


def same(figure, asked=None):
    """The columns' answers, after holding them against the tables'."""
    view = columns.latest(figure)
    assert isinstance(view, View)
    for scope in asked or scopes():
        assert answers(view, scope) == answers(Rows(figure), scope), (figure.key, scope)
    return view


def test_after_every_step_of_random_people_columns_and_tables_agree(scoped, world):  # noqa: F811
    walked = machine_of(world)

    class Machine(walked):
        def __init__(self):
            super().__init__()
            columns.write(scoped, OF_CASES, Head.objects.get())
            self.turn, self.parts = 0, scopes()

        @rule()
        def the_columns_are_written_anew(self):
            columns.write(scoped, OF_CASES, Head.objects.get())

        @invariant()
        def both_agree(self):
            self.turn += 1
            for figure in OF_CASES:
                same(figure, [self.parts[self.turn % len(self.parts)]])

    run_machine(Machine, examples=1, steps=40)


def test_what_changed_since_is_read_from_the_tables(scoped, rated, voice):
    columns.write(scoped, OF_CASES, Head.objects.get())
    view = same(BY_KEY["voices"])
    assert view.kept.all() and not len(view.fresh["row"])
    walk.report(scoped, voice.case.venue, key="new" * 10)
    assert len(same(BY_KEY["voices"]).fresh["row"]) == 1
    assert counting.value(BY_KEY["voices"]) == Rows(BY_KEY["voices"]).total(Scope()) == 3


def test_who_comes_again_after_the_columns_were_written_is_one_person(scoped, rated):
    columns.write(scoped, OF_CASES, Head.objects.get())
    persons = BY_KEY["persons"]
    view = columns.latest(persons)
    everything = list(Case.objects.values_list("pk", flat=True))
    again = view.with_anew(everything)
    assert not again.kept.any() and again.total(Scope()) == view.total(Scope()) == 7
    nobody = {**view.stored, "persons": view.stored["persons"][:0]}
    assert View(persons, nobody).with_anew(everything).total(Scope()) == 7


def test_columns_of_another_journal_or_release_are_not_read(scoped, rated, monkeypatch):
    columns.write(scoped, OF_CASES, Head.objects.get())
    figure = BY_KEY["voices"]
    assert columns.latest(figure)
    monkeypatch.setattr(columns, "__version__", "0.0.1")
    assert columns.latest(figure) is None
    monkeypatch.undo()
    current = columns.folder(scoped) / "current"
    told = current.read_text()
    current.write_text(told.replace('"figures"', '"of old"'))
    assert columns.latest(figure) is None, "written before sets named their figures"
    current.write_text(told)
    assert columns.latest(replace(figure, version=2)) is None and columns.latest(replace(figure, key="new")) is None
    Entry.objects.filter(seq=Head.objects.get().count).update(digest="another")
    Head.objects.update(digest="another")
    assert columns.latest(figure) is None and counting.value(figure) == 1


def test_they_are_written_when_the_journal_has_moved_on_far_enough(scoped, rated, monkeypatch):
    assert not columns.refresh(scoped, OF_CASES) and columns.latest(BY_KEY["voices"]) is None
    monkeypatch.setattr(columns, "MANY", 10)
    assert columns.refresh(scoped, OF_CASES) and not columns.refresh(scoped, OF_CASES)
    assert len(list(columns.folder(scoped).iterdir())) == 2
    for _turn in range(3):
        columns.write(scoped, OF_CASES, Head.objects.get())
    assert len([each for each in columns.folder(scoped).iterdir() if each.is_dir()]) == 1
    for figure in OF_CASES:
        same(figure)


def test_a_figure_without_records_has_empty_columns(scoped, rated):
    columns.write(scoped, OF_CASES, Head.objects.get())
    with clock.at(dt.date(2024, 1, 1)):
        assert same(BY_KEY["silent"]).total(Scope()) == 0
        assert counting.trend(BY_KEY["silent"], Scope(), clock.today()) == []


def test_days_are_those_of_the_installation(scoped):
    days = _days(["2023-05-01 15:59", "2023-05-01 16:00", None])
    assert days.tolist() == [dt.date(2023, 5, 1).toordinal(), dt.date(2023, 5, 2).toordinal(), NO_DAY]


@pytest.fixture(autouse=True)
def _no_columns_left(settings, tmp_path):
    settings.HOME = tmp_path
