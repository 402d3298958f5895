"""Every change to people and bodies: the register, the links of the serving chain, accounts and their roles."""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ..journal.record import command, record
from ..shared import clock
from ..shared.refusals import Refused, require
from . import events, grants, policies
from .models import Account, Committee, ContactLink, Leader, Member, Office, RoleGrant, SignInLink, Station, Unit
from .queries import link_digest, link_signer

INVITATION_LASTS = dt.timedelta(days=3)
DEMO_LINK_LASTS = dt.timedelta(days=30)


@command
def establish_committee(*, by, code, name, short_name, region, level="county", host="", phone=""):
    """Make a tenant. Raises Refused unless the command line asks, or when the code is taken."""
    require(policies.may_establish_committee(by))
    require(not Committee.objects.filter(code=code).exists(), _("这个代码已有政协委员会使用。"))
    committee = Committee.objects.create(
        code=code, name=name, short_name=short_name, region=region, level=level, host=host, phone=phone
    )
    record(events.CommitteeEstablished(name=name, code=code), about=committee, by=by)
    return committee


@command
def add_office(*, by, committee, name):
    """Register an office of the committee's organ (委室)."""
    require(policies.may_register_body(by, committee))
    office = _once(Office, committee, name)
    record(events.OfficeAdded(name=office.name), about=office, by=by)
    return office


@command
def add_station(*, by, committee, name, kind, region):
    """Register a grassroots station (所站) of a kind of Station.Kind."""
    require(policies.may_register_body(by, committee))
    station = _once(Station, committee, name, kind=kind, region=region)
    record(events.StationAdded(name=station.name), about=station, by=by)
    return station


@command
def add_unit(*, by, committee, name, kind, region=None):
    """Register a body that takes on tasks, of a kind of Unit.Kind."""
    require(policies.may_register_body(by, committee))
    unit = _once(Unit, committee, name, kind=kind, region=region)
    record(events.UnitAdded(name=unit.name), about=unit, by=by)
    return unit


@command
def add_member(*, by, committee, name, sector, term, term_from, term_to=None, level="county", demo=False):
    """Register a member with sector (界别) and term (届)."""
    row = {"name": name, "sector": sector, "term": term, "term_from": term_from, "term_to": term_to}
    return add_members(by=by, committee=committee, rows=[{**row, "level": level, "demo": demo}])[0]


@command
def add_members(*, by, committee, rows):
    """Register many members, one entry of the journal each; ``rows`` are the fields of :func:`add_member`."""
    require(policies.may_register_member(by, committee))
    Committee.objects.select_for_update().get(pk=committee.pk)
    members = [Member(committee=committee, **row) for row in rows]
    for member in members:
        same = Member.objects.filter(name=member.name, sector=member.sector, term=member.term)
        require(not same.exists(), _("同届同界别已有这个姓名。真是两个人，请在姓名后加注区别。"), field="name")
        ends_before = member.term_to is not None and member.term_to < member.term_from
        require(not ends_before, _("任期的结束日期早于开始日期。"), field="term_to")
        require(bool(member.name.strip()), _("请填写委员姓名。"), field="name")
        member.save()
        told = events.MemberAdded(name=member.name, sector=member.sector, term=member.term)
        record(told, about=member, by=by)
    return members


@command
def appoint_leader(*, by, member, post, since, until=None):
    """Record that a member holds a post in the leadership (班子成员)."""
    require(policies.may_register_member(by, member.committee))
    require(until is None or until >= since, _("结束日期早于开始日期。"), field="until")
    Committee.objects.select_for_update().get(pk=member.committee_id)
    same = Leader.objects.filter(member=member, post=post, until=None)
    require(not same.exists(), _("这位委员已经登记在这个职务上。"), field="post")
    leader = Leader.objects.create(committee=member.committee, member=member, post=post, since=since, until=until)
    told = events.LeaderAppointed(name=member.name, post=post, since=since.isoformat())
    record(told, about=leader, by=by)
    return leader


