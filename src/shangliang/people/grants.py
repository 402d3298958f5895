"""What one account may hold together: the three administrators stay apart, and an auditor does no business."""

from django.db.models import Q
from django.utils.translation import gettext as _

from ..shared import clock
from ..shared.refusals import Refused, require
from .models import RoleGrant
from .roles import ADMINISTRATORS, Role


def check(account, role, *, region, office, unit, until) -> None:
    """Raise Refused when this account may not take on this role within this scope."""
    require(role in Role.values, _("没有这个角色。"), field="role")
    require(account.is_active, _("这个账号已停用。"))
    require(until is None or until > clock.today(), _("终止日期要在今天以后。"), field="until")
    _check_scope(account, role, region=region, office=office, unit=unit, until=until)
    held = _held(account)
    for grant in held:
        refusal = _clash(role, grant.role)
        if refusal:
            raise Refused(refusal, field="role")
    same = (role, region and region.pk, office and office.pk, unit and unit.pk)
    twice = any((g.role, g.region_id, g.office_id, g.unit_id) == same for g in held)
    require(not twice, _("这个账号已有这个角色。"), field="role")


def _held(account) -> list:
    """Every grant that holds today or will hold, fresh from the database."""
    rows = RoleGrant.everywhere.filter(account=account)
    return list(rows.filter(Q(until=None) | Q(until__gt=clock.today())))


def _clash(role, other) -> str:
    if role == other:
        return ""
    if role in ADMINISTRATORS and other in ADMINISTRATORS:
        return _("系统管理员、安全管理员、审计员必须由三个人分别担任。")
    if Role.AUDITOR in (role, other):
        return _("审计员不能同时办理业务。")
    return ""


def _check_scope(account, role, *, region, office, unit, until):
    for part in (office, unit):
        ours = part is None or part.committee_id == account.committee_id
        require(ours, _("这个机构或单位不属于本政协。"))
    if role in ADMINISTRATORS:
        bare = region is None and office is None and unit is None
        require(bare, _("管理员角色不限定地方、委室或单位。"))
        require(until is None, _("管理员角色不设期限，到时由安全管理员终止。"), field="until")
    require(unit or role != Role.UNIT_CLERK, _("承办单位经办人必须指明单位。"), field="unit")
    require(region or role != Role.LIAISON, _("联络员必须指明镇街或村。"), field="region")
    if region is not None and role != Role.NEIGHBOUR:
        inside = region.code.startswith(account.committee.region.code)
        require(inside, _("这个地方不在本政协的辖区内。"), field="region")
