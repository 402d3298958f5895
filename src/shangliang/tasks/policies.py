"""Who may do what with a task: the unit its own work, the assigner everything that decides on it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import NOT_YOURS, YES, allow

ASSIGNERS = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, Role.PARTY_APPROVER)


def readable(tasks, account):
    """The tasks that the account may read: its unit's, its place's, or all for the office."""
    if account.has(*OFFICE, Role.PARTY_APPROVER, Role.REVIEWER):
        return tasks
    mine = Q(pk=None)
    for grant in account.current_grants:
        if grant.role == Role.UNIT_CLERK:
            mine |= Q(unit_id=grant.unit_id) | Q(helpers__unit_id=grant.unit_id)
        if grant.role == Role.LIAISON and grant.region_id:
            mine |= Q(case__region__code__startswith=grant.region.code)
        if grant.role == Role.MEMBER and account.member_id:
            mine |= Q(proposal__signers__member=account.member_id, proposal__signers__signed_on__isnull=False)
            mine |= Q(proposal__proposer=account.member_id)
    return tasks.filter(mine).distinct()


def may_assign(by, agreement):
    """As the agreement's own guard."""
    from ..agreements.policies import may_assign as may

    return may(by, agreement)


def may_assign_proposal(by, proposal):
    """As the proposal's own guard."""
    from ..proposals.policies import may_distribute as may

    return may(by, proposal)


def may_bring_in(by, proposal):
    """As for the proposal that an older list tells of."""
    from ..proposals.policies import may_bring_in as may

    return may(by, proposal.committee)


def may_work(by, task):
    """A clerk of the lead unit."""
    return allow(
        by.has(Role.UNIT_CLERK, committee_id=task.committee_id, unit_id=task.unit_id),
        _("这一步由承办单位办理。"),
    )


may_acknowledge = may_object = may_progress = may_reply = may_request_extension = may_work
may_keep_promise = may_work
may_contact_proposer = may_work


def may_co_reply(by, task):
    """A clerk of a helping unit, while the lead is at work."""
    if task.state in task.FINISHED:
        return allow(False, _("这件交办已经结束。"))
    units = [helper.unit_id for helper in task.helpers.all()]
    return allow(any(by.has(Role.UNIT_CLERK, unit_id=unit) for unit in units), NOT_YOURS.why)


def may_decide(by, task):
    """Those who assign; only they can move a matter to another unit (首接负责)."""
    return allow(by.has(*ASSIGNERS, committee_id=task.committee_id), _("这一步由交办单位决定。"))


may_uphold_objection = may_deny_objection = may_grant_extension = may_deny_extension = may_decide
may_take_review = may_accept = may_track = may_send_back = may_suspend = may_resume = may_decide
may_check_promise = may_reject_promise = may_settle_joint_review = may_decide


def may_follow(by, task):
    """The system, when a rating came in or its days are over."""
    return YES if by.reference == "system" else may_decide(by, task)


may_close = may_return_rated = may_call_joint_review = may_follow
