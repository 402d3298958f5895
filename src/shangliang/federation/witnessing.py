"""Asking the neighbours to co-sign the newest state of our log, over the network or in a file carried by hand."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from ..people.actors import CLOCK
from ..shared import clock, fetch
from ..witness import note, queries
from ..witness.commands import cosign, keep, miss
from ..witness.models import Checkpoint, Watched

TYPE = {"Content-Type": "text/plain; charset=utf-8"}


def ask_witnesses() -> int:
    """Ask every neighbour that is due and has not seen our newest state; returns how many signed."""
    newest = queries.latest()
    if newest is None:
        return 0
    due = Q(next_try_at=None) | Q(next_try_at__lte=clock.now())
    rows = Watched.objects.filter(due, ended_at=None, their_size__lt=newest.size).exclude(address="")
    return sum(_ask(watched) for watched in rows.order_by("pk"))


def request_for(watched) -> str:
    """What a neighbour's witness is asked: our newest state, and the proof that it continues what it has seen."""
    newest = queries.latest()
    proof = queries.tree(newest.size).consistency(watched.their_size)
    return note.ask(watched.their_size, proof, newest.note)


def _ask(watched) -> bool:
    newest = queries.latest()
    url = f"{watched.address.rstrip('/')}/log/witness/add-checkpoint"
    try:
        status, answer = fetch.post(url, request_for(watched).encode(), TYPE, settings.PEER_NETWORKS)
        words = answer.decode().strip()
    except (fetch.DoorShut, UnicodeDecodeError) as fault:
        miss(by=CLOCK, watched=watched, error=fault)
        return False
    if status == 200:
        return keep(by=CLOCK, watched=watched, size=newest.size, line=words.split("\n")[0])
    return _refused(watched, newest, status, words)


def _refused(watched, newest, status, words) -> bool:
    if status == 409 and words.isdecimal() and len(words) < 18:
        theirs = int(words)
        if theirs > newest.size:
            miss(by=CLOCK, watched=watched, error=_("对方见证过更长的账本：我方可能恢复了旧备份，请核对。"))
        elif theirs != watched.their_size:
            miss(by=CLOCK, watched=watched, error=_("按对方见过的长度重新证明"), their_size=theirs)
        else:
            miss(by=CLOCK, watched=watched, error=_("对方说这一长度的账本与它见过的不同，请双方核对。"))
        return False
    known = {
        404: _("对方还没有登记我方的账本。"), 403: _("对方不认我方账本的钥匙。"),
        422: _("对方说我方的账本接不上它见过的，请双方核对。"),
    }  # fmt: skip
    miss(by=CLOCK, watched=watched, error=known.get(status, f"HTTP {status}"))
    return False


def keep_by_hand(origin: str, line: str) -> None:
    """Keep a signature that came in a receipt, under the newest state that it fits."""
    watched = Watched.objects.filter(origin=origin, ended_at=None).first()
    for row in Checkpoint.objects.order_by("-size")[:50] if watched else ():
        state = note.read_note(row.note).checkpoint
        if note.cosigned_at(state, line, note.read_key(watched.witness_key)) is not None:
            keep(by=CLOCK, watched=watched, size=row.size, line=line)
            return


def answer_by_hand(request: str) -> None:
    """Look at a neighbour's log that came in a file, as our witness's door does."""
    cosign(by=CLOCK, request=request)


def last_line(origin: str) -> str:
    """Our signature under the last state of this log that we saw and found in order; "" when there is none."""
    watched = Watched.objects.filter(origin=origin, ended_at=None).exclude(note="").first() if origin else None
    if watched is None:
        return ""
    state = note.read_note(watched.note).checkpoint
    at = int(watched.cosigned_at.timestamp())
    return note.cosigned(state, queries.origin(), settings.WITNESS_KEY, at)
