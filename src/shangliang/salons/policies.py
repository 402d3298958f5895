"""Who may do what with a salon."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import NOT_YOURS, YES, allow

STAFF = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)


def readable(salons, account):
    """The committee's own desks read all; members and units those they host or are invited to, and the public ones."""
    if account.has(*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.STUDIO_LEAD):
        return salons
    units = [grant.unit_id for grant in account.current_grants if grant.role == Role.UNIT_CLERK]
    mine = Q(published_on__isnull=False) if account.has(Role.MEMBER) else Q(pk=None)
    if account.member_id:
        mine |= Q(host=account.member_id) | Q(guests__member=account.member_id)
    if units:
        mine |= Q(guests__unit__in=units)
    return salons.filter(pk__in=salons.model.objects.filter(mine).values("pk"))


def may_plan(by, committee):
    """The committee's offices and whoever leads a studio."""
    return allow(
        by.has(*STAFF, Role.STUDIO_LEAD, committee_id=committee.pk),
        _("沙龙由政协办公室、委室或工作室负责人筹备。"),
    )


def may_handle(by, salon):
    """The committee's offices, the lead of the studio that hosts it, and the host."""
    if by.has(*STAFF, committee_id=salon.committee_id):
        return YES
    if salon.host_id and getattr(by, "member_id", None) == salon.host_id:
        return YES
    place = salon.studio.venue.region.code if salon.studio_id else None
    lead = place and by.has(Role.STUDIO_LEAD, committee_id=salon.committee_id, region=place)
    return allow(lead, NOT_YOURS.why)


may_invite = may_announce = may_check_in = may_hold = may_add_points = may_handle
may_revise_point = may_summarise = may_archive = may_cancel = may_handle


def may_publish(by, salon):
    """A publication reviewer or the committee's office."""
    return allow(
        by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=salon.committee_id),
        _("公开须由公开审核员或政协办公室审核。"),
    )


may_take_back = may_publish


def may_forget_guest(by, salon):
    """The committee's office."""
    return allow(by.has(Role.COMMITTEE_OFFICE, committee_id=salon.committee_id), _("抹去姓名由政协办公室办理。"))
