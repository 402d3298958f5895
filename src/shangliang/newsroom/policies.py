"""Who may do what with a snapshot."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..shared.refusals import NOT_YOURS, allow, no
from .models import Takedown

DECIDERS = (Role.REVIEWER, Role.COMMITTEE_OFFICE)
STAFF = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, Role.LIAISON)
READERS = (*OFFICE, Role.LIAISON, Role.REVIEWER, Role.AUDITOR, Role.MEMBER)


def readable(snapshots, account):
    """The committee's own people."""
    return snapshots if account.has(*READERS) else snapshots.none()


def may_capture(by, committee):
    """The offices and the liaisons."""
    return allow(by.has(*STAFF, committee_id=committee.pk), _("媒体报道由政协办公室、委室或联络员收录。"))


def may_link(by, snapshot):
    """Whoever may take one."""
    return allow(by.has(*STAFF, committee_id=snapshot.committee_id), _("媒体报道由政协办公室、委室或联络员收录。"))


def may_publish(by, snapshot):
    """As closing; what a notice keeps closed, or a copy of it, is decided there."""
    if held(snapshot):
        return no(_("同一篇报道正照通知下架，请到那份下架通知里决定。"))
    return may_take_down(by, snapshot)


may_restore = may_publish


def may_take_down(by, snapshot):
    """A publication reviewer or the committee's office."""
    allowed = by.has(*DECIDERS, committee_id=snapshot.committee_id)
    return allow(allowed, _("公开须由公开审核员或政协办公室审核。"))


def held(snapshot) -> bool:
    """Whether a notice keeps this report or a copy of it closed."""
    earliest = snapshot.first_id or snapshot.pk
    group = Q(closed=earliest) | Q(closed__first=earliest)
    return Takedown.objects.filter(group, state__in=Takedown.HOLDING).exists()


def notices_readable(notices, account):
    """Those who decide about publication, and the auditor."""
    return notices if account.has(*DECIDERS, Role.AUDITOR) else notices.none()


def may_notify(by, snapshot):
    """Anybody, about a report that is public."""
    return allow(snapshot.state == snapshot.State.PUBLISHED, _("这篇报道现在没有公开。"))


def may_heed(by, takedown):
    """Those who decide about publication."""
    allowed = by.has(*DECIDERS, committee_id=takedown.committee_id)
    return allow(allowed, _("下架通知由公开审核员或政协办公室核实。"))


may_turn_away = may_uphold = may_reopen = may_reveal_contact = may_heed


def may_counter(by, takedown):
    """Anybody who is concerned, and staff for somebody who rings up, until the notice's personal data were erased."""
    return allow(not takedown.erased_on, _("这份下架通知已经了结，个人信息已经删除，不能再补说明。"))


def may_erase_contact(by, takedown):
    """Those who decide, once it is decided and while there is something to erase."""
    if takedown.erased_on:
        return no(_("个人信息已经删除。"))
    decided = takedown.state not in takedown.UNDECIDED
    return may_heed(by, takedown) if decided else no(_("核实完才能删除个人信息。"))


def may_expire_contact(by, takedown):
    """Only the clock."""
    return allow(by.reference == "system", NOT_YOURS.why)


def may_allow_host(by, committee):
    """The committee's office: whoever answers for what the machine visits."""
    allowed = by.has(Role.COMMITTEE_OFFICE, committee_id=committee.pk)
    return allow(allowed, _("可以取网页的网站由政协办公室登记。"))


def may_keep_subscription(by, committee):
    """Whoever reads reports at the desk."""
    return allow(by.has(*READERS, committee_id=committee.pk))


def may_drop_subscription(by, subscription):
    """One's own."""
    return allow(subscription.account_id == by.pk)
