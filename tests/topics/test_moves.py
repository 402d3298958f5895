"""Every verb of a topic from every state, and by everybody who may not."""

import datetime as dt
from functools import partial

import pytest

from shangliang.people.actors import CLOCK
from shangliang.shared import clock
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic, TopicSource

from .. import moves


def _defer(by, topic, into):
    topics.defer(by=by, topic=topic, until=clock.today() + dt.timedelta(days=30), why="条件不成熟")


ACTS = {
    "start_review": lambda by, topic, into: topics.start_review(by=by, topic=topic),
    "pool": lambda by, topic, into: topics.pool(by=by, topic=topic),
    "send_back": lambda by, topic, into: topics.send_back(by=by, topic=topic, why="切口太大"),
    "resubmit": lambda by, topic, into: topics.resubmit(by=by, topic=topic, title="装六盏路灯", summary="小院路口。"),
    "submit": lambda by, topic, into: topics.submit(by=by, topic=topic),
    "approve": lambda by, topic, into: topics.approve(by=by, topic=topic, body="党工委", decided_on=clock.today()),
    "study": lambda by, topic, into: topics.study(by=by, topic=topic),
    "schedule": lambda by, topic, into: topics.schedule(by=by, topic=topic),
    "unschedule": lambda by, topic, into: topics.unschedule(by=by, topic=topic, why="下大雨"),
    "consulted": lambda by, topic, into: topics.consulted(by=by, topic=topic),
    "reconsult": lambda by, topic, into: topics.reconsult(by=by, topic=topic, why="没有谈拢"),
    "close": lambda by, topic, into: topics.close(by=by, topic=topic),
    "defer": _defer,
    "resume": lambda by, topic, into: topics.resume(by=by, topic=topic),
    "decline": lambda by, topic, into: topics.decline(by=by, topic=topic, why="不属于协商范围"),
    "merge": lambda by, topic, into: topics.merge(by=by, topic=topic, into=into, why="同一件事"),
    "withdraw": lambda by, topic, into: topics.withdraw(by=by, topic=topic, why="已经解决"),
}


def dress(topic, state):
    return moves.put(topic, state, review_on=clock.today() + dt.timedelta(days=9))


@pytest.fixture
def other(office_staff, village):
    """Another topic, handed down by the Party committee."""
    return topics.propose(
        by=office_staff, title="硬化村道", summary="", category=Topic.Category.PLANNING, region=village,
        source=(TopicSource.Kind.PARTY, None),
    )


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Topic.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(topic, other, liaison, party_approver):
    faults = []
    for verb, act in ACTS.items():
        by = {"approve": party_approver, "close": CLOCK}.get(verb, liaison)
        faults += moves.try_all(topic, verb, partial(act, by, into=other), dress)
    assert faults == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_the_topic(
    topic, other, strangers, party_approver, liaison, office_staff, member_account
):
    let_in = {}
    for verb, act in ACTS.items():
        people = strangers | {"a member": member_account}
        if verb in ("approve", "close"):
            people |= {"the liaison": liaison, "the office": office_staff}
        if verb != "approve":
            people["the Party's desk"] = party_approver
        # A submitted topic lies on the Party's own desk: see the next test.
        state = min(Topic.MOVES[verb][0] - {Topic.State.SUBMITTED} or {Topic.State.SUBMITTED})
        thing = dress(topic, state)
        let_in[verb] = moves.refused_to(people, thing, partial(act, into=other))
    assert let_in == {verb: [] for verb in ACTS}


@pytest.mark.parametrize(("verb", "ends"), [("send_back", "returned"), ("decline", "declined")])
def test_the_partys_desk_may_say_no_to_what_was_submitted(verb, ends, topic, other, party_approver, strangers):
    thing = dress(topic, Topic.State.SUBMITTED)
    assert moves.refused_to(strangers, thing, partial(ACTS[verb], into=other)) == []
    ACTS[verb](party_approver, thing, other)
    assert Topic.objects.get(pk=topic.pk).state == ends


@pytest.mark.parametrize("verb", ["close", "consulted", "unschedule"])
def test_the_system_follows_the_consultation_and_its_items(verb, topic, other):
    thing = dress(topic, next(iter(Topic.MOVES[verb][0])))
    ACTS[verb](CLOCK, thing, other)
    assert Topic.objects.get(pk=topic.pk).state == Topic.MOVES[verb][1]
