"""The office's page of its neighbours: cards, files, receipts, what could not be entered, and the joint records."""

import io

import pytest

from shangliang.federation import byhand, commands, relay
from shangliang.federation.models import Incoming, Peer
from shangliang.partnerships import commands as joint
from shangliang.partnerships.models import Partnership
from shangliang.people.actors import CLOCK
from shangliang.people.tenancy import within
from tests.federation.conftest import post, wire
from tests.partnerships.conftest import LC, RC, active, agreed, mirror, sides

__all__ = ["active", "agreed", "post", "sides", "wire"]


@pytest.fixture
def desk(sides, client_as):
    return client_as(sides.rc.office)


def upload(document, name="any-name/../x.json"):
    file = io.BytesIO(document)
    file.name = name
    return file


def test_the_empty_page_says_what_to_do(desk):
    page = desk.get("/desk/neighbours/").content.decode()
    assert "还没有登记毗邻方" in page and "下载我方名片" in page


def test_a_card_is_looked_at_before_it_is_taken_in(desk, sides):
    with within(sides.lc.committee):
        card = byhand.our_card(sides.lc.committee)
        said = byhand.read_card(card)
    looked = desk.post("/desk/neighbours/", {"file": upload(card)})
    assert looked.status_code == 200
    from shangliang.federation.keys import fingerprint

    assert fingerprint(said["public"]) in looked.content.decode()
    assert not Peer.objects.exists()
    taken = desk.post("/desk/neighbours/", {"text": card.decode(), "compared": "yes", "by_hand": "on"})
    assert taken.status_code == 302
    assert Peer.objects.get().address == ""


@pytest.mark.parametrize("text", ["", "{}", "not a card", '{"body":"{}","key":"","signature":""}', "[" * 5000])
def test_what_is_no_card_is_told_so_and_the_page_stays(desk, text):
    page = desk.post("/desk/neighbours/", {"text": text})
    assert page.status_code == 422
    assert "error" in page.content.decode()


def test_our_own_card_is_refused(desk, sides):
    card = byhand.our_card(sides.rc.committee)
    page = desk.post("/desk/neighbours/", {"text": card.decode(), "compared": "yes"})
    assert page.status_code == 422 and "我方自己" in page.content.decode()


def test_files_and_receipts_by_the_page(wire, sides, desk, client_as):
    theirs = client_as(sides.lc.office)
    for n in range(3):
        commands.queue(by=CLOCK, peer=Peer.objects.get(), topic="ab" * 16, event="opinions.told", fields={"n": n})
    here = Peer.objects.get()
    file = desk.post(f"/desk/neighbours/{here.pk}/parcel/", {"what": "file"})
    assert file["Content-Disposition"] == f'attachment; filename="letters-{RC}-{LC}-3.json"'
    with within(sides.lc.committee):
        there = Peer.objects.get()
    page = theirs.post(f"/desk/neighbours/{there.pk}/parcel/", {"file": upload(file.content)}, follow=True)
    assert "收到新消息 3 条" in page.content.decode()
    receipt = theirs.post(f"/desk/neighbours/{there.pk}/parcel/", {"what": "receipt"})
    page = desk.post(f"/desk/neighbours/{here.pk}/parcel/", {"file": upload(receipt.content)}, follow=True)
    assert "对方已有我方第 3 号以前的消息" in page.content.decode()
    spoiled = desk.post(f"/desk/neighbours/{here.pk}/parcel/", {"file": upload(b"PK\x03\x04")})
    assert spoiled.status_code == 422


def test_a_message_that_cannot_be_entered_is_shown_tried_and_set_aside(wire, sides, client_as):
    commands.queue(by=CLOCK, peer=Peer.objects.get(), topic="ab" * 16, event="partnerships.accepted", fields={"nth": 1, "signer": "x"})
    relay.relay()
    theirs = client_as(sides.lc.office)
    with within(sides.lc.committee):
        there, row = Peer.objects.get(), Incoming.objects.get()
    page = theirs.get(f"/desk/neighbours/{there.pk}/").content.decode()
    assert "不能登记" in page and "先等它的第一条消息" in page
    assert "不能登记 1" in theirs.get("/desk/neighbours/").content.decode()
    theirs.post(f"/desk/neighbours/letters/{row.pk}/retry/")
    refused = theirs.post(f"/desk/neighbours/letters/{row.pk}/set_aside/", {"why": ""}, follow=True)
    assert "请写理由" in refused.content.decode()
    theirs.post(f"/desk/neighbours/letters/{row.pk}/set_aside/", {"why": "对方误发"})
    with within(sides.lc.committee):
        assert Incoming.objects.get().state == Incoming.State.SET_ASIDE


