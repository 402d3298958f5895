"""How far matters came and what waits: nothing is lost between the steps, and each step says what is on record."""

import datetime as dt

import pytest

from shangliang.cases.models import Case
from shangliang.figures import counting, flow
from shangliang.figures.counting import Scope
from shangliang.figures.definitions import BY_KEY
from shangliang.people.tenancy import within
from shangliang.regions.models import Region
from shangliang.topics.models import Topic
from shangliang.voices.models import Voice


@pytest.fixture
def scoped(committee):
    with within(committee):
        yield committee


WHOLE = Scope()


def told(scope=WHOLE):
    return {step.key: (step.reached, step.onward, step.solved, step.waiting, step.ended) for step in flow.steps(scope)}


def test_a_solved_matter_passes_every_step_and_an_open_one_waits_at_the_first(scoped, rated, voice):
    assert told() == {
        "voices": (2, 1, 0, 1, 0), "topics": (1, 1, 0, 0, 0), "consultations": (1, 1, 0, 0, 0),
        "agreements": (1, 1, 0, 0, 0), "tasks": (1, 0, 1, 0, 0),
    }  # fmt: skip


def test_before_anybody_rates_it_the_task_waits(scoped, lamp):
    assert told()["tasks"] == (1, 0, 0, 1, 0)


def test_nothing_is_lost_between_the_steps(scoped, rated, voice):
    steps = flow.steps(Scope())
    for step in steps:
        assert step.reached == step.onward + step.solved + step.waiting + step.ended, step.key
    assert [step.onward for step in steps[:-1]] == [step.reached for step in steps[1:]]
    assert sum(step.solved for step in steps) == counting.value(BY_KEY["solved"])


def test_a_voice_that_was_guided_elsewhere_ended_at_the_first_step(scoped, voice):
    Voice.objects.filter(pk=voice.pk).update(state="guided")
    assert told()["voices"] == (1, 0, 0, 0, 1)


def test_a_topic_that_is_still_reviewed_waits_at_the_first_step(scoped, rated):
    Topic.objects.update(state="reviewing")
    rated.ratings.all().delete()
    assert told()["voices"] == (1, 0, 0, 1, 0)


def test_a_part_holds_what_was_opened_in_it(scoped, county, rated, voice):
    with_lamp = Scope(dt.date(2023, 5, 1), dt.date(2023, 5, 31))
    assert told(with_lamp)["voices"] == (1, 1, 0, 0, 0)
    other = Region.objects.get(code="500153112")
    assert told(Scope(region=other))["voices"] == (0, 0, 0, 0, 0)


def test_what_waits_is_told_by_state_with_the_days_of_the_oldest(scoped, voice):
    today = voice.reported_at.date() + dt.timedelta(days=12)
    found = {row.key: row for row in flow.stuck(Scope(), today)}
    assert [(one.state, one.number) for one in found["voices"].states] == [(voice.state, 1)]
    assert found["voices"].states[0].days in (11, 12) and found["voices"].number == 1
    assert set(found) == {"voices"}


def test_a_meeting_to_come_waits_without_days(scoped, lamp):
    from shangliang.consultations.models import Consultation

    Consultation.objects.update(state="convened")
    found = {row.key: row for row in flow.stuck(Scope(), dt.date(2023, 1, 1))}
    assert found["consultations"].states[0].days is None


def test_the_flow_is_one_query_and_what_waits_two_for_each_kind(scoped, rated, voice, django_assert_num_queries):
    with django_assert_num_queries(1):
        flow.steps(Scope())
    with django_assert_num_queries(10):
        flow.stuck(Scope(), dt.date(2024, 1, 1))


def test_an_answer_that_was_rated_well_is_solved_and_waits_no_more(scoped, voice):
    Voice.objects.filter(pk=voice.pk).update(state="confirmed")
    assert told()["voices"] == (1, 0, 0, 1, 0)
    voice.ratings.create(committee=scoped, case=voice.case, value="mostly", said="receipt", rated_at=voice.reported_at)
    assert told()["voices"] == (1, 0, 1, 0, 0)


def test_a_matter_that_was_closed_unrated_ended_at_its_task(scoped, lamp):
    Case.objects.filter(pk=lamp.pk).update(stage="ended")
    assert told()["tasks"] == (1, 0, 0, 0, 1)
