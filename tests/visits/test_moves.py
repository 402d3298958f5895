"""The life of a visit, tried from every state and by people who may not."""

import datetime as dt

from shangliang.shared import clock
from shangliang.visits import commands as visits
from shangliang.visits.models import Promise, Visit
from tests.moves import put, refused_to, strangers, try_all
from tests.visits.conftest import DAY

AFTER = DAY + dt.timedelta(days=1)


def acts(by):
    """Each verb of a visit as a call."""

    def keep(visit):
        kept = Promise.objects.create(committee=visit.committee, visit=visit, text="来看", due_on=DAY)
        visits.keep_promise(by=by, visit=visit, kept=kept, report="来过了。")

    return {
        "make": lambda visit: visits.make(by=by, visit=visit, on=DAY, kinds=["listening"]),
        "promise": lambda visit: visits.promise(by=by, visit=visit, text="来看", due_on=AFTER),
        "keep_promise": keep,
        "cancel": lambda visit: visits.cancel(by=by, visit=visit, why="下大雨。"),
    }


def test_every_verb_moves_as_the_table_says_and_nothing_else(planned, serving):
    with clock.at(AFTER):
        known = acts(serving)
        assert set(known) == set(Visit.MOVES)
        faults = [try_all(planned, verb, act, put) for verb, act in known.items()]
    assert faults == [[] for _verb in known]


def test_no_stranger_takes_a_step(planned, county, committee, other_committee):
    people = strangers(county, committee, other_committee)
    people.pop("reviewer")
    with clock.at(AFTER):
        for verb in Visit.MOVES:
            state = {"make": "planned", "cancel": "planned"}.get(verb, "made")
            let_in = refused_to(people, put(planned, state), lambda by, visit, verb=verb: acts(by)[verb](visit))
            assert let_in == [], verb


def test_a_plan_for_yesterday_is_refused(committee, courtyard, serving):
    import pytest

    from shangliang.shared.refusals import Refused

    with clock.at(AFTER), pytest.raises(Refused, match="不能在今天以前"):
        visits.plan_visit(by=serving, committee=committee, venue=courtyard, on=DAY, members=[serving.member])


def test_a_plan_pressed_twice_is_one_plan(committee, courtyard, serving):
    with clock.at(DAY):
        made = [
            visits.plan_visit(
                by=serving, committee=committee, venue=courtyard, on=AFTER, members=[serving.member], key="k" * 24
            )
            for _press in range(2)
        ]
    assert made[0] == made[1]
    assert Visit.objects.count() == 1
