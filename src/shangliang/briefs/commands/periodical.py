"""Bringing out an issue of the periodical."""

from django.db.models import Max
from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal import once
from ...journal.record import command, record
from ...shared import clock
from ...shared.refusals import require
from .. import events, policies
from ..models import Brief, Issue, IssueItem


@command
def make_issue(*, by, committee, on, signer, briefs, recipients, copies="", title="", key=""):
    """Bring out the next issue of the year with signed briefs in their order: one alone, or several compiled."""
    require(policies.may_issue(by, committee))
    briefs = list(dict.fromkeys(briefs))
    body = ["issue", str(on), signer, [brief.pk for brief in briefs]]
    made = once.made(key, body, Issue)
    if made:
        return made
    require(briefs, _("请至少选一篇。"), field="briefs")
    require(all(brief.signed_on for brief in briefs), _("只有已签发的才能编入期刊。"), field="briefs")
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    require(on >= max(brief.signed_on for brief in briefs), _("日期早于签发日期。"), field="on")
    require(signer.strip(), _("请写签发人的职务。"), field="signer")
    require(recipients.strip(), _("请写报送哪里。"), field="recipients")
    refuse_personal(title=title)
    issues = Issue.objects.select_for_update()
    last = issues.filter(year=on.year).aggregate(last=Max("number"))["last"] or 0
    total = (Issue.objects.aggregate(last=Max("total"))["last"] or 0) + 1
    issue = Issue.objects.create(
        committee=committee, year=on.year, number=last + 1, total=total, on=on, signer=signer.strip(),
        recipients=recipients.strip(), copies=copies.strip(), title=title.strip(),
    )
    told = events.IssueMade(number=issue.number, total=issue.total, briefs=len(briefs))
    record(told, about=issue, by=by)
    for order, brief in enumerate(briefs, 1):
        IssueItem.objects.create(committee=committee, issue=issue, brief=brief, order=order)
        Brief.objects.filter(pk=brief.pk).update(changed_at=clock.now())
        record(events.BriefPrinted(year=issue.year, number=issue.number), about=brief, by=by)
    if key:
        once.remember(key, body, issue)
    return issue
