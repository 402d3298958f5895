"""Who reacts to what, on one page: ``AT_ONCE`` in the same transaction, ``AFTERWARDS`` after the commit, at least once.

What crosses (``crosses`` of an event's class) is queued for the neighbours at once as well, and ARRIVING says which
command enters what a neighbour says, by the first word of the event's name.

A listener at once is called with ``event, entry, about``; one afterwards with ``entry`` and must be idempotent.
"""

from functools import cache
from importlib import import_module

EVERY = "*"

#: The outbox of neighbours: told of every event that crosses.
CROSSING = "shangliang.federation.listeners.cross"
ARRIVING = {"partnerships": "shangliang.partnerships.commands.hear"}

AT_ONCE = {
    EVERY: ["shangliang.cases.listeners.follow"],
    "voices.received": ["shangliang.voices.listeners.begin_screening"],
    "voices.person_erased": [
        "shangliang.notifications.listeners.forget", "shangliang.outcomes.listeners.forget_comments",
    ],
    "topics.approved": ["shangliang.partnerships.listeners.follow_approval"],
    "topics.closed": ["shangliang.partnerships.listeners.follow_closed"],
    "consultations.convened": ["shangliang.partnerships.listeners.follow_convened"],
    "consultations.held": ["shangliang.partnerships.listeners.follow_held"],
    "partnerships.studio_seat_taken_back": ["shangliang.federation.listeners.take_name_out"],
    "partnerships.matter_met": ["shangliang.partnerships.listeners.count_theirs"],
    "consultations.issued": ["shangliang.agreements.listeners.confirm_items"],
    "consultations.reported": [
        "shangliang.partnerships.listeners.follow_reported", "shangliang.agreements.listeners.submit_items",
        "shangliang.outcomes.listeners.settle_reported",
    ],
    "tasks.assigned": ["shangliang.partnerships.listeners.follow_task"],
    "tasks.accepted": [
        "shangliang.partnerships.listeners.follow_task",
        "shangliang.outcomes.listeners.tell_result", "shangliang.outcomes.listeners.follow_answers",
    ],
    "tasks.tracked": ["shangliang.outcomes.listeners.follow_answers"],
    "tasks.replied": ["shangliang.partnerships.listeners.follow_task"],
    "tasks.returned": ["shangliang.outcomes.listeners.take_up_again"],
    "tasks.closed": [
        "shangliang.partnerships.listeners.follow_task",
        "shangliang.outcomes.listeners.settle_agreement", "shangliang.outcomes.listeners.settle_proposal",
    ],
    "tasks.joint_review_settled": [
        "shangliang.outcomes.listeners.settle_agreement", "shangliang.outcomes.listeners.end_voices",
        "shangliang.outcomes.listeners.settle_proposal",
    ],
    "agreements.decided": ["shangliang.outcomes.listeners.settle_topic"],
    "agreements.not_adopted": ["shangliang.outcomes.listeners.settle_topic"],
    "agreements.adopted_part": ["shangliang.outcomes.listeners.settle_topic"],
    "agreements.closed": ["shangliang.outcomes.listeners.settle_topic"],
    "outcomes.rated": ["shangliang.outcomes.listeners.evaluate_task"],
}

AFTERWARDS = {
    "voices.screened": ["shangliang.notifications.listeners.tell_reporter"],
    "voices.merged": ["shangliang.notifications.listeners.tell_reporter"],
    "voices.result_given": ["shangliang.notifications.listeners.tell_reporter"],
    "voices.reopened": ["shangliang.notifications.listeners.tell_reporter"],
    "topics.declined": ["shangliang.notifications.listeners.tell_sources"],
    "topics.withdrawn": ["shangliang.notifications.listeners.tell_sources"],
    "topics.approved": ["shangliang.notifications.listeners.tell_sources"],
    "consultations.convened": ["shangliang.notifications.listeners.tell_sources"],
    "consultations.cancelled": ["shangliang.notifications.listeners.tell_sources"],
    "agreements.not_adopted": ["shangliang.notifications.listeners.tell_sources"],
    "agreements.adopted_part": ["shangliang.notifications.listeners.tell_sources"],
    "tasks.assigned": ["shangliang.notifications.listeners.tell_sources"],
    "tasks.extension_granted": ["shangliang.notifications.listeners.tell_sources"],
    "tasks.tracked": ["shangliang.notifications.listeners.tell_sources"],
    "tasks.joint_review_settled": ["shangliang.notifications.listeners.tell_sources"],
}


@cache
def at_once(name: str) -> tuple:
    """The functions called in the transaction of this event."""
    from .journal.events import EVENTS  # read late: the journal reads this page

    crossing = [CROSSING] if EVENTS[name].crosses else []
    return tuple(_load(path) for path in AT_ONCE.get(EVERY, []) + AT_ONCE.get(name, []) + crossing)


def arriving(name: str):
    """The command that enters what a neighbour says by this event, or None."""
    path = ARRIVING.get(name.split(".")[0])
    return path and _load(path)


def afterwards(name: str) -> list[str]:
    """The dotted paths of the listeners that the outbox tells of this event."""
    return AFTERWARDS.get(name, [])


def _load(path: str):
    module, function = path.rsplit(".", 1)
    return getattr(import_module(module), function)
