"""Every verb of a proposal from every state, and by everybody who may not."""

import datetime as dt
from functools import partial

import pytest

from shangliang.people.actors import CLOCK
from shangliang.proposals import commands as proposals
from shangliang.proposals.models import Proposal

from .. import factories, moves
from .conftest import MONDAY, WORDS

ACTS = {
    "edit": lambda by, p, more: proposals.edit(by=by, proposal=p, **WORDS),
    "invite_signers": lambda by, p, more: proposals.invite_signers(by=by, proposal=p, members=[more.third]),
    "sign": lambda by, p, more: proposals.sign(by=by, proposal=p),
    "decline_signing": lambda by, p, more: proposals.decline_signing(by=by, proposal=p),
    "submit": lambda by, p, more: proposals.submit(by=by, proposal=p),
    "take_review": lambda by, p, more: proposals.take_review(by=by, proposal=p),
    "send_back": lambda by, p, more: proposals.send_back(by=by, proposal=p, why="补充建议"),
    "file": lambda by, p, more: proposals.file(by=by, proposal=p, number=7),
    "decline": lambda by, p, more: proposals.decline(by=by, proposal=p, ground="academic"),
    "merge": lambda by, p, more: proposals.merge(by=by, proposal=p, into=more.into, why="同一件事"),
    "convert": lambda by, p, more: proposals.convert(by=by, proposal=p, why="以反映情况为主"),
    "withdraw": lambda by, p, more: proposals.withdraw(by=by, proposal=p, why="已经解决"),
    "distribute": lambda by, p, more: proposals.distribute(by=by, proposal=p),
    "replied": lambda by, p, more: proposals.replied(by=by, proposal=p),
    "redo": lambda by, p, more: proposals.redo(by=by, proposal=p),
    "evaluate": lambda by, p, more: proposals.evaluate(by=by, proposal=p, how="满意"),
    "close": lambda by, p, more: proposals.close(by=by, proposal=p, how="满意"),
}
OWN = {"edit", "invite_signers", "submit", "withdraw"}
SIGNERS = {"sign", "decline_signing"}
SYSTEM = {"replied", "redo", "evaluate", "close"}


@pytest.fixture
def more(committee, office_staff, filed):
    """What the steps need besides: another proposal to merge into, a third member."""
    from types import SimpleNamespace

    return SimpleNamespace(into=filed, third=factories.member(committee))


@pytest.fixture
def proposal(monday, committee, member_account, second, more):
    """A second draft of 委员甲 that 委员乙 is invited to sign."""
    made = proposals.draft(by=member_account, committee=committee, **WORDS | {"title": "另一件"})
    proposals.invite_signers(by=member_account, proposal=made, members=[second.member])
    return made


def dress(into):
    def put(proposal, state):
        return moves.put(
            proposal, state, number=9, filed_on=MONDAY, ground="empty" if state == "declined" else "",
            merged_into=into if state == "merged" else None, closed_on=MONDAY if state == "closed" else None,
        )  # fmt: skip

    return put


def by_of(verb, member, signer, office):
    return member if verb in OWN else signer if verb in SIGNERS else CLOCK if verb in SYSTEM else office


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Proposal.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(proposal, more, member_account, second, office_staff):
    faults = []
    for verb, act in ACTS.items():
        by = by_of(verb, member_account, second, office_staff)
        faults += moves.try_all(proposal, verb, partial(act, by, more=more), dress(more.into))
    assert faults == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_it(
    proposal, more, strangers, member_account, second, office_staff, unit_clerk
):
    let_in = {}
    for verb, act in ACTS.items():
        people = strangers | {"a clerk": unit_clerk}
        if verb not in OWN:
            people["the proposer"] = member_account
        if verb not in SIGNERS:
            people["a signer"] = second
        if verb not in set(ACTS) - OWN - SIGNERS - SYSTEM:
            people["the office"] = office_staff
        thing = dress(more.into)(proposal, min(Proposal.MOVES[verb][0]))
        let_in[verb] = moves.refused_to(people, thing, partial(act, more=more))
    assert let_in == {verb: [] for verb in ACTS}


def test_the_office_takes_the_members_steps_only_for_what_it_typed_in(monday, committee, office_staff, proposal):
    first = factories.member(committee)
    typed = proposals.draft(by=office_staff, committee=committee, proposer=first, **WORDS)
    proposals.submit(by=office_staff, proposal=typed)
    proposals.withdraw(by=office_staff, proposal=typed, why="委员来电撤回")
    assert typed.state == "withdrawn"


def test_an_evening_of_the_clock_changes_nothing_of_a_draft(proposal):
    from shangliang.shared import clock
    from shangliang.tick import work

    with clock.at(MONDAY + dt.timedelta(days=60)):
        work()
    assert Proposal.objects.get(pk=proposal.pk).state == "draft"
