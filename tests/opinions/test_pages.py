"""The round on a phone and at the desk, through the front door."""

import re

import pytest
from django.test import Client

from shangliang.opinions import commands, exchange
from shangliang.opinions.drawing import drawn
from shangliang.opinions.models import Participant, Round, Slip, Statement, Vote
from shangliang.opinions.picture import Bar
from shangliang.opinions.queries import slip_code
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.people.roles import Role
from shangliang.shared.refusals import Refused

from .. import moves
from .test_rounds import NO, YES, draw, two_camps


@pytest.fixture
def at(round):
    """The address of the round."""
    return round.get_absolute_url()


@pytest.fixture
def phone():
    """A browser that sends what a form holds."""
    return Client(HTTP_ACCEPT_LANGUAGE="zh-hans")


def text(response) -> str:
    return response.content.decode()


def card_of(page) -> dict:
    return {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("statement", "key")}


def answer(phone, at, value="1") -> dict:
    told = card_of(text(phone.get(at)))
    assert phone.post(f"{at}vote/", {**told, "value": value}).status_code == 302
    return told


def test_a_card_is_answered_without_log_in_and_the_next_one_comes(phone, at):
    first = answer(phone, at)
    page = text(phone.get(at))
    assert card_of(page)["statement"] != first["statement"] and "刚才" in page and "第 2 条，共 12 条" in page
    assert Participant.everywhere.get().verified is False
    assert phone.cookies["round"]["httponly"] and phone.cookies["round"]["path"] == at


def test_the_same_press_twice_is_one_person_and_one_vote(phone, at):
    told = card_of(text(phone.get(at)))
    for browser in (phone, Client()):
        assert browser.post(f"{at}vote/", {**told, "value": "1"}).status_code == 302
    assert Participant.everywhere.count() == 1 and Vote.objects.count() == 1


def test_the_result_is_hidden_until_ten_answers(phone, at, round, voting):
    two_camps(voting, 6)
    draw(round)
    for _n in range(9):
        answer(phone, at)
    assert "答满 10 条" in text(phone.get(f"{at}map/")) and "再答 1 条" in text(phone.get(at))
    answer(phone, at)
    page = text(phone.get(f"{at}map/"))
    assert "各组都认的" in page and "双圈是您自己" in page
    assert "还不能看" in text(Client().get(f"{at}map/")), "who answered nothing sees nothing"
    assert Client().get(at[:-1] + ".json").status_code == 404


def test_an_answer_can_be_changed_on_ones_own_page(phone, at):
    told = answer(phone, at)
    changed = phone.post(f"{at}vote/", {"statement": told["statement"], "value": "-1", "back": "mine"}, follow=True)
    assert "改好了" in text(changed)
    assert Vote.objects.get().value == -1
    assert 'aria-pressed="true">反对' in text(phone.get(f"{at}mine/"))


def test_bad_answers_are_refused_in_words(phone, at):
    told = card_of(text(phone.get(at)))
    for wrong in ({"value": "5"}, {"value": "1", "statement": "x"}, {"value": "1", "statement": "9" * 30}):
        response = phone.post(f"{at}vote/", {**told, **wrong})
        assert response.status_code == 409 and "请选赞成" in text(response)
    assert phone.post(f"{at}vote/", {"statement": told["statement"], "value": "1"}).status_code == 409
    assert not Participant.everywhere.exists()


def test_a_forged_cookie_is_nobody(phone, at, round, voting):
    person = voting("a", YES)
    phone.cookies["round"] = str(person.pk)
    assert "我说过的" not in text(phone.get(at))


def test_a_slip_opens_the_door(phone, at, round, liaison):
    slip = commands.print_slips(by=liaison, round=round, number=1)[0]
    code = slip_code(round, slip.number)
    key = card_of(text(phone.get(at)))["key"]
    wrong = phone.post(f"{at}begin/", {"code": "1" * 26, "key": key})
    assert wrong.status_code == 404 and "没有认出这个码" in text(wrong)
    assert phone.post(f"{at}begin/", {"code": code, "key": key}).status_code == 302
    assert Participant.everywhere.get().verified


