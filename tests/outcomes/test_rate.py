"""Rating: by the receipt or told in a call-back, once; 不满意 sends the unit back once and then calls a joint review."""

import datetime as dt

import pytest

from shangliang.agreements.models import Agreement
from shangliang.cases.models import Case
from shangliang.consultations.models import Attendance
from shangliang.journal.models import Entry, PersonalValue
from shangliang.outcomes import commands as outcomes
from shangliang.outcomes.models import Rating
from shangliang.people.actors import ReceiptHolder
from shangliang.rules.models import Deadline
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Task
from shangliang.topics.models import Topic
from shangliang.voices.models import Voice

from .. import moves
from ..journeys import walk
from .conftest import DAY


def rate(voice, value="satisfied", by=None, **fields):
    voice = Voice.objects.get(pk=voice.pk)
    return outcomes.rate(by=by or ReceiptHolder(voice.pk), voice=voice, value=value, **fields)


def test_the_holder_of_the_receipt_rates_and_the_comment_is_only_committed_to(told):
    voice, _task = told
    rating = rate(voice, "mostly", comment="亮是亮，晚了点")
    assert (rating.said, rating.value) == (Rating.Said.RECEIPT, "mostly")
    entry = Entry.objects.get(event="outcomes.rated")
    assert "晚了点" not in entry.data and (entry.fields["who"], entry.fields["value"]) == ("反映人", "基本满意")
    assert PersonalValue.objects.get(entry=entry).value == "亮是亮，晚了点"


def test_a_rating_stands(told):
    voice, _task = told
    rate(voice)
    with pytest.raises(Refused, match="已经评价过了"):
        rate(voice, "not")
    assert Rating.objects.get().value == "satisfied"


def test_a_rating_told_in_a_call_back_says_when_and_how(told, liaison):
    voice, _task = told
    for note in ("", " "):
        with pytest.raises(Refused, match="何时、如何回访"):
            rate(voice, by=liaison, note=note)
    rating = rate(voice, by=liaison, note="六月二十日电话回访")
    assert rating.said == Rating.Said.CALL_BACK
    assert Entry.objects.get(event="outcomes.rated").why == "六月二十日电话回访"


def test_nobody_else_rates(told, county, committee, other_committee, unit_clerk, party_approver):
    voice, _task = told
    people = moves.strangers(county, committee, other_committee, voice)
    people |= {"the clerk of the unit": unit_clerk, "the Party's desk": party_approver}
    assert moves.refused_to(people, voice, lambda by, v: rate(v, by=by, note="电话")) == []


@pytest.mark.parametrize("value", ["", "great", "no_response"])
def test_only_the_three_words_are_a_rating(value, told):
    with pytest.raises(Refused, match="请选择满意、基本满意或不满意"):
        rate(told[0], value)
    assert not Rating.objects.exists()


def test_before_the_result_there_is_nothing_to_rate(lamp):
    with pytest.raises(Refused, match="已转议题"):
        rate(lamp[0])
    assert not Rating.objects.exists()


def test_a_good_rating_ends_the_whole_thread_and_every_clock(told):
    voice, task = told
    rate(voice)
    assert Voice.objects.get().state == Voice.State.CLOSED
    assert (Task.objects.get().state, Task.objects.get().closed_how) == (Task.State.CLOSED, "满意")
    assert Agreement.objects.get().state == Agreement.State.CLOSED
    assert Topic.objects.get().state == Topic.State.CLOSED
    assert Case.objects.get().stage == Case.Stage.ENDED
    assert not Deadline.objects.filter(case_no=task.case_no, ended_on=None).exists()


def test_not_satisfied_sends_the_unit_back_for_two_months(told):
    voice, task = told
    rate(voice, "not")
    task = Task.objects.get()
    assert (task.state, task.redone, task.deadline.due_on) == (Task.State.RETURNED, 1, dt.date(2023, 8, 21))
    assert Agreement.objects.get().state == Agreement.State.ASSIGNED
    assert (Voice.objects.get().state, Voice.objects.get().reopened) == (Voice.State.TOPIC, 1)


