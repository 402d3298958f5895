"""A round from its beginning to its published result, and what it refuses."""

import datetime as dt

import pytest

from shangliang.journal.models import Entry
from shangliang.opinions import commands, queries
from shangliang.opinions.analysis import order
from shangliang.opinions.drawing import drawn
from shangliang.opinions.models import Participant, Round, Slip, Statement, Vote
from shangliang.opinions.picture import picture
from shangliang.opinions.standing import chances
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .. import moves

YES = [1, 1, 1, 1, 1, 1, 1, 1, 1, -1, 1, 1]
NO = [1, -1, -1, -1, 1, -1, 1, -1, 1, 1, -1, 1]


def draw(round):
    commands.draw(by=CLOCK, round=round, drawn=drawn(round))
    return picture(round)


def closed(round):
    """The same round over, so that its counts are those of the rows now."""
    return moves.put(round, "closed", closed_at=clock.now(), seal="sha256:0")


def two_camps(voting, size=12):
    for n in range(size):
        voting(f"a{n}", [None if (n + m) % 7 == 0 else value for m, value in enumerate(YES)])
        voting(f"b{n}", [None if (n + m) % 7 == 0 else value for m, value in enumerate(NO)])


def test_a_round_opens_only_with_statements(topic, liaison):
    made = commands.begin(
        by=liaison, topic=topic, question="谁来管？", door="code", ends_on=clock.today() + dt.timedelta(days=5)
    )
    with pytest.raises(Refused, match="至少要有 5 条"):
        commands.open(by=liaison, round=made)
    commands.add_statements(by=liaison, round=made, texts=["一", "二", "三", "四", "五", "五"])
    commands.open(by=liaison, round=made)
    assert made.state == Round.State.OPEN and made.statements.count() == 5


def test_one_vote_per_person_and_statement_and_the_last_counts(round, voting):
    person = voting("a", [1, 1])
    voting("a", [-1])
    assert Participant.everywhere.count() == 1
    assert queries.answers_of(person) == {round.statements.first().pk: -1, round.statements.all()[1].pk: 1}


def test_a_vote_on_a_statement_of_another_round_or_one_withdrawn_is_refused(round, voting, liaison):
    person = voting("a", [1])
    first, second = round.statements.order_by("number")[:2]
    commands.withdraw_statement(by=liaison, round=round, statement=second, ground="unclear")
    second.refresh_from_db()
    with pytest.raises(Refused, match="不再展示"):
        commands.vote(by=ANYONE, round=round, participant=person, statement=second, value=1)
    other = Statement(round_id=round.pk + 1, state="shown", pk=first.pk)
    with pytest.raises(Refused, match="不在这次征询里"):
        commands.vote(by=ANYONE, round=round, participant=person, statement=other, value=1)
    with pytest.raises(Refused, match="请选赞成"):
        commands.vote(by=ANYONE, round=round, participant=person, statement=first, value=2)


def test_the_map_shows_camps_and_first_what_both_accept(round, voting):
    two_camps(voting)
    found = draw(round)
    assert found.people == 24 and [group.people for group in found.groups] == [12, 12]
    accepted = {told.statement.number for told in found.consensus}
    assert accepted and accepted <= {1, 5, 7, 9, 12}
    assert {told.statement.number for told in found.disputes} <= {2, 3, 4, 6, 8, 10, 11} and found.disputes
    assert all(group.own for group in found.groups)


def test_groups_of_fewer_than_five_are_never_shown_nor_to_be_worked_out(round, voting):
    two_camps(voting, 12)
    draw(round)
    round = closed(round)
    Participant.everywhere.filter(group=1).update(group=0)
    few = list(Participant.everywhere.values_list("pk", flat=True)[:3])
    Participant.everywhere.filter(pk__in=few).update(group=1)
    found = picture(round)
    assert [(group.id, group.people) for group in found.groups] == [(0, 21)]
    for told in found.told:
        assert told.all == told.groups[0], "three people could be worked out from the difference"


def test_nothing_is_told_of_four_people(round, voting):
    for n in range(4):
        voting(f"p{n}", YES)
    found = draw(round)
    assert found.kind == "few" and not found.told and not found.groups
    voting("p5", YES)
    assert draw(round).told


def test_verified_and_others_stand_apart_where_both_are_enough(round, voting, liaison):
    slips = commands.print_slips(by=liaison, round=round, number=6)
    for n, slip in enumerate(slips):
        voting(f"s{n}", YES, slip=slip)
    for n in range(6):
        voting(f"o{n}", NO)
    found = draw(round)
    told = found.told[1]
    assert found.verified == 6 and (told.verified.agree, told.others.disagree) == (6, 6)


