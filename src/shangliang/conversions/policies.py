"""Who may do what with a conversion."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import allow

STAFF = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
READERS = (*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.MEMBER, Role.STUDIO_LEAD)


def readable(conversions, account):
    """The committee's own people: a conversion holds no words of private persons."""
    return conversions if account.has(*READERS) else conversions.none()


def may_identify(by, committee):
    """The committee's offices."""
    return allow(by.has(*STAFF, committee_id=committee.pk), _("成果转化由政协办公室或委室登记。"))


def may_handle(by, conversion):
    """The committee's offices, who hold the papers."""
    return allow(by.has(*STAFF, committee_id=conversion.committee_id), _("成果转化由政协办公室或委室登记。"))


may_submit = may_consider = may_adopt = may_adopt_part = may_not_adopt = may_handle
may_put_in_force = may_record_effect = may_close = may_add_measure = may_map_clause = may_handle
may_add_benefit = may_withdraw_benefit = may_handle


def may_publish(by, conversion):
    """A publication reviewer or the committee's office."""
    return allow(
        by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=conversion.committee_id),
        _("公开须由公开审核员或政协办公室审核。"),
    )


may_take_back = may_publish