@pytest.mark.parametrize(("whose", "people", "votes"), [("mine", 1, 1), ("next", 2, 1)])
def test_a_slip_shown_after_the_first_answer_is_asked_whose_it_is(phone, at, round, liaison, whose, people, votes):
    answer(phone, at)
    slip = commands.print_slips(by=liaison, round=round, number=1)[0]
    told = {"code": slip_code(round, slip.number), "key": card_of(text(phone.get(at)))["key"]}
    unsaid = phone.post(f"{at}begin/", told)
    assert unsaid.status_code == 422 and "免得一个人算成两个" in text(unsaid) and told["code"] in text(unsaid)
    assert phone.post(f"{at}begin/", {**told, "whose": whose}).status_code == 302
    known = Participant.everywhere.get(verified=True)
    assert Participant.everywhere.count() == people and known.votes.count() == (votes if whose == "mine" else 0)
    assert Slip.objects.get().participant == known
    assert 'name="whose"' not in text(phone.get(at)), "who holds a slip is not asked again"


def test_own_statements_wait_and_their_author_reads_the_ground(phone, at, round, liaison):
    answer(phone, at)
    near = phone.post(f"{at}say/", {"text": "路灯的电费由村集体出"})
    assert near.status_code == 422 and "这几条和您写的差不多" in text(near) and "照样提交" in text(near)
    assert "收到了" in text(phone.post(f"{at}say/", {"text": "装个感应灯，有人才亮"}, follow=True))
    said = Statement.objects.get(text="装个感应灯，有人才亮")
    commands.turn_down(by=liaison, round=round, statement=said, ground="several", note="请分成两条")
    mine = text(phone.get(f"{at}mine/"))
    assert "一条里有几件事" in mine and "请分成两条" in mine


def test_the_next_person_can_use_the_same_phone(phone, at):
    answer(phone, at)
    phone.post(f"{at}leave/")
    answer(phone, at)
    assert Participant.everywhere.count() == 2


def test_a_draft_does_not_exist_for_the_public(phone, draft):
    assert phone.get(draft.get_absolute_url()).status_code == 404


def test_the_published_result_is_for_everybody_and_for_programs(phone, at, round, voting, liaison, account):
    two_camps(voting, 6)
    commands.close(by=liaison, round=round)
    draw(round)
    commands.publish(by=account(Role.COMMITTEE_OFFICE), round=round, summary="都认先公布再动工。")
    assert "都认先公布再动工" in text(phone.get(f"{at}map/"))
    told = phone.get(at[:-1] + ".json").json()
    assert told["people"] == 12 and told["votes_digest"] == round.seal and len(told["statements"]) == 12
    assert [group["people"] for group in told["groups"]] == [6, 6]


def test_the_desk_runs_a_round(client_as, liaison, topic):
    desk = client_as(liaison)
    wish = {"topic": topic.pk, "question": "灯怎么管？", "door": "code", "ends_on": "2099-01-01"}
    assert desk.post("/desk/rounds/new/", wish).status_code == 422, "half a year at most"
    from shangliang.shared import clock

    wish["ends_on"] = clock.today().isoformat()
    assert desk.post("/desk/rounds/new/", wish).status_code == 302
    made = Round.objects.get()
    step = f"/desk/do/round/{made.pk}/"
    assert desk.post(f"{step}add_statements/", {"texts": "一\n二\n\n三\n四\n五"}).status_code == 302
    assert desk.post(f"{step}open/").status_code == 302
    sheets = desk.post(f"{step}print_slips/", {"number": 2}, follow=True)
    assert "1 号" in text(sheets) and text(sheets).count("<svg") >= 2
    first = made.statements.first()
    again = desk.post(f"{step}enter_sheet/", {"slip": 1, f"s{first.pk}": "1"}, follow=True)
    assert "1 号录好了" in text(again) and Vote.objects.get().value == 1
    left = text(desk.get(f"/desk/rounds/{made.pk}/slips/"))
    assert "2 号" in left and "1 号" not in left, "the code of a slip that is used would show its answers"
    for page in ("", "map/", "poster/"):
        assert desk.get(f"/desk/rounds/{made.pk}/{page}").status_code == 200


