"""Notices: told after the commit, each once, to everybody who raised the matter, and by telephone where one was left."""

import pytest

from shangliang.journal.models import Delivery, Entry
from shangliang.journal.outbox import relay
from shangliang.notifications import commands as notifications
from shangliang.notifications import listeners
from shangliang.notifications.models import Notice
from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import ReceiptHolder
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice

from .. import moves
from ..journeys import walk


def deliver():
    return relay(now=clock.now())


def test_the_lamp_thread_tells_its_person_at_every_turn(told):
    voice, _task = told
    deliver()
    entries = Notice.objects.filter(voice=voice).order_by("entry").values_list("entry", flat=True)
    events = [Entry.objects.get(pk=seq).event for seq in entries]
    assert events == ["topics.approved", "consultations.convened", "tasks.assigned", "voices.result_given"]
    assert set(Notice.objects.values_list("by_phone", flat=True)) == {False}


def test_delivered_twice_a_notice_is_told_once(told):
    deliver()
    before = Notice.objects.count()
    for delivery in Delivery.objects.select_related("entry"):
        name = delivery.listener.rsplit(".", 1)[1]
        getattr(listeners, name)(entry=delivery.entry)
    assert Notice.objects.count() == before > 0


def test_a_joint_review_tells_its_result(told, unit_clerk, office_staff):
    voice, task = told
    for _time in range(2):
        outcomes.rate(by=ReceiptHolder(voice.pk), voice=Voice.objects.get(), value="not")
        task = type(task).objects.get()
        if task.state == "returned":
            walk.answered(unit_clerk, task)
            walk.accepted(office_staff, task)
    tasks.settle_joint_review(by=office_staff, task=task, result="再装两盏")
    deliver()
    assert Notice.objects.filter(sentence="会商结果：再装两盏").count() == 1


@pytest.fixture
def notice(committee, courtyard, liaison):
    """A notice for somebody who left a telephone number."""
    voice, _code = walk.report(committee, courtyard, phone="13812345678")
    voices.answer(by=liaison, voice=voice, words="已经修好。")
    relay()
    return Notice.objects.get()


def test_the_notice_of_an_answer_holds_its_words(notice):
    assert notice.sentence == "审看结论：直接答复。已经修好。" and notice.by_phone


def test_telling_by_telephone_is_entered_once(notice, liaison):
    notifications.tell(by=liaison, notice=notice)
    assert Notice.objects.get().told_by == liaison
    with pytest.raises(Refused, match="已经有人告知"):
        notifications.tell(by=liaison, notice=Notice.objects.get())
    assert Entry.objects.filter(event="notifications.told").count() == 1


def test_only_those_who_handle_the_voice_tell(notice, county, committee, other_committee, unit_clerk):
    people = moves.strangers(county, committee, other_committee, notice.voice) | {"unit": unit_clerk}
    assert moves.refused_to(people, notice, lambda by, n: notifications.tell(by=by, notice=n)) == []