@command
def link(*, by, committee, kind, since, until=None, **ends):
    """Open one of the three links; ``ends`` are the two of leader, office, station, member, venue that it joins.

    Raises Refused for wrong ends, an end before the start, and days on which the same two are linked already.
    """
    require(policies.may_link(by, committee))
    return _open_link(by, committee, kind, since, until, ends)


@command
def end_link(*, by, link, on, successor=None, why=""):
    """End a link on its last day; a successor of the same sort takes it over on the day after.

    Returns the successor's link, or None when nobody takes over.
    """
    require(policies.may_end_link(by, link))
    require(on >= link.since, _("联系的结束日期早于开始日期。"), field="on")
    still_open = ContactLink.objects.filter(pk=link.pk).filter(Q(until=None) | Q(until__gt=on))
    require(still_open.update(until=on), _("这条联系已经结束。"))
    link.until = on
    one, other = (str(end) for end in link.ends)
    told = events.LinkEnded(kind=link.kind, one=one, other=other, until=on.isoformat())
    record(told, about=link, by=by, why=why)
    if successor is None:
        return None
    first, second = ContactLink.ENDS[link.kind]
    ends = {first: successor, second: getattr(link, second)}
    begins = on + dt.timedelta(days=1)
    return _open_link(by, link.committee, link.kind, begins, None, ends)


@command
def open_account(*, by, committee, username, name, member=None):
    """Open an account without a password: its person sets one through :func:`sign_in_link`."""
    require(policies.may_open_account(by, committee))
    username = username.strip()
    taken = Account.objects.filter(username__iexact=username).exists()
    require(username, _("请填写登录名。"), field="username")
    require(name.strip(), _("请填写姓名。"), field="name")
    require(not taken, _("这个登录名已有人使用，请换一个。"), field="username")
    if member is not None:
        require(member.committee_id == committee.pk, _("这位委员不属于本政协。"), field="member")
        free = not Account.objects.filter(member=member).exists()
        require(free, _("这位委员已有账号。"), field="member")
    account = Account(username=username, name=name.strip(), committee=committee, member=member)
    account.created_on = clock.today()
    account.set_unusable_password()
    account.save()
    record(events.AccountOpened(username=username, name=account.name), about=account, by=by)
    return account


@command
def deactivate_account(*, by, account, why=""):
    """Close an account: its sessions die with its password, its unused links are void."""
    require(policies.may_deactivate_account(by, account))
    account.set_unusable_password()
    rows = Account.objects.filter(pk=account.pk, is_active=True)
    changed = rows.update(is_active=False, password=account.password)
    require(changed, _("这个账号已经停用。"))
    account.is_active = False
    _void_links(account)
    record(events.AccountDeactivated(), about=account, by=by, why=why)


@command
def reopen_account(*, by, account, why=""):
    """Make a deactivated account usable again; it needs a new invitation, old sessions stay dead."""
    require(policies.may_reopen_account(by, account))
    changed = Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True)
    require(changed, _("这个账号没有停用。"))
    account.is_active = True
    record(events.AccountReopened(), about=account, by=by, why=why)


@command
def change_password(*, by, account, password):
    """Replace the own password; every other session of the account dies with the old one."""
    require(policies.may_change_password(by, account))
    _check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    record(events.PasswordChanged(), about=account, by=by)


@command
def note_authenticator(*, by, account, kind, added):
    """Tell the journal of a second factor that the log-in library has just stored or removed."""
    require(policies.may_change_password(by, account))
    told = events.AuthenticatorAdded if added else events.AuthenticatorRemoved
    record(told(kind=kind), about=account, by=by)


@command
def grant_role(*, by, account, role, region=None, office=None, unit=None, until=None, why=""):
    """Give an account a role within a place, office or unit from today; ``until`` is the first day without it.

    Raises Refused when the three administrators would mix with each other, or an auditor with business.
    """
    require(policies.may_grant_role(by, account, role))
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    grants.check(account, role, region=region, office=office, unit=unit, until=until)
    grant = RoleGrant.everywhere.create(
        committee=account.committee, account=account, role=role, since=clock.today(), until=until,
        region=region, office=office, unit=unit,
    )
    account.forget_grants()
    record(events.RoleGranted(role=role, words=str(grant)), about=account, by=by, why=why)
    return grant


