"""Every verb of a round from every state, and by everybody who may not."""

import datetime as dt
from functools import partial

import pytest

from shangliang.opinions import commands
from shangliang.opinions.models import Drawing, Round
from shangliang.people.roles import Role
from shangliang.shared import clock

from .. import moves


def _waiting(round):
    return round.statements.get(text="没审过")


def _later(round):
    return round.ends_on + dt.timedelta(days=3)


ACTS = {
    "add_statements": lambda by, r: commands.add_statements(by=by, round=r, texts=["新的一条"]),
    "open": lambda by, r: commands.open(by=by, round=r),
    "admit": lambda by, r: commands.admit(by=by, round=r, statement=_waiting(r)),
    "turn_down": lambda by, r: commands.turn_down(by=by, round=r, statement=_waiting(r), ground="unclear"),
    "print_slips": lambda by, r: commands.print_slips(by=by, round=r, number=1),
    "enter_sheet": lambda by, r: commands.enter_sheet(by=by, round=r, slip=1, answers={r.statements.first().pk: 1}),
    "withdraw_statement": lambda by, r: commands.withdraw_statement(
        by=by, round=r, statement=r.statements.first(), ground="unclear"
    ),
    "extend": lambda by, r: commands.extend(by=by, round=r, ends_on=_later(r)),
    "close": lambda by, r: commands.close(by=by, round=r),
    "publish": lambda by, r: commands.publish(by=by, round=r, summary="都认。"),
    "take_back": lambda by, r: commands.take_back(by=by, round=r, why="有错字"),
    "cancel": lambda by, r: commands.cancel(by=by, round=r, why="不用问了"),
    "export": lambda by, r: commands.export(by=by, round=r),
}


@pytest.fixture
def ready(draft, liaison):
    """A round with all that any verb needs: a slip, a statement that waits, a map."""
    commands.print_slips(by=liaison, round=draft, number=1)
    draft.statements.create(
        committee=draft.committee, number=99, text="没审过", state="waiting", written_at=clock.now()
    )
    Drawing.objects.create(committee=draft.committee, round=draft, drawn_at=_tomorrow(), votes=0, people=0)
    return draft


def _tomorrow():
    return clock.now() + dt.timedelta(days=1)


def dress(round, state):
    told = {"closed_at": clock.now(), "seal": "sha256:0", "summary": "都认。", "published_on": clock.today()}
    return moves.put(round, state, **told)


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Round.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(ready, account):
    by = account(Role.COMMITTEE_OFFICE)
    faults = [moves.try_all(ready, verb, partial(act, by), dress) for verb, act in ACTS.items()]
    assert sum(faults, []) == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_it(ready, county, committee, other_committee):
    people = moves.strangers(county, committee, other_committee)
    let_in = {}
    for verb, act in ACTS.items():
        thing = dress(ready, next(iter(Round.MOVES[verb][0])))
        own = people if verb not in ("publish", "take_back") else {n: p for n, p in people.items() if n != "reviewer"}
        let_in[verb] = moves.refused_to(own, thing, act)
    assert let_in == {verb: [] for verb in ACTS}
