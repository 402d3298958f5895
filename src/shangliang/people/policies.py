"""Who may change the register of people and bodies, and who may open the door to others (三员分立)."""

from django.utils.translation import gettext_lazy as _

from ..shared.refusals import Verdict, allow, no
from .actors import CLOCK
from .queries import has_security_admin
from .roles import Role

ONLY_OFFICE = _("委员和联系关系由政协办公室登记。")
ONLY_REGISTER = _("机构和单位由政协办公室或系统管理员登记。")
ONLY_SECURITY = _("账号和角色只由安全管理员管理。")
NOT_YOURSELF = _("不能给自己办理，请另一位安全管理员来办。")

#: Who keeps the register of bodies, and who that of people and their links.
BODY_KEEPERS = (Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN)
PEOPLE_KEEPERS = (Role.COMMITTEE_OFFICE,)


def may_establish_committee(by, committee=None) -> Verdict:
    """A tenant is made on the machine itself, never through a page."""
    return allow(by == CLOCK, _("新设政协委员会只能在服务器上用命令办理。"))


def may_register_body(by, committee) -> Verdict:
    """Offices, stations and units: the committee's office, the system administrator, the command line."""
    known = by.has(*BODY_KEEPERS, committee_id=committee.pk)
    return allow(by == CLOCK or known, ONLY_REGISTER)


def may_register_member(by, committee) -> Verdict:
    """Members, leaders and their links: the committee's office, or the command line."""
    return allow(by == CLOCK or by.has(*PEOPLE_KEEPERS, committee_id=committee.pk), ONLY_OFFICE)


may_link = may_register_member


def may_end_link(by, link) -> Verdict:
    """Who may link may also end a link."""
    return may_register_member(by, link.committee)


def may_leave(by, member) -> Verdict:
    """Who registers members also enters that one leaves."""
    return may_register_member(by, member.committee)


def may_open_account(by, committee) -> Verdict:
    """The security administrator; before there is one, the command line."""
    if by == CLOCK:
        return allow(not has_security_admin(committee), _("已经有安全管理员，账号请由其开立。"))
    return allow(by.has(Role.SECURITY_ADMIN, committee_id=committee.pk), ONLY_SECURITY)


def may_grant_role(by, account, role=None) -> Verdict:
    """The security administrator, to others; the command line makes the first security administrator."""
    if by == CLOCK and role != Role.SECURITY_ADMIN:
        return no(ONLY_SECURITY)
    return _may_manage(by, account)


def may_end_role(by, grant) -> Verdict:
    """The security administrator, for others."""
    return _may_manage(by, grant.account)


def may_deactivate_account(by, account) -> Verdict:
    """The security administrator, for others."""
    return _may_manage(by, account)


may_reopen_account = may_deactivate_account


def may_sign_in_link(by, account) -> Verdict:
    """The security administrator, for others, or the command line; never for an account that was closed."""
    if not account.is_active:
        return no(_("这个账号已停用，不能再发登录链接。"))
    return allow(by == CLOCK or _may_manage(by, account), ONLY_SECURITY)


def may_change_password(by, account) -> Verdict:
    """Nobody but the person: staff never know a password."""
    return allow(by.reference == account.reference and account.is_active)


def may_use_link(by, link) -> Verdict:
    """The account that the link was made for."""
    return allow(by.reference == link.account.reference and link.account.is_active)


def _may_manage(by, account) -> Verdict:
    verdict = may_open_account(by, account.committee)
    if verdict and by.reference == account.reference:
        return no(NOT_YOURSELF)
    return verdict
