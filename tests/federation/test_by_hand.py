"""Two networks that are not joined: files go there, receipts come back, and nothing is asked twice."""

import pytest

from shangliang.federation import byhand, commands, relay
from shangliang.federation.models import Peer
from shangliang.journal.digest import canonical
from shangliang.people.actors import CLOCK
from shangliang.people.tenancy import within
from shangliang.shared.refusals import Refused
from shangliang.witness.commands import publish

from .conftest import LC, RC, counts, json, peer_of, queued, states


@pytest.fixture
def apart(sides, settings):
    """Each has the other's card, and no address."""
    settings.PUBLIC_ADDRESS = "https://rongchang.example"
    for here, there in ((sides.rc, sides.lc), (sides.lc, sides.rc)):
        with within(there.committee):
            card = byhand.our_card(there.committee)
        with within(here.committee):
            said = byhand.read_card(card)
            commands.meet(by=here.office, committee=here.committee, **{**said, "address": "", "log": "", "witness": ""})
    return sides


def carry(here, there, code_here, code_there):
    with within(here.committee):
        file = byhand.parcel(peer_of(here, code_there))
    with within(there.committee):
        taken, receipt = byhand.take(by=there.office, committee=there.committee, document=file)
    with within(here.committee):
        byhand.take_receipt(by=here.office, committee=here.committee, document=receipt)
    return file, taken, receipt


def test_a_file_there_and_a_receipt_back(apart):
    queued(peer_of(apart.rc, LC), 300, event="opinions.told")
    _file, taken, _receipt = carry(apart.rc, apart.lc, RC, LC)
    assert (taken.taken, taken.new) == (300, 300)
    assert counts(apart.rc)[:2] == (300, 300)
    assert states(apart.lc) == ["unknown"] * 300


def test_the_same_file_twice_and_an_old_receipt_change_nothing(apart):
    queued(peer_of(apart.rc, LC), 2, event="opinions.told")
    file, _taken, receipt = carry(apart.rc, apart.lc, RC, LC)
    queued(peer_of(apart.rc, LC), 2, event="opinions.told")
    carry(apart.rc, apart.lc, RC, LC)
    with within(apart.lc.committee):
        again, _receipt = byhand.take(by=apart.lc.office, committee=apart.lc.committee, document=file)
        assert again.new == 0
    with within(apart.rc.committee):
        byhand.take_receipt(by=apart.rc.office, committee=apart.rc.committee, document=receipt)
    assert counts(apart.rc)[:2] == (4, 4)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file[:-3], lambda file: file.replace(b"opinions", b"0pinions"), lambda file: b"PK\x03\x04" + file,
        lambda file: file.replace(RC.encode(), b"511002"), lambda file: b"", lambda file: b"x" * 33_000_000,
        lambda file: canonical({**json.loads(file), "key": "0" * 32}).encode(),
    ],
)  # fmt: skip
def test_a_spoiled_file_is_refused_in_words_and_nothing_is_entered(apart, spoil):
    queued(peer_of(apart.rc, LC), 2, event="opinions.told")
    with within(apart.rc.committee):
        file = byhand.parcel(peer_of(apart.rc, LC))
    with within(apart.lc.committee), pytest.raises(Refused):
        byhand.take(by=apart.lc.office, committee=apart.lc.committee, document=spoil(file))
    assert states(apart.lc) == []


def test_a_file_for_somebody_else_is_refused(apart):
    with within(apart.rc.committee):
        queued(peer_of(apart.rc, LC), 1, event="opinions.told")
        file = byhand.parcel(peer_of(apart.rc, LC))
        with pytest.raises(Refused):
            byhand.take(by=apart.rc.office, committee=apart.rc.committee, document=file)


def test_what_is_carried_by_hand_is_not_sent_by_the_relay(apart):
    queued(peer_of(apart.rc, LC), 1, event="opinions.told")
    with within(apart.rc.committee):
        Peer.objects.update(address="")
    other = relay.is_local
    try:
        relay.is_local = lambda peer: False
        relay.relay()
    finally:
        relay.is_local = other
    assert counts(apart.rc)[:2] == (1, 0)
    assert peer_of(apart.rc, LC).failures == 0


def test_a_card_with_a_false_signature_is_no_card(apart):
    with within(apart.rc.committee):
        card = byhand.our_card(apart.rc.committee)
    for spoiled in (card.replace("荣昌".encode(), "永川".encode(), 1), card[:-5], b"{}", b'{"body":"{}","key":"","signature":""}'):
        with pytest.raises(Refused):
            byhand.read_card(spoiled)


def test_a_committee_of_this_very_machine_is_not_asked_to_witness_our_own_log(apart):
    publish(by=CLOCK)
    with within(apart.rc.committee):
        assert json.loads(json.loads(byhand.parcel(peer_of(apart.rc, LC)))["body"])["log"] == ""
