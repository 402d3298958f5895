"""Every verb of a visit from every state, by those who may not, and what each does."""

import datetime as dt
from functools import partial

import pytest

from shangliang.journal.models import Entry
from shangliang.shared.refusals import Refused
from shangliang.visits import commands as visits
from shangliang.visits.models import Promise, Visit
from shangliang.voices.models import Voice
from tests import factories

from .. import moves
from .conftest import TODAY

DAY = dt.timedelta(days=1)
ACTS = {
    "make": lambda by, visit: visits.make(by=by, visit=visit, kinds=["listening"]),
    "promise": lambda by, visit: visits.promise(by=by, visit=visit, text="再来看一次", due_on=visit.on + DAY),
    "keep_promise": lambda by, visit: visits.keep_promise(
        by=by, visit=visit, promise=visit.promises.get(kept_on=None), report="问过了，月底修。"),
    "cancel": lambda by, visit: visits.cancel(by=by, visit=visit, why="下大雨"),
}  # fmt: skip


@pytest.fixture
def strangers(county, committee, other_committee, account):
    people = moves.strangers(county, committee, other_committee)
    return people | {"a member who did not go": account("member", member=factories.member(committee))}


def dress(visit, state):
    thing = moves.put(visit, state)
    thing.kinds.all().delete()
    return thing


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Visit.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(visit, member_account):
    faults = []
    for verb, act in ACTS.items():
        faults += moves.try_all(visit, verb, partial(act, member_account), dress)
    assert faults == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_the_visit(visit, strangers):
    let_in = {verb: moves.refused_to(strangers, dress(visit, min(Visit.MOVES[verb][0])), act) for verb, act in ACTS.items()}
    assert let_in == {verb: [] for verb in ACTS}


def test_a_planned_visit_is_made_with_other_people_on_another_day(planned, member_account, member, committee):
    beside = factories.member(committee, name="委员乙")
    codes = visits.make(
        by=member_account, visit=planned, kinds=["collecting"], on=TODAY - DAY, members=[member, beside],
        voices=[{"key": "voice-key-of-the-made-visit", "text": "桥栏杆松了。"}],
        promises=[{"text": "问养护队", "due_on": TODAY}],
    )
    made = Visit.objects.get()
    assert (made.state, made.on, made.member_names) == ("made", TODAY - DAY, "委员甲、委员乙")
    assert len(codes) == 1 and Voice.objects.get().channel == "visit" and Promise.objects.get().text == "问养护队"
    assert Entry.objects.get(event="visits.made").source == "planned"


def test_a_plan_lies_in_the_future_or_today(wish):
    fields = {name: value for name, value in wish().items() if name != "kinds"}
    with pytest.raises(Refused, match="今天或以后") as refusal:
        visits.plan_visit(**fields)
    assert refusal.value.field == "on"
    first = visits.plan_visit(**fields | {"on": TODAY + DAY})
    assert visits.plan_visit(**fields | {"on": TODAY + DAY}).pk == first.pk
    with pytest.raises(Refused, match="不能在将来"):
        visits.make(by=fields["by"], visit=first, kinds=["uniting"])


def test_a_promise_is_kept_once(visit, member_account):
    mine = visit.promises.get()
    visits.keep_promise(by=member_account, visit=visit, promise=mine, report="问清楚了。", kept_on=TODAY)
    assert Promise.objects.get().kept_on == TODAY
    with pytest.raises(Refused, match="已经登记过") as refusal:
        visits.keep_promise(by=member_account, visit=visit, promise=mine, report="又一次。")
    assert refusal.value.field == "promise"


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"report": " "}, "report"), ({"kept_on": TODAY + DAY}, "kept_on"), ({"kept_on": TODAY - 9 * DAY}, "kept_on")],
)
def test_how_a_promise_was_kept_must_make_sense(visit, member_account, fields, field):
    with pytest.raises(Refused) as refusal:
        visits.keep_promise(by=member_account, visit=visit, promise=visit.promises.get(), **{"report": "好了。", **fields})
    assert refusal.value.field == field


def test_the_promise_of_another_visit_is_refused(visit, wish, member_account):
    other, _codes = visits.write_visit(**wish(key="the-key-of-another-visit-1"))
    with pytest.raises(Refused, match="不是这次走访"):
        visits.keep_promise(by=member_account, visit=other, promise=visit.promises.get(), report="好了。")


def test_a_cancelled_visit_says_why(planned, member_account):
    with pytest.raises(Refused) as refusal:
        visits.cancel(by=member_account, visit=planned, why=" ")
    assert refusal.value.field == "why"
    visits.cancel(by=member_account, visit=planned, why="下大雨")
    assert Entry.objects.get(event="visits.cancelled").why == "下大雨"
