"""A brief from its draft to the feedback: length, original and wording, sources, levels, the periodical."""

import datetime as dt
import io

import pytest
from docx import Document

from shangliang.briefs import commands as briefs
from shangliang.briefs.models import Brief, BriefSource, Dispatch, Issue
from shangliang.briefs.queries import from_sources, issue_paper, unseen
from shangliang.papers.official import docx
from shangliang.people.roles import Role
from shangliang.rules.models import Rule
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice
from tests.briefs.conftest import WORDS
from tests.journeys import walk


def today():
    return clock.today()


@pytest.mark.parametrize("blank", ["", " \n　"])
def test_1500_characters_are_taken_and_1501_refused_whatever_blanks_stand_between(draft, blank):
    situation = ("字" + blank) * 1000
    assert draft(situation=situation, analysis="析" * 200, advice="议" * 300).pk
    with pytest.raises(Refused, match=r"最多 1500 字，现在是 1501 字，多了 1 字") as refusal:
        draft(situation=situation, analysis="析" * 200, advice="议" * 301)
    assert refusal.value.field == "advice"
    assert Brief.objects.count() == 1


def test_the_limit_is_the_committees_own(draft):
    Rule.objects.filter(key="info.max_chars").update(value=200)
    with pytest.raises(Refused, match="最多 200 字"):
        draft(situation="字" * 250)


