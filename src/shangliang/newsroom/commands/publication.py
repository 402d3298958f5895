"""Opening and closing a report's public page. What was taken is never changed by it."""

from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..opening import close_all, open_again, require_intact


@command
def publish(*, by, snapshot):
    """Open the public page; the full text stays inside."""
    require(policies.may_publish(by, snapshot))
    require_intact(snapshot)
    moved = move(snapshot, "publish", published_on=clock.today())
    record(events.SnapshotPublished(title=snapshot.title), about=snapshot, by=by, moved=moved)


@command
def link(*, by, snapshot, case):
    """Say of which case the report tells; the report's page then leads there once the case is public."""
    require(policies.may_link(by, snapshot))
    require(not snapshot.cases.filter(pk=case.pk).exists(), _("已经关联过这件事。"), field="case")
    moved = move(snapshot, "link")
    snapshot.cases.add(case)
    record(events.SnapshotLinked(case_no=case.no), about=snapshot, by=by, moved=moved)


@command
def take_down(*, by, snapshot, why):
    """Close the public page at once on somebody's notice; text, digest and reason are kept."""
    require(policies.may_take_down(by, snapshot))
    require(why.strip(), _("请写明理由：谁提出、凭什么。"), field="why")
    close_all(by, snapshot, why.strip())


@command
def restore(*, by, snapshot, why):
    """Open the page again after a counter-statement."""
    require(policies.may_restore(by, snapshot))
    require(why.strip(), _("请写明理由。"), field="why")
    open_again(by, snapshot, why.strip())
