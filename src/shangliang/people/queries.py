"""Reading people and bodies: accounts with their roles, the way a link resolves, who serves a place."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from ..shared import clock
from ..shared.refusals import Refused
from .models import Account, ContactLink, Leader, RoleGrant, SignInLink, Station
from .roles import Role


def link_signer() -> Signer:
    """Signs the tokens of one-time links for this installation and this purpose alone."""
    return Signer(salt="shangliang.people.sign_in_link", sep=".")


def link_digest(token: str) -> str:
    """What is stored of a token: 64 hex digits of SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def has_security_admin(committee) -> bool:
    """Whether an active account is security administrator of this committee today."""
    holders = held_on(RoleGrant.everywhere.all(), clock.today())
    return holders.filter(
        committee=committee, role=Role.SECURITY_ADMIN, account__is_active=True
    ).exists()


def held_on(grants, today):
    """Those of the grants that hold on this day."""
    return grants.filter(since__lte=today).exclude(until__lte=today)


def accounts_with_roles(committee, today, words=""):
    """The committee's accounts, found by words of either name, each with ``held``, its present grants."""
    grants = held_on(RoleGrant.everywhere.select_related("region", "office", "unit"), today)
    rows = Account.objects.filter(committee=committee)
    if words:
        rows = rows.filter(Q(username__icontains=words) | Q(name__icontains=words))
    held = Prefetch("grants", queryset=grants.order_by("pk"), to_attr="held")
    return rows.order_by("-is_active", "username").prefetch_related(held)


def grants_of(account, today) -> list[RoleGrant]:
    """The roles of an account on this day, in one query."""
    rows = RoleGrant.everywhere.select_related("region", "office", "unit")
    return list(held_on(rows.filter(account=account), today).order_by("pk"))


def holders(role, today, *, region_code=None, unit_id=None) -> list[Account]:
    """The active accounts of the committee in scope that hold a role for this place and unit, for notices."""
    grants = held_on(RoleGrant.objects.filter(role=role, account__is_active=True), today)
    reaching = [
        grant.account
        for grant in grants.select_related("account", "region").order_by("pk")
        if grant.covers(None, region_code, unit_id)
    ]
    return list(dict.fromkeys(reaching))


def find_link(token: str) -> SignInLink:
    """The one-time link of this token, still good.

    Raises Refused, with one sentence for each cause a person can do something about.
    """
    try:
        link_signer().unsign(token)
    except BadSignature:
        raise Refused(_("这个链接不完整或不是本平台发出的，请核对后重新打开。")) from None
    link = SignInLink.objects.select_related("account").filter(digest=link_digest(token)).first()
    if link is None or not link.account.is_active:
        raise Refused(_("这个链接已经作废，请找安全管理员重新发一个。"))
    if link.used_at:
        raise Refused(_("这个链接已经用过一次，不能再用。请找安全管理员重新发一个。"))
    if link.expires_at <= clock.now():
        raise Refused(_("这个链接已经过期，请找安全管理员重新发一个。"))
    if link.purpose == SignInLink.Purpose.DEMO and not settings.IS_DEMO:
        raise Refused(_("演示登录链接只在演示环境里有效。"))
    return link


@dataclass(frozen=True)
class Chain:
    """Who stands behind a courtyard on a day: leaders, offices, stations and members, the courtyard's own last."""

    leaders: list
    offices: list
    stations: list
    members: list


def open_on(links, today):
    """Those of the links that hold on this day."""
    return links.filter(since__lte=today).exclude(until__lt=today)


def serving_members(venue, today) -> list:
    """The members linked to a courtyard on this day, in one query."""
    links = open_on(ContactLink.objects.filter(kind=ContactLink.Kind.MEMBER_COURTYARD, venue=venue), today)
    return [link.member for link in links.select_related("member").order_by("since", "pk")]


def chain(venue, today) -> Chain:
    """The serving chain of a place: leader → office → station → member, in four queries.

    Its stations are those whose region contains the place, its offices those linked with them, and so on upwards.
    """
    code = venue.region.code
    around = [code[:length] for length in (2, 4, 6, 9, 12) if length <= len(code)]
    stations = list(Station.objects.filter(region__code__in=around).order_by("-region__code", "name"))
    kinds = ContactLink.Kind
    below = open_on(ContactLink.objects.filter(kind=kinds.OFFICE_STATION, station__in=stations), today)
    offices = list(dict.fromkeys(link.office for link in below.select_related("office").order_by("since", "pk")))
    above = open_on(ContactLink.objects.filter(kind=kinds.LEADER_OFFICE, office__in=offices), today)
    rows = above.select_related("leader__member").order_by("since", "pk")
    leaders = list(dict.fromkeys(link.leader for link in rows))
    return Chain(leaders, offices, stations, serving_members(venue, today))


def contacts(today):
    """The links by which members are in contact with courtyards on this day."""
    return open_on(ContactLink.objects.filter(kind=ContactLink.Kind.MEMBER_COURTYARD), today)


def open_links_of(member, day) -> list[ContactLink]:
    """The links of a member, and of the member's posts, that go on after this day; in one query."""
    rows = ContactLink.objects.filter(Q(member=member) | Q(leader__member=member))
    rows = rows.filter(Q(until=None) | Q(until__gt=day))
    related = ("leader__member", "office", "station", "member", "venue__region", "committee")
    return list(rows.select_related(*related).order_by("kind", "since", "pk"))


def open_posts_of(member, day) -> list[Leader]:
    """The posts of a member that go on after this day."""
    return list(Leader.objects.filter(Q(until=None) | Q(until__gt=day), member=member).order_by("pk"))
