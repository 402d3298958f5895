"""Reading the exchange: our card, the state of every neighbour, and what crossed about a matter."""

import datetime as dt
import json
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from ..journal.events import EVENTS, sentence
from ..witness.queries import log_key, witness_key
from . import keys
from .models import Incoming, Outgoing, OwnKey, Peer
from .signature import document


def card(committee) -> bytes | None:
    """Our card, signed by the key it names; None before we have a key."""
    key = OwnKey.objects.filter(committee=committee, retired_at=None).first()
    if key is None:
        return None
    told = {
        "side": committee.region.code, "name": committee.name, "short_name": committee.short_name,
        "address": settings.PUBLIC_ADDRESS, "public": key.public, "log": str(log_key()), "witness": str(witness_key()),
    }  # fmt: skip
    return document(key, keys.CARD, told)


def neighbours(committee):
    """The neighbours with how many messages wait, and how many of theirs could not be entered, in one query."""
    State = Incoming.State
    rows = Peer.objects.filter(committee=committee)
    rows = rows.annotate(
        refused=Count("incoming", filter=Q(incoming__state__in=[State.REFUSED, State.FAILED]), distinct=True),
        held=Count("incoming", filter=Q(incoming__state=State.HELD), distinct=True),
        unknown=Count("incoming", filter=Q(incoming__state=State.UNKNOWN), distinct=True),
    )
    return rows.order_by("side")


@dataclass(frozen=True)
class Crossing:
    """One message about a matter, as a citizen may see it: when, which way, what it said, what went with it."""

    on: dt.datetime
    outward: bool
    who: str
    says: str
    fields: dict
    consents: str
    state: str
    acked: bool


def crossed(*topics) -> list[Crossing]:
    """Everything that crossed about these joint records, oldest first; personal fields are named, never shown."""
    rows = [
        (row.queued_at, True, row, row.consents, "") for row in
        Outgoing.objects.filter(topic__in=topics).select_related("peer")
    ] + [
        (row.arrived_at, False, row, "", str(row.get_state_display())) for row in
        Incoming.objects.filter(topic__in=topics).select_related("peer")
    ]  # fmt: skip
    rows.sort(key=lambda row: (row[0], row[2].seq))
    return [_crossing(*row) for row in rows]


def _crossing(on, outward, row, consents, state) -> Crossing:
    fields = json.loads(row.body)["fields"]
    kind = EVENTS.get(row.event)
    hidden = dict.fromkeys(kind.personal if kind else (), "…")
    shown = {name: value for name, value in fields.items() if name not in hidden and name != "nth"}
    try:
        says = sentence(kind, {**fields, **hidden}) if kind else row.event
    except (KeyError, TypeError, ValueError):  # a neighbour's fields may be of any kind
        says = row.event
    acked = outward and row.acked_at is not None
    return Crossing(on, outward, row.peer.short_name, says, shown, consents, state, acked)


def crossings(peer, most: int) -> list[Crossing]:
    """The latest messages with one neighbour, the newest first."""
    out = peer.outgoing.select_related("peer").order_by("-pk")[:most]
    came = peer.incoming.select_related("peer").order_by("-pk")[:most]
    rows = [(row.queued_at, True, row, row.consents, "") for row in out]
    rows += [(row.arrived_at, False, row, "", str(row.get_state_display())) for row in came]
    rows.sort(key=lambda row: (row[0], row[2].seq), reverse=True)
    return [_crossing(*row) for row in rows[:most]]
