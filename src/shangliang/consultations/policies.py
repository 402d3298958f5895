"""Who may do what with a consultation."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import NOT_YOURS, YES, allow


def readable(consultations, account):
    """The consultations that the account may read: its place's, or those it convenes, hosts or attends."""
    if account.has(*OFFICE, Role.PARTY_APPROVER, Role.REVIEWER):
        return consultations
    mine = Q(convener=account) | Q(host=account) | Q(recorder=account)
    if account.member_id:
        mine |= Q(pk__in=_attended_by(account))
    for grant in account.current_grants:
        if grant.role == Role.LIAISON and grant.region_id:
            mine |= Q(venue__region__code__startswith=grant.region.code)
    return consultations.filter(mine)


def _attended_by(account):
    from .models import Attendance

    return Attendance.objects.filter(member=account.member_id).values("consultation")


def may_plan(by, topic):
    """The liaison of the place or the office."""
    return allow(
        by.has(*HANDLERS, committee_id=topic.committee_id, region=topic.region.code),
        _("协商由本镇街联络员或政协办公室筹备。"),
    )


def may_handle(by, consultation):
    """Convener, host, recorder, the liaison of the place or the office."""
    if by.is_authenticated and by.pk in (
        consultation.convener_id, consultation.host_id, consultation.recorder_id,
    ):
        return YES
    allowed = by.has(
        *HANDLERS, committee_id=consultation.committee_id, region=consultation.venue.region.code
    )
    return allow(allowed, NOT_YOURS.why)


may_convene = may_register = may_check_in = may_open = may_hold = may_adjourn = may_handle
may_take_statements = may_postpone = may_cancel = may_draft_minutes = may_circulate = may_archive = may_handle


def may_mark_joint(by, consultation):
    """Whoever runs it, or the system, following the neighbours' matter."""
    return allow(by.reference == "system" or may_handle(by, consultation), NOT_YOURS.why)


may_count_guests = may_mark_joint


def may_confirm(by, consultation):
    """Those who run it enter what was signed; a unit's clerk or member who attended confirms for itself."""
    if may_handle(by, consultation):
        return YES
    units = consultation.attendances.exclude(unit=None).values_list("unit_id", flat=True)
    return allow(any(by.has(Role.UNIT_CLERK, unit_id=unit) for unit in units), NOT_YOURS.why)


def may_issue(by, consultation):
    """The host or the committee's office."""
    if by.is_authenticated and by.pk == consultation.host_id:
        return YES
    return allow(
        by.has(Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, committee_id=consultation.committee_id),
        _("纪要由主持人或政协办公室签发。"),
    )


def may_report(by, consultation):
    """The committee's office, or the liaison of the place."""
    return may_handle(by, consultation)
