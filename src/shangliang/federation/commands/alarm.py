"""Two signed things that cannot both be true: stop, keep both, tell."""

from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Evidence, Peer


@command
def rewind(*, by, peer, kind, known, claimed):
    """Stop, because one side went back to an older state: both signed proofs are kept, nothing is merged."""
    require(policies.may_rewind(by, peer))
    if peer.state == Peer.State.REWOUND:
        return
    Evidence.objects.create(
        committee=peer.committee, peer=peer, kind=kind, known=known, claimed=claimed, found_at=clock.now()
    )
    found = _("对方退回了旧记录") if kind == "theirs" else _("我方退回了旧记录")
    moved = move(peer, "rewind", last_error=found)
    record(events.PeerRewound(name=peer.short_name, found=found), about=peer, by=by, moved=moved)