def test_the_sheet_marks_what_is_not_on_the_paper(client_as, round, liaison):
    desk, step = client_as(liaison), f"/desk/do/round/{round.pk}/enter_sheet/"
    commands.print_slips(by=liaison, round=round, number=1)
    assert "纸上没有" not in text(desk.get(step))
    commands.add_statements(by=liaison, round=round, texts=["灯杆不占路"])
    assert "灯杆不占路（印单以后加的，纸上没有）" in text(desk.get(step))
    commands.print_slips(by=liaison, round=round, number=1)
    assert "灯杆不占路（早印的单子上没有）" in text(desk.get(step))


@pytest.mark.parametrize("counts", [(1, 1, 1), (2, 1, 3), (0, 0, 7), (1, 6, 0), (199, 200, 201)])
def test_percents_add_up_to_a_hundred(counts):
    bar = Bar(*counts)
    assert sum(bar.percents.values()) == 100
    assert all(abs(told - 100 * bar.share(side)) < 1 for side, told in bar.percents.items())


def test_votes_leave_as_polis_files_and_come_in_again(client_as, account, round, voting, liaison, topic):
    two_camps(voting, 6)
    commands.close(by=liaison, round=round)
    office = client_as(account(Role.COMMITTEE_OFFICE))
    response = office.post(f"/desk/do/round/{round.pk}/export/")
    import io
    import zipfile

    files = zipfile.ZipFile(io.BytesIO(response.content))
    assert files.read("votes.csv").decode().splitlines()[0] == "timestamp,datetime,comment-id,voter-id,vote"
    from django.core.files.uploadedfile import SimpleUploadedFile

    wish = {
        "topic": topic.pk, "question": "从前问过的",
        "votes": SimpleUploadedFile("votes.csv", files.read("votes.csv")),
        "comments": SimpleUploadedFile("comments.csv", files.read("comments.csv")),
    }  # fmt: skip
    assert office.post("/desk/rounds/new/polis/", wish).status_code == 302
    other = Round.objects.exclude(pk=round.pk).get()
    assert other.state == Round.State.CLOSED
    commands.draw(by=CLOCK, round=other, drawn=drawn(other))
    commands.draw(by=CLOCK, round=round, drawn=drawn(round))
    own, theirs = (
        sorted(Participant.everywhere.filter(round=each).values_list("group", flat=True)) for each in (round, other)
    )
    assert own == theirs and len(YES) == len(NO)
    again = {name: SimpleUploadedFile(f"{name}.csv", files.read(f"{name}.csv")) for name in ("votes", "comments")}
    twice = office.post("/desk/rounds/new/polis/", {"topic": topic.pk, "question": "又一次", **again})
    assert twice.status_code == 422 and "已经导入过了" in text(twice) and Round.objects.count() == 2


@pytest.mark.parametrize(("votes", "comments", "field", "said"), [
    ("votes", "picture", "comments", "不是文字"), ("comments", "votes", "votes", "放反了"),
    ("votes", "nul", "comments", "不是文字"),
])  # fmt: skip
def test_files_that_are_none_are_refused_at_their_own_field(votes, comments, field, said):
    files = {
        "votes": b"comment-id,voter-id,vote\n1,1,1\n", "comments": "comment-id,comment-body\n1,好\n".encode(),
        "picture": b"\x89PNG\r\n\x00\xff\xff", "nul": b"comment-id,comment-body\n1,a\x00b\n",
    }  # fmt: skip
    with pytest.raises(Refused, match=said) as refused:
        exchange.read(files[votes], files[comments])
    assert refused.value.field == field


def test_a_file_saved_by_a_chinese_spreadsheet_is_read():
    brought = exchange.read(b"comment-id,voter-id,vote\n1,1,1\n", "comment-id,comment-body\n1,先公布\n".encode("gb18030"))
    assert brought.statements[0].text == "先公布"


def test_a_slip_on_a_phone_that_somebody_used_is_the_next_person(phone, at, round, liaison):
    first, second = commands.print_slips(by=liaison, round=round, number=2)
    told = card_of(text(phone.get(at)))
    phone.post(f"{at}vote/", {**told, "value": "1"})
    for slip in (first, second):
        code = slip_code(round, slip.number)
        wish = {"code": code, "key": told["key"], "whose": "next"}
        assert phone.post(f"{at}begin/", wish).status_code == 302
        assert "第 1 条" in text(phone.get(at)), "the answers of the one before are not theirs"
    assert sorted(Participant.everywhere.values_list("verified", flat=True)) == [False, True, True]


