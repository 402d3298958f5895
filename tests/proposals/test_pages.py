"""The desk's pages of proposals, the case file, and what the public reads of one that was published."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.cases import commands as cases
from shangliang.outcomes import commands as outcomes
from shangliang.proposals import commands as proposals
from shangliang.proposals.models import Proposal
from shangliang.salons.models import Point, Salon
from shangliang.tasks import commands as tasks

from .. import factories
from .conftest import WORDS, answer, fresh


def test_a_member_writes_one_on_the_page_and_the_form_keeps_what_was_typed(monday, client_as, member_account):
    client = client_as(member_account)
    page = client.get("/desk/proposals/new/").content.decode()
    assert "第一提案人" not in page and "具体建议" in page
    bad = client.post("/desk/proposals/new/", WORDS | {"advice": "", "kind": "member", "key": "k" * 24})
    assert bad.status_code == 422 and "十二个老旧小区" in bad.content.decode()
    good = client.post("/desk/proposals/new/", WORDS | {"kind": "member", "key": "k" * 24})
    made = Proposal.objects.get()
    assert good.status_code == 302 and good["Location"] == f"/desk/proposals/{made.pk}/"
    assert client.post("/desk/proposals/new/", WORDS | {"kind": "member", "key": "k" * 24}).status_code == 302
    assert Proposal.objects.count() == 1


def test_a_point_of_a_salon_fills_the_form_and_stays_the_source(monday, client_as, member_account, committee):
    salon = Salon.objects.create(committee=committee, theme="数字经济")
    point = Point.objects.create(committee=committee, salon=salon, number=1, text="给小微企业开数字化诊断。")
    client = client_as(member_account)
    page = client.get(f"/desk/proposals/new/?point={point.pk}").content.decode()
    assert page.count("给小微企业开数字化诊断。") >= 2
    client.post("/desk/proposals/new/", WORDS | {"kind": "member", "point": point.pk, "key": "k" * 24})
    made = Proposal.objects.get()
    assert made.point == point
    assert "数字经济" in client.get(f"/desk/proposals/{made.pk}/").content.decode()


def test_a_topic_or_a_voice_fills_the_form_for_those_who_may_read_it(lamp, client_as, office_staff, member_account):
    voice, task = lamp
    topic = task.agreement.consultation.topic
    page = client_as(office_staff).get(f"/desk/proposals/new/?topic={topic.pk}").content.decode()
    assert topic.title in page and topic.summary in page
    page = client_as(office_staff).get(f"/desk/proposals/new/?voice={voice.pk}").content.decode()
    assert "看不见路" in page
    for asked in (f"topic={topic.pk}", f"voice={voice.pk}", "topic=x", "voice=999999"):
        answer_ = client_as(member_account).get(f"/desk/proposals/new/?{asked}")
        assert answer_.status_code == 200 and "看不见路" not in answer_.content.decode()


def test_the_whole_way_by_its_buttons(monday, client_as, member_account, second, office_staff, unit, unit_clerk, committee):
    client = client_as(member_account)
    client.post("/desk/proposals/new/", WORDS | {"kind": "member", "key": "k" * 24})
    made = Proposal.objects.get()

    def press(who, verb, state, status=302, **fields):
        answer_ = client_as(who).post(f"/desk/do/proposal/{made.pk}/{verb}/", {"seen": state, **fields})
        assert answer_.status_code == status, answer_.content.decode()[:3000]
        return answer_

    late = press(member_account, "invite_signers", "draft", 409, members=[second.member.pk], until="2024-03-01")
    assert "要在今天之后" in late.content.decode()
    press(member_account, "invite_signers", "draft", members=[second.member.pk])
    assert "请签名联名" in client_as(second).get("/desk/").content.decode()
    press(second, "sign", "draft")
    press(member_account, "submit", "draft")
    press(office_staff, "take_review", "submitted")
    press(office_staff, "file", "pre_review")
    press(office_staff, "distribute", "filed", unit=unit.pk, size="proposal", note="请按时办理")
    task = made.tasks.get()
    tasks.acknowledge(by=unit_clerk, task=task)
    form = client_as(unit_clerk).get(f"/desk/do/task/{task.pk}/contact_proposer/")
    assert form.status_code == 200
    done = answer(SimpleNamespace(proposal=made, task=task, office=office_staff, clerk=unit_clerk))
    assert done.state == "replied"
    page = client.get(f"/desk/do/proposal/{made.pk}/evaluate/").content.decode()
    assert "分管领导是否答复" in page and "何时、怎样得知" not in page
    assert "何时、怎样得知" in client_as(office_staff).get(f"/desk/do/proposal/{made.pk}/evaluate/").content.decode()
    press(member_account, "evaluate", "replied", value="mostly", visited="true", attitude="satisfied", heard_by="visit")
    assert fresh(made).state == "closed"
    page = client.get(f"/desk/proposals/{made.pk}/").content.decode()
    assert "基本满意" in page and "委员乙" in page and "安富街道办事处" in page


def test_each_finds_what_waits(reviewed, client_as, office_staff, member_account, second):
    assert WORDS["title"] in client_as(office_staff).get("/desk/").content.decode()
    proposals.file(by=office_staff, proposal=reviewed)
    page = client_as(member_account).get("/desk/").content.decode()
    assert "已立案，编为2024年第1号" in page
    client_as(member_account).post(f"/desk/do/proposal/{reviewed.pk}/hear/", {"seen": "filed"})
    assert "已立案" not in client_as(member_account).get("/desk/").content.decode()
    assert WORDS["title"] not in client_as(second).get("/desk/").content.decode()


def test_the_case_file_leads_to_the_proposal_and_shows_its_tasks(at_work, client_as, office_staff, unit_clerk, member_account):
    for who in (office_staff, unit_clerk, member_account):
        page = client_as(who).get(f"/desk/cases/{at_work.proposal.case_no}/")
        assert page.status_code == 200
        words = page.content.decode()
        assert f"/desk/proposals/{at_work.proposal.pk}/" in words and f'id="task-{at_work.task.pk}"' in words
        assert client_as(who).get(f"/desk/proposals/{at_work.proposal.pk}/").status_code == 200


def test_a_stranger_finds_nothing(at_work, client_as, second, client):
    for address in (f"/desk/cases/{at_work.proposal.case_no}/", f"/desk/proposals/{at_work.proposal.pk}/"):
        assert client_as(second).get(address).status_code == 404
        assert client.get(address).status_code == 302
    assert client.get(f"/cases/{at_work.proposal.case_no}/").status_code == 404


def test_a_declined_and_a_converted_one_say_so(reviewed, client_as, office_staff, member_account):
    proposals.convert(by=office_staff, proposal=reviewed, why="以反映情况为主")
    page = client_as(office_staff).get(f"/desk/proposals/{reviewed.pk}/").content.decode()
    assert f"/desk/briefs/new/?proposal={reviewed.pk}" in page and "以反映情况为主" in page
    assert "/desk/briefs/new/" not in client_as(member_account).get(f"/desk/proposals/{reviewed.pk}/").content.decode()


@pytest.mark.parametrize("kind", ["proposals", "tasks"])
def test_lists_hold_both_origins_and_ask_as_often_for_many_as_for_few(
    kind, at_work, client_as, office_staff, unit, committee
):
    client = client_as(office_staff)
    client.get(f"/desk/{kind}/")
    with CaptureQueriesContext(connection) as few:
        page = client.get(f"/desk/{kind}/").content.decode()
    assert WORDS["title"] in page
    for n in range(4):
        made = proposals.draft(
            by=office_staff, committee=committee, proposer=factories.member(committee),
            signers=[factories.member(committee)], **WORDS | {"title": f"第{n}件"},
        )  # fmt: skip
        proposals.submit(by=office_staff, proposal=made)
        proposals.take_review(by=office_staff, proposal=made)
        proposals.file(by=office_staff, proposal=made)
        tasks.assign_proposal(by=office_staff, proposal=made, unit=unit, size="proposal")
    with CaptureQueriesContext(connection) as many:
        assert "第3件" in client.get(f"/desk/{kind}/").content.decode()
    assert len(many) == len(few)


@pytest.mark.parametrize("where", ["/desk/", "/desk/proposals/{pk}/", "/desk/cases/{no}/"])
def test_pages_ask_as_often_for_many_signers_and_tasks_as_for_one(where, filed, client_as, office_staff, unit, committee):
    client = client_as(office_staff)
    tasks.assign_proposal(by=office_staff, proposal=filed, unit=unit, size="proposal")
    address = where.format(pk=filed.pk, no=filed.case_no)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(3):
        other = factories.unit(committee, name=f"区某局{n}", kind="department")
        tasks.assign_proposal(by=office_staff, proposal=fresh(filed), unit=other, size="proposal")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_a_published_proposal_tells_who_works_on_it_and_what_came_of_it(
    replied, client, reviewer, member_account, client_as
):
    made = replied.proposal
    outcomes.evaluate_proposal(by=member_account, proposal=made, value="satisfied", comment="不公开的话")
    cases.publish(by=reviewer, case=made.case, title="雨污分流", summary="老旧小区雨污合流。")
    page = client.get(f"/cases/{made.case_no}/").content.decode()
    for words in ("2024年第1号", WORDS["title"], "安富街道办事处", "三个小区已经改完", "提案人：满意", "提案"):
        assert words in page
    for words in ("不公开的话", "群众反映合成", "委员甲", "人次"):
        assert words not in page
    told = client.get(f"/cases/{made.case_no}.json").json()
    assert told["proposals"][0]["number"] == 1 and told["proposals"][0]["tasks"][0]["grade"] == "A"
    assert client.get(f"/cases/{made.case_no}/card.pdf").content[:4] == b"%PDF"
    lamps = client.get(f"/cases/{made.case_no}/").content.decode()
    assert "协商</" not in lamps.split("</ol>")[0]


def test_the_reviewer_is_offered_only_what_the_proposer_gives_to_the_public(replied, member_account, client_as, reviewer):
    outcomes.evaluate_proposal(by=member_account, proposal=replied.proposal, value="satisfied")
    client = client_as(reviewer)
    assert WORDS["title"] not in client.get("/desk/").content.decode()
    Proposal.objects.filter(pk=replied.proposal.pk).update(may_be_public=True)
    assert WORDS["title"] in client.get("/desk/").content.decode()
    form = client.get(f"/desk/do/case/{replied.proposal.case.pk}/publish/").content.decode()
    assert WORDS["title"] in form, "nothing is asked twice"


def test_the_rail_leads_members_units_and_the_office_to_the_list(client_as, member_account, unit_clerk, office_staff):
    for who in (member_account, unit_clerk, office_staff):
        assert 'href="/desk/proposals/"' in client_as(who).get("/desk/").content.decode()
