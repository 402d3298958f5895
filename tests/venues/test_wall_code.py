"""The code on the wall."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from shangliang.people.tenancy import within
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.venues import codes, commands, queries
from tests import factories


@pytest.fixture
def wall_code(liaison, courtyard):
    return commands.issue_wall_code(by=liaison, venue=courtyard)


def test_a_printed_code_opens_its_place(wall_code, courtyard):
    address = codes.address(wall_code)
    token = urlsplit(address).path.removeprefix("/q/")
    assert address.startswith(f"{settings.PUBLIC_ADDRESS}/q/")
    assert codes.resolve(token).venue == courtyard


def test_a_code_is_found_whatever_committee_the_visitor_came_to(
    wall_code, other_committee, django_assert_num_queries
):
    with within(other_committee), django_assert_num_queries(1):
        found = codes.resolve(codes.token(wall_code))
        assert found.venue.region.name == "普陀村"
        assert found.committee.phone


def test_number_and_signature_are_long_enough(wall_code):
    serial, signature = codes.token(wall_code).split(".")
    assert len(serial) * 6 >= 128
    assert len(signature) * 6 >= 96


@pytest.mark.parametrize("change", ["", "x", "A" * 16, "é", "\udc80"])
def test_a_forged_code_opens_nothing(wall_code, change):
    with pytest.raises(codes.BadCode) as refusal:
        codes.resolve(f"{wall_code.serial}.{change}")
    assert refusal.value.cause == "unknown"
    assert "没有认出" in str(refusal.value)


def test_the_signature_of_one_number_does_not_serve_another(wall_code):
    with pytest.raises(codes.BadCode, match="没有认出"):
        codes.resolve(f"{codes.new_serial()}.{codes.sign(wall_code.serial)}")


def test_a_well_signed_number_that_was_never_issued_opens_nothing(committee):
    serial = codes.new_serial()
    with pytest.raises(codes.BadCode, match="没有认出"):
        codes.resolve(f"{serial}.{codes.sign(serial)}")


def test_a_code_ends_after_its_last_day(liaison, courtyard):
    last = clock.today()
    wall_code = commands.issue_wall_code(by=liaison, venue=courtyard, expires_on=last)
    token = codes.token(wall_code)
    assert codes.resolve(token, last).pk == wall_code.pk
    with pytest.raises(codes.BadCode, match="过期") as refusal:
        codes.resolve(token, last + dt.timedelta(days=1))
    assert refusal.value.cause == "expired"
    assert refusal.value.wall_code.committee.phone


def test_a_revoked_code_says_so(liaison, wall_code):
    commands.revoke_wall_code(by=liaison, wall_code=wall_code, why="被人撕下")
    with pytest.raises(codes.BadCode, match="停用") as refusal:
        codes.resolve(codes.token(wall_code))
    assert refusal.value.cause == "revoked"


def test_a_code_is_revoked_once(liaison, wall_code):
    commands.revoke_wall_code(by=liaison, wall_code=wall_code)
    with pytest.raises(Refused, match="已经作废"):
        commands.revoke_wall_code(by=liaison, wall_code=wall_code)


def test_closing_a_place_revokes_its_codes(liaison, wall_code, courtyard):
    commands.close_venue(by=liaison, venue=courtyard, why="搬迁")
    with pytest.raises(codes.BadCode, match="停用"):
        codes.resolve(codes.token(wall_code))
    with pytest.raises(Refused, match="已经停用"):
        commands.issue_wall_code(by=liaison, venue=courtyard)


def test_a_liaison_officer_stays_within_the_own_town(liaison, committee, other_village):
    there = factories.courtyard(other_village, committee=committee, name="马草小院")
    with pytest.raises(Refused, match="不在您负责的范围内"):
        commands.issue_wall_code(by=liaison, venue=there)


def test_another_committee_cannot_touch_our_code(account, other_committee, wall_code):
    from shangliang.people.roles import Role

    stranger = account(Role.COMMITTEE_OFFICE, committee=other_committee)
    with pytest.raises(Refused):
        commands.revoke_wall_code(by=stranger, wall_code=wall_code)


def test_the_drawing_holds_nothing_that_the_content_policy_forbids(wall_code):
    svg = codes.qr_svg(wall_code)
    assert svg.startswith("<svg")
    assert "style=" not in svg
    assert "<script" not in svg


def test_a_place_page_takes_a_fixed_number_of_queries(
    committee, courtyard, office_staff, django_assert_num_queries
):
    from shangliang.people import commands as people

    for _n in range(3):
        people.link(
            by=office_staff, committee=committee, kind="member_courtyard",
            since=factories.LONG_AGO, member=factories.member(committee), venue=courtyard,
        )
    # Without a station there is nothing above it to ask for: with the whole chain there are two more.
    with django_assert_num_queries(5):
        place = queries.place(courtyard, clock.today())
        assert len(place.chain.members) == 3
        assert place.cases == []
        assert place.cases_total == 0


def test_the_page_of_a_place_shows_nothing_of_another_committee(courtyard, other_committee):
    with within(other_committee):
        place = queries.place(courtyard, clock.today())
    assert place.chain.members == []
