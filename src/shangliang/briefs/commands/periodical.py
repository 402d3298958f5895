"""Making an issue of the periodical from signed briefs."""

from django.db.models import Max
from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...shared import clock
from ...shared.refusals import require
from .. import events, policies
from ..models import Brief, Issue, IssueItem
from .editing import news


@command
def make_issue(*, by, committee, briefs, on, signer_post, recipients, copies="", title=""):
    """Make the next issue from briefs in their order: one stands alone, several are compiled under a heading.

    Raises Refused for a brief that is not signed or stands in an issue already. Numbers run within the year and on
    from the first issue; two that are made at once cannot get the same.
    """
    require(policies.may_make_issue(by, committee))
    briefs = list(dict.fromkeys(briefs))
    require(briefs, _("请至少选一篇。"), field="briefs")
    for brief in briefs:
        ready = brief.committee_id == committee.pk and brief.state in Brief.FINAL
        require(ready, _("“%(title)s”还没有签发。") % {"title": brief}, field="briefs")
        printed = IssueItem.objects.filter(brief=brief).exists()
        require(not printed, _("“%(title)s”已经编入一期。") % {"title": brief}, field="briefs")
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    require(on >= max(brief.signed_on for brief in briefs), _("日期不能早于签发。"), field="on")
    require(signer_post.strip(), _("请写签发人的职务。"), field="signer_post")
    require(recipients.strip(), _("请写报送哪里。"), field="recipients")
    compiled = len(briefs) > 1
    require(not compiled or title.strip(), _("几篇合编时请写这一期的题目。"), field="title")
    issue = _numbered(
        committee, title=title.strip() or briefs[0].edited_title, on=on, signer_post=signer_post.strip(),
        shape=Issue.Shape.COMPILED if compiled else Issue.Shape.SINGLE, recipients=recipients.strip(),
        copies=copies.strip(),
    )  # fmt: skip
    words = events.IssueMade(issue=str(issue), briefs=len(briefs))
    record(words, about=issue, by=by)
    for place, brief in enumerate(briefs, 1):
        IssueItem.objects.create(
            committee=committee, issue=issue, brief=brief, place=place, heading=brief.edited_title
        )
        Brief.objects.filter(pk=brief.pk).update(**news())
        record(events.BriefPrinted(issue=str(issue)), about=brief, by=by)
    return issue


def _numbered(committee, *, on, **fields) -> Issue:
    issues = Issue.objects.filter(committee=committee)
    number = issues.filter(year=on.year).aggregate(last=Max("number"))["last"] or 0
    total = issues.aggregate(last=Max("total"))["last"] or 0
    return Issue.objects.create(
        committee=committee, year=on.year, number=number + 1, total=total + 1, on=on, **fields
    )