@pytest.fixture
def reviewed(told, unit_clerk, office_staff):
    """Twice not satisfied."""
    voice, _task = told
    rate(voice, "not")
    task = Task.objects.get()
    walk.answered(unit_clerk, task)
    walk.accepted(office_staff, task)
    rate(voice, "not")
    return voice, Task.objects.get()


def test_the_second_time_proposer_unit_and_office_meet(reviewed):
    voice, task = reviewed
    assert task.state == Task.State.JOINT_REVIEW
    assert list(Rating.objects.order_by("round").values_list("round", "value")) == [(0, "not"), (1, "not")]
    assert Voice.objects.get().state == Voice.State.CONFIRMED


def test_a_joint_review_ends_the_voice_the_item_and_the_topic(reviewed, office_staff):
    _voice, task = reviewed
    tasks.settle_joint_review(by=office_staff, task=task, result="村民同意再装两盏")
    assert Voice.objects.get().state == Voice.State.CLOSED
    assert Agreement.objects.get().state == Agreement.State.CLOSED
    assert Topic.objects.get().state == Topic.State.CLOSED
    assert not Deadline.objects.filter(case_no=task.case_no, ended_on=None).exists()


def test_those_who_were_there_rate_once_and_the_unrated_task_waits_for_who_raised_it(told, liaison, account, members):
    own = account("member", member=members[0])
    here = Attendance.objects.get(member=members[0])
    rating = outcomes.rate_attended(by=own, attendance=here, value="satisfied")
    assert rating.said == Rating.Said.ACCOUNT
    assert Task.objects.get().state == Task.State.AWAITING_EVALUATION
    with pytest.raises(Refused, match="已经评价过了"):
        outcomes.rate_attended(by=own, attendance=here, value="not")


def test_a_rating_of_somebody_present_is_told_with_a_note_and_only_by_who_ran_it(
    told, liaison, account, members, unit_clerk
):
    here = Attendance.objects.filter(role="stakeholder").first()
    with pytest.raises(Refused, match="何时、如何回访"):
        outcomes.rate_attended(by=liaison, attendance=here, value="satisfied")
    with pytest.raises(Refused, match="请选择"):
        outcomes.rate_attended(by=liaison, attendance=here, value="", note="电话")
    for stranger in (unit_clerk, account("member", member=members[1])):
        with pytest.raises(Refused, match="只有参加过协商"):
            outcomes.rate_attended(by=stranger, attendance=here, value="satisfied", note="电话")
    outcomes.rate_attended(by=liaison, attendance=here, value="mostly", note="电话")
    assert Entry.objects.get(event="outcomes.rated").fields["who"] == "利益相关方"


def test_who_was_not_there_does_not_rate(told, liaison):
    absent = moves_absent(Attendance.objects.first())
    with pytest.raises(Refused, match="只有到会的人"):
        outcomes.rate_attended(by=liaison, attendance=absent, value="satisfied", note="电话")
    assert not Rating.objects.exists()


def moves_absent(attendance):
    type(attendance).objects.filter(pk=attendance.pk).update(status="absent")
    return type(attendance).objects.get(pk=attendance.pk)


def test_the_word_of_the_second_person_who_raised_it_counts_too(
    committee, courtyard, liaison, party_approver, unit, members, unit_clerk, office_staff
):
    """Two voices of two cases stand behind one topic: either rating settles its task."""
    with clock.at(dt.date(2023, 5, 12)):
        first, _code = walk.report(committee, courtyard, key="one")
        second, _code = walk.report(committee, courtyard, key="two", text="我家也黑")
        topic = walk.topic_of(liaison, party_approver, first, second)
        meeting = walk.convened(liaison, topic, courtyard, unit, members)
    with clock.at(meeting.starts_at):
        walk.held(liaison, meeting)
        item = walk.item(liaison, meeting, unit=unit)
        walk.issued(liaison, meeting)
    with clock.at(DAY):
        task = walk.assigned(office_staff, Agreement.objects.get(pk=item.pk), unit)
        walk.answered(unit_clerk, task)
        walk.accepted(office_staff, task)
        assert set(Voice.objects.values_list("state", flat=True)) == {Voice.State.RESULT}
        rate(second, "not")
    assert Task.objects.get().state == Task.State.RETURNED
    assert Voice.objects.get(pk=second.pk).state == Voice.State.TOPIC
