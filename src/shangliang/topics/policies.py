"""Who may do what with a topic."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import NOT_YOURS, allow


def readable(topics, account):
    """The topics of the queryset that the account may read."""
    if account.has(*OFFICE, Role.REVIEWER):
        return topics
    mine = Q(pk=None)
    for grant in account.current_grants:
        if grant.role == Role.PARTY_APPROVER and grant.region_id is None:
            return topics
        if grant.role in (Role.LIAISON, Role.PARTY_APPROVER) and grant.region_id:
            mine |= Q(region__code__startswith=grant.region.code)
    return topics.filter(mine)


def may_propose(by, region):
    """The liaison of the place or the office."""
    return allow(by.has(*HANDLERS, region=region.code), _("提出议题由联络员或政协办公室办理。"))


def may_handle(by, topic):
    """The liaison of the place or the office."""
    allowed = by.has(*HANDLERS, committee_id=topic.committee_id, region=topic.region.code)
    return allow(allowed, NOT_YOURS.why)


may_start_review = may_pool = may_resubmit = may_submit = may_study = may_handle
may_schedule = may_exclude = may_add_voice = may_defer = may_resume = may_handle
may_merge = may_withdraw = may_reconsult = may_handle


def may_follow(by, topic):
    """The system, following its consultation, which judged who may; or who handles the topic."""
    return allow(by.reference == "system" or may_handle(by, topic), NOT_YOURS.why)


may_consulted = may_unschedule = may_follow


def may_send_back(by, topic):
    """As handling; a topic that was submitted also by the Party committee's desk."""
    if topic.state == topic.State.SUBMITTED and may_approve(by, topic):
        return allow(True)
    return may_handle(by, topic)


may_decline = may_send_back


def may_clear_exclusion(by, topic):
    """The committee's office, not who flagged it at the desk below."""
    allowed = by.has(Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, committee_id=topic.committee_id)
    return allow(allowed, _("解除负面清单标记须由政协办公室或委室办理。"))


def may_approve(by, topic):
    """The Party committee's desk; nobody else can enter its approval."""
    return allow(
        by.has(Role.PARTY_APPROVER, committee_id=topic.committee_id, region=topic.region.code),
        _("审定结果由党委审定岗登记。"),
    )


def may_close(by, topic):
    """Only the system, when every agreement has ended: nobody closes a topic over open items."""
    return allow(by.reference == "system", _("约定全部办结后，议题由系统办结。"))
