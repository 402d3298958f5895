"""The people in and around a brief: informants, posts, names in print, and what waits for whom."""

import io

import pytest
from docx import Document

from shangliang.briefs import commands as briefs
from shangliang.briefs.changes import changes
from shangliang.briefs.models import Brief
from shangliang.briefs.queries import issue_paper
from shangliang.journal.models import Entry
from shangliang.papers.official import docx
from shangliang.people import commands as people
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from tests import factories
from tests.briefs.conftest import WORDS

INFORMANT = "信息员张三丰"
PHONE = "13812345678"
EDITED = {name: WORDS[name] for name in ("title", "situation", "analysis", "advice")}


def pile(client) -> str:
    return client.get("/desk/").content.decode()


def test_an_informants_name_is_sealed_and_can_be_erased(draft, office_staff, liaison, client_as):
    brief = draft(by=liaison, informant=INFORMANT, key="k" * 24)
    assert INFORMANT not in Brief.objects.get().informant
    assert brief.author == INFORMANT
    assert not Entry.objects.filter(data__contains=INFORMANT).exists()
    briefs.forget_informant(by=office_staff, brief=brief, why="本人要求")
    brief = Brief.objects.get()
    assert (brief.informant, brief.author) == ("", "特邀信息员")
    assert INFORMANT not in client_as(office_staff).get("/desk/briefs/").content.decode()
    with pytest.raises(Refused, match="没有留下"):
        briefs.forget_informant(by=office_staff, brief=brief, why="再来")


def test_a_member_writes_in_the_own_name_only(draft, committee, liaison):
    other = factories.member(committee, name="另一位委员")
    with pytest.raises(Refused, match="自己的名义"):
        draft(member=other)
    with pytest.raises(Refused, match="自己的名义"):
        draft(informant="某人")
    assert draft(by=liaison, member=other).member == other


@pytest.mark.parametrize("part", ["title", "situation", "analysis", "advice"])
def test_edited_words_hold_no_telephone_number(draft, office_staff, member_account, part):
    brief = draft()
    briefs.submit(by=member_account, brief=brief)
    briefs.take_edit(by=office_staff, brief=brief)
    with pytest.raises(Refused, match="疑似个人信息") as refusal:
        briefs.edit(by=office_staff, brief=brief, **{**EDITED, part: f"打{PHONE}问。"})
    assert refusal.value.field == part


def test_an_original_with_a_number_in_it_is_not_signed_unedited(draft, office_staff, member_account):
    brief = draft(situation=f"打{PHONE}问。")
    briefs.submit(by=member_account, brief=brief)
    briefs.take_edit(by=office_staff, brief=brief)
    with pytest.raises(Refused, match="疑似个人信息"):
        briefs.sign(by=office_staff, brief=brief, post="秘书长")
    assert Brief.objects.get().situation == f"打{PHONE}问。"


def test_an_instruction_names_a_post_and_never_a_leader(signed, committee, office_staff):
    leader = factories.member(committee, name="赵示例")
    people.appoint_leader(by=office_staff, member=leader, post="副主席", since=factories.LONG_AGO)
    briefs.send(by=office_staff, brief=signed, level="district", to="区委办公室", on=clock.today())
    with pytest.raises(Refused, match="不写姓名") as refusal:
        briefs.instruct(
            by=office_staff, brief=signed, level="district", post="副主席赵示例", words="请办。", on=clock.today()
        )
    assert refusal.value.field == "post"


def test_the_words_of_an_instruction_are_not_in_the_chain(signed, office_staff):
    briefs.instruct(
        by=office_staff, brief=signed, level="district", post="区长", words="一个月内办好。", on=clock.today()
    )
    assert "一个月内" not in Entry.objects.get(event="briefs.instructed").data


def test_a_name_is_printed_only_with_consent(signed, office_staff):
    def printed(named):
        Brief.objects.filter(pk=signed.pk).update(named=named)
        issue = briefs.make_issue(
            by=office_staff, committee=signed.committee, briefs=[signed], on=clock.today(), signer="秘书长",
            recipients="区委",
        )
        return "".join(p.text for p in Document(io.BytesIO(docx(issue_paper(issue)))).paragraphs)

    assert signed.member.name not in printed(named=False)
    assert signed.member.name in printed(named=True)


def test_what_waits_waits_for_the_right_people(draft, member_account, office_staff, leader, account, client_as):
    author, office, signer = client_as(member_account), client_as(office_staff), client_as(leader)
    brief = draft()
    assert "没有提交：" in pile(author)
    assert WORDS["title"] not in pile(office)
    briefs.submit(by=member_account, brief=brief)
    assert WORDS["title"] not in pile(author)
    assert WORDS["title"] in pile(office)
    briefs.send_back(by=office_staff, brief=brief, words="请补户数。")
    assert "退回修改：" in pile(author)
    assert "请补户数。" in author.get(f"/desk/briefs/{brief.pk}/").content.decode()
    briefs.submit(by=member_account, brief=brief)
    briefs.take_edit(by=office_staff, brief=brief)
    assert "社情民意有回音：" in pile(author)
    assert "待签发：" in pile(signer)
    briefs.sign(by=leader, brief=brief, post="秘书长")
    assert WORDS["title"] in pile(office)
    assert WORDS["title"] not in pile(signer)
    assert WORDS["title"] not in pile(client_as(account(Role.MEMBER)))


def test_who_typed_it_in_hears_for_an_author_without_an_account_and_not_for_one_with(
    draft, committee, office_staff, member_account, client_as
):
    for member, hears in ((factories.member(committee, name="没有账号的"), True), (member_account.member, False)):
        brief = draft(by=office_staff, member=member, title=f"{member.name}写的")
        briefs.submit(by=office_staff, brief=brief)
        briefs.keep(by=office_staff, brief=brief, words="已有同类。")
        assert ("有回音：" + brief.title in pile(client_as(office_staff))) == hears
    with pytest.raises(Refused, match="只有作者自己"):
        briefs.see(by=office_staff, brief=brief)


def test_what_the_editor_changed_is_told_clause_by_clause():
    before, after = changes("三个村没有灯，老人不敢出门。", "三个村没有灯，老人晚上不敢出门。请装灯。")
    assert before == [("same", "三个村没有灯，"), ("gone", "老人不敢出门。")]
    assert after == [("same", "三个村没有灯，"), ("new", "老人晚上不敢出门。请装灯。")]
    assert changes("", "") == ([], [])


def test_the_page_shows_both_texts_and_what_changed(signed, office_staff, client_as):
    page = client_as(office_staff).get(f"/desk/briefs/{signed.pk}/").content.decode()
    assert "<del>电费没有人出。</del>" in page
    assert "<ins>电费无着。</ins>" in page


def test_the_ledger_comes_as_excel_with_what_came_of_it(signed, office_staff, client_as):
    briefs.send(by=office_staff, brief=signed, level="city", to="市政协", on=clock.today())
    briefs.adopt(
        by=office_staff, brief=signed, dispatch=signed.dispatches.get(), how="compiled", on=clock.today()
    )
    book = client_as(office_staff).get("/desk/briefs/?format=xlsx&q=村道照明")
    assert book.content[:2] == b"PK"