def test_a_card_and_an_answer_cost_few_queries(phone, at, count_queries):
    """A hall of people votes within minutes on one small machine."""
    answer(phone, at)
    told = card_of(text(phone.get(at)))
    assert count_queries(lambda: phone.post(f"{at}vote/", {**told, "value": "1"})) <= 10
    assert count_queries(lambda: phone.get(at)) <= 5


def test_a_slip_that_somebody_used_is_not_mine_as_well(phone, at, round, liaison):
    slip = commands.print_slips(by=liaison, round=round, number=1)[0]
    statement = round.statements.first()
    commands.enter_sheet(by=liaison, round=round, slip=slip.number, answers={statement.pk: 1})
    answer(phone, at)
    told = {"code": slip_code(round, slip.number), "key": card_of(text(phone.get(at)))["key"], "whose": "mine"}
    refused = phone.post(f"{at}begin/", told)
    assert refused.status_code == 409 and "已经有人用过" in text(refused) and Vote.objects.count() == 2


def test_who_opened_a_slip_and_gave_up_may_still_hand_in_the_paper(phone, at, round, liaison):
    slip = commands.print_slips(by=liaison, round=round, number=1)[0]
    phone.post(f"{at}begin/", {"code": slip_code(round, 1), "key": card_of(text(phone.get(at)))["key"]})
    statement = round.statements.first()
    commands.enter_sheet(by=liaison, round=round, slip=slip.number, answers={statement.pk: -1})
    known = Participant.everywhere.get()
    assert (known.way, known.verified, known.entered_by) == ("paper", True, liaison)
    assert Vote.objects.get().value == -1


def test_the_same_answer_again_is_no_new_vote(phone, at):
    told = answer(phone, at)
    first = Vote.objects.get()
    phone.post(f"{at}vote/", {"statement": told["statement"], "value": "1"})
    assert Vote.objects.get().at == first.at and Vote.objects.get().pk == first.pk


@pytest.mark.parametrize("part", ["vote", "begin", "leave"])
def test_who_comes_by_a_link_to_what_is_only_sent_to_finds_the_round(phone, at, part):
    assert phone.get(f"{at}{part}/").headers["Location"] == at


def test_a_card_whose_answer_was_refused_is_shown_again(phone, at, round):
    moves.put(round, "open", door="residents")
    told = card_of(text(phone.get(at)))
    refused = phone.post(f"{at}vote/", {**told, "value": "1"})
    assert refused.status_code == 409 and card_of(text(refused))["statement"] == told["statement"]


def test_nothing_of_a_few_people_follows_from_the_published_numbers(phone, at, round, voting, liaison, account):
    two_camps(voting, 12)
    late = commands.add_statements(by=liaison, round=round, texts=["灯杆不占路"]) or round.statements.last()
    for n, person in enumerate(Participant.everywhere.filter(round=round).order_by("pk")):
        if n % 2 or n < 4:  # all of the second camp, and two of the first
            commands.vote(by=ANYONE, round=round, participant=person, statement=late, value=1 if n % 2 else -1)
    slip = commands.print_slips(by=liaison, round=round, number=1)[0]
    commands.enter_sheet(by=liaison, round=round, slip=slip.number, answers={late.pk: 1})
    commands.close(by=liaison, round=round)
    draw(round)
    commands.publish(by=account(Role.COMMITTEE_OFFICE), round=round, summary="都认先公布再动工。")
    told = phone.get(at[:-1] + ".json").json()
    last = told["statements"][-1]
    assert len(told["groups"]) == 2 and last["all"] and set(last["groups"].values()) == {None}
    assert last["side"] is None and last["least_group"] is None and not last["accepted"]
    assert {group["verified"] for group in told["groups"]} <= {None, 0}
    assert told["votes"] == sum(sum(row["all"].values()) for row in told["statements"] if row["all"])
