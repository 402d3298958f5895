"""Every verb of an agreed item from every state, by everybody who may not, and the guard in the database itself."""

import datetime as dt
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from shangliang.agreements import commands as agreements
from shangliang.agreements.models import Agreement
from shangliang.people.actors import CLOCK
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .. import moves
from ..journeys import walk

MEETING = {"body": "delegates", "entitled": 30, "present": 20, "resolution": "同意"}


def _decide(by, item, in_favour):
    today = clock.today()
    agreements.decide(
        by=by, agreement=item, noticed_on=today - dt.timedelta(days=3), held_on=today, in_favour=in_favour, **MEETING
    )


ACTS = {
    "revise": lambda by, item, into: agreements.revise(by=by, agreement=item, text="装八盏路灯。"),
    "confirm": lambda by, item, into: agreements.confirm(by=by, agreement=item),
    "reserve": lambda by, item, into: agreements.confirm(by=by, agreement=item),
    "ask_village": lambda by, item, into: agreements.ask_village(by=by, agreement=item),
    "adopt_decision": lambda by, item, into: _decide(by, item, 11),
    "reject_decision": lambda by, item, into: _decide(by, item, 10),
    "submit": lambda by, item, into: agreements.submit(by=by, agreement=item),
    "instruct": lambda by, item, into: agreements.instruct(by=by, agreement=item, instruction="请街道抓紧办。"),
    "assign": lambda by, item, into: agreements.assign(by=by, agreement=item),
    "implement": lambda by, item, into: agreements.implement(by=by, agreement=item),
    "redo": lambda by, item, into: agreements.redo(by=by, agreement=item, why="不满意"),
    "verify": lambda by, item, into: agreements.verify(by=by, agreement=item),
    "close": lambda by, item, into: agreements.close(by=by, agreement=item),
    "adopt_part": lambda by, item, into: agreements.adopt_part(by=by, agreement=item, why="先装三盏"),
    "not_adopt": lambda by, item, into: agreements.not_adopt(by=by, agreement=item, why="没有资金"),
    "supersede": lambda by, item, into: agreements.supersede(by=by, agreement=item, into=into, why="写得更清楚"),
}
SYSTEMS_OWN = {"implement", "redo", "verify", "close", "confirm", "reserve", "ask_village", "submit"}
ASSIGNING = {"assign", "adopt_part", "not_adopt"}
VILLAGE = {"adopt_decision", "reject_decision"}


def dress(item, state):
    return moves.put(item, state)


@pytest.fixture
def other(held, liaison, unit):
    """A later item of the same consultation."""
    return walk.item(liaison, held, unit=unit, text="另装两盏路灯。")


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Agreement.MOVES) == set(ACTS)


def _kind(verb):
    return {"reserve": "reserved"}.get(verb, "self_help" if verb in VILLAGE else "consensus")


def test_every_verb_leaves_only_the_states_of_its_table(draft, other, liaison, office_staff):
    faults = []
    for verb, act in ACTS.items():
        by = {"instruct": office_staff, "not_adopt": CLOCK}.get(verb, office_staff if verb in ASSIGNING else liaison)
        decided = clock.today() if verb in VILLAGE else None
        draft = moves.put(draft, "draft", kind=_kind(verb), decided_on=decided)
        faults += moves.try_all(draft, verb, partial(act, by, into=other), dress)
    assert faults == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_the_item(
    draft, other, strangers, liaison, unit_clerk, member_account, party_approver
):
    let_in = {}
    for verb, act in ACTS.items():
        people = strangers | {"the clerk of the unit": unit_clerk, "a member": member_account}
        if verb in ASSIGNING | {"instruct"}:
            people["the liaison"] = liaison
        else:
            people["the Party's desk"] = party_approver
        state = next(iter(Agreement.MOVES[verb][0]))
        thing = moves.put(draft, state, kind=_kind(verb), decided_on=clock.today())
        let_in[verb] = moves.refused_to(people, thing, partial(act, into=other))
    assert let_in == {verb: [] for verb in ACTS}


def test_nobody_says_not_adopted_of_what_a_unit_already_has(draft, office_staff):
    for state in Agreement.ASSIGNED_OR_LATER:
        with pytest.raises(Refused, match="由承办单位的答复和审核来决定"):
            ACTS["not_adopt"](office_staff, moves.put(draft, state), None)


def test_the_system_takes_the_steps_that_follow(draft, other):
    for verb in sorted(SYSTEMS_OWN):
        thing = moves.put(draft, next(iter(Agreement.MOVES[verb][0])), kind=_kind(verb))
        ACTS[verb](CLOCK, thing, other)
        assert Agreement.objects.get(pk=draft.pk).state == Agreement.MOVES[verb][1], verb


def test_the_database_itself_keeps_villagers_money_from_a_task_without_a_decision(self_help):
    for state in ["decided", "submitted", "instructed", *Agreement.ASSIGNED_OR_LATER]:
        with pytest.raises(IntegrityError), transaction.atomic():
            moves.put(self_help, state)
    assert Agreement.objects.get(pk=self_help.pk).state == Agreement.State.NEEDS_DECISION


def test_the_database_keeps_counts_that_cannot_be(self_help, liaison):
    _decide(liaison, self_help, 11)
    rows = type(self_help.decision)._base_manager.filter(agreement=self_help)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(present=31)
    assert rows.get().present == 20
