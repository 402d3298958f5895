"""Accounts, their roles, their one-time links and their passwords."""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...shared import clock
from ...shared.refusals import Refused, require
from .. import events, grants, policies
from ..models import Account, RoleGrant, SignInLink
from ..queries import link_digest, link_signer

INVITATION_LASTS = dt.timedelta(days=3)
DEMO_LINK_LASTS = dt.timedelta(days=30)


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
