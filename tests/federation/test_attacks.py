"""What is sent in bad faith or arrives spoiled is refused in a clear state, and nothing is lost or doubled."""

import contextlib
import datetime as dt
import json
import random
import secrets
import socket
import threading

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from shangliang.federation import commands, envelope, keys, letters, relay, signing
from shangliang.federation.models import Evidence, Incoming, OwnKey, Peer
from shangliang.federation.signature import private
from shangliang.people.actors import CLOCK
from shangliang.people.tenancy import within
from shangliang.shared import fetch
from shangliang.shared.refusals import Refused

from .conftest import LC, RC, counts, introduce, peer_of, queued, states

URL = f"https://neighbour.example/neighbours/{LC}/inbox/"


@pytest.fixture
def parcel(wire, sides):
    """A good parcel of three letters, not yet sent, with the key that signs requests."""
    peer = peer_of(sides.rc, LC)
    queued(peer, 3, event="opinions.told")
    return letters.pack(relay.as_letters(relay.waiting(peer)))


def key_of(side):
    with within(side.committee):
        return OwnKey.objects.get(retired_at=None)


def headers_for(side, body, url=URL, now=None, key=None):
    key = key or key_of(side)
    return signing.sign(
        url, body, key_id=key.key_id, private=private(key), nonce=secrets.token_urlsafe(18),
        now=now or dt.datetime.now(dt.UTC),
    )


def reason(answer):
    return json.loads(answer[1]).get("reason", "")


def test_a_good_parcel_is_taken(wire, sides, parcel):
    status, answer = wire.deliver(URL, parcel, headers_for(sides.rc, parcel))
    assert status == 200
    assert json.loads(json.loads(answer)["body"])["taken"] == 3
    assert states(sides.lc) == ["unknown"] * 3


def test_a_key_nobody_here_knows_is_refused(wire, sides, parcel):
    stranger = keys.new_private()
    signed = signing.sign(
        URL, parcel, key_id=keys.key_id(keys.public_of(stranger)), private=stranger, nonce="n" * 20,
        now=dt.datetime.now(dt.UTC),
    )
    assert wire.deliver(URL, parcel, signed)[0] == 401
    assert states(sides.lc) == []


def test_a_foreign_signature_under_a_known_name_is_refused(wire, sides, parcel):
    signed = signing.sign(
        URL, parcel, key_id=key_of(sides.rc).key_id, private=keys.new_private(), nonce="n" * 20,
        now=dt.datetime.now(dt.UTC),
    )
    assert wire.deliver(URL, parcel, signed)[0] == 401


def test_key_a_cannot_speak_for_side_b(wire, sides, parcel):
    """The request is rightly signed by 隆昌's own key, but the letters in it are 荣昌's: nobody here knows that sender."""
    assert wire.deliver(URL, parcel, headers_for(sides.lc, parcel))[0] == 401
    with within(sides.lc.committee):
        rc = peer_of(sides.lc, RC)
        forged = envelope.Envelope(
            origin="5110", to=LC, epoch=1, seq=1, topic="ab" * 16, event="opinions.told",
            at="2023-05-08T02:00:00.000000Z", fields={}, release="0.3",
        ).pack()
        letter = letters.Letter(forged.decode(), keys.sign(private(key_of(sides.rc)), keys.LETTER, forged), key_of(sides.rc).key_id)
        assert commands.take(by=CLOCK, peer=rc, letters=[letter]).stopped.startswith("not from you")


@pytest.mark.parametrize("part", ["method", "path", "host", "body", "type", "digest", "signature", "input"])
def test_whatever_is_changed_under_a_valid_signature_is_noticed(wire, sides, parcel, part):
    signed = headers_for(sides.rc, parcel)
    url, body = URL, parcel
    if part == "path":
        url = URL.replace(LC, RC)
    if part == "host":
        signed = headers_for(sides.rc, parcel, url=URL.replace("neighbour", "other"))
    if part == "method":
        assert signing.Message("GET", URL, signed)
        with pytest.raises(signing.BadRequest):
            signing.verify(signing.Message("GET", URL, signed), body, lambda _k: key_of(sides.rc).public)
        return
    if part == "body":
        body = parcel.replace(b"letters", b"1etters")
    if part == "type":
        signed["Content-Type"] = "application/json; charset=gbk"
    if part == "digest":
        signed["Content-Digest"] = signed["Content-Digest"].replace(":", ":A", 1)
    if part == "signature":
        signed["Signature"] = signed["Signature"][:-6] + "AAAA=:"
    if part == "input":
        signed["Signature-Input"] = signed["Signature-Input"].replace('"@path" ', "")
    assert wire.deliver(url, body, signed)[0] in {400, 401}
    assert states(sides.lc) == [] and states(sides.rc) == []


