"""How a side says something: one statement entered, its effect applied, the state worked out anew, one event recorded.

The same path is taken by our own people's commands and by a neighbour's message that has been checked, so that both
copies of a joint record change in the same way.
"""

import json
import re
import secrets
from dataclasses import asdict

from django.db.models import Max
from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..journal.digest import canonical
from ..journal.record import record as enter
from ..shared import clock
from ..shared.lifecycle import Moved
from ..shared.refusals import Refused, require
from . import agreeing
from .effects import BEGINNINGS, EFFECTS
from .events import StepUnknown
from .joint import Statement

#: The step of a statement that this release does not know.
UNKNOWN = "unknown"


#: Identities and digests, in which digits may stand as they like.
_NAME = re.compile(r"[0-9a-f]{32}|sha256:[0-9a-f]{64}", re.ASCII)


def new_joint() -> str:
    """A new identity for a joint record: 128 random bits, so that no two regions ever choose the same."""
    return secrets.token_hex(16)


def begin(event_class, *, by, committee, bind=lambda made: None, **fields):
    """Our side begins a joint record; returns it. Keyword fields are those of the event.

    ``bind`` ties the new record to what it belongs to on our side before anything is told.
    """
    event = _clean(event_class(nth=1, **fields))
    made = BEGINNINGS[type(event).name](committee, new_joint(), committee.region.code, event)
    bind(made)
    _enter(made, event, made.ours, by, [])
    return made


def speak(about, event_class, *, by, why="", **fields):
    """Our side takes the step of this event on a joint record; refused when its state does not allow it."""
    _hold_still(about)
    sources, _target = about.MOVES[event_class.step]
    if about.state not in sources:
        raise Refused(_("现在的状态是“%(state)s”，不能做这一步。") % {"state": about.get_state_display()})
    said = heard_so_far(about)
    event = _clean(event_class(nth=_count(said, about.ours) + 1, **fields))
    return _enter(about, event, about.ours, by, said, why)


def _clean(event):
    """The event, after a look at its words: no telephone, identity or plate number crosses the border in free text."""
    for name, value in asdict(event).items():
        words = "\n".join(value) if isinstance(value, list) else value
        if isinstance(words, str) and not _NAME.fullmatch(words):
            refuse_personal(**{name: words})
    return event


def hear(about, event, *, side, by, said_at) -> bool:
    """Enter what another side said; False when it was heard before. Raises Refused for what that side cannot say.

    The caller holds the record.
    """
    require(side in about.side_names, _("发来消息的一方不在这项合作里。"))
    said = heard_so_far(about)
    if known := _heard_before(about, said, side, event.nth, _plain(event)):
        if known.step != UNKNOWN:
            return False
        # A newer release kept it as it came; this one knows it and lets it take effect.
        known.delete()
    require(agreeing.may_say(event.step, side, about.lead), _("这一步不归发来消息的一方办。"))
    _enter(about, event, side, by, said, said_at=said_at)
    return True


def _heard_before(about, said, side, nth, words):
    """The side's statement of this number, if we have it; two different ones of one number are refused."""
    count = _count(said, side)
    require(nth <= count + 1, _("这件事之前还有没收到的消息，先等前面的到齐。"))
    if nth > count:
        return None
    known = Statement.objects.filter(joint=about.joint, side=side, nth=nth).first()
    if known and known.step != UNKNOWN:
        require(known.data == words, _("同一号的话有两种说法，已停下，请双方核对。"))
    return known


def hear_unknown(about, name, told, *, side, by, said_at) -> None:
    """Keep a step that only a newer release knows: the side's further statements are not held up by it."""
    nth = told.get("nth")
    require(isinstance(nth, int) and side in about.side_names, _("消息里的“%(field)s”看不懂。") % {"field": "nth"})
    if _heard_before(about, heard_so_far(about), side, nth, canonical(told)):
        return
    Statement.objects.create(
        committee=about.committee, joint=about.joint, side=side, nth=nth, step=UNKNOWN, said_at=said_at,
        data=canonical({"event": name, **told}),
    )
    about.__dict__.pop("_said", None)
    enter(StepUnknown(event=name), about=about, by=by)


def hear_beginning(event, *, committee, joint, side, by, said_at):
    """Enter a joint record that another side began, and return it."""
    made = BEGINNINGS[type(event).name](committee, joint, side, event)
    require(side in made.side_names and made.ours in made.side_names, _("发来消息的一方不在这项合作里。"))
    _enter(made, event, side, by, [], said_at=said_at)
    return made


def _hold_still(about):
    """Two who speak at once about the same record take turns; the second sees what the first did."""
    row = type(about)._base_manager.select_for_update().only("state").get(pk=about.pk)
    about.state = row.state
    about.__dict__.pop("_said", None)


def heard_so_far(about) -> list[agreeing.Said]:
    """What has been said about the record; of steps taken again and again the latest of each side, as the rules ask."""
    if "_said" in about.__dict__:  # this transaction holds the record and has read it already
        return about._said
    rows = Statement.objects.filter(joint=about.joint).order_by().values_list("side", "step", "about")
    return [agreeing.Said(side, nth, step, of) for side, step, of, nth in rows.annotate(nth=Max("nth"))]


def _count(said, side) -> int:
    """How many statements of this side there are: they are numbered without gaps."""
    return max((one.nth for one in said if one.side == side), default=0)


def _plain(event) -> str:
    """The words of a statement without what is personal in it."""
    return canonical({name: value for name, value in asdict(event).items() if name not in event.personal})


def _enter(about, event, side, by, said, why="", said_at=None):
    version = getattr(event, "version", "")
    Statement.objects.create(
        committee=about.committee, joint=about.joint, side=side, nth=event.nth, step=event.step, about=version,
        said_at=said_at or clock.now(), data=_plain(event),
    )  # fmt: skip
    about._said = said = [*said, agreeing.Said(side, event.nth, event.step, version)]
    # By its class: an event may have a field of its own called name.
    if effect := EFFECTS.get(type(event).name):
        effect(about, event, side)
    source = about.state
    about.state = agreeing.state_of(about._meta.model_name, said, about.side_names, about.lead)
    if about.state != source:
        type(about)._base_manager.filter(pk=about.pk).update(state=about.state)
    enter(event, about=about, by=by, why=why, moved=Moved(event.step, str(source), str(about.state)))
    return about


def told(statement) -> dict:
    """The fields of one statement."""
    return json.loads(statement.data)