@command
def end_role(*, by, grant, why=""):
    """End a role at once."""
    require(policies.may_end_role(by, grant))
    today = clock.today()
    still_held = RoleGrant.everywhere.filter(pk=grant.pk).filter(Q(until=None) | Q(until__gt=today))
    require(still_held.update(until=max(today, grant.since)), _("这个角色已经终止。"))
    grant.until = max(today, grant.since)
    grant.account.forget_grants()
    told = events.RoleEnded(role=grant.role, words=str(grant))
    record(told, about=grant.account, by=by, why=why)


@command
def sign_in_link(*, by, account):
    """Make a one-time link for an account and return its path; nobody can read it from the database again.

    In a demo installation it signs in; elsewhere it invites the person to set the password, and voids the
    invitations before it.
    """
    require(policies.may_sign_in_link(by, account))
    purpose = SignInLink.Purpose.DEMO if settings.IS_DEMO else SignInLink.Purpose.INVITATION
    lasts = DEMO_LINK_LASTS if settings.IS_DEMO else INVITATION_LASTS
    if not settings.IS_DEMO:
        _void_links(account)
    token = link_signer().sign(secrets.token_urlsafe(24))
    moment = clock.now()
    SignInLink.objects.create(
        account=account, purpose=purpose, digest=link_digest(token), issued_at=moment, expires_at=moment + lasts
    )
    record(events.SignInLinkIssued(purpose=str(purpose.label)), about=account, by=by)
    return reverse("people:sign_in_link", args=[token])


@command
def use_link(*, by, link, password=""):
    """Use a one-time link: an invitation sets the password, a demo's link only counts as used.

    Raises Refused for a weak password, and for all but the first of those who use it at the same time.
    """
    require(policies.may_use_link(by, link))
    moment = clock.now()
    unused = SignInLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=moment)
    require(unused.update(used_at=moment), _("这个链接已经用过一次，不能再用。请找安全管理员重新发一个。"))
    if link.purpose == SignInLink.Purpose.INVITATION:
        change_password(by=by, account=link.account, password=password)
    told = events.SignInLinkUsed(purpose=link.get_purpose_display())
    record(told, about=link.account, by=by)


def _check_password(password, account):
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), field="password") from error


def _void_links(account):
    unused = account.sign_in_links.filter(used_at=None)
    unused.filter(expires_at__gt=clock.now()).update(expires_at=clock.now())


def _once(model, committee, name, **fields):
    name = name.strip()
    require(name, _("请填写名称。"), field="name")
    taken = model.objects.filter(committee=committee, name=name).exists()
    require(not taken, _("同名的已经登记过。"), field="name")
    return model.objects.create(committee=committee, name=name, **fields)


def _open_link(by, committee, kind, since, until, ends):
    require(until is None or until >= since, _("联系的结束日期早于开始日期。"), field="until")
    require(set(ends) == set(ContactLink.ENDS[kind]), _("这种联系要写明的两方不对。"))
    ours = all(end is not None and end.committee_id == committee.pk for end in ends.values())
    require(ours, _("这种联系要写明的两方不对。"))
    Committee.objects.select_for_update().get(pk=committee.pk)
    overlapping = ContactLink.objects.filter(Q(until=None) | Q(until__gte=since), kind=kind, **ends)
    if until is not None:
        overlapping = overlapping.filter(since__lte=until)
    require(not overlapping.exists(), _("这两方在这段时间里已有联系，不必重复登记。"), field="since")
    made = ContactLink.objects.create(committee=committee, kind=kind, since=since, until=until, **ends)
    one, other = (str(end) for end in made.ends)
    told = events.Linked(kind=kind, one=one, other=other, since=since.isoformat())
    record(told, about=made, by=by)
    return made
