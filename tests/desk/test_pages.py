"""Every page of the desk, for every role that may open it."""

import re

import pytest

from shangliang.desk.verbs import VERBS
from shangliang.people.roles import Role
from shangliang.voices.models import Voice
from tests.journeys import walk

LISTS = ["voices", "topics", "consultations", "agreements", "tasks", "cases"]


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_shows_the_thread_and_gives_the_same_rows_as_excel(kind, lamp, client_as, office_staff):
    client = client_as(office_staff)
    page = client.get(f"/desk/{kind}/")
    assert page.status_code == 200
    assert lamp[0].case_no in page.content.decode()
    book = client.get(f"/desk/{kind}/?format=xlsx")
    assert book.content[:2] == b"PK"


@pytest.mark.parametrize("query", ["q=路灯&state=zz&town=x&late=on&page=abc", "page=99999999", "q=%00"])
def test_a_filter_that_makes_no_sense_is_left_out(query, lamp, client_as, office_staff):
    assert client_as(office_staff).get(f"/desk/voices/?{query}").status_code == 200


def test_a_stranger_is_asked_to_sign_in(client, lamp):
    for address in ["/desk/", "/desk/voices/", f"/desk/cases/{lamp[0].case_no}/"]:
        answer = client.get(address)
        assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def test_the_case_file_shows_the_whole_thread_to_the_office(lamp, client_as, office_staff):
    page = client_as(office_staff).get(f"/desk/cases/{lamp[0].case_no}/").content.decode()
    for words in ["看不见路", "安装路灯", "太阳能路灯六盏", "安富街道办事处", "全部记录（"]:
        assert words in page


def test_a_unit_reads_its_task_but_not_the_villagers_words(lamp, client_as, unit_clerk):
    page = client_as(unit_clerk).get(f"/desk/cases/{lamp[0].case_no}/").content.decode()
    assert "太阳能路灯六盏" in page
    assert "看不见路" not in page


def test_a_case_of_another_place_does_not_exist_for_a_liaison(lamp, client_as, account, other_village):
    stranger = client_as(account(Role.LIAISON, region=other_village.parent))
    assert stranger.get(f"/desk/cases/{lamp[0].case_no}/").status_code == 404
    assert stranger.get("/desk/cases/RC-2023-9999/").status_code == 404


def test_every_offered_button_opens_its_form(lamp, client_as, office_staff, liaison, unit_clerk):
    from shangliang.desk.file import case_file

    opened = 0
    for person in (office_staff, liaison, unit_clerk):
        client = client_as(person)
        for part in case_file(person, lamp[0].case).parts:
            for verb in part.verbs:
                address = f"/desk/do/{part.kind}/{part.record.pk}/{verb.name}/"
                answer = client.get(address)
                assert answer.status_code == 200, address
                opened += 1
    assert opened >= 8


def test_a_step_is_taken_from_the_page_and_a_stale_button_is_answered_in_words(
    lamp, client_as, unit_clerk
):
    client = client_as(unit_clerk)
    address = f"/desk/do/task/{lamp[1].pk}/acknowledge/"
    assert client.post(address, {"seen": "assigned"}).status_code == 302
    again = client.post(address, {"seen": "assigned"})
    assert again.status_code == 409
    assert "刚才已有变化" in again.content.decode()


def test_a_refusal_keeps_what_was_typed(lamp, client_as, unit_clerk):
    client = client_as(unit_clerk)
    client.post(f"/desk/do/task/{lamp[1].pk}/acknowledge/", {"seen": "assigned"})
    answer = client.post(
        f"/desk/do/task/{lamp[1].pk}/reply/",
        {"seen": "acknowledged", "grade": "A", "text": "六盏灯都亮了，请来看。"},
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "六盏灯都亮了，请来看。" in page and "A 类答复要附" in page


def test_somebody_elses_matter_is_typed_in_and_its_receipt_printed(
    committee, village, client_as, liaison
):
    client = client_as(liaison)
    page = client.get("/desk/voices/new/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    fields = {
        "channel": "phone", "region": village.pk, "text": "堰塘边没有护栏，小孩容易掉下去。",
        "name": "张三丰", "phone": "13812345678", "key": key,
    }
    answer = client.post("/desk/voices/new/", fields)
    assert answer.status_code == 302, answer.content.decode()
    voice = Voice.objects.get()
    assert voice.entered_by == liaison and voice.channel == "phone"
    assert "13812345678" not in voice.contact.phone
    slip = client.get("/desk/voices/slip/").content.decode()
    assert voice.case_no in slip
    client.post("/desk/voices/new/", fields)
    assert Voice.objects.count() == 1


def test_what_waits_for_each_role_is_in_its_inbox(
    lamp, committee, courtyard, client_as, liaison, unit_clerk, reviewer, party_approver
):
    walk.report(committee, courtyard, text="井盖坏了", key="another-key")
    assert "井盖坏了" in client_as(liaison).get("/desk/").content.decode()
    assert "太阳能路灯" in client_as(unit_clerk).get("/desk/").content.decode()
    assert lamp[0].case_no in client_as(reviewer).get("/desk/").content.decode()
    assert "没有等您办理的事" in client_as(party_approver).get("/desk/").content.decode()


def test_every_verb_has_words():
    for verbs in VERBS.values():
        for verb in verbs.values():
            assert str(verb.label)


@pytest.mark.parametrize("rows", [2, 12])
def test_the_inbox_asks_a_fixed_number_of_queries(
    rows, committee, courtyard, client_as, liaison, django_assert_max_num_queries
):
    for number in range(rows):
        walk.report(committee, courtyard, text=f"第{number}件", key=f"key-{number}")
    client = client_as(liaison)
    with django_assert_max_num_queries(18):
        client.get("/desk/")
