"""The desk's pages about places."""

import pytest
from django.urls import reverse

from shangliang.people.roles import Role
from shangliang.venues import commands
from shangliang.venues.models import Venue, WallCode
from tests import factories


def test_a_liaison_officer_registers_a_courtyard_and_prints_its_code(client_as, liaison, village):
    client = client_as(liaison)
    data = {"code": "XY0100", "kind": "courtyard", "name": "毛万二小院", "region": village.pk}
    answer = client.post(reverse("venues:open_venue"), data)
    venue = Venue.objects.get(code="XY0100")
    assert answer.url == reverse("venues:venue", args=[venue.pk])
    assert "还没有二维码" in client.get(answer.url).content.decode()
    printed = client.post(reverse("venues:issue_wall_code", args=[venue.pk]), follow=True)
    html = printed.content.decode()
    assert "<svg" in html
    assert "/q/" in html
    assert "普陀村毛万二小院" in html


def test_what_was_typed_is_kept_when_a_place_is_refused(client_as, liaison, courtyard):
    data = {
        "code": "NEU1", "kind": "courtyard", "name": courtyard.name, "region": courtyard.region_id,
    }
    answer = client_as(liaison).post(reverse("venues:open_venue"), data)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "已登记过同名的场所" in html
    assert "NEU1" in html


def test_the_list_shows_the_own_area_alone(client_as, liaison, committee, courtyard, other_village):
    there = factories.courtyard(other_village, committee=committee, name="马草小院")
    client = client_as(liaison)
    html = client.get(reverse("venues:venues")).content.decode()
    assert courtyard.name in html
    assert there.name not in html
    assert client.get(reverse("venues:venue", args=[there.pk])).status_code == 404


def test_the_list_is_narrowed_by_its_address(client_as, office_staff, committee, courtyard, other_village):
    there = factories.courtyard(other_village, committee=committee, name="马草小院")
    address = reverse("venues:venues")
    html = client_as(office_staff).get(address, {"town": "500153112"}).content.decode()
    assert there.name in html
    assert courtyard.name not in html


def test_the_list_takes_a_fixed_number_of_queries(
    client_as, office_staff, committee, village, django_assert_max_num_queries
):
    client = client_as(office_staff)
    client.get(reverse("venues:venues"))
    for n in range(5):
        factories.courtyard(village, committee=committee, name=f"小院{n}")
    with django_assert_max_num_queries(9):
        client.get(reverse("venues:venues"))


def test_a_revoked_code_is_not_printed(client_as, liaison, courtyard):
    wall_code = commands.issue_wall_code(by=liaison, venue=courtyard)
    client = client_as(liaison)
    client.post(reverse("venues:revoke_wall_code", args=[wall_code.pk]))
    assert WallCode.objects.get(pk=wall_code.pk).revoked_on
    assert client.get(reverse("venues:poster", args=[wall_code.pk])).status_code == 404


def test_a_member_looks_but_does_not_change(client_as, member_account, courtyard):
    client = client_as(member_account)
    assert client.get(reverse("venues:venue", args=[courtyard.pk])).status_code == 200
    assert client.post(reverse("venues:close_venue", args=[courtyard.pk])).status_code == 403


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR])
def test_others_stay_outside(client_as, account, role):
    assert client_as(account(role)).get(reverse("venues:venues")).status_code == 403


def test_a_stranger_is_asked_to_log_in(client, courtyard):
    answer = client.get(reverse("venues:venue", args=[courtyard.pk]))
    assert answer.url.startswith(reverse("account_login"))
