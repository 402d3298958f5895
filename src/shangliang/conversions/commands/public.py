"""The public page of a conversion."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...files.commands import publish_attachment, withhold_attachment
from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..queries import files_of


@command
def publish(*, by, conversion, title, summary, files=()):
    """Open the public page with a title and one plain sentence, and with the chosen papers."""
    require(policies.may_publish(by, conversion))
    require(not conversion.is_public, _("这项成果已经公开了。"))
    require(title.strip(), _("请写公开标题。"), field="title")
    require(summary.strip(), _("请用一两句话说明。"), field="summary")
    refuse_personal(title=title, summary=summary)
    words = {"title": title.strip(), "summary": summary.strip()}
    moved = move(conversion, "publish", published_on=clock.today(), **words)
    record(events.ConversionPublished(title=conversion.title), about=conversion, by=by, moved=moved)
    for paper in files:
        if not paper.is_public:
            publish_attachment(by=by, attachment=paper)


@command
def take_back(*, by, conversion, why):
    """Close the public page and make its papers private again."""
    require(policies.may_take_back(by, conversion))
    require(conversion.is_public, _("这项成果没有公开。"))
    require(why.strip(), _("请写明为什么撤回。"), field="why")
    moved = move(conversion, "take_back", published_on=None)
    record(events.ConversionTakenBack(), about=conversion, by=by, why=why, moved=moved)
    for paper in files_of(conversion):
        if paper.is_public:
            withhold_attachment(by=by, attachment=paper, why=why)
