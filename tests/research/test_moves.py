"""Every verb of a report from every state, and by everybody who may not."""

from functools import partial

import pytest

from shangliang.people.roles import Role
from shangliang.research import commands as research
from shangliang.research.models import Report
from shangliang.shared import clock
from tests import factories

from .. import moves
from .conftest import SPRING

ACTS = {
    "save_version": lambda by, report: research.save_version(by=by, report=report, text="另一版。"),
    "add_authors": lambda by, report: research.add_authors(by=by, report=report, outsiders=[("王教授", "某所")]),
    "submit": lambda by, report: research.submit(by=by, report=report),
    "review": lambda by, report: research.review(by=by, report=report, verdict="change", words="再改。"),
    "send_back": lambda by, report: research.send_back(by=by, report=report, why="再改。"),
    "finalise": lambda by, report: research.finalise(by=by, report=report),
    "deliver": lambda by, report: research.deliver(by=by, report=report, to="区委", on=clock.today()),
    "receive_feedback": lambda by, report: research.receive_feedback(
        by=by, report=report, words="已阅。", said_by="区委办公室", on=clock.today()
    ),
}


@pytest.fixture
def reviewed(written, office_staff):
    """A version that a reader agreed to."""
    with clock.at(SPRING):
        research.submit(by=office_staff, report=written)
        research.review(by=office_staff, report=written, verdict="pass", words="同意。")
    return written


def dress(report, state):
    sent = {"delivered_to": "区委", "delivered_on": SPRING} if state in ("delivered", "received_feedback") else {}
    return moves.put(report, state, finalised_on=SPRING, **sent)


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Report.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(reviewed, office_staff):
    faults = []
    for verb, act in ACTS.items():
        faults += moves.try_all(reviewed, verb, partial(act, office_staff), dress)
    assert faults == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_the_report(
    reviewed, county, committee, other_committee, member_account
):
    people = moves.strangers(county, committee, other_committee) | {"another member": member_account}
    let_in = {}
    for verb, act in ACTS.items():
        thing = dress(reviewed, min(Report.MOVES[verb][0]))
        let_in[verb] = moves.refused_to(people, thing, act)
    assert let_in == {verb: [] for verb in ACTS}


def test_an_author_writes_and_never_reviews_what_is_his_own(reviewed, account, author, committee):
    writer = account(Role.MEMBER, member=author)
    ACTS["save_version"](writer, dress(reviewed, "draft"))
    both = factories.account(Role.LEADER, committee=committee)
    ACTS["review"](both, dress(reviewed, "review"))
    for verb in ("review", "finalise", "send_back"):
        assert moves.refused_to({"author": writer}, dress(reviewed, "review"), ACTS[verb]) == []
