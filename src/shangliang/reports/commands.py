"""Beginning, writing, settling and opening reports, and keeping the text from which they begin."""

from django.conf import settings
from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..journal import digest, once
from ..journal.models import Head
from ..journal.record import command, record
from ..shared import clock
from ..shared.formats import day
from ..shared.lifecycle import move
from ..shared.refusals import require
from . import events, policies
from .filling import Period, fill
from .models import Wording, WorkReport
from .queries import wording_of
from .wording import MARK, TO_WRITE, check

MOST = 30_000
EARLIEST = 2000


@command
def begin(*, by, committee, year, quarter=0, key=""):
    """Begin a report on a period from the committee's text; the same key gives the same report.

    Raises Refused for a period that has not begun.
    """
    require(policies.may_begin(by, committee))
    require(int(quarter) in WorkReport.Quarter.values, _("请选择全年或一个季度。"), field="quarter")
    ours = _("请写 %(since)s 年到今年的年份。") % {"since": EARLIEST}
    require(EARLIEST <= year <= clock.today().year, ours, field="year")
    period = Period(year, int(quarter))
    require(period.since <= clock.today(), _("这一期还没有开始。"), field="quarter")
    asked = [year, period.quarter]
    if made := once.made(key, asked, WorkReport):
        return made
    made = WorkReport.objects.create(
        committee=committee, year=year, quarter=period.quarter, draft=wording_of(committee), begun_on=clock.today()
    )
    if key:
        once.remember(key, asked, made)
    record(events.ReportBegun(title=period.title), about=made, by=by)
    return made


def _require_text(text, field):
    require(text.strip(), _("文字不能是空的。"), field=field)
    require(len(text) <= MOST, _("最多 %(max)s 字，现在是 %(now)s 字。") % {"max": MOST, "now": len(text)}, field=field)
    check(text, field)
    refuse_personal(**{field: MARK.sub("", text)})


@command
def write(*, by, workreport, draft):
    """Change the text of a report; its marks must be known and nobody's number or plate may stand in it."""
    require(policies.may_write(by, workreport))
    _require_text(draft, "draft")
    moved = move(workreport, "write", draft=draft)
    record(events.ReportWritten(length=len(draft)), about=workreport, by=by, moved=moved)


@command
def settle(*, by, workreport):
    """Count every number once more and freeze text and numbers, with how far the journal went.

    Every command ends by moving the journal's head, so that a head that is held here shows the records of exactly
    the entries before it. Raises Refused while the period lasts and while a place is left to be written.
    """
    require(policies.may_settle(by, workreport))
    period = workreport.period
    require(period.until < clock.today(), _("这一期到 %(day)s 才结束，过了这天再定稿。") % {"day": day(period.until)})
    held = WorkReport.objects.select_for_update().get(pk=workreport.pk)  # the row first, the head last, as all do
    left = [line.strip() for line in held.draft.splitlines() if TO_WRITE in line]
    require(not left, _("还有要人写的地方：%(line)s") % {"line": left[0][:40] if left else ""})
    _require_text(held.draft, "draft")
    head, _made = Head.objects.select_for_update().get_or_create(pk=1)
    at = clock.now()
    content = fill(held.draft, workreport.committee, period) | {
        "at": at.isoformat(timespec="seconds"), "entries": head.count, "journal": head.digest,
        "site": settings.PUBLIC_ADDRESS,
    }  # fmt: skip
    kept = digest.canonical(content)
    moved = move(workreport, "settle", settled=kept, digest=digest.digest(kept), settled_at=at)
    told = events.ReportSettled(
        title=period.title, numbers=len(content["numbers"]), entries=head.count, text_digest=workreport.digest
    )
    record(told, about=workreport, by=by, moved=moved)


@command
def publish(*, by, workreport):
    """Open the public page and the files."""
    require(policies.may_publish(by, workreport))
    require(workreport.is_intact, _("内容和定稿时的摘要对不上，不能公开，请告诉审计员。"))
    moved = move(workreport, "publish", published_on=clock.today())
    record(events.ReportPublished(title=str(workreport)), about=workreport, by=by, moved=moved)


@command
def take_back(*, by, workreport, why):
    """Close the public page again."""
    require(policies.may_take_back(by, workreport))
    require(why.strip(), _("请写明理由。"), field="why")
    moved = move(workreport, "take_back", published_on=None)
    record(events.ReportTakenBack(), about=workreport, by=by, why=why.strip(), moved=moved)


@command
def drop(*, by, workreport, why):
    """Put a report away that is not to be used; another may be begun on the same period."""
    require(policies.may_drop(by, workreport))
    require(why.strip(), _("请写明理由。"), field="why")
    moved = move(workreport, "drop")
    record(events.ReportDropped(), about=workreport, by=by, why=why.strip(), moved=moved)


@command
def reword(*, by, committee, text):
    """Keep another text from which reports begin; those begun already keep theirs."""
    require(policies.may_reword(by, committee))
    _require_text(text, "text")
    made = Wording.objects.create(committee=committee, text=text, saved_at=clock.now())
    record(events.WordingChanged(length=len(text)), about=made, by=by)
    return made
