"""Accounts and roles: who opens the door to whom."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shangliang.journal.models import Entry
from shangliang.people import commands, queries
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.people.models import Account, RoleGrant
from shangliang.people.roles import ADMINISTRATORS, Role
from shangliang.people.tenancy import within
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from tests import factories


def test_the_command_line_makes_only_the_first_security_administrator(committee):
    with pytest.raises(Refused, match="已经有安全管理员"):
        commands.open_account(by=CLOCK, committee=committee, username="second", name="另一位")


def test_the_command_line_gives_no_business_role(county):
    region = county.at["511083"]
    empty = commands.establish_committee(
        by=CLOCK, code="LC", name="政协隆昌市委员会", short_name="隆昌政协", region=region
    )
    first = commands.open_account(by=CLOCK, committee=empty, username="first", name="第一位")
    with pytest.raises(Refused, match="安全管理员"):
        commands.grant_role(by=CLOCK, account=first, role=Role.COMMITTEE_OFFICE)
    commands.grant_role(by=CLOCK, account=first, role=Role.SECURITY_ADMIN)
    assert first.has(Role.SECURITY_ADMIN, committee_id=empty.pk)


@pytest.mark.parametrize("role", [Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_only_a_security_administrator_opens_accounts(account, committee, role):
    with pytest.raises(Refused, match="只由安全管理员管理"):
        commands.open_account(by=account(role), committee=committee, username="x", name="某人")


def test_a_stranger_opens_no_account(committee):
    with pytest.raises(Refused):
        commands.open_account(by=ANYONE, committee=committee, username="x", name="某人")


def test_a_new_account_has_no_password_that_staff_could_know(account):
    assert not account(None).has_usable_password()


def test_a_log_in_name_is_taken_whatever_its_case(security_admin, committee):
    commands.open_account(by=security_admin, committee=committee, username="Wang", name="王")
    with pytest.raises(Refused, match="已有人使用") as refusal:
        commands.open_account(by=security_admin, committee=committee, username="wang", name="汪")
    assert refusal.value.field == "username"


@pytest.mark.parametrize("one", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("other", sorted(ADMINISTRATORS))
def test_the_three_administrators_are_three_persons(account, security_admin, one, other):
    holder = account(one)
    with pytest.raises(Refused, match="三个人" if one != other else "已有这个角色"):
        commands.grant_role(by=security_admin, account=holder, role=other)


def test_the_database_keeps_the_administrators_apart_too(account, committee):
    holder = account(Role.SYSTEM_ADMIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.everywhere.create(
            account=holder, committee=committee, role=Role.AUDITOR, since=clock.today()
        )


def test_an_auditor_does_no_business(account, security_admin):
    auditor = account(Role.AUDITOR)
    with pytest.raises(Refused, match="审计员不能同时办理业务"):
        commands.grant_role(by=security_admin, account=auditor, role=Role.COMMITTEE_OFFICE)
    clerk = account(Role.COMMITTEE_OFFICE)
    with pytest.raises(Refused, match="审计员不能同时办理业务"):
        commands.grant_role(by=security_admin, account=clerk, role=Role.AUDITOR)


def test_nobody_grants_to_himself(security_admin):
    with pytest.raises(Refused, match="不能给自己办理"):
        commands.grant_role(by=security_admin, account=security_admin, role=Role.COMMITTEE_OFFICE)


def test_a_security_administrator_stays_within_the_own_committee(
    security_admin, account, other_committee
):
    stranger = account(None, committee=other_committee)
    with pytest.raises(Refused, match="只由安全管理员管理"):
        commands.grant_role(by=security_admin, account=stranger, role=Role.COMMITTEE_OFFICE)


def test_a_role_reaches_as_far_as_its_place(liaison, village, other_village):
    assert liaison.has(Role.LIAISON, region=village.code)
    assert not liaison.has(Role.LIAISON, region=other_village.code)
    assert not liaison.has(Role.COMMITTEE_OFFICE, region=village.code)


def test_a_role_without_a_place_reaches_the_whole_committee_and_no_other(
    office_staff, village, committee, other_committee
):
    assert office_staff.has(Role.COMMITTEE_OFFICE, region=village.code, committee_id=committee.pk)
    assert not office_staff.has(Role.COMMITTEE_OFFICE, committee_id=other_committee.pk)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.UNIT_CLERK])
def test_some_roles_must_name_their_scope(account, security_admin, role):
    with pytest.raises(Refused, match="必须指明"):
        commands.grant_role(by=security_admin, account=account(None), role=role)


def test_a_place_outside_the_area_is_refused(account, security_admin, county):
    with pytest.raises(Refused, match="不在本政协的辖区内"):
        commands.grant_role(
            by=security_admin, account=account(None), role=Role.LIAISON,
            region=county.at["511083104"],
        )


def test_a_role_that_is_ended_no_longer_holds_today(security_admin, liaison):
    grant = liaison.current_grants[0]
    commands.end_role(by=security_admin, grant=grant, why="调离")
    fresh = Account.objects.get(pk=liaison.pk)
    assert not fresh.has(Role.LIAISON)
    with pytest.raises(Refused, match="已经终止"):
        commands.end_role(by=security_admin, grant=grant)


def test_an_administrator_may_change_post_after_the_first_role_ended(account, security_admin):
    holder = account(Role.SYSTEM_ADMIN)
    commands.end_role(by=security_admin, grant=holder.current_grants[0])
    commands.grant_role(by=security_admin, account=holder, role=Role.AUDITOR)
    assert Account.objects.get(pk=holder.pk).has(Role.AUDITOR)


def test_every_change_of_roles_is_one_entry_without_names(account, security_admin):
    someone = account(None, name="张三")
    before = Entry.objects.count()
    commands.grant_role(by=security_admin, account=someone, role=Role.REVIEWER, why="轮岗")
    entries = list(Entry.objects.filter(seq__gt=before))
    assert [(e.event, e.why, e.actor) for e in entries] == [
        ("people.role_granted", "轮岗", security_admin.reference)
    ]
    assert not Entry.objects.filter(data__contains="张三").exists()


def test_a_deactivated_account_may_be_opened_again_without_its_old_password(
    account, security_admin
):
    someone = account(Role.REVIEWER)
    commands.change_password(by=someone, account=someone, password="correct horse battery")
    commands.deactivate_account(by=security_admin, account=someone, why="离职")
    commands.reopen_account(by=security_admin, account=someone, why="误停")
    fresh = Account.objects.get(pk=someone.pk)
    assert fresh.is_active
    assert not fresh.has_usable_password()


def test_holders_are_those_whose_role_reaches_the_place(account, liaison, village, other_village):
    gone = account(Role.LIAISON, region=village.parent)
    commands.deactivate_account(by=factories.security_admin(gone.committee), account=gone)
    today = clock.today()
    assert queries.holders(Role.LIAISON, today, region_code=village.code) == [liaison]
    assert queries.holders(Role.LIAISON, today, region_code=other_village.code) == []


def test_the_register_of_accounts_takes_a_fixed_number_of_queries(
    account, committee, django_assert_num_queries
):
    for _n in range(4):
        account(Role.REVIEWER)
    with django_assert_num_queries(2):
        rows = list(queries.accounts_with_roles(committee, clock.today()))
    assert [str(g) for g in rows[-1].held] == ["公开审核员"]


def test_roles_of_another_day_do_not_count(account, security_admin):
    someone = account(None)
    last = clock.today() + dt.timedelta(days=10)
    commands.grant_role(by=security_admin, account=someone, role=Role.REVIEWER, until=last)
    with clock.at(last):
        assert not Account.objects.get(pk=someone.pk).has(Role.REVIEWER)


def test_other_committees_accounts_are_not_in_the_register(committee, other_committee):
    with within(committee):
        names = [a.username for a in queries.accounts_with_roles(committee, clock.today())]
    assert names == ["rc-anquan"]
