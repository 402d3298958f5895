"""The roles of domain.md 13; the three administrators are kept apart (三员分立)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an account may be for a committee, each within a scope of place, office or unit."""

    STEWARD = "steward", _("小院管家")
    MEMBER = "member", _("政协委员")
    LIAISON = "liaison", _("联络员")
    STUDIO_LEAD = "studio_lead", _("工作室负责人")
    OFFICE_STAFF = "office_staff", _("委室干部")
    COMMITTEE_OFFICE = "committee_office", _("政协办公室")
    LEADER = "leader", _("政协领导")
    PARTY_APPROVER = "party_approver", _("党委审定岗")
    UNIT_CLERK = "unit_clerk", _("承办单位")
    NEIGHBOUR = "neighbour", _("毗邻方联络员")
    REVIEWER = "reviewer", _("公开审核员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDITOR = "auditor", _("审计员")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
#: The same as stored, in a fixed order, for the database's own guards.
ADMINISTRATOR_VALUES = sorted(role.value for role in ADMINISTRATORS)
#: Those who may read the whole of a committee's case files.
OFFICE = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, Role.LEADER)
#: Those who handle voices and run consultations within their place.
HANDLERS = (Role.LIAISON, Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
