"""Life cycles: a table on the model, applied by one guarded UPDATE, so that two who press at once cannot both win."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .refusals import Refused


@dataclass(frozen=True)
class Moved:
    """What one move changed: the verb and the states before and after."""

    verb: str
    source: str
    target: str


def move(record, verb: str, **fields) -> Moved:
    """Apply ``record.MOVES[verb]`` and store ``fields`` with it, in one compare-and-swap on the state that was read.

    A table row is ``verb: (states it may leave, state it reaches)``; a target of None keeps the state.
    Raises :class:`Refused` when the state does not allow the verb or somebody else moved the record first.
    """
    sources, target = record.MOVES[verb]
    source = record.state
    if source not in sources:
        raise Refused(
            _("现在的状态是“%(state)s”，不能做这一步。") % {"state": record.get_state_display()}
        )
    target = source if target is None else target
    rows = type(record)._base_manager.filter(pk=record.pk, state=source)
    if not rows.update(state=target, **fields):
        raise Refused(_("刚才已有人处理过这一件，请看最新情况后再决定。"))
    record.state = target
    for name, value in fields.items():
        setattr(record, name, value)
    return Moved(verb, str(source), str(target))


def verbs_from(record) -> list[str]:
    """The verbs that the record's present state allows, in the order of its table."""
    return [verb for verb, (sources, _target) in record.MOVES.items() if record.state in sources]
