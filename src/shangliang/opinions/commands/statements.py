"""Statements: written by staff, members and participants, and shown or not for a stated ground."""

from django.db.models import Max
from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal.record import as_stored, command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import Refused, require
from .. import events, policies, queries
from ..models import LONGEST, Round, Statement

#: What one person may have waiting to be looked at.
WAITING = 5


class Alike(Refused):
    """There are statements that say nearly the same; ``statements`` are offered instead."""

    def __init__(self, statements):
        super().__init__(_("已经有意思差不多的观点，请看看是不是它；不是的话，可以照样提交。"), field="text")
        self.statements = statements


@command
def add_statements(*, by, round, texts):
    """Write several statements at once, the first ones people see; what stands there already is left out."""
    require(policies.may_add_statements(by, round))
    texts = list(dict.fromkeys(_checked(text) for text in texts if text.strip()))
    known = set(round.statements.values_list("text", flat=True))
    texts = [text for text in texts if text not in known]
    require(texts, _("请至少写一条还没有的观点。"), field="texts")
    moved = move(round, "add_statements")
    first = _next_number(round)
    now = clock.now()
    Statement.objects.bulk_create(
        Statement(committee=round.committee, round=round, number=n, text=text, written_at=now, shown_at=now)
        for n, text in enumerate(texts, first)
    )
    record(events.StatementsAdded(number=len(texts)), about=round, by=by, moved=moved)


def _checked(text) -> str:
    text = " ".join(text.split())
    require(text, _("请写下您的看法。"), field="text")
    words = _("一条观点最多 %(max)s 字，请写短一点，一条只说一件事。") % {"max": LONGEST}
    require(len(text) <= LONGEST, words, field="text")
    refuse_personal(text=text)
    return text


def _next_number(round) -> int:
    Round.objects.select_for_update().get(pk=round.pk)  # numbers are given one after the other
    return (round.statements.aggregate(last=Max("number"))["last"] or 0) + 1


@command
def say(*, by, round, participant, text, sure=False):
    """A participant's own statement, to be looked at before others see it; the same words twice are one.

    Raises Alike with the statements that say nearly the same, until ``sure``.
    """
    require(policies.may_say(by, round))
    queries.require_running(round)
    text = _checked(text)
    mine = round.statements.filter(author=participant)
    if known := mine.filter(text=text).first():
        return known
    waiting = mine.filter(state=Statement.State.WAITING).count()
    require(waiting < WAITING, _("您写的还没有看完，请过一阵再写。"), field="text")
    near = queries.alike(round, text)
    if near and not sure:
        raise Alike(near)
    return Statement.objects.create(
        committee=round.committee, round=round, number=_next_number(round), text=text, author=participant,
        state=Statement.State.WAITING, written_at=clock.now(),
    )  # fmt: skip


@command
def admit(*, by, round, statement):
    """Show what a participant wrote."""
    require(policies.may_admit(by, round))
    moved = move(round, "admit")
    _decide(round, statement, Statement.State.WAITING, state=Statement.State.SHOWN, shown_at=clock.now())
    record(events.StatementAdmitted(number=statement.number), about=round, by=by, moved=moved)


@command
def turn_down(*, by, round, statement, ground, note=""):
    """Do not show what a participant wrote; they read the ground on their own page."""
    require(policies.may_turn_down(by, round))
    told = _down(round, statement, Statement.State.WAITING, Statement.State.TURNED_DOWN, ground, note)
    moved = move(round, "turn_down")
    record(events.StatementTurnedDown(number=statement.number, ground=told), about=round, by=by, why=note, moved=moved)


@command
def withdraw_statement(*, by, round, statement, ground, note=""):
    """Stop showing a statement; its votes are kept and count no more."""
    require(policies.may_withdraw_statement(by, round))
    told = _down(round, statement, Statement.State.SHOWN, Statement.State.WITHDRAWN, ground, note)
    moved = move(round, "withdraw_statement")
    record(events.StatementWithdrawn(number=statement.number, ground=told), about=round, by=by, why=note, moved=moved)


def _down(round, statement, source, target, ground, note) -> str:
    require(ground in Statement.Ground.values, _("请选择一条理由。"), field="ground")
    refuse_personal(note=note)
    _decide(round, statement, source, state=target, ground=ground, note=note.strip())
    return as_stored(Statement.Ground(ground).label)


def _decide(round, statement, source, **fields):
    rows = Statement.objects.filter(pk=statement.pk, round=round, state=source)
    require(rows.update(**fields), _("这条观点刚才已有人处理过。"), field="statement")
