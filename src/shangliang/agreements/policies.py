"""Who may do what with an agreed item."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..consultations import policies as consultation_policies
from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import NOT_YOURS, allow, no


def readable(agreements, account):
    """The items that the account may read: its place's, and those its unit is party to."""
    if account.has(*OFFICE, Role.PARTY_APPROVER, Role.REVIEWER):
        return agreements
    mine = Q(pk=None)
    for grant in account.current_grants:
        if grant.role == Role.LIAISON and grant.region_id:
            mine |= Q(consultation__venue__region__code__startswith=grant.region.code)
        if grant.role == Role.UNIT_CLERK:
            mine |= Q(unit_id=grant.unit_id)
    return agreements.filter(mine)


def may_draft(by, consultation):
    """Those who run the consultation."""
    return consultation_policies.may_handle(by, consultation)


def may_handle(by, agreement):
    """Those who run the consultation, and the system following it."""
    if by.reference == "system":
        return allow(True)
    return consultation_policies.may_handle(by, agreement.consultation)


may_revise = may_confirm = may_reserve = may_ask_village = may_submit = may_supersede = may_handle
may_implement = may_verify = may_close = may_redo = may_handle


def may_decide(by, agreement):
    """The liaison of the village's town or the office enter what the village decided."""
    region = agreement.consultation.venue.region.code
    return allow(by.has(*HANDLERS, committee_id=agreement.committee_id, region=region), NOT_YOURS.why)


may_adopt_decision = may_reject_decision = may_decide


def may_instruct(by, agreement):
    """The Party committee's desk, or the committee's office for a paper it received."""
    return allow(
        by.has(Role.PARTY_APPROVER, Role.COMMITTEE_OFFICE, committee_id=agreement.committee_id),
        _("批示由党委审定岗或政协办公室登记。"),
    )


def may_assign(by, agreement):
    """The desk that assigns: the Party committee's or government's office, entered by it or the committee's office."""
    return allow(
        by.has(
            Role.PARTY_APPROVER, Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF,
            committee_id=agreement.committee_id,
        ),
        _("交办由政协办公室、委室或党委审定岗办理。"),
    )


def may_not_adopt(by, agreement):
    """As assigning, until a unit has it; from then on the system, when the unit's C reply was accepted."""
    if by.reference == "system":
        return allow(True)
    if agreement.state in agreement.ASSIGNED_OR_LATER:
        return no(_("已经交办的约定，由承办单位的答复和审核来决定结果。"))
    return may_assign(by, agreement)


def may_adopt_part(by, agreement):
    """As assigning."""
    return may_assign(by, agreement)
