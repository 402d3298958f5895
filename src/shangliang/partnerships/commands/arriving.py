"""What a neighbour says: its message has been checked and is entered as its statement."""

from dataclasses import fields as fields_of

from django.utils.translation import gettext as _

from ...journal.events import EVENTS
from ...journal.record import command
from ...shared.refusals import Refused, require
from .. import policies
from ..effects import BEGINNINGS
from ..matter_events import Step
from ..models import Activity, Conference, JointStudio, Matter, Partnership, PlanItem, Statement
from ..saying import hear as hear_step
from ..saying import hear_beginning, hear_unknown

#: What an event is about, by the first word after the app's name; everything else is about the partnership.
MODELS = {
    "conference": Conference, "item": PlanItem, "activity": Activity, "studio": JointStudio, "matter": Matter,
}  # fmt: skip
KINDS = {"int": int, "str": str, "list": list}


@command
def hear(*, by, committee, side, joint, at, event, told):
    """Enter one statement of the side ``side`` about the record ``joint``: event's name, its fields, when it was said.

    Heard twice, it is entered once. Fields that a newer release added are left aside; a step that this release does
    not know is kept as the side's statement, and False returned. Raises Refused, in words, for what cannot be entered.
    """
    require(policies.may_hear(by))
    # The letters of one parcel share a transaction and this object: a record that it holds is not read again. Nothing
    # that is heard makes our own side speak about the same record, so what was read stays true.
    held = committee.__dict__.setdefault("_held", {})
    about = held.pop(joint, None) or _record(committee, event, joint)
    understood = _hear(by, committee, side, joint, at, event, told, about)
    if about is not None:
        held[joint] = about
    return understood


def _hear(by, committee, side, joint, at, event, told, about) -> bool:
    if event not in EVENTS and about:
        hear_unknown(about, event, told, side=side, by=by, said_at=at)
        return False
    said = _event(event, told)
    if type(said).name in BEGINNINGS:
        if about is None:
            require(not Statement.objects.filter(joint=joint).exists(), _("编号已被别的记录占用。"))
            hear_beginning(said, committee=committee, joint=joint, side=side, by=by, said_at=at)
        return True
    require(about, _("这里还没有这件事，先等它的第一条消息。"))
    hear_step(about, said, side=side, by=by, said_at=at)
    return True


def _event(name, told):
    """The event, after the kinds of its fields have been looked at; a neighbour may send anything."""
    cls = EVENTS.get(name)
    require(cls and issubclass(cls, Step), _("这里不认识这种消息：%(name)s") % {"name": name})
    values = {}
    for field in fields_of(cls):
        kind = field.type if isinstance(field.type, type) else KINDS[field.type]
        value = told.get(field.name, "" if field.name in cls.personal else None)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise Refused(_("消息里的“%(field)s”看不懂。") % {"field": field.name})
        values[field.name] = value
    require(values["nth"] >= 1, _("消息里的“%(field)s”看不懂。") % {"field": "nth"})
    return cls(**values)


def _record(committee, event, joint):
    """The record, held until the end of the transaction: two who speak about it take turns."""
    model = MODELS.get(event.split(".")[-1].split("_")[0], Partnership)
    found = model.objects.select_for_update().filter(joint=joint).first()
    if found:
        found.committee = committee
    return found
