"""What crosses is what the object needs: never a personal field without a consent, and all of it listed."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shangliang.federation import commands, relay
from shangliang.federation.listeners import cross
from shangliang.federation.models import Incoming, Outgoing
from shangliang.federation.queries import crossed
from shangliang.journal.events import EVENTS
from shangliang.partnerships import commands as joint
from shangliang.partnerships.models import Activity, Matter, Statement
from shangliang.people.actors import CLOCK
from shangliang.people.tenancy import everywhere, within
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from tests.partnerships.conftest import agreed, mirror

from .conftest import LC, json

__all__ = ["agreed"]
CROSSING = sorted(name for name, kind in EVENTS.items() if kind.crosses)
CANARY = "138-canary-0000"


def test_no_event_of_a_voice_or_a_person_ever_crosses():
    assert CROSSING and {name.split(".")[0] for name in CROSSING} == {"partnerships"}
    assert [name for name in CROSSING if EVENTS[name].personal] == ["partnerships.studio_seat_told"]


def made_up(name, value):
    from dataclasses import fields

    kinds = {"int": 3, "list": ["x"], int: 3, list: ["x"]}
    told = {field.name: kinds.get(field.type, "x") for field in fields(EVENTS[name])}
    return EVENTS[name](**(told | dict.fromkeys(EVENTS[name].personal, value)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(CROSSING), value=st.sampled_from(["", CANARY]), consents=st.sets(st.sampled_from(["name", "text"])),
    actor=st.sampled_from(["account:1", "side:5110"]),
)  # fmt: skip
def test_a_personal_field_without_a_consent_is_refused(sides, name, value, consents, actor):
    about = SimpleNamespace(
        committee=sides.rc.committee, side_names={LC: "隆昌市政协"}, crossing_to=[LC], crossing_key="cd" * 16,
        crossing_consents=lambda: frozenset(consents),
    )
    before = Outgoing.objects.count()
    personal = EVENTS[name].personal if value else set()
    try:
        cross(event=made_up(name, value), entry=SimpleNamespace(actor=actor), about=about)
    except Refused:
        assert actor == "account:1" and not personal <= consents
        assert Outgoing.objects.count() == before
        return
    sent = Outgoing.objects.count() - before
    assert sent == (0 if actor.startswith("side:") else 1)
    if sent:
        row = Outgoing.objects.order_by("-pk").first()
        assert (CANARY in row.body) == bool(personal)
        assert row.consents == ",".join(sorted(personal))


@pytest.mark.parametrize("words", ["请打 13812345678", "身份证 500153199001011234", "渝C·12345 的车", "023-46781234"])
def test_a_number_of_a_person_does_not_cross_in_free_words(sides, post, active, words):
    before = Outgoing.objects.count()
    with pytest.raises(Refused, match="疑似个人信息"):
        joint.end(by=sides.rc.office, partnership=active, why=f"不再合作，{words}")
    with pytest.raises(Refused, match="疑似个人信息"), clock.at(dt.date(2023, 4, 3)):
        joint.plan_conference(
            by=sides.rc.office, committee=sides.rc.committee, partnership=active, year=2023, starts_at=clock.now(),
            place="荣昌", agenda=words,
        )
    assert Outgoing.objects.count() == before


def test_what_crossed_about_a_case_is_listed_for_everybody(sides, post, active, agreed, client):
    from shangliang.cases import commands as cases

    reviewer = sides.rc.office
    cases.publish(by=reviewer, case=agreed.topic.case, title="三合村灌溉用水", summary="两地一起商量")
    page = client.get(f"/cases/{agreed.case_no}/crossed/").content.decode()
    rows = crossed(agreed.joint)
    assert len(rows) == Outgoing.objects.filter(topic=agreed.joint).count() + Incoming.objects.filter(topic=agreed.joint).count()
    assert {row.outward for row in rows} == {True, False}
    for words in ("告诉隆昌市政协", "隆昌市政协告诉我们", "三合村农田灌溉用水不足", "审定同意"):
        assert words in page


@pytest.fixture
def older():
    """Events may be taken from the register; afterwards all are there again, in their order."""
    known = dict(EVENTS)
    yield
    EVENTS.clear()
    EVENTS.update(known)


def test_a_step_of_a_newer_release_is_kept_and_takes_effect_after_the_upgrade(sides, post, active, older):
    """N − 1 hears N: the unknown statement holds nothing up, and counts once it is known."""
    with clock.at(dt.date(2023, 4, 3)):
        activity = joint.plan_activity(
            by=sides.rc.office, committee=sides.rc.committee, partnership=active, mechanism="brand", title="研讨",
            on=dt.date(2023, 4, 3), place="荣昌",
        )
        relay.relay()
        known = EVENTS["partnerships.activity_held"]
        joint.carry_out(by=sides.rc.office, activity=activity, text="办得好", people=9)
        del EVENTS["partnerships.activity_held"]  # 隆昌 runs an older release
        relay.relay()
        with within(sides.lc.committee):
            assert mirror(sides.lc, activity).state == Activity.State.PLANNED
            assert Incoming.objects.filter(state="unknown").count() == 1
            assert Statement.objects.filter(joint=activity.joint, step="unknown").count() == 1
        EVENTS["partnerships.activity_held"] = known  # it is upgraded
        relay.relay()
    with within(sides.lc.committee):
        copy = mirror(sides.lc, activity)
        assert (copy.state, copy.outcome, copy.people) == (Activity.State.HELD, "办得好", 9)
        assert not Incoming.objects.filter(state="unknown").exists()


def test_fields_that_a_newer_release_added_are_left_aside(sides, post, active):
    from .conftest import peer_of

    queued_topic = "ee" * 16
    commands.queue(
        by=CLOCK, peer=peer_of(sides.rc, LC), topic=queued_topic, event="partnerships.activity_planned",
        fields={
            "nth": 1, "partnership": active.joint, "mechanism": "brand", "title": "研讨", "on": "2023-04-03",
            "place": "荣昌", "colour": "green", "tags": ["a", "b"],
        },
    )  # fmt: skip
    relay.relay()
    with within(sides.lc.committee):
        assert Activity.objects.get(joint=queued_topic).title == "研讨"
        assert '"colour":"green"' in Incoming.objects.get(topic=queued_topic).body


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "x" * 5000}, {"mechanism": "nonsense"}, {"on": "tomorrow"}, {"on": 5}, {"nth": 0}, {"nth": "1"}, {"nth": 7},
        {"partnership": "00" * 16}, {"title": None}, {"place": ["a"]},
    ],
)  # fmt: skip
def test_what_cannot_be_entered_is_refused_in_words_and_kept(sides, post, active, fields):
    from .conftest import peer_of

    whole = {
        "nth": 1, "partnership": active.joint, "mechanism": "brand", "title": "研讨", "on": "2023-04-03", "place": "荣昌",
    } | fields  # fmt: skip
    commands.queue(
        by=CLOCK, peer=peer_of(sides.rc, LC), topic="ee" * 16, event="partnerships.activity_planned", fields=whole
    )
    relay.relay()
    with within(sides.lc.committee):
        row = Incoming.objects.get(topic="ee" * 16)
        if fields.get("nth") == 7:
            return
        assert row.state == Incoming.State.REFUSED, row.note
        assert row.note and "Traceback" not in row.note
        assert not Activity.objects.exists()


def test_a_link_cut_in_the_midst_of_a_two_sided_approval_leaves_one_truth(sides, post, active):
    """荣昌 approves and withdraws nothing; 隆昌 turns it down before it hears of that: both come to the same."""
    with clock.at(dt.date(2023, 4, 24)):
        matter = joint.raise_matter(
            by=sides.rc.office, committee=sides.rc.committee, partnership=active, kind="topic", lead=LC, title="缺水",
            summary="请一起商量", category="economy", region=sides.rc.place,
        )
        relay.relay()
        from tests.partnerships.conftest import approve_topic

        approve_topic(sides.rc, matter.topic)  # said, and the line is down
        with within(sides.lc.committee):
            copy = mirror(sides.lc, matter)
            joint.turn_down(by=sides.lc.office, matter=copy, why="今年不办")
        relay.relay()
        relay.relay()
    states = {mirror(sides.rc, matter).state}
    with within(sides.lc.committee):
        states.add(mirror(sides.lc, matter).state)
    assert states == {Matter.State.DECLINED}
    with everywhere():
        assert not Incoming.objects.exclude(state="applied").exists()


def test_the_schema_says_what_the_code_accepts(sides, post, active):
    import re
    from pathlib import Path

    schema = json.loads((Path(__file__).parents[2] / "docs/envelope.schema.json").read_text())
    for row in Outgoing.objects.all():
        told = json.loads(row.body)
        assert set(schema["required"]) == set(told)
        for name, rule in schema["properties"].items():
            if rule.get("pattern"):
                assert re.search(rule["pattern"], told[name]), name