def test_a_slip_is_one_person_on_the_phone_or_on_paper(round, voting, liaison):
    first, second = commands.print_slips(by=liaison, round=round, number=2)
    person = voting("one", [1], slip=first)
    first.refresh_from_db()
    assert voting("another device", [None, 1], slip=first) == person and person.verified
    answers = {round.statements.first().pk: 1}
    with pytest.raises(Refused, match="已经在手机上表过态"):
        commands.enter_sheet(by=liaison, round=round, slip=first.number, answers=answers)
    commands.enter_sheet(by=liaison, round=round, slip=second.number, answers=answers)
    paper = Participant.everywhere.get(way="paper")
    assert paper.verified and paper.entered_by == liaison
    with pytest.raises(Refused, match="已经录过"):
        commands.enter_sheet(by=liaison, round=round, slip=second.number, answers=answers)
    with pytest.raises(Refused, match="没有印过"):
        commands.enter_sheet(by=liaison, round=round, slip=99, answers=answers)


def test_doors(topic, liaison, village, other_village, courtyard):
    def opened(door):
        made = commands.begin(
            by=liaison, topic=topic, question=f"{door}？", door=door, ends_on=clock.today() + dt.timedelta(days=5)
        )
        commands.add_statements(by=liaison, round=made, texts=list("一二三四五"))
        commands.open(by=liaison, round=made)
        return made

    with pytest.raises(Refused, match="凭征询单"):
        commands.join(by=ANYONE, round=opened("invited"), key="x" * 24)
    residents = opened("residents")
    for home in (None, other_village):
        with pytest.raises(Refused, match="住在哪个村"):
            commands.join(by=ANYONE, round=residents, key="x" * 24, home=home)
    assert commands.join(by=ANYONE, round=residents, key="x" * 24, home=village).home == village
    slip = commands.print_slips(by=liaison, round=residents, number=1)[0]
    with pytest.raises(Refused, match="不是这次征询的"):
        commands.join(by=ANYONE, round=opened("code"), key="y" * 24, slip=slip)


def test_what_participants_write_waits_and_alike_ones_are_offered(round, voting, liaison):
    person = voting("a", [1])
    with pytest.raises(commands.statements.Alike) as refused:
        commands.say(by=ANYONE, round=round, participant=person, text="路灯的电费由村集体出")
    assert [each.number for each in refused.value.statements] == [1]
    said = commands.say(by=ANYONE, round=round, participant=person, text="路灯的电费由村集体出", sure=True)
    assert said.state == "waiting" and said not in queries.shown(round)
    with pytest.raises(Refused, match="个人信息"):
        commands.say(by=ANYONE, round=round, participant=person, text="打 13812345678 找他")
    commands.admit(by=liaison, round=round, statement=said)
    with pytest.raises(Refused, match="已有人处理"):
        commands.turn_down(by=liaison, round=round, statement=said, ground="same")
    said.refresh_from_db()
    assert said.state == "shown"


def test_the_close_seals_every_vote_and_nothing_comes_after(round, voting, liaison):
    two_camps(voting, 3)
    commands.close(by=liaison, round=round)
    assert round.seal == queries.sealed(round).digest
    assert round.seal in Entry.objects.get(event="opinions.closed").data
    vote = Vote.objects.first()
    with pytest.raises(Refused, match="已经截止"):
        commands.vote(by=ANYONE, round=round, participant=vote.participant, statement=vote.statement, value=0)
    Vote.objects.filter(pk=vote.pk).update(value=-vote.value)
    assert queries.sealed(round).digest != round.seal


def test_the_result_is_public_only_with_the_map_of_all_votes(round, voting, liaison, account):
    two_camps(voting, 5)
    draw(round)
    commands.close(by=liaison, round=round)
    office = account(Role.COMMITTEE_OFFICE)
    with pytest.raises(Refused, match="还在画"):
        commands.publish(by=office, round=round, summary="都认电费由集体出。")
    assert queries.undrawn() == [round]
    draw(round)
    assert queries.undrawn() == []
    commands.publish(by=office, round=round, summary="都认电费由集体出。")
    assert round.is_public
    commands.take_back(by=office, round=round, why="写错了")
    assert not round.is_public


def test_the_clock_closes_and_forgets_addresses(round, voting):
    from shangliang.tick import _draw, work

    voting("a", YES, source="digest of an address")
    with clock.at(round.ends_on + dt.timedelta(days=1)):
        assert work()["closed"] == 1
    round.refresh_from_db()
    assert round.state == Round.State.CLOSED and Participant.everywhere.exclude(source="").exists()
    with clock.at(round.ends_on + dt.timedelta(days=100)):
        work()
        assert _draw(round.committee) == 1 and _draw(round.committee) == 0
    assert not Participant.everywhere.exclude(source="").exists()
    assert queries.drawing_of(round) is not None