def test_random_changes_of_one_byte_are_all_refused(wire, sides, parcel):
    chance, refused = random.Random(11), 0
    public = key_of(sides.rc).public
    signed = headers_for(sides.rc, parcel)
    whole = [("body", parcel), *((name, value.encode()) for name, value in signed.items())]
    for _n in range(1500):
        name, value = chance.choice(whole)
        at = chance.randrange(len(value))
        changed = value[:at] + bytes([value[at] ^ (1 << chance.randrange(7))]) + value[at + 1 :]
        message = signing.Message("POST", URL, dict(signed))
        body = parcel
        if name == "body":
            body = changed
        else:
            message.headers[name] = changed.decode("latin-1")
        try:
            seen = signing.verify(message, body, lambda _k: public)
        except signing.BadRequest:
            refused += 1
        else:  # only what means the very same may pass: white space and letter case around the same signed values
            assert name != "body" and seen == signing.verify(signing.Message("POST", URL, signed), parcel, lambda _k: public)
            refused += 1
    assert refused == 1500


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body[:-1], lambda body: body + b" ", lambda body: b"\xef\xbb\xbf" + body,
        lambda body: body.replace(b'"epoch":1,', b'"epoch":1,"epoch":1,'),
        lambda body: body.replace(b"opinions", b"\\u006fpinions"),
        lambda body: body.replace(b'"epoch":1,"event"', b'"event":"opinions.told","epoch":1,"event"'),
        lambda body: json.dumps(json.loads(body)).encode(), lambda body: body.replace(b'"seq":1', b'"seq":1.0'),
        lambda body: body.replace(b'"seq":1', b'"seq":true'), lambda body: body.replace(b'"seq":1', b'"seq":-1'),
        lambda body: body.replace(b'"n":0', b'"n":{"deep":1}'), lambda body: body.replace(b'"n":0', b'"n":NaN'),
        lambda body: body.replace(b'"v":"1.0"', b'"v":"2.0"'), lambda body: b"[]", lambda body: b"\xff" * 40,
        lambda body: b"[" * 60000, lambda body: body.replace(b'"n":0', b'"n":"' + b"x" * 70000 + b'"'),
        lambda body: body.replace(b"ab" * 16, b"../../etc/passwd"), lambda body: body.replace(b'"to":"511083"', b'"to":"511083 "'),
    ],
)  # fmt: skip
def test_only_the_canonical_bytes_are_an_envelope(wire, sides, parcel, spoil):
    body = letters.unpack(parcel)[0].body.encode()
    assert envelope.unpack(body).seq == 1
    spoiled = spoil(body)
    assert spoiled != body
    with pytest.raises(envelope.Unreadable):
        envelope.unpack(spoiled)


def test_a_newer_minor_version_may_add_and_is_kept_whole(wire, sides):
    with within(sides.rc.committee):
        queued(peer_of(sides.rc, LC), 1, event="opinions.told")
        row = peer_of(sides.rc, LC).outgoing.get()
        told = json.loads(row.body) | {"v": "1.7", "urgency": "high"}
        body = envelope.canonical(told)
        row.body, row.signature = body, keys.sign(private(key_of(sides.rc)), keys.LETTER, body.encode())
        row.save()
    relay.relay()
    with within(sides.lc.committee):
        assert '"urgency":"high"' in Incoming.objects.get().body


@pytest.mark.parametrize("minutes", [-11, -6, 6, 11])
def test_a_clock_that_is_wrong_is_told_with_both_clocks(wire, sides, parcel, minutes):
    now = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)
    status, answer = wire.deliver(URL, parcel, headers_for(sides.rc, parcel, now=now))
    assert (status, reason((status, answer))) == (400, "clock")
    assert abs((dt.datetime.fromisoformat(json.loads(answer)["clock"]) - dt.datetime.now(dt.UTC)).total_seconds()) < 60
    assert states(sides.lc) == []


def test_the_sender_learns_by_how_much_its_clock_is_wrong(wire, sides, monkeypatch):
    queued(peer_of(sides.rc, LC), 1)
    ahead = timezone.now() + dt.timedelta(minutes=9)
    real = signing.sign
    monkeypatch.setattr(relay.signing, "sign", lambda url, body, **told: real(url, body, **{**told, "now": ahead}))
    relay.relay()
    peer = peer_of(sides.rc, LC)
    assert peer.failures == 1 and peer.acked_seq == 0
    assert "时钟" in peer.last_error


