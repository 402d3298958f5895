"""Who looks after a courtyard: one head, stewards, their consent, their sealed telephone, their right to be erased."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shangliang.journal.models import Entry, PersonalValue
from shangliang.journal.verify import verify
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.venues import commands
from shangliang.venues.models import Steward, Venue
from shangliang.venues.queries import stewards_of, stewardship_of
from tests import factories

PHONE = "13800001234"


@pytest.fixture
def head(liaison, courtyard):
    return commands.appoint_steward(by=liaison, venue=courtyard, name="毛院长", post="head", phone=PHONE, shown=True)


def test_a_courtyard_has_one_head_at_a_time(liaison, courtyard, head):
    with pytest.raises(Refused, match="已有院长") as refusal:
        commands.appoint_steward(by=liaison, venue=courtyard, name="李院长", post="head")
    assert refusal.value.field == "post"
    commands.end_steward(by=liaison, venue=courtyard, steward=head)
    commands.appoint_steward(by=liaison, venue=courtyard, name="李院长", post="head")
    assert [s.name for s in stewards_of(courtyard, clock.today() + dt.timedelta(1))] == ["李院长"]


def test_the_database_itself_keeps_a_second_head_away(courtyard, committee, head):
    with pytest.raises(IntegrityError), transaction.atomic():
        Steward.objects.create(committee=committee, venue=courtyard, post="head", name="另一位", since=clock.today())


def test_the_telephone_is_not_in_the_database_in_words(head):
    assert PHONE not in Steward.objects.get().phone
    assert Steward.objects.get().phone.startswith("aes256gcm:")


def test_reading_the_telephone_is_entered_with_its_reason(liaison, courtyard, head):
    with pytest.raises(Refused, match="为什么"):
        commands.reveal_steward(by=liaison, venue=courtyard, steward=head, why=" ")
    assert commands.reveal_steward(by=liaison, venue=courtyard, steward=head, why="通知开会") == ("毛院长", PHONE)
    entry = Entry.objects.last()
    assert (entry.event, entry.why, entry.subject_id) == ("venues.steward_phone_read", "通知开会", head.pk)
    assert PHONE not in entry.data


def test_whoever_is_erased_is_gone_from_record_and_journal_and_the_chain_holds(
    office_staff, liaison, courtyard, head
):
    other = commands.appoint_steward(by=liaison, venue=courtyard, name="王管家", post="steward")
    with pytest.raises(Refused, match="政协办公室"):
        commands.erase_steward(by=liaison, venue=courtyard, steward=head)
    commands.erase_steward(by=office_staff, venue=courtyard, steward=head)
    stored = Steward.objects.get(pk=head.pk)
    assert (stored.phone, stored.shown, stored.account) == ("", False, None)
    assert "毛院长" not in stored.name
    assert not PersonalValue.objects.filter(value="毛院长").exists()
    assert PersonalValue.objects.filter(value="王管家").exists()
    assert stewards_of(courtyard, clock.today()) == [other]
    assert verify().whole
    for step in (commands.erase_steward, commands.reveal_steward):
        with pytest.raises(Refused, match="已经删除"):
            step(by=office_staff, venue=courtyard, steward=stored, why="再来一次")


@pytest.mark.parametrize(("fields", "said", "field"), [
    ({"name": " "}, "填写姓名", "name"),
    ({"name": "毛院长", "post": "head", "since": dt.date(2999, 1, 1)}, "不能晚于今天", "since"),
    ({"name": "毛院长", "post": "head"}, "已有院长", "post"),
])  # fmt: skip
def test_an_appointment_that_cannot_be_is_refused_in_words(liaison, courtyard, head, fields, said, field):
    with pytest.raises(Refused, match=said) as refusal:
        commands.appoint_steward(by=liaison, venue=courtyard, **{"post": "steward", **fields})
    assert refusal.value.field == field
    assert Steward.objects.count() == 1


def test_the_same_steward_is_entered_once(liaison, courtyard):
    commands.appoint_steward(by=liaison, venue=courtyard, name="王管家", post="steward")
    with pytest.raises(Refused, match="已经登记过"):
        commands.appoint_steward(by=liaison, venue=courtyard, name=" 王管家 ", post="steward")


def test_only_a_courtyard_in_use_has_stewards(liaison, committee, village, courtyard):
    room = factories.courtyard(village, committee=committee, name="议事室", kind=Venue.Kind.ROOM)
    with pytest.raises(Refused, match="只有小院"):
        commands.appoint_steward(by=liaison, venue=room, name="王", post="head")
    commands.close_venue(by=liaison, venue=courtyard)
    with pytest.raises(Refused, match="已经停用"):
        commands.appoint_steward(by=liaison, venue=courtyard, name="王", post="head")


def test_a_steward_does_not_end_before_the_beginning_or_twice_or_elsewhere(
    liaison, office_staff, courtyard, committee, other_village, head
):
    there = factories.courtyard(other_village, committee=committee, name="马草小院")
    with pytest.raises(Refused, match="早于任职日期"):
        commands.end_steward(by=liaison, venue=courtyard, steward=head, on=head.since - dt.timedelta(1))
    with pytest.raises(Refused, match="不能晚于今天"):
        commands.end_steward(by=liaison, venue=courtyard, steward=head, on=clock.today() + dt.timedelta(1))
    with pytest.raises(Refused, match="不属于这个小院"):
        commands.end_steward(by=office_staff, venue=there, steward=head)
    commands.end_steward(by=liaison, venue=courtyard, steward=head)
    for step in (commands.end_steward, commands.update_steward):
        with pytest.raises(Refused, match="已经离任"):
            step(by=liaison, venue=courtyard, steward=head)


def test_an_account_is_linked_with_one_courtyard_and_needs_the_role(
    account, liaison, courtyard, village, committee, head
):
    member, keeper = account(Role.MEMBER), account(Role.STEWARD, region=village)
    with pytest.raises(Refused, match="没有“小院管家”角色"):
        commands.update_steward(by=liaison, venue=courtyard, steward=head, account=member)
    commands.update_steward(by=liaison, venue=courtyard, steward=head, account=keeper)
    assert stewardship_of(keeper, clock.today()).venue == courtyard
    second = factories.courtyard(village, committee=committee, name="竹林小院")
    with pytest.raises(Refused, match="另一位"):
        commands.appoint_steward(by=liaison, venue=second, name="李", post="head", account=keeper)
    commands.update_steward(by=liaison, venue=courtyard, steward=head, unlink=True)
    assert stewardship_of(keeper, clock.today()) is None
    commands.appoint_steward(by=liaison, venue=second, name="李", post="head", account=keeper)


def test_what_is_left_empty_stays_and_nothing_to_change_is_said(liaison, courtyard, head):
    commands.update_steward(by=liaison, venue=courtyard, steward=head, shown=False)
    stored = Steward.objects.get()
    assert (stored.shown, stored.phone) == (False, head.phone)
    with pytest.raises(Refused, match="没有要改的"):
        commands.update_steward(by=liaison, venue=courtyard, steward=head)


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, Role.LIAISON, Role.UNIT_CLERK)])
def test_nobody_else_looks_after_the_register_of_stewards(account, courtyard, head, role):
    by, before = account(role), Entry.objects.count()
    steps = [
        lambda: commands.appoint_steward(by=by, venue=courtyard, name="王", post="steward"),
        lambda: commands.update_steward(by=by, venue=courtyard, steward=head, shown=False),
        lambda: commands.end_steward(by=by, venue=courtyard, steward=head),
        lambda: commands.reveal_steward(by=by, venue=courtyard, steward=head, why="看看"),
        lambda: commands.erase_steward(by=by, venue=courtyard, steward=head),
        lambda: _update(by, courtyard, phone="1"),
    ]  # fmt: skip
    before = Entry.objects.count()
    for step in steps:
        with pytest.raises(Refused, match="。$"):
            step()
    assert Entry.objects.count() == before


def _update(by, venue, **fields):
    kept = {n: getattr(venue, n) for n in ("address", "group_no", "households", "phone", "latitude", "longitude")}
    return commands.update_venue(by=by, venue=venue, **{**kept, "why": "核对", **fields})


def test_a_place_is_corrected_with_a_reason_and_the_journal_names_the_fields(liaison, courtyard):
    _update(liaison, courtyard, households=20, latitude=29.4, longitude=105.6)
    stored = Venue.objects.get()
    assert (stored.households, float(stored.latitude)) == (20, 29.4)
    entry = Entry.objects.last()
    assert entry.fields["changed"] == "户数、纬度、经度"
    assert entry.why == "核对"


@pytest.mark.parametrize(("fields", "said", "field"), [
    ({"why": ""}, "为什么改", "why"), ({"latitude": 29.4}, "都填", "longitude"),
    ({"longitude": 105.6}, "都填", "latitude"), ({"latitude": 91, "longitude": 1}, "纬度应在", "latitude"),
    ({"latitude": 1, "longitude": -181}, "经度应在", "longitude"), ({"households": 0}, "户数", "households"),
    ({}, "没有要改", None),
])  # fmt: skip
def test_a_correction_that_cannot_be_is_refused_in_words(liaison, courtyard, fields, said, field):
    with pytest.raises(Refused, match=said) as refusal:
        _update(liaison, courtyard, **fields)
    assert refusal.value.field == field


def test_a_steward_of_another_committee_cannot_be_touched(account, other_committee, courtyard, head):
    stranger = account(Role.COMMITTEE_OFFICE, committee=other_committee)
    with pytest.raises(Refused):
        commands.erase_steward(by=stranger, venue=courtyard, steward=head)