def test_strangers_may_not_run_a_round(draft, account, other_committee, unit_clerk):
    for stranger in (account(Role.COMMITTEE_OFFICE, committee=other_committee), unit_clerk, ANYONE):
        with pytest.raises(Refused):
            commands.open(by=stranger, round=draft)
    assert not Slip.objects.exists()


def test_what_people_said_becomes_the_agenda_and_is_cited_in_the_minutes(round, voting, liaison, courtyard, account):
    from shangliang.consultations import commands as consultations
    from shangliang.consultations.agenda import offered
    from shangliang.topics import commands as topics

    two_camps(voting)
    found = draw(round)
    topic = round.topic
    topics.submit(by=liaison, topic=topic)
    approver = account(Role.PARTY_APPROVER)
    topics.approve(by=approver, topic=topic, body="街道党工委", decided_on=clock.today())
    meeting = consultations.plan(
        by=liaison, topic=topic, venue=courtyard, starts_at=clock.now() + dt.timedelta(days=4), carrier="courtyard",
        host=liaison, agenda=[("情况通报", 10)],
    )  # fmt: skip
    rows = offered(meeting)
    assert next(iter(rows)) == found.consensus[0].statement.pk and "各组都认" in next(iter(rows.values()))[1]
    disputed = found.disputes[0].statement
    assert "A 组赞成" in rows[disputed.pk][1] and "B 组赞成" in rows[disputed.pk][1]
    chosen = [found.consensus[0].statement, disputed]
    consultations.take_statements(by=liaison, consultation=meeting, statements=chosen)
    assert [item.statement for item in meeting.agenda.all()] == [None, *chosen]
    with pytest.raises(Refused, match="还没有列入议程"):
        consultations.take_statements(by=liaison, consultation=meeting, statements=[disputed])
    type(meeting).objects.filter(pk=meeting.pk).update(state="held")
    meeting.refresh_from_db()
    cited = list(meeting.agenda.exclude(statement=None))
    first = consultations.draft_minutes(by=liaison, consultation=meeting, situation="一", positions="", cited=cited)
    second = consultations.draft_minutes(by=liaison, consultation=meeting, situation="一", positions="")
    assert list(first.cited.all()) == cited and first.digest != second.digest
    with pytest.raises(Refused, match="列入本次议程"):
        consultations.draft_minutes(
            by=liaison, consultation=meeting, situation="一", positions="", cited=[meeting.agenda.first()]
        )


def test_an_open_round_shows_nothing_from_which_one_answer_could_be_read(round, voting):
    two_camps(voting, 6)
    before = [told.all for told in draw(round).told]
    voting("one more", NO)
    assert [told.all for told in picture(round).told] == before and queries.undrawn() == []
    for n in range(4):
        voting(f"more {n}", NO)
    assert queries.undrawn() == [round]
    assert [told.all for told in draw(round).told] != before


def test_no_card_shows_what_was_answered_withdrawn_or_ones_own(round, voting, liaison):
    person = voting("a", [1] * 10)
    own = commands.say(by=ANYONE, round=round, participant=person, text="装个感应灯，有人才亮")
    commands.admit(by=liaison, round=round, statement=own)
    left, down = round.statements.filter(number__in=[11, 12]).order_by("number")
    commands.withdraw_statement(by=liaison, round=round, statement=down, ground="unclear")
    answers = queries.answers_of(person)
    assert queries.next_card(round, queries.shown(round), person, answers) == left
    assert queries.next_card(round, queries.shown(round), person, answers | {left.pk: 1}) is None


def test_the_chances_to_belong_follow_from_the_answers():
    classes = {"share": [0.5, 0.25, 0.25], "ids": [0, None, 4], "agree": {"7": [0.9, 0.5, 0.1]}}
    assert chances(classes, {7: 1}) == pytest.approx({0: 0.45 / 0.475, 4: 0.025 / 0.475})
    assert chances(classes, {7: 0, 8: 1}) == pytest.approx({0: 2 / 3, 4: 1 / 3}), "a pass and a new statement tell nothing"


def test_the_next_card_asks_what_is_not_known_of_the_person(round, voting, monkeypatch):
    two_camps(voting)
    statements = queries.shown(round)
    told = draw(round).drawing
    told.found["classes"] = {
        "share": [0.5, 0.5], "ids": [0, 1], "agree": {str(each.pk): [0.9, 0.1] for each in statements},
    }  # fmt: skip
    told.save(update_fields=["found"])
    person, asked = voting("c", YES[:3]), []
    monkeypatch.setattr(order, "next_of", lambda counts, unseen, seed, belonging: asked.append(belonging) or 3)
    assert queries.next_card(round, statements, person, queries.answers_of(person)) == statements[3]
    assert asked[0] == pytest.approx([0.9**3 / (0.9**3 + 0.1**3), 0.1**3 / (0.9**3 + 0.1**3)])