def test_pausing_resuming_and_revoking_by_the_page(wire, sides, desk):
    peer = Peer.objects.get()
    for verb, fields, state in (
        ("pause", {"why": ""}, "active"), ("pause", {"why": "检修"}, "paused"), ("resume", {}, "active"),
        ("revoke", {"why": "泄露"}, "revoked"), ("resume", {}, "revoked"),
    ):  # fmt: skip
        assert desk.post(f"/desk/neighbours/{peer.pk}/{verb}/", fields).status_code == 302
        peer.refresh_from_db()
        assert peer.state == state, verb
    assert desk.post(f"/desk/neighbours/{peer.pk}/fly/").status_code == 404


def test_a_stranger_finds_no_neighbour_of_ours(wire, sides, client_as):
    with within(sides.lc.committee):
        there = Peer.objects.get()
    desk = client_as(sides.rc.office)
    assert desk.get(f"/desk/neighbours/{there.pk}/").status_code == 404
    assert desk.post(f"/desk/neighbours/{there.pk}/pause/", {"why": "x"}).status_code == 404
    assert client_as(sides.rc.party).get("/desk/neighbours/").status_code == 403


def test_the_page_of_neighbours_asks_as_much_for_ten_as_for_one(wire, desk, sides, count_queries):
    def look():
        assert desk.get("/desk/neighbours/").status_code == 200

    look()
    few = count_queries(look)
    Peer.objects.bulk_create(
        Peer(committee=sides.rc.committee, side=f"50{n:04}", name=f"邻{n}", short_name=f"邻{n}") for n in range(10)
    )
    assert count_queries(look) == few


def test_the_pages_of_joint_records_show_both_sides(sides, post, active, agreed, desk):
    page = desk.get(f"/desk/matters/{agreed.pk}/").content.decode()
    for words in ("双方商定", "荣昌区政协（我方）", "隆昌市政协", agreed.case_no, "LC-2023-", "各方逐步登记", "列入合作计划"):
        assert words in page or words == "列入合作计划", words
    page = desk.get(f"/desk/partnerships/{active.pk}/").content.decode()
    for words in ("三合村农田灌溉用水不足", "协同履职协议", "下次轮到谁主办", "安排联席会议"):
        assert words in page, words
    assert "联合日历" in desk.get("/desk/joint/calendar/").content.decode()
    assert desk.get(f"/desk/cases/{agreed.case_no}/").status_code == 200
    waiting = desk.get("/desk/").content.decode()
    assert "三合村" in waiting


def test_a_proposal_waits_on_the_other_sides_desk(sides, post, active, client_as):
    joint.raise_matter(
        by=sides.rc.office, committee=sides.rc.committee, partnership=active, kind="supervision", lead=RC, title="濑溪河",
        summary="一起督", category="governance", region=sides.rc.place,
    )  # fmt: skip
    relay.relay()
    page = client_as(sides.lc.office).get("/desk/").content.decode()
    assert "濑溪河：对方提出，请研究" in page


def test_a_list_of_joint_matters_asks_the_same_for_many(sides, post, active, agreed, desk, count_queries):
    def look():
        assert desk.get("/desk/matters/").status_code == 200

    look()
    few = count_queries(look)
    for n in range(4):
        joint.raise_matter(
            by=sides.rc.office, committee=sides.rc.committee, partnership=active, kind="topic", lead=RC, title=f"事{n}",
            summary="一起办", category="economy", region=sides.rc.place,
        )  # fmt: skip
    assert count_queries(look) == few
    assert mirror(sides.rc, agreed).pk and Partnership.objects.count() == 1
