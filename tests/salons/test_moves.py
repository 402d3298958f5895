"""Every verb of a salon from every state, and by everybody who may not."""

from functools import partial

import pytest

from shangliang.people.roles import Role
from shangliang.salons import commands as salons
from shangliang.salons.models import Point, Salon
from shangliang.shared import clock
from tests import factories

from .. import moves

OPEN = {"summary": "要有人牵头。"}


def _publish(by, salon):
    salons.publish(by=by, salon=salon, theme="眼镜", summary="要有人牵头。", next_steps="写报告。")


ACTS = {
    "invite": lambda by, salon: salons.invite(by=by, salon=salon, others=[("expert", "某专家")]),
    "announce": lambda by, salon: salons.announce(by=by, salon=salon),
    "check_in": lambda by, salon: salons.check_in(by=by, salon=salon, present=salon.guests.all()),
    "hold": lambda by, salon: salons.hold(by=by, salon=salon),
    "add_points": lambda by, salon: salons.add_points(by=by, salon=salon, kind="measure", points=["一条"]),
    "revise_point": lambda by, salon: salons.revise_point(by=by, salon=salon, point=salon.points.get(), text="改过"),
    "summarise": lambda by, salon: salons.summarise(by=by, salon=salon, summary="谈了", next_steps="写报告"),
    "archive": lambda by, salon: salons.archive(by=by, salon=salon),
    "publish": _publish,
    "take_back": lambda by, salon: salons.take_back(by=by, salon=salon, why="有错字"),
    "forget_guest": lambda by, salon: salons.forget_guest(
        by=by, salon=salon, guest=salon.guests.get(role="resident"), why="本人要求"
    ),
    "cancel": lambda by, salon: salons.cancel(by=by, salon=salon, why="下大雨"),
}


@pytest.fixture
def dress(announced):
    """Puts the salon into a state, with guests who came and a point, public only where it can be."""
    announced.guests.update(attended=True)
    Point.objects.create(committee=announced.committee, salon=announced, kind="suggestion", number=1, text="一条")

    def put(salon, state, public=False):
        shown = clock.today() if public and state in Salon.TOLD else None
        return moves.put(salon, state, published_on=shown, **OPEN)

    return put


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Salon.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(announced, office_staff, dress):
    faults = []
    for verb, act in ACTS.items():
        put = partial(dress, public=verb == "take_back")
        faults += moves.try_all(announced, verb, partial(act, office_staff), put)
    assert faults == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_the_salon(
    announced, dress, county, committee, other_committee, member_account
):
    strangers = moves.strangers(county, committee, other_committee)
    reviewer = strangers.pop("reviewer")
    let_in = {}
    for verb, act in ACTS.items():
        people = strangers | {"a member": member_account}
        if verb not in ("publish", "take_back"):
            people = people | {"the reviewer": reviewer}
        thing = dress(announced, min(Salon.MOVES[verb][0]), public=verb == "take_back")
        let_in[verb] = moves.refused_to(people, thing, act)
    assert let_in == {verb: [] for verb in ACTS}


def test_the_host_runs_the_salon_and_may_not_publish_it(announced, dress, account, guests):
    host = account(Role.MEMBER, member=guests[0])
    held = dress(announced, "held")
    ACTS["add_points"](host, held)
    ACTS["summarise"](host, held)
    assert moves.refused_to({"host": host}, dress(announced, "archived"), ACTS["publish"]) == []


def test_a_studio_lead_of_another_place_has_no_say(announced, dress, county, committee):
    lead = factories.account(Role.STUDIO_LEAD, committee=committee, region=county.at["500153112"])
    assert moves.refused_to({"lead": lead}, dress(announced, "planned"), ACTS["announce"]) == []
