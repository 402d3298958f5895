"""Messages cross once and in their order, next door and over the network."""

import pytest
from django.utils import timezone

from shangliang import wiring
from shangliang.federation import commands, relay
from shangliang.federation.models import Incoming, Outgoing, Peer
from shangliang.journal.record import command
from shangliang.partnerships.models import Partnership
from shangliang.people.actors import CLOCK
from shangliang.people.tenancy import within
from shangliang.shared.refusals import Refused

from .conftest import LC, RC, counts, peer_of, propose, queued, states


def test_two_committees_of_one_installation_hear_each_other(sides, post, active):
    assert active.state == Partnership.State.ACTIVE
    with within(sides.lc.committee):
        assert Partnership.objects.get(joint=active.joint).state == Partnership.State.ACTIVE
        assert Peer.objects.get().state == Peer.State.ACTIVE
    assert counts(sides.rc) == (1, 1, 1)


def test_the_message_is_queued_with_the_change_or_not_at_all(sides):
    with pytest.raises(ValueError, match="on purpose"):
        _propose_and_fail(by=CLOCK, sides=sides)
    assert Outgoing.objects.count() == 0
    assert Partnership.objects.count() == 0


@command
def _propose_and_fail(*, by, sides):
    propose(sides)
    assert Outgoing.objects.count() == 1
    raise ValueError("on purpose")


def test_a_message_to_somebody_unknown_waits_for_the_card(sides):
    propose(sides, others=[("5110", "内江市政协委员会", "内江市政协")])
    peer = peer_of(sides.rc, "5110")
    assert peer.state == Peer.State.WAITING
    relay.relay()
    assert Outgoing.objects.get().acked_at is None


def test_two_installations_hear_each_other_over_the_wire(wire, sides, post, active):
    assert active.state == Partnership.State.ACTIVE
    assert len(wire.sent) == 2
    assert counts(sides.rc) == (1, 1, 1)
    assert counts(sides.lc) == (1, 1, 1)


@pytest.fixture
def heard(monkeypatch):
    """An app of the tests' own: what it hears is put down in order; some of it is refused or breaks."""
    told = []

    @command
    def hear(*, by, committee, side, joint, at, event, told):
        said = (committee.region.code, side, joint[:2], told["n"])
        if told.get("refuse"):
            raise Refused("这里不接受。")
        if told.get("fail"):
            raise ZeroDivisionError
        log.append(said)

    log = told
    monkeypatch.setitem(wiring.ARRIVING, "partnerships", "tests.federation.test_exchange.hear")
    monkeypatch.setattr(wiring, "arriving", lambda name: hear if name.startswith("partnerships.") else None)
    return told


def test_a_parcel_sent_twice_is_entered_once(wire, sides, heard):
    queued(peer_of(sides.rc, LC), 5)
    relay.relay()
    url, body, headers = wire.sent[0]
    assert wire.deliver(url, body, headers)[0] == 409  # the very request again
    with within(sides.lc.committee):
        peer = peer_of(sides.lc, RC)
        from shangliang.federation import letters

        taken = commands.take(by=CLOCK, peer=peer, letters=letters.unpack(body))  # the same letters in another request
    assert (taken.taken, taken.new, taken.stopped) == (5, 0, "")
    assert [n for *_rest, n in heard] == [0, 1, 2, 3, 4]


def test_a_lost_answer_changes_nothing(wire, sides, heard):
    queued(peer_of(sides.rc, LC), 3)
    deliver = wire.deliver

    def lose(url, body, headers):
        deliver(url, body, headers)
        from shangliang.shared.fetch import DoorShut

        raise DoorShut("no answer: ReadTimeoutError")

    wire.deliver = lose
    relay.relay()
    assert counts(sides.rc)[:2] == (3, 0)
    peer = peer_of(sides.rc, LC)
    assert peer.failures == 1 and peer.next_try_at
    wire.deliver = deliver
    Peer.objects.update(next_try_at=None)
    relay.relay()
    assert counts(sides.rc)[:2] == (3, 3)
    assert len(heard) == 3


def test_the_wait_grows_and_never_ends(wire, sides):
    from shangliang.shared.fetch import DoorShut

    queued(peer_of(sides.rc, LC))
    wire.deliver = lambda *args: (_ for _ in ()).throw(DoorShut("no answer: NewConnectionError"))
    waits = []
    for _n in range(15):
        Peer.objects.update(next_try_at=None)
        before = timezone.now()
        relay.relay()
        peer = peer_of(sides.rc, LC)
        waits.append(round((peer.next_try_at - before).total_seconds()))
    assert waits == sorted(waits)
    assert waits[0] == 5 and waits[1] == 10 and waits[-1] == 3600
    assert peer.failures == 15 and peer.state == Peer.State.ACTIVE


def test_one_refused_message_holds_its_own_matter_alone(wire, sides, heard):
    peer = peer_of(sides.rc, LC)
    queued(peer, 1, topic="aa" * 16)
    queued(peer, 1, topic="aa" * 16, refuse=True)
    queued(peer, 1, topic="aa" * 16)
    queued(peer, 2, topic="bb" * 16)
    relay.relay()
    assert states(sides.lc) == ["applied", "refused", "held", "applied", "applied"]
    assert counts(sides.rc)[:2] == (5, 5)
    with within(sides.lc.committee):
        refused = Incoming.objects.get(state="refused")
        assert refused.note == "这里不接受。"
        assert commands.retry(by=sides.lc.office, incoming=refused) is False
        commands.set_aside(by=sides.lc.office, incoming=Incoming.objects.get(pk=refused.pk), why="与对方核对过，不登记")
    assert states(sides.lc) == ["applied", "set_aside", "applied", "applied", "applied"]


def test_one_that_breaks_is_tried_again_and_the_rest_follows_in_order(wire, sides, heard, monkeypatch):
    peer = peer_of(sides.rc, LC)
    queued(peer, 1, topic="aa" * 16, fail=True)
    queued(peer, 2, topic="aa" * 16)
    relay.relay()
    assert states(sides.lc) == ["failed", "held", "held"]
    good = []

    @command
    def mended(*, by, committee, side, joint, at, event, told):
        good.append(told["n"])

    monkeypatch.setattr(wiring, "arriving", lambda name: mended)
    with within(sides.lc.committee):
        Incoming.objects.filter(state="failed").update(next_try_at=Incoming.objects.first().arrived_at)
    relay.relay()
    assert states(sides.lc) == ["applied", "applied", "applied"]
    assert good == [0, 0, 1]


def test_what_this_release_does_not_know_is_kept_and_holds_nothing_up(wire, sides, heard):
    peer = peer_of(sides.rc, LC)
    queued(peer, 1, topic="aa" * 16, event="opinions.round_shared")
    queued(peer, 1, topic="aa" * 16)
    relay.relay()
    assert states(sides.lc) == ["unknown", "applied"]
    with within(sides.lc.committee):
        assert '"event":"opinions.round_shared"' in Incoming.objects.first().body


def test_a_paused_neighbour_is_answered_plainly_and_loses_nothing(wire, sides, heard):
    with within(sides.lc.committee):
        commands.pause(by=sides.lc.office, peer=peer_of(sides.lc, RC), why="检修")
    queued(peer_of(sides.rc, LC), 2)
    relay.relay()
    assert "暂停" in peer_of(sides.rc, LC).last_error
    with within(sides.lc.committee):
        commands.resume(by=sides.lc.office, peer=peer_of(sides.lc, RC))
    Peer.objects.update(next_try_at=None)
    relay.relay()
    assert counts(sides.rc)[:2] == (2, 2)
    assert len(heard) == 2
