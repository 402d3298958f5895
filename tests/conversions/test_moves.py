"""Every verb of a conversion from every state, and by everybody who may not."""

from functools import partial

import pytest

from shangliang.conversions import commands as conversions
from shangliang.conversions.models import Benefit, Conversion
from shangliang.shared import clock

from .. import moves
from .conftest import DAY, FIGURE


def _step(verb, **fields):
    return lambda by, conversion: getattr(conversions, verb)(
        by=by, conversion=conversion, **{"on": clock.today(), **fields}
    )


def _plain(verb, **fields):
    return lambda by, conversion: getattr(conversions, verb)(by=by, conversion=conversion, **fields)


def _withdraw(by, conversion):
    conversions.withdraw_benefit(by=by, conversion=conversion, benefit=conversion.benefits.get(), why="重复")


ACTS = {
    "submit": _step("submit", channel="report", to="区委"),
    "consider": _step("consider", meeting="专题会"),
    "adopt": _step("adopt", body="区委", paper_no="演示〔2023〕1号"),
    "adopt_part": _step("adopt_part", body="区委", paper_no="演示〔2023〕1号", words="采纳三条"),
    "not_adopt": _step("not_adopt", body="区委", words="条件不成熟"),
    "put_in_force": _step("put_in_force", body="区政府办公室", paper_no="演示〔2023〕9号"),
    "record_effect": _step("record_effect", body="经济委员会", words="有了门路"),
    "close": _plain("close"),
    "add_measure": _step("add_measure", kind="plan", title="规划"),
    "map_clause": _plain("map_clause", sentence=1, policy="政策", clause_no="第一条", clause_text="条文"),
    "add_benefit": _plain("add_benefit", **FIGURE),
    "withdraw_benefit": _withdraw,
    "publish": _plain("publish", title="眼镜", summary="变成了政策。"),
    "take_back": _plain("take_back", why="有错字"),
}


@pytest.fixture
def dress(conversion):
    """Puts the conversion into a state, with one figure to withdraw, public only where it must be."""
    Benefit.objects.create(committee=conversion.committee, conversion=conversion, **FIGURE)

    def put(conversion, state, public=False):
        shown = DAY.adopted if public else None
        return moves.put(conversion, state, channel="report", adopted_paper="演示1号", published_on=shown)

    return put


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Conversion.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(conversion, office_staff, dress):
    faults = []
    for verb, act in ACTS.items():
        put = partial(dress, public=verb == "take_back")
        faults += moves.try_all(conversion, verb, partial(act, office_staff), put)
    assert faults == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_it(
    conversion, dress, county, committee, other_committee, member_account
):
    strangers = moves.strangers(county, committee, other_committee) | {"a member": member_account}
    reviewer = strangers.pop("reviewer")
    let_in = {}
    for verb, act in ACTS.items():
        people = dict(strangers)
        if verb not in ("publish", "take_back"):
            people["the reviewer"] = reviewer
        thing = dress(conversion, min(Conversion.MOVES[verb][0]), public=verb == "take_back")
        let_in[verb] = moves.refused_to(people, thing, act)
    assert let_in == {verb: [] for verb in ACTS}
