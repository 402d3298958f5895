"""Votes that come from elsewhere or leave: the files of Polis, both ways."""

import secrets

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal import once
from ...journal.models import Entry
from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies, queries
from ..models import LONGEST, Participant, Round, Statement, Vote

#: Rows stored at once.
SLICE = 2_000


@command
def bring_in(*, by, topic, question, brought, key=""):
    """Bring in a round held elsewhere as a closed one: ``brought`` is what :func:`exchange.read` gave.

    Nobody in it is verified, because nobody here saw them. The same key gives the same round; the same files are taken
    once for a topic. Raises Refused for a statement without text.
    """
    require(policies.may_begin(by, topic))
    require(topic.state in policies.ASKABLE, _("这个议题还没有入库，或者已经结束，不能征询。"), field="topic")
    require(question.strip(), _("请写当时征询的是什么。"), field="question")
    refuse_personal(question=question)
    asked = [topic.pk, question, brought.digest]
    if made := once.made(key, asked, Round):
        return made
    _require_new(topic, brought)
    round = Round.objects.create(
        committee=topic.committee, case=topic.case, topic=topic, question=question.strip(), door=Round.Door.CODE,
        region=topic.region, ends_on=clock.today(), serial=secrets.token_urlsafe(16), state=Round.State.OPEN,
        opened_at=clock.now(),
    )  # fmt: skip
    statements = _statements(round, brought)
    people = _people(round, brought)
    rows = (
        Vote(
            committee=round.committee, round=round, participant=people[person], statement=statements[statement],
            value=value, at=at,
        )
        for person, statement, value, at in brought.votes
    )  # fmt: skip
    Vote.objects.bulk_create(rows, batch_size=SLICE)
    told = events.RoundBroughtIn(people=len(people), votes=len(brought.votes), file_digest=brought.digest)
    record(told, about=round, by=by)
    sealed = queries.sealed(round)
    if key:
        once.remember(key, asked, round)
    moved = move(round, "close", closed_at=clock.now(), seal=sealed.digest)
    closed = events.RoundClosed(people=sealed.people, votes=sealed.votes, verified=0, votes_digest=sealed.digest)
    record(closed, about=round, by=by, moved=moved)
    return round


def _require_new(topic, brought):
    """The digest of the files stands in the journal."""
    told = Entry.objects.filter(case_no=topic.case.no, event="opinions.brought_in", data__contains=brought.digest)
    require(not told.exists(), _("这两个文件已经导入过了，在这件事的案卷里看得到。"), field="votes")


def _statements(round, brought) -> dict:
    down = {"state": Statement.State.WITHDRAWN, "ground": Statement.Ground.OFF_TOPIC}
    made = Statement.objects.bulk_create(
        Statement(
            committee=round.committee, round=round, number=n, text=each.text[:LONGEST], written_at=clock.now(),
            **(down if each.out else {}),
        )
        for n, each in enumerate(brought.statements, 1)
    )  # fmt: skip
    return {each.name: row for each, row in zip(brought.statements, made, strict=True)}


def _people(round, brought) -> dict:
    names = sorted({person for person, *_rest in brought.votes})
    made = Participant.everywhere.bulk_create(
        (
            Participant(
                committee=round.committee, round=round, key=queries.key_of(f"{round.serial}:{name}"),
                way=Participant.Way.BROUGHT, joined_at=clock.now(),
            )
            for name in names
        ),
        batch_size=SLICE,
    )  # fmt: skip
    return dict(zip(names, made, strict=True))


@command
def export(*, by, round):
    """Enter that the votes leave as a file, and return its lines (:class:`queries.Line`)."""
    require(policies.may_export(by, round))
    moved = move(round, "export")
    lines = list(queries.lines(round))
    record(events.RoundExported(votes=len(lines)), about=round, by=by, moved=moved)
    return lines
