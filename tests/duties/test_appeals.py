"""Appeals on a line: raised by the member, decided by the office, never without a reason or a proof."""

import datetime as dt

import pytest

from shangliang.desk.waiting import waiting_for
from shangliang.duties import commands as duties
from shangliang.duties.models import Addition, Appeal
from shangliang.duties.queries import duty_file, files_of
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from tests.moves import put, refused_to, strangers, try_all


@pytest.fixture
def visit_line(busy):
    """The key of the line of the visit."""
    return next(line.key for line in duty_file(busy.member, 2023).counting if line.kind == "visit")


@pytest.fixture
def raised(busy, committee, visit_line):
    """An appeal on the visit."""
    return duties.appeal(by=busy, committee=committee, year=2023, line=visit_line, words="那天我请假了。")


def test_an_upheld_line_is_crossed_out_and_no_longer_counts(busy, office_staff, raised, visit_line, client_as):
    duties.uphold(by=office_staff, appeal=raised, words="核对签到，确实没去。")
    file = duty_file(busy.member, 2023)
    assert visit_line not in [line.key for line in file.counting]
    assert any(shown.crossed for _n, _t, lines in file.groups for shown in lines)
    assert visit_line not in [line.key for line in files_of(2023)[busy.member.pk]]
    assert 'class="crossed"' in client_as(busy).get(f"/desk/duties/{busy.member.pk}/2023/").content.decode()


def test_something_missing_is_added_with_its_proof_or_not_at_all(busy, committee, office_staff):
    raised = duties.appeal(by=busy, committee=committee, year=2023, words="四月参加了调研，没有记上。")
    day = dt.date(2023, 4, 3)
    for fields, field in (
        ({}, "added"), ({"added": "参加调研"}, "proof"), ({"added": "参加调研", "proof": "签到表", "on": None}, "on"),
        ({"added": "参加调研", "proof": "签到表", "on": dt.date(2022, 4, 3)}, "on"),
    ):
        with pytest.raises(Refused) as refusal:
            duties.uphold(by=office_staff, appeal=raised, words="属实。", **fields)
        assert refusal.value.field == field
    duties.uphold(by=office_staff, appeal=raised, words="属实。", on=day, added="参加调研", proof="四月三日签到表")
    assert Addition.objects.get().proof == "四月三日签到表"
    assert "addition" in [line.kind for line in duty_file(busy.member, 2023).counting]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"words": " "}, "words"), ({"line": "visit:999999"}, "line"), ({"year": 2999}, "year"), ({"year": 1990}, "year")],
)
def test_what_cannot_be_appealed_is_refused_beside_its_field(busy, committee, fields, field):
    with pytest.raises(Refused) as refusal:
        duties.appeal(by=busy, committee=committee, **{"year": 2023, "words": "不对。", **fields})
    assert refusal.value.field == field


def test_a_line_waits_for_one_answer_at_a_time(busy, committee, raised, visit_line):
    with pytest.raises(Refused, match="正在等答复"):
        duties.appeal(by=busy, committee=committee, year=2023, line=visit_line, words="再说一次。")


def test_the_office_finds_it_waiting_and_answers_on_the_page(busy, office_staff, raised, client_as):
    assert [w.kind for w in waiting_for(office_staff, clock.today()) if w.kind == "appeal"] == ["appeal"]
    client = client_as(office_staff)
    page = client.post(f"/desk/do/appeal/{raised.pk}/deny/", {"seen": "raised", "words": ""})
    assert page.status_code == 422
    answer = client.post(f"/desk/do/appeal/{raised.pk}/deny/", {"seen": "raised", "words": "签到表上有您的签名。"})
    assert answer.status_code == 302
    assert "签到表上有您的签名" in client_as(busy).get(f"/desk/appeals/{raised.pk}/").content.decode()


def test_a_member_of_the_office_does_not_answer_the_own_appeal(busy, raised, committee):
    from shangliang.people import commands as people
    from shangliang.people.roles import Role
    from tests.factories import security_admin

    people.grant_role(by=security_admin(committee), account=busy, role=Role.OFFICE_STAFF)
    busy.forget_grants()
    with pytest.raises(Refused, match="另一位同事"):
        duties.uphold(by=busy, appeal=raised, words="同意自己。")


def acts(by):
    return {
        "uphold": lambda appeal: duties.uphold(by=by, appeal=appeal, words="属实。"),
        "deny": lambda appeal: duties.deny(by=by, appeal=appeal, words="不属实。"),
        "withdraw": lambda appeal: duties.withdraw(by=by, appeal=appeal),
    }


def dress(record, state):
    told = {"decision": "写了", "decided_on": dt.date(2023, 6, 1)} if state in ("upheld", "denied") else {}
    return put(record, state, **told)


def test_every_verb_moves_as_the_table_says(raised, office_staff, busy):
    assert set(Appeal.MOVES) == set(acts(busy))
    for verb in Appeal.MOVES:
        by = busy if verb == "withdraw" else office_staff
        assert try_all(raised, verb, acts(by)[verb], dress) == [], verb


def test_no_stranger_takes_a_step(raised, county, committee, other_committee):
    people = strangers(county, committee, other_committee)
    for verb in Appeal.MOVES:
        assert refused_to(people, raised, lambda by, appeal, verb=verb: acts(by)[verb](appeal)) == [], verb