def test_1501_characters_come_back_on_the_page_with_everything_typed(client_as, member_account):
    page = client_as(member_account).post(
        "/desk/briefs/new/", {"key": "k" * 24, **WORDS, "situation": "字" * 1501, "named": "on"}
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert "字" * 1501 in text
    assert "多了" in text
    assert Brief.objects.count() == 0


@pytest.mark.parametrize(("name", "words"), [("title", "标题"), ("situation", "情况"), ("advice", "建议")])
def test_each_part_is_asked_for(draft, name, words):
    with pytest.raises(Refused, match=words) as refusal:
        draft(**{name: "  "})
    assert refusal.value.field == name


def test_the_original_stays_when_the_office_words_it_anew(signed):
    assert (signed.situation, signed.edited_situation) == (WORDS["situation"], "三个村没有路灯。")
    with pytest.raises(Refused, match="不能做这一步"):
        briefs.rewrite(by=signed.entered_by, brief=signed, **{**WORDS, "situation": "改了原稿。"})
    assert Brief.objects.get().situation == WORDS["situation"]


def test_pressing_twice_makes_one_brief(draft):
    assert draft(key="k" * 24) == draft(key="k" * 24)
    assert Brief.objects.count() == 1


def test_an_author_there_must_be_exactly_one(draft, liaison, member_account):
    with pytest.raises(Refused, match="一位委员，或一位特邀信息员"):
        draft(by=liaison)
    assert draft(by=liaison, informant="演示·信息员").author == "演示·信息员"
    assert draft().author == member_account.member.name


def test_a_voice_becomes_a_brief_and_hears_what_came_of_it(committee, courtyard, liaison, office_staff, draft):
    voice, _code = walk.report(committee, courtyard)
    brief = draft(by=liaison, informant="演示·联络员", sources=[voice])
    voice.refresh_from_db()
    assert (voice.state, brief.case_no) == (Voice.State.INFO, voice.case_no)
    assert from_sources("voice", [voice.pk]) == {voice.pk: [brief]}
    briefs.submit(by=liaison, brief=brief)
    briefs.keep(by=office_staff, brief=brief, words="已有同类信息上报。")
    with pytest.raises(Refused, match="200 字以内"):
        briefs.close(by=office_staff, brief=brief, words="长" * 201)
    briefs.close(by=office_staff, brief=brief, words="区里已把这条路列入明年计划。")
    voice.refresh_from_db()
    assert (voice.state, voice.result_words) == (Voice.State.RESULT, "区里已把这条路列入明年计划。")


def test_a_member_may_write_from_a_voice_that_the_office_then_takes_over(
    committee, courtyard, member_account, office_staff, draft
):
    voice, _code = voices.receive(
        by=member_account, committee=committee, key="told-to-me", channel="member", text="没有路灯。",
        region=courtyard.region, on_behalf=True,
    )
    brief = draft(sources=[voice])
    voice.refresh_from_db()
    assert voice.state == Voice.State.SCREENING
    briefs.submit(by=member_account, brief=brief)
    briefs.take_edit(by=office_staff, brief=brief)
    voice.refresh_from_db()
    assert voice.state == Voice.State.INFO


def test_the_form_is_filled_from_its_source_with_personal_data_masked(
    committee, courtyard, office_staff, client_as
):
    voice, _code = walk.report(committee, courtyard, text="我家门口没有路灯，打13812345678找我。", key="masked")
    page = client_as(office_staff).get(f"/desk/briefs/new/?voice={voice.pk}").content.decode()
    assert "我家门口没有路灯" in page
    assert "13812345678" not in page


def test_two_levels_adopt_it_each_in_its_own_way(signed, office_staff):
    for level, to in (("district", "区委办公室"), ("city", "市政协办公厅")):
        briefs.send(by=office_staff, brief=signed, level=level, to=to, on=today())
    district, city = Dispatch.objects.order_by("pk")
    briefs.adopt(by=office_staff, brief=signed, dispatch=city, how="compiled", on=today(), paper_no="第8期")
    briefs.adopt(by=office_staff, brief=signed, dispatch=district, how="single", on=today())
    assert list(Dispatch.objects.values_list("how", flat=True)) == ["single", "compiled"]
    with pytest.raises(Refused, match="已登记过采用"):
        briefs.adopt(by=office_staff, brief=signed, dispatch=city, how="single", on=today())


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda b, by: briefs.send(by=by, brief=b, level="moon", to="某处", on=today()), "level"),
        (lambda b, by: briefs.send(by=by, brief=b, level="city", to=" ", on=today()), "to"),
        (lambda b, by: briefs.send(by=by, brief=b, level="city", to="市", on=today() + dt.timedelta(1)), "on"),
        (lambda b, by: briefs.send(by=by, brief=b, level="city", to="市", on=dt.date(2020, 1, 1)), "on"),
        (lambda b, by: briefs.instruct(by=by, brief=b, level="city", post=" ", on=today(), words="请办。"), "post"),
        (lambda b, by: briefs.instruct(by=by, brief=b, level="city", post="区长", on=today(), words=" "), "words"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(signed, office_staff, act, field):
    with pytest.raises(Refused) as refusal:
        act(signed, office_staff)
    assert refusal.value.field == field


def test_the_author_hears_of_it_until_it_was_seen(signed, member_account, office_staff, client_as):
    briefs.instruct(by=office_staff, brief=signed, level="district", post="区长", on=today(), words="请城管局研究。")
    assert list(unseen(member_account)) == [signed]
    client = client_as(member_account)
    assert "有回音" in client.get("/desk/").content.decode()
    assert "知道了" in client.get(f"/desk/briefs/{signed.pk}/").content.decode()
    client.post(f"/desk/do/brief/{signed.pk}/see/", {"seen": "instructed"})
    assert list(unseen(member_account)) == []


def test_an_issue_is_numbered_and_printed(signed, draft, office_staff, member_account):
    fields = {"on": today(), "signer": "秘书长", "recipients": "区委、区政府", "copies": "市政协办公厅，各委室"}
    issue = briefs.make_issue(by=office_staff, committee=signed.committee, briefs=[signed], **fields)
    assert (issue.number, issue.total) == (1, 1)
    text = "\n".join(p.text for p in Document(io.BytesIO(docx(issue_paper(issue)))).paragraphs)
    for words in ("社情民意信息", "第1期（总第1期）", "村道照明亟待改善", "建议安装太阳能路灯。", "抄送：市政协办公厅，各委室。",
                  "报送：区委，区政府。", "签发人：秘书长"):
        assert words in text
    assert WORDS["situation"] not in text
    with pytest.raises(Refused, match="已签发"):
        briefs.make_issue(by=office_staff, committee=signed.committee, briefs=[draft()], **fields)
    again = briefs.make_issue(by=office_staff, committee=signed.committee, briefs=[signed], **fields)
    assert (again.number, Issue.objects.count()) == (2, 2)


def test_the_issue_pages_work_for_the_office_alone(signed, office_staff, member_account, client_as):
    office = client_as(office_staff)
    answer = office.post(
        "/desk/briefs/issues/",
        {"briefs": [signed.pk], "on": today().isoformat(), "signer": "秘书长", "recipients": "区委"},
    )
    assert answer.status_code == 302
    issue = Issue.objects.get()
    assert "第 1 期" in office.get("/desk/briefs/issues/").content.decode()
    paper = office.get(f"/desk/briefs/issues/{issue.pk}.docx")
    assert paper.content[:2] == b"PK"
    assert client_as(member_account).get(f"/desk/briefs/issues/{issue.pk}.docx").status_code == 403


def test_reading_is_for_the_author_and_the_office(signed, member_account, office_staff, leader, liaison, account):
    reads = {
        who: Brief.objects.visible_to(who).exists()
        for who in (member_account, office_staff, leader, liaison, account(Role.MEMBER))
    }
    assert list(reads.values()) == [True, True, True, False, False]


def test_page_and_list_need_the_same_queries_however_many(
    signed, draft, office_staff, client_as, django_assert_max_num_queries
):
    client = client_as(office_staff)
    counts = []
    for more in (1, 5):
        for n in range(more):
            draft(title=f"第{n}篇", key=f"b{more}{n}".ljust(24, "0"))
            briefs.send(by=office_staff, brief=signed, level="city", to=f"市{more}{n}", on=today())
            signed.refresh_from_db()
        client.get("/desk/briefs/")
        with django_assert_max_num_queries(20) as listed:
            client.get("/desk/briefs/")
        with django_assert_max_num_queries(25) as shown:
            client.get(f"/desk/briefs/{signed.pk}/")
        counts.append((len(listed), len(shown)))
    assert counts[0] == counts[1]


def test_a_source_is_one_thing(signed, courtyard):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        BriefSource.objects.create(committee=signed.committee, brief=signed)
