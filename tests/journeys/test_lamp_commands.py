"""The lamp thread through the commands: from a voice to a rated result, without a break in the journal."""

import datetime as dt

from shangliang.agreements.models import Agreement
from shangliang.cases.models import Case
from shangliang.journal.models import Entry
from shangliang.journal.queries import full_timeline, public_timeline
from shangliang.journal.verify import verify
from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import ReceiptHolder
from shangliang.shared import clock
from shangliang.tasks.models import Task
from shangliang.topics.models import Topic
from shangliang.voices.models import Voice

from . import walk


def test_the_lamp_thread_ends_with_a_satisfied_rating_and_a_closed_case(lamp, unit_clerk, office_staff):
    voice, task = lamp
    with clock.at(dt.date(2023, 6, 20)):
        walk.answered(unit_clerk, task)
        walk.accepted(office_staff, task)
    voice = Voice.objects.get(pk=voice.pk)
    assert voice.state == Voice.State.RESULT
    with clock.at(dt.date(2023, 6, 22)):
        outcomes.rate(by=ReceiptHolder(voice.pk), voice=voice, value="satisfied", comment="亮堂了")
    assert Voice.objects.get(pk=voice.pk).state == Voice.State.CLOSED
    assert Task.objects.get(pk=task.pk).state == Task.State.CLOSED
    assert Agreement.objects.get().state == Agreement.State.CLOSED
    assert Topic.objects.get().state == Topic.State.CLOSED
    assert Case.objects.get().stage == Case.Stage.ENDED


def test_every_change_of_the_thread_is_one_entry_and_the_chain_is_whole(lamp):
    voice, _task = lamp
    assert verify().whole
    moves = Entry.objects.filter(case_no=voice.case_no).exclude(verb="").values_list(
        "subject", "subject_id", "verb", "source", "target"
    )
    topic_moves = [tuple(row[2:]) for row in moves.order_by("seq") if row[0] == "topics.topic"]
    assert topic_moves == [
        ("start_review", "proposed", "reviewing"), ("pool", "reviewing", "pooled"),
        ("submit", "pooled", "submitted"), ("approve", "submitted", "approved"),
        ("schedule", "approved", "scheduled"), ("consulted", "scheduled", "consulted"),
    ]


def test_the_public_timeline_tells_the_thread_without_the_villagers_words(lamp):
    voice, _task = lamp
    told = " ".join(line.says for line in public_timeline(voice.case_no))
    assert "安富街道办事处" in told and "安富街道党工委审定同意" in told
    assert "看不见路" not in told
    assert "看不见路" in " ".join(line.says for line in full_timeline(voice.case_no))


def test_not_satisfied_sends_the_unit_back_once_and_then_calls_a_joint_review(
    lamp, unit_clerk, office_staff
):
    voice, task = lamp
    for day in (20, 28):
        with clock.at(dt.date(2023, 6, day)):
            task = Task.objects.get(pk=task.pk)
            walk.answered(unit_clerk, task)
            walk.accepted(office_staff, task)
            voice = Voice.objects.get(pk=voice.pk)
            outcomes.rate(by=ReceiptHolder(voice.pk), voice=voice, value="not")
    assert Task.objects.get(pk=task.pk).state == Task.State.JOINT_REVIEW
    assert Task.objects.get(pk=task.pk).redone == 1
