"""Life cycles tried exhaustively: each verb from every state, and by people who may not."""

from contextlib import contextmanager

from django.db import transaction

from shangliang.journal.models import Entry
from shangliang.people.actors import ANYONE, ReceiptHolder
from shangliang.people.roles import Role
from shangliang.shared.refusals import Refused

from . import factories


@contextmanager
def taken_back():
    """What happens inside is undone, so that one thread serves many tries."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def put(record, state, **fields):
    """The record as it would stand in this state, fresh; only these exhaustive tests write a row by hand."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    rows.update(state=state, **fields)
    return rows.get()


def try_all(record, verb, act, dress, *, target=None):
    """Faults found when ``act`` is tried from each state: [] when the table is kept.

    ``dress(record, state)`` puts the record into the state. A state that the table allows must lead to its target
    with exactly one entry of the move; every other state must be refused with a sentence and leave no entry.
    """
    sources, reached = record.MOVES[verb]
    faults = []
    for state in record.State.values:
        with taken_back():
            thing = dress(record, state)
            allowed = thing.state in sources
            expected = target or reached or state
            fault = _fault(thing, verb, act, allowed, state, expected)
        if fault:
            faults.append(f"{verb} from {state}: {fault}")
    return faults


def _fault(thing, verb, act, allowed, state, expected) -> str:
    before = Entry.objects.count()
    try:
        act(thing)
    except Refused as refusal:
        if allowed:
            return f"refused: {refusal}"
        if not str(refusal).endswith("。"):
            return f"no sentence: {refusal!r}"
        return "" if Entry.objects.count() == before else "refused, yet an entry was made"
    if not allowed:
        return "not refused"
    entries = Entry.objects.filter(seq__gt=before, subject=thing._meta.label_lower, subject_id=thing.pk, verb=verb)
    told = [(entry.source, entry.target) for entry in entries]
    return "" if told == [(state, str(expected))] else f"entries {told}"


def refused_to(people, thing, act) -> list:
    """Those of the people to whom the step is not refused by policy; [] when it is refused to all of them."""
    let_in = []
    for name, by in people.items():
        with taken_back():
            try:
                act(by, thing)
                let_in.append(name)
            except Refused as refusal:
                if "现在的状态" in str(refusal):
                    let_in.append(f"{name} came as far as the state")
    return let_in


def strangers(county, committee, other_committee, voice=None) -> dict:
    """People who have nothing to do with a matter of 普陀村, each for another reason."""
    elsewhere = county.at["500153112"]
    unit = factories.unit(committee, name="另一个单位")
    return {
        "liaison of another town": factories.account(Role.LIAISON, committee=committee, region=elsewhere),
        "clerk of another unit": factories.account(Role.UNIT_CLERK, committee=committee, unit=unit),
        "office of another committee": factories.clerk_of_register(other_committee),
        "account without a role": factories.account(None, committee=committee),
        "reviewer": factories.account(Role.REVIEWER, committee=committee),
        "auditor": factories.account(Role.AUDITOR, committee=committee),
        "nobody": ANYONE,
        "holder of another receipt": ReceiptHolder((voice.pk if voice else 0) + 1000),
    }
