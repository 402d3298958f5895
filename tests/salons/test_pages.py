"""Salons on the desk and for everybody."""

import pytest

from shangliang.people.roles import Role
from shangliang.salons import commands as salons
from shangliang.salons.models import Salon
from shangliang.shared import clock

from .conftest import EVENING, PLANNED_ON


def test_the_office_sees_the_list_of_names_and_others_only_numbers(held, client_as, office_staff, reviewer):
    page = client_as(office_staff).get(f"/desk/salons/{held.pk}/").content.decode()
    assert "张三丰" in page and "企业 邀请 1、到场" in page
    page = client_as(reviewer).get(f"/desk/salons/{held.pk}/").content.decode()
    assert "张三丰" not in page and "群众 邀请 1" in page


def test_a_member_reads_what_he_is_invited_to_and_no_other(announced, client_as, account, guests, member_account):
    invited = account(Role.MEMBER, member=guests[1])
    assert client_as(invited).get(f"/desk/salons/{announced.pk}/").status_code == 200
    assert client_as(member_account).get(f"/desk/salons/{announced.pk}/").status_code == 404


def test_a_line_that_cannot_be_read_is_told_by_its_number_and_the_form_kept(salon, client_as, office_staff):
    address = f"/desk/do/salon/{salon.pk}/invite/"
    answer = client_as(office_staff).post(address, {"seen": "planned", "others": "企业 某厂\n隔壁老王"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 行看不懂：“隔壁老王”" in page and "企业 某厂" in page
    assert salon.guests.count() == 0


def test_guests_are_ticked_on_the_page_and_the_salon_held(announced, client_as, office_staff):
    client = client_as(office_staff)
    ticked = list(announced.guests.values_list("pk", flat=True))[:2]
    with clock.at(EVENING):
        address = f"/desk/do/salon/{announced.pk}/check_in/"
        assert client.post(address, {"seen": "announced", "present": ticked}).status_code == 302
        assert client.post(f"/desk/do/salon/{announced.pk}/hold/", {"seen": "announced"}).status_code == 302
    assert Salon.objects.get(pk=announced.pk).state == "held"
    assert announced.guests.filter(attended=True).count() == 2


def test_every_offered_button_opens_its_form(held, client_as, office_staff):
    from shangliang.desk.verbs import verbs_for

    client = client_as(office_staff)
    names = [verb.name for verb in verbs_for(office_staff, "salon", held)]
    assert {"add_points", "summarise", "check_in"} <= set(names)
    for name in names:
        assert client.get(f"/desk/do/salon/{held.pk}/{name}/").status_code == 200, name


def test_the_inbox_of_the_office_holds_what_waits_and_the_reviewers_what_to_publish(
    held, client_as, office_staff, reviewer
):
    assert "眼镜产业发展" in client_as(office_staff).get("/desk/").content.decode()
    assert "眼镜产业发展" not in client_as(reviewer).get("/desk/").content.decode()
    salons.summarise(by=office_staff, salon=held, summary="谈了", next_steps="写")
    assert "眼镜产业发展" in client_as(reviewer).get("/desk/").content.decode()


def test_the_public_page_tells_points_and_numbers_and_nobodys_name(published, client):
    page = client.get(f"/salons/{published.pk}/").content.decode()
    for words in ("措施 2 条", "成立领导小组。", "建议 1 条", "要有人牵头。", "写调研报告。", "3 位到场", "企业代表"):
        assert words in page, words
    for name in ("张三丰", "某镜架厂", "来宾委员甲", "来宾委员乙"):
        assert name not in page, name


def test_what_is_not_public_is_not_found(summarised, client, committee):
    assert client.get(f"/salons/{summarised.pk}/").status_code == 404
    assert "眼镜产业发展" not in client.get("/salons/").content.decode()


def test_another_committees_people_find_nothing(published, other_committee, client_as, account):
    stranger = account(Role.COMMITTEE_OFFICE, committee=other_committee)
    assert client_as(stranger).get(f"/desk/salons/{published.pk}/").status_code == 404


def test_the_list_can_be_narrowed_to_a_series_and_nonsense_is_left_out(published, client):
    assert "眼镜产业发展" in client.get("/salons/?series=economy").content.decode()
    assert "眼镜产业发展" not in client.get("/salons/?series=culture").content.decode()
    assert client.get("/salons/?series=zz&page=abc").status_code == 200


def _publish_more(plan, office_staff, guests, number):
    for n in range(number):
        with clock.at(PLANNED_ON):
            made = plan(theme=f"第{n}个主题")
            salons.invite(by=office_staff, salon=made, members=guests)
            salons.announce(by=office_staff, salon=made)
        with clock.at(EVENING):
            salons.check_in(by=office_staff, salon=made, present=made.guests.all())
            salons.hold(by=office_staff, salon=made)
            salons.summarise(by=office_staff, salon=made, summary="谈了", next_steps="写")
        salons.publish(by=office_staff, salon=made, theme=made.theme, summary="谈了", next_steps="写")


@pytest.mark.parametrize("address", ["/salons/", "/desk/salons/", "/desk/"])
def test_lists_ask_a_fixed_number_of_queries(
    address, published, plan, office_staff, guests, client_as, count_queries
):
    client = client_as(office_staff)
    client.get(address)
    one = count_queries(lambda: client.get(address))
    _publish_more(plan, office_staff, guests, 8)
    for n in range(5):
        plan(theme=f"在筹备的第{n}个")
    assert count_queries(lambda: client.get(address)) == one


def test_the_record_and_the_public_page_ask_a_fixed_number_of_queries(
    published, office_staff, client_as, count_queries
):
    client = client_as(office_staff)
    addresses = (f"/desk/salons/{published.pk}/", f"/salons/{published.pk}/")
    for address in addresses:
        client.get(address)
    before = [count_queries(lambda a=address: client.get(a)) for address in addresses]
    salons.add_points(by=office_staff, salon=_held_again(published), kind="measure", points=list("一二三四五六七八"))
    assert [count_queries(lambda a=address: client.get(a)) for address in addresses] == before


def _held_again(salon):
    from .. import moves

    return moves.put(salon, "summarised")
