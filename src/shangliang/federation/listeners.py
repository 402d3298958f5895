"""The outbox of neighbours: what happens to a joint record is queued for the other sides, in the same transaction."""

from dataclasses import asdict

from django.utils.translation import gettext as _

from ..people.actors import CLOCK
from ..shared.refusals import require
from . import commands
from .models import Peer


def take_name_out(*, event, entry, about):
    """A member withdrew the consent: the name goes from the messages too, ours and theirs."""
    told = "partnerships.studio_seat_told"
    commands.take_out(
        by=CLOCK, ours=not entry.actor.startswith("side:"), topic=about.crossing_key, event=told,
        fields={"number": event.number}, names=["name"],
    )  # fmt: skip


def cross(*, event, entry, about):
    """Queue what our side said for every other side; what a neighbour said is not sent on.

    Nothing personal crosses unless a consent stands behind it (个人信息保护法 art. 23); the record says which.
    """
    if entry.actor.startswith("side:"):
        return
    fields = asdict(event)
    personal = {name for name in event.personal if fields[name]}
    consented = personal & about.crossing_consents()
    require(personal == consented, _("这里有个人信息，没有本人同意，不能告知毗邻方。"))
    known = {peer.side: peer for peer in Peer.objects.filter(side__in=about.crossing_to)}
    for side in about.crossing_to:
        name = about.side_names.get(side, side)
        peer = known.get(side) or commands.acquaint(
            by=CLOCK, committee=about.committee, side=side, name=name, short_name=name
        )
        commands.queue(
            by=CLOCK, peer=peer, topic=about.crossing_key, event=type(event).name, fields=fields, consents=consented
        )
