"""Pages of visits at the desk: the plain form, the receipts, the list, and the door for drafts from a phone."""

import json

import pytest

from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.visits.models import Promise, Visit
from shangliang.voices.models import Voice
from tests.visits.conftest import DAY

KEY = "phone-made-key-0123456789"


@pytest.fixture
def phone(serving, client_as):
    """The member's browser."""
    return client_as(serving)


def parcel(serving, courtyard, **fields):
    return {
        "key": KEY, "account": serving.pk, "venue": courtyard.pk, "on": "2023-05-16", "members": [serving.member.pk],
        "kinds": ["listening", "uniting"], "households": "5",
        "voices": json.dumps([{"key": "v" * 24, "text": "院坝没有路灯。", "name": "王某", "phone": "13800000001"}]),
        "promises": json.dumps([{"text": "带电工来看", "due": "2023-05-23"}]), **fields,
    }


def test_the_plain_form_writes_a_visit_and_shows_its_receipts_once_written(phone, serving, courtyard):
    page = phone.get(f"/desk/visits/new/?venue={courtyard.pk}").content.decode()
    assert f'value="{courtyard.pk}" selected' in page
    answer = phone.post(
        "/desk/visits/new/",
        {
            "key": "k" * 24, "venue": courtyard.pk, "on": "2023-05-16", "members": [serving.member.pk],
            "kinds": ["listening"], "voice1": "院坝没有路灯。", "voice1_key": "v" * 24, "promise1": "来看",
            "promise1_due": "2023-05-20",
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, "/desk/visits/slips/")
    slips = phone.get("/desk/visits/slips/").content.decode()
    assert Voice.objects.get().case.no in slips
    visit = phone.get(f"/desk/visits/{Visit.objects.get().pk}/").content.decode()
    assert "院坝没有路灯。" in visit
    assert "来看" in visit


def test_a_promise_without_a_day_is_refused_and_the_words_stay(phone, serving, courtyard):
    page = phone.post(
        "/desk/visits/new/",
        {
            "key": "k" * 24, "venue": courtyard.pk, "on": "2999-05-16", "members": [serving.member.pk],
            "kinds": ["listening"], "promise1": "带电工来看", "noted": "路黑",
        },
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert "请写哪天前办到" in text
    assert "带电工来看" in text
    assert Visit.objects.count() == 0


def test_a_visit_in_the_future_is_refused_on_the_page(phone, serving, courtyard):
    page = phone.post(
        "/desk/visits/new/",
        {
            "key": "k" * 24, "venue": courtyard.pk, "on": "2999-05-16", "members": [serving.member.pk],
            "kinds": ["listening"], "noted": "路黑",
        },
    )
    assert page.status_code == 422
    assert "走访日期不能在将来" in page.content.decode()
    assert "路黑" in page.content.decode()


def test_a_draft_from_a_phone_comes_in_once_however_often_it_is_sent(phone, serving, courtyard):
    answers = [phone.post("/desk/visits/send/", parcel(serving, courtyard)) for _try in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == answers[2].json()
    assert len(answers[0].json()["voices"][0]["code"]) == 26
    assert (Visit.objects.count(), Voice.objects.count(), Promise.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": "2999-01-01"}, "on"), ({"on": ""}, "on"), ({"venue": ""}, "venue"), ({"venue": "99999"}, "venue"),
        ({"kinds": []}, "kinds"), ({"members": []}, "members"), ({"key": "short"}, "key"), ({"account": "1"}, "account"),
        ({"voices": "not json"}, "voices"), ({"voices": json.dumps({"a": 1})}, "voices"),
        ({"voices": json.dumps([{"key": "x", "text": "短钥匙"}])}, "voices"),
        ({"voices": json.dumps([{"key": "v" * 24, "text": "长" * 2001}])}, "voices"),
        ({"voices": json.dumps([{"key": "v" * 24, "text": ["list"]}])}, "voices"),
        ({"promises": json.dumps([{"text": "来看", "due": "sometime"}])}, "promises"),
        ({"households": "many"}, "households"),
    ],
)
def test_a_bad_draft_gets_a_sentence_beside_its_field_and_leaves_nothing(phone, serving, courtyard, fields, field):
    answer = phone.post("/desk/visits/send/", parcel(serving, courtyard, **fields))
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert Visit.objects.count() == 0


def test_without_a_session_the_door_answers_in_data_never_with_a_page(client, serving, courtyard):
    for answer in (client.post("/desk/visits/send/", parcel(serving, courtyard)), client.get("/desk/visits/token/")):
        assert answer.status_code == 401
        assert "请先登录" in answer.json()["error"]


def test_the_token_page_tells_who_is_there_and_what_to_choose(phone, serving, courtyard, account, client_as):
    told = phone.get("/desk/visits/token/")
    assert told["Cache-Control"].find("no-store") >= 0
    data = told.json()
    assert (data["account"], data["member"]) == (serving.pk, serving.member.pk)
    assert data["places"] == [{"id": courtyard.pk, "name": courtyard.full_name}]
    assert client_as(account(Role.AUDITOR)).get("/desk/visits/token/").status_code == 403


def test_the_page_that_browsers_keep_names_nobody(phone, serving):
    page = phone.get("/desk/visits/write/").content.decode()
    assert serving.name not in page
    assert "csrfmiddlewaretoken" not in page
    worker = phone.get("/desk/visits/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "/desk/visits/write/" in worker.content.decode()


def test_the_page_of_a_visit_and_the_list_need_the_same_queries_however_many(
    phone, serving, write, voice_of, django_assert_num_queries, django_assert_max_num_queries
):
    with clock.at(DAY):
        visit = write().visit
        counts = []
        for more in (0, 4):
            for n in range(more):
                write(key=f"more-{n}".ljust(24, "0"), voices=[voice_of(f"事{n}", f"{n}")], promises=[("来", DAY)])
            phone.get("/desk/visits/")
            with django_assert_max_num_queries(20) as listed:
                phone.get("/desk/visits/")
            with django_assert_max_num_queries(25) as shown:
                phone.get(f"/desk/visits/{visit.pk}/")
            counts.append((len(listed), len(shown)))
    assert counts[0] == counts[1]
