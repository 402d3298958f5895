"""Two committees that exchange real letters: next door in one database, or through the HTTP doors of one process."""

import datetime as dt
import json

import pytest
from django.test import Client

from shangliang.federation import commands, keys, letters, relay
from shangliang.federation.models import Incoming, Outgoing, OwnKey, Peer
from shangliang.federation.queries import card
from shangliang.people.actors import CLOCK
from shangliang.people.tenancy import within
from shangliang.shared import fetch
from tests.partnerships.conftest import LC, RC, active, propose, sides

__all__ = ["active", "propose", "sides"]
PAST = dt.date(2023, 3, 2)


@pytest.fixture
def post(sides):
    """The real relay, under the name that the fixtures of partnerships use for their postman."""

    class Relay:
        def carry(self):
            while relay.relay():
                pass

    return Relay()


def peer_of(side, code):
    """The neighbour ``code`` as this side knows it; use it within the side's committee."""
    return Peer.objects.select_related("committee__region").get(side=code)


def read_card(document) -> dict:
    return letters.opened(keys.CARD, document, lambda _key, said: said["public"])[0]


def introduce(here, there, address):
    """``here`` takes the card of ``there`` in, as if it lived at this address."""
    with within(there.committee):
        commands.make_key(by=CLOCK, committee=there.committee)
        said = read_card(card(there.committee))
    with within(here.committee):
        return commands.meet(
            by=here.office, committee=here.committee, side=said["side"], name=said["name"],
            short_name=said["short_name"], address=address, public=said["public"],
        )


class Wire:
    """What stands between two installations in one process: requests go to the test client, and may be tampered with."""

    def __init__(self):
        self.sent, self.tamper = [], lambda url, body, headers: (url, body, headers)

    def post(self, url, body, headers, networks=()):
        self.sent.append((url, body, dict(headers)))
        url, body, headers = self.tamper(url, body, dict(headers))
        return self.deliver(url, body, headers)

    def deliver(self, url, body, headers):
        path = "/" + url.split("/", 3)[3]
        named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items() if name != "Content-Type"}
        answer = Client().post(path, body, content_type=headers.get("Content-Type", "application/json"), **named)
        return answer.status_code, answer.content


@pytest.fixture
def wire(monkeypatch, settings, sides):
    """荣昌 and 隆昌 as if on two machines: each knows the other by card and address."""
    settings.PUBLIC_ADDRESS = "https://neighbour.example"
    made = Wire()
    monkeypatch.setattr(fetch, "post", made.post)
    introduce(sides.rc, sides.lc, "https://neighbour.example")
    introduce(sides.lc, sides.rc, "https://neighbour.example")
    return made


def queued(peer, number=1, topic="ab" * 16, event="partnerships.ended", **fields):
    """Messages of our side, waiting."""
    for n in range(number):
        commands.queue(by=CLOCK, peer=peer, topic=topic, event=event, fields={"n": n, **fields})


def states(side):
    with within(side.committee):
        return list(Incoming.objects.order_by("pk").values_list("state", flat=True))


def counts(side):
    """(sent, acknowledged, taken) as this side sees it."""
    with within(side.committee):
        peer = Peer.objects.get()
        return peer.sent_seq, peer.acked_seq, peer.heard_seq


__all__ += ["LC", "RC", "Incoming", "Outgoing", "OwnKey", "json"]
