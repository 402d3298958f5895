"""Registering a studio at a place, opening, closing and correcting it, the picture of its sign."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shangliang.files.models import Attachment
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.studios import commands as studios
from shangliang.studios.models import Checklist, Seat, Studio
from shangliang.venues import commands as venues
from shangliang.venues.models import Venue
from tests.journeys.walk import picture

from .. import factories


def establish(by, committee, **fields):
    fields = {"name": "陶艺委员工作室", "kind": "sector", **fields}
    return studios.establish(by=by, committee=committee, **fields)


def test_a_studio_takes_the_name_of_its_place_and_stands_there_alone(preparing, place, office_staff, committee):
    assert (preparing.name, preparing.state, preparing.code) == ("普陀小院委员工作室", "preparing", "GZ001")
    with pytest.raises(Refused, match="已经登记了工作室") as refusal:
        establish(office_staff, committee, venue=place)
    assert refusal.value.field == "venue"
    with pytest.raises(IntegrityError), transaction.atomic():
        Studio.objects.create(committee=committee, venue=place, name="又一间", kind="area")


def test_a_place_is_made_at_once_and_not_asked_twice(preparing, office_staff, committee, village):
    made = establish(office_staff, committee, region=village, address="一组 3 号", phone="023-46781111")
    venue = Venue.objects.get(studio=made)
    assert (venue.code, venue.name, venue.kind, venue.address) == ("GZ002", "陶艺委员工作室", "studio", "一组 3 号")


def test_the_same_key_makes_one_studio(office_staff, committee, village):
    first = establish(office_staff, committee, region=village, key="one")
    assert establish(office_staff, committee, region=village, key="one") == first
    assert Studio.objects.count() == 1
    with pytest.raises(Refused, match="内容却不同"):
        establish(office_staff, committee, region=village, name="别的", key="one")


@pytest.mark.parametrize(("fields", "field"), [
    ({"name": " "}, "name"), ({"kind": "moon"}, "kind"), ({"region": None}, "region"),
    ({"purpose": "长" * 401}, "purpose"), ({"purpose": "找张三 13812345678"}, "purpose"), ({"name": "长" * 61}, "name"),
])
def test_what_makes_no_sense_is_refused_beside_its_field(fields, field, office_staff, committee, village):
    with pytest.raises(Refused) as refusal:
        establish(office_staff, committee, **{"region": village, **fields})
    assert refusal.value.field == field and str(refusal.value).endswith("。")
    assert not Studio.objects.exists() and not Venue.objects.filter(kind="studio").exists()


def test_only_an_open_place_for_studios_of_our_own_will_do(office_staff, committee, courtyard, place, other_committee, county):
    with pytest.raises(Refused, match="类别为委员工作室"):
        establish(office_staff, committee, venue=courtyard)
    venues.close_venue(by=office_staff, venue=place)
    with pytest.raises(Refused, match="已经停用"):
        establish(office_staff, committee, venue=place)
    theirs = factories.courtyard(
        county.at["511083104200"], committee=other_committee, name="隆昌工作室", kind=Venue.Kind.STUDIO, households=None
    )
    with pytest.raises(Refused, match="不属于本政协"):
        establish(office_staff, committee, venue=theirs)


@pytest.mark.parametrize("role", [Role.STUDIO_LEAD, Role.MEMBER, Role.REVIEWER, Role.LEADER, Role.AUDITOR])
def test_only_the_offices_register_a_studio(role, account, committee, village):
    with pytest.raises(Refused, match="政协办公室或委室登记"):
        establish(account(role), committee, region=village)


def test_a_committee_without_lists_gets_them_with_its_first_studio(office_staff, committee, village):
    assert not Checklist.objects.exists()
    establish(office_staff, committee, region=village)
    assert list(Checklist.objects.values_list("name", flat=True)) == ["六有", "五上墙", "评议等次"]


def test_a_studio_opens_with_a_lead_and_not_in_the_future(preparing, office_staff, members):
    with pytest.raises(Refused, match="请先登记领衔委员"):
        studios.open(by=office_staff, studio=preparing)
    studios.seat(by=office_staff, studio=preparing, role="lead", member=members[0])
    for on, words in ((clock.today() + dt.timedelta(days=1), "将来"), (dt.date(2019, 1, 1), "早于场所")):
        with pytest.raises(Refused, match=words) as refusal:
            studios.open(by=office_staff, studio=preparing, on=on)
        assert refusal.value.field == "on"
    studios.open(by=office_staff, studio=preparing)
    assert Studio.objects.get().opened_on == clock.today()


def test_closing_ends_every_seat_and_reopening_keeps_the_first_day(studio, office_staff):
    with pytest.raises(Refused, match="为什么撤销"):
        studios.close(by=office_staff, studio=studio, why=" ")
    studios.close(by=office_staff, studio=studio, why="并入另一处")
    assert not Seat.objects.filter(until=None).exists() and Seat.objects.count() == 3
    studios.reopen(by=office_staff, studio=studio, why="房子修好了")
    found = Studio.objects.get()
    assert (found.state, found.opened_on, found.closed_on) == ("open", dt.date(2026, 3, 2), None)


@pytest.mark.parametrize("fields", [
    {"state": "open", "opened_on": None}, {"state": "preparing", "closed_on": dt.date(2026, 5, 1)},
    {"state": "closed", "closed_on": None}, {"state": "closed", "closed_on": dt.date(2026, 1, 1)},
])
def test_the_database_keeps_state_and_dates_together(fields, studio):
    with pytest.raises(IntegrityError), transaction.atomic():
        Studio.objects.filter(pk=studio.pk).update(**fields)


def test_the_sign_is_public_only_after_the_reviewer(studio, lead, reviewer, client):
    studios.hang_sign(by=lead, studio=studio, photos=[picture()])
    sign = Attachment.objects.get(role="sign")
    assert not sign.is_public and sign.name not in client.get("/studios/GZ001/").content.decode()
    studios.publish_sign(by=reviewer, studio=studio, photos=[sign])
    assert sign.thumbnail_name in client.get("/studios/GZ001/").content.decode()
    with pytest.raises(Refused, match="请选要公开的门牌照片"):
        studios.publish_sign(by=reviewer, studio=studio, photos=[])
