"""Every verb of a consultation from every state, and by everybody who may not."""

import datetime as dt
from functools import partial

import pytest
from django.db import transaction

from shangliang.consultations import commands as consultations
from shangliang.consultations.models import Confirmation, Consultation
from shangliang.opinions import commands as votes
from shangliang.opinions.models import Round, Statement
from shangliang.people.actors import ANYONE
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.topics.models import Topic

from .. import factories, moves

SIDES = Confirmation.Side


def _later():
    return clock.now() + dt.timedelta(days=7)


def _confirm(by, c):
    consultations.confirm(by=by, consultation=c, side="host", name="主持人", method="signed")


ACTS = {
    "convene": lambda by, c: consultations.convene(by=by, consultation=c, override="时间紧"),
    "open": lambda by, c: consultations.open(by=by, consultation=c),
    "hold": lambda by, c: consultations.hold(by=by, consultation=c),
    "adjourn": lambda by, c: consultations.adjourn(by=by, consultation=c, why="缺材料", starts_at=_later()),
    "postpone": lambda by, c: consultations.postpone(by=by, consultation=c, why="下雨", starts_at=_later()),
    "cancel": lambda by, c: consultations.cancel(by=by, consultation=c, why="已经解决"),
    "take_statements": lambda by, c: consultations.take_statements(
        by=by, consultation=c, statements=list(Statement.objects.filter(round__topic=c.topic))
    ),
    "draft_minutes": lambda by, c: consultations.draft_minutes(by=by, consultation=c, situation="看过", positions=""),
    "circulate": lambda by, c: consultations.circulate(by=by, consultation=c),
    "confirm": _confirm,
    "issue": lambda by, c: consultations.issue(by=by, consultation=c),
    "report": lambda by, c: consultations.report(by=by, consultation=c, to="党工委"),
    "archive": lambda by, c: consultations.archive(by=by, consultation=c),
}


@pytest.fixture
def consultation(held, liaison):
    """A consultation with everything that any of its states needs: a roll, a statement people voted on, minutes and
    all confirmations."""
    topic = held.topic
    round = Round.objects.create(
        committee=topic.committee, case=topic.case, topic=topic, question="装几盏？", door="code", region=topic.region,
        ends_on=clock.today(), serial="s", state="open",
    )  # fmt: skip
    statement = Statement.objects.create(
        committee=topic.committee, round=round, number=1, text="装六盏。", written_at=clock.now()
    )
    for n in range(5):
        person = votes.join(by=ANYONE, round=round, key=str(n))
        votes.vote(by=ANYONE, round=round, participant=person, statement=statement, value=1)
    moves.put(round, "closed", closed_at=clock.now(), seal="sha256:0")
    consultations.draft_minutes(by=liaison, consultation=held, situation="看过", positions="")
    consultations.circulate(by=liaison, consultation=held)
    for side in SIDES:
        consultations.confirm(by=liaison, consultation=held, side=side, name="某人", method="signed")
    return held


def dress(consultation, state):
    before = Consultation.BEFORE | {"in_session", "adjourned", "cancelled"}
    moves.put(consultation.topic, Topic.State.SCHEDULED if state in before else Topic.State.CONSULTED)
    return moves.put(consultation, state, issued_on=clock.today())


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Consultation.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(consultation, liaison):
    faults = [moves.try_all(consultation, verb, partial(act, liaison), dress) for verb, act in ACTS.items()]
    assert sum(faults, []) == []


def test_every_verb_is_refused_to_everybody_who_does_not_run_the_consultation(
    consultation, strangers, party_approver, member_account, unit_clerk
):
    people = strangers | {"the Party's desk": party_approver, "a member": member_account}
    people["the clerk of the unit"] = unit_clerk
    let_in = {}
    for verb, act in ACTS.items():
        thing = dress(consultation, next(iter(Consultation.MOVES[verb][0])))
        let_in[verb] = moves.refused_to(people, thing, act)
    assert let_in == {verb: [] for verb in ACTS}


@pytest.mark.parametrize("who", [Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, "a member who hosts"])
def test_those_who_run_it_may_take_every_step(who, consultation, committee, member_account):
    by = member_account
    if who in Role.values:
        by = factories.account(who, committee=committee)
    else:
        type(consultation).objects.filter(pk=consultation.pk).update(host=member_account)
    for verb, act in ACTS.items():
        thing = dress(consultation, next(iter(Consultation.MOVES[verb][0])))
        expected = Consultation.MOVES[verb][1] or thing.state
        with transaction.atomic():
            act(by, thing)
            assert Consultation.objects.get(pk=consultation.pk).state == expected, verb
            transaction.set_rollback(True)