def test_huge_chunked_and_mislabelled_bodies_are_refused_unread(wire, sides, parcel, client):
    path = f"/neighbours/{LC}/inbox/"
    assert client.post(path, b"x", content_type="application/json", CONTENT_LENGTH=str(10**9)).status_code == 413
    assert client.post(path, b"x", content_type="application/json", CONTENT_LENGTH="").status_code == 411
    assert client.post(path, b"{}", content_type="text/html").status_code == 415
    assert client.post("/neighbours/999999/inbox/", b"{}", content_type="application/json").status_code == 404
    assert client.get(path).status_code == 405
    body = parcel[: len(parcel) // 2]
    assert wire.deliver(URL, body, headers_for(sides.rc, parcel))[0] == 401


def test_a_peer_restored_from_an_old_backup_is_noticed_and_nothing_is_merged(wire, sides, parcel):
    relay.relay()
    assert counts(sides.rc) == (3, 3, 0)
    with within(sides.rc.committee):  # 荣昌 goes back to the state after its first message
        rc = peer_of(sides.rc, LC)
        rc.outgoing.filter(seq__gt=1).delete()
        Peer.objects.update(sent_seq=1, acked_seq=1)
        queued(peer_of(sides.rc, LC), 1, event="opinions.other")
    relay.relay()
    with within(sides.lc.committee):
        known = peer_of(sides.lc, RC)
        assert known.state == Peer.State.REWOUND
        proof = Evidence.objects.get()
        assert proof.known != proof.claimed and '"seq":2' in proof.known and '"seq":2' in proof.claimed
        assert Incoming.objects.count() == 3
    with within(sides.rc.committee):
        assert "对不上" in peer_of(sides.rc, LC).last_error or peer_of(sides.rc, LC).state == Peer.State.REWOUND


def test_our_own_rewind_is_noticed_by_their_receipt(wire, sides, parcel):
    relay.relay()
    with within(sides.rc.committee):
        peer_of(sides.rc, LC).outgoing.filter(seq__gt=1).delete()
        Peer.objects.update(sent_seq=1, acked_seq=0)
        relay.send(peer_of(sides.rc, LC))
        assert peer_of(sides.rc, LC).state == Peer.State.REWOUND


def test_a_neighbour_that_forgot_what_it_had_is_noticed(wire, sides, parcel):
    relay.relay()
    with within(sides.lc.committee):
        Incoming.objects.filter(seq__gt=1).delete()
        Peer.objects.update(heard_seq=1)
    queued(peer_of(sides.rc, LC), 1, event="opinions.told")
    with within(sides.rc.committee):
        relay.send(peer_of(sides.rc, LC))
        peer = peer_of(sides.rc, LC)
        assert peer.state == Peer.State.REWOUND
        assert Evidence.objects.get().kind == "theirs"


def test_after_a_rewind_both_sides_begin_anew_and_everything_arrives(wire, sides, parcel):
    test_a_neighbour_that_forgot_what_it_had_is_noticed(wire, sides, parcel)
    with within(sides.rc.committee):
        commands.begin_epoch(by=sides.rc.office, peer=peer_of(sides.rc, LC), taken=1)
        relay.send(peer_of(sides.rc, LC))
        assert "新一期" in peer_of(sides.rc, LC).last_error  # the other office has not agreed yet
    with within(sides.lc.committee):
        commands.rewind(by=CLOCK, peer=peer_of(sides.lc, RC), kind="ours", known="1", claimed="3")
        commands.begin_epoch(by=sides.lc.office, peer=peer_of(sides.lc, RC), taken=0)
    Peer.objects.update(next_try_at=None)
    relay.relay()
    assert counts(sides.rc)[:2] == (3, 3)
    with within(sides.lc.committee):
        rows = Incoming.objects.order_by("pk").values_list("epoch", "seq")
        assert list(rows) == [(1, 1), (2, 1), (2, 2), (2, 3)]


def test_a_rotated_key_holds_from_its_own_number_on(wire, sides, parcel):
    with within(sides.rc.committee):
        old = key_of(sides.rc)
        commands.rotate_key(by=sides.rc.office, committee=sides.rc.committee)
        assert key_of(sides.rc).pk != old.pk
    queued(peer_of(sides.rc, LC), 2, event="opinions.told")
    relay.relay()
    assert counts(sides.rc)[:2] == (6, 6)
    with within(sides.lc.committee):
        forged = envelope.Envelope(
            origin=RC, to=LC, epoch=1, seq=7, topic="ab" * 16, event="opinions.told",
            at="2023-05-08T02:00:00.000000Z", fields={}, release="0.3",
        ).pack()
        letter = letters.Letter(forged.decode(), keys.sign(private(old), keys.LETTER, forged), old.key_id)
        stopped = commands.take(by=CLOCK, peer=peer_of(sides.lc, RC), letters=[letter]).stopped
        assert stopped == "not the key of that number"


def test_a_revoked_neighbour_enters_by_no_path(wire, sides, parcel):
    with within(sides.lc.committee):
        commands.revoke(by=sides.lc.office, peer=peer_of(sides.lc, RC), why="钥匙可能泄露")
    assert wire.deliver(URL, parcel, headers_for(sides.rc, parcel))[0] == 401
    with within(sides.lc.committee):
        taken = commands.take(by=CLOCK, peer=peer_of(sides.lc, RC), letters=letters.unpack(parcel))
        assert taken.stopped == "unknown key"
        key = key_of(sides.rc)
        with pytest.raises(Refused, match="作废"):
            commands.meet(
                by=sides.lc.office, committee=sides.lc.committee, side=RC, name="x", short_name="x", address="",
                public=key.public,
            )


def test_a_lost_key_is_replaced_by_a_new_card_and_what_waited_is_signed_anew(wire, sides, parcel):
    with within(sides.rc.committee):
        commands.rotate_key(by=sides.rc.office, committee=sides.rc.committee, lost=True)
    relay.relay()
    assert counts(sides.rc)[1] == 0
    introduce(sides.lc, sides.rc, "https://neighbour.example")
    Peer.objects.update(next_try_at=None)
    relay.relay()
    assert counts(sides.rc)[:2] == (3, 3)


def test_one_key_cannot_stand_under_two_names(wire, sides):
    with within(sides.lc.committee), pytest.raises(Refused, match="另一方"):
        commands.meet(
            by=sides.lc.office, committee=sides.lc.committee, side="5110", name="x", short_name="x", address="",
            public=key_of(sides.rc).public,
        )


# --- outward: the door connects to nothing inside ---

INNER = [
    "127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1",
    "localhost", "LOCALHOST", "localhost.", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "10.0.0.1", "10.255.255.255",
    "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.1", "169.254.169.254", "169.254.0.1", "100.64.0.1",
    "100.127.255.254", "198.18.0.1", "198.19.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "[fe80::1]", "[fc00::1]", "[fd00::1]",
    "[ff02::1]", "[2001:db8::1]", "[::ffff:10.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::a9fe:a9fe]", "0x7f.0x0.0x0.0x1",
    "0x0a000001", "167772161", "012.0.0.1",
]  # fmt: skip
SHAPES = ["http://{}:PORT/", "https://{}:PORT/", "http://user@{}:PORT/", "http://x:y@{}:PORT/a", "http://{}:PORT\\@good.example/", "HTTP://{}:PORT/", "http://{}:PORT/%2e%2e/"]


def test_more_than_300_spellings_of_inner_addresses_reach_nobody():
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.2)
    port, came = listener.getsockname()[1], []

    def listen():
        while not over.is_set():
            try:
                came.append(listener.accept())
            except TimeoutError:
                continue

    over = threading.Event()
    thread = threading.Thread(target=listen)
    thread.start()
    tried = 0
    for host in INNER:
        for shape in SHAPES:
            url = shape.format(host).replace("PORT", str(port))
            with pytest.raises(fetch.DoorShut):
                fetch.post(url, b"{}", {})
            tried += 1
    over.set()
    thread.join()
    listener.close()
    assert tried > 300
    assert came == []


def test_a_name_that_also_stands_for_an_inner_address_is_refused():
    def resolve(name, port, type):
        return [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", ("127.0.0.1", port))]

    with pytest.raises(fetch.DoorShut, match="inner"):
        fetch.checked("https://rebind.example/", resolve=resolve)


def test_a_redirect_is_an_answer_and_is_not_followed():
    server = _server(lambda: b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    status, answer = fetch.post(f"http://127.0.0.1:{server}/", b"{}", {}, django_settings.PEER_NETWORKS or loopback())
    assert (status, answer) == (302, b"")


def test_an_answer_without_end_is_cut_off():
    server = _server(lambda: b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 2_000_000)
    with pytest.raises(fetch.DoorShut, match="too long"):
        fetch.post(f"http://127.0.0.1:{server}/", b"{}", {}, loopback())


def loopback():
    from shangliang.settings.home import networks

    return networks("127.0.0.0/8")


def _server(answer) -> int:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _from = listener.accept()
        connection.recv(65536)
        with contextlib.suppress(OSError):
            connection.sendall(answer())
            connection.shutdown(socket.SHUT_WR)
            connection.recv(65536)
        connection.close()
        listener.close()

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]
