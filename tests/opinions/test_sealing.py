"""A vote and the close at the same moment: the vote is under the seal, or it is refused."""

import threading

import pytest
from django.db import connection, connections

from shangliang.opinions import commands, queries
from shangliang.opinions.models import Participant, Round
from shangliang.people.actors import ANYONE
from shangliang.people.tenancy import within
from shangliang.shared.refusals import Refused

from .test_rounds import YES


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time by nature")
@pytest.mark.django_db(transaction=True)
def test_a_vote_on_its_way_is_waited_for_by_the_close(round, voting, liaison, monkeypatch):
    person, statement = voting("a", YES[:3]), round.statements.order_by("number")[5]
    stored, go, told, real = threading.Event(), threading.Event(), [], queries.drawing_of

    def slowly(asked):
        if threading.current_thread() is voter:
            stored.set()
            go.wait(20)
        return real(asked)

    def run():
        try:
            with within(round.committee):
                commands.vote(
                    by=ANYONE, round=Round.everywhere.get(pk=round.pk), statement=statement, value=1,
                    participant=Participant.everywhere.get(pk=person.pk),
                )  # fmt: skip
            told.append("kept")
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connections.close_all()

    monkeypatch.setattr(queries, "drawing_of", slowly)
    voter = threading.Thread(target=run)
    voter.start()
    assert stored.wait(20)
    threading.Timer(1, go.set).start()
    commands.close(by=liaison, round=round)
    voter.join()
    assert told == ["kept"] and queries.sealed(round).votes == 4
    assert queries.sealed(round).digest == round.seal
