"""Writing, reviewing, finishing and delivering research reports."""

from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..journal import once
from ..journal.record import command, record
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import require
from . import events, policies
from .models import Author, Feedback, Report, Review, Version


@command
def begin(*, by, committee, title, lead, members=(), outsiders=(), salon=None, studio=None, key=""):
    """Begin a report with its lead author and the others; ``outsiders`` are pairs (name, unit)."""
    require(policies.may_begin(by, committee))
    require(title.strip(), _("请写报告名称。"), field="title")
    require(lead, _("请选择执笔的委员。"), field="lead")
    refuse_personal(title=title)
    others = sorted({member.pk for member in members} - {lead.pk})
    asked = [title, lead.pk, others, list(outsiders), salon and salon.pk, studio and studio.pk]
    if made := once.made(key, asked, Report):
        return made
    report = Report.objects.create(
        committee=committee, title=title.strip(), salon=salon, studio=studio, begun_on=clock.today()
    )
    if key:
        once.remember(key, asked, report)
    Author.objects.create(committee=committee, report=report, member=lead, lead=True)
    _put_down(report, members, outsiders)
    record(events.ReportBegun(title=report.title), about=report, by=by)
    return report


def _put_down(report, members, outsiders) -> int:
    known = set(report.authors.values_list("member", "name"))
    rows = [{"member": member} for member in dict.fromkeys(members) if (member.pk, "") not in known]
    for name, unit in dict.fromkeys(outsiders):
        require(name.strip(), _("请写作者姓名。"), field="outsiders")
        if (None, name.strip()) not in known:
            rows.append({"name": name.strip(), "unit": unit.strip()})
    Author.objects.bulk_create(Author(committee=report.committee, report=report, **row) for row in rows)
    return len(rows)


@command
def add_authors(*, by, report, members=(), outsiders=()):
    """Put down more authors while the report is a draft."""
    require(policies.may_add_authors(by, report))
    moved = move(report, "add_authors")
    number = _put_down(report, members, outsiders)
    require(number, _("请至少选一位还没有列入的作者。"), field="members")
    record(events.ReportAuthorsAdded(number=number), about=report, by=by, moved=moved)


@command
def save_version(*, by, report, text):
    """Keep the text as the next version; only a draft takes one, and no version is ever changed."""
    require(policies.may_save_version(by, report))
    text = text.replace("\r\n", "\n").strip()
    require(text, _("请写报告正文。"), field="text")
    refuse_personal(text=text)
    last = report.latest
    require(not last or last.text != text, _("和上一版一字不差，不用再存。"), field="text")
    moved = move(report, "save_version")
    version = Version.objects.create(
        committee=report.committee, report=report, number=last.number + 1 if last else 1, text=text,
        digest=Version.digest_of(text), saved_by=by.name, saved_at=clock.now(),
    )  # fmt: skip
    saved = events.ReportVersionSaved(
        number=version.number, sentences=len(version.sentences), digest=version.digest
    )
    record(saved, about=report, by=by, moved=moved)
    return version


@command
def submit(*, by, report):
    """Lay the latest version before the readers."""
    require(policies.may_submit(by, report))
    version = report.latest
    require(version, _("还没有写报告正文，不能送审。"))
    moved = move(report, "submit")
    record(events.ReportSubmitted(number=version.number), about=report, by=by, moved=moved)


@command
def review(*, by, report, verdict, words):
    """Say of the version under review whether it may become final or what to change."""
    require(policies.may_review(by, report))
    require(verdict in Review.Verdict.values, _("请选择同意定稿还是需要修改。"), field="verdict")
    require(words.strip(), _("请写审稿意见。"), field="words")
    moved = move(report, "review")
    version = report.latest
    made = Review.objects.create(
        committee=report.committee, report=report, version=version, verdict=verdict, words=words.strip(),
        reviewer=by.role_words(report.committee_id), on=clock.today(),
    )  # fmt: skip
    told = events.ReportReviewed(number=version.number, verdict=made.get_verdict_display())
    record(told, about=report, by=by, why=made.words, moved=moved)


@command
def send_back(*, by, report, why):
    """Return the draft to its authors."""
    require(policies.may_send_back(by, report))
    require(why.strip(), _("请写明需要修改什么。"), field="why")
    moved = move(report, "send_back")
    record(events.ReportSentBack(), about=report, by=by, why=why, moved=moved)


@command
def finalise(*, by, report):
    """Make the version under review final; its last review must have agreed."""
    require(policies.may_finalise(by, report))
    version = report.latest
    last = version and version.reviews.order_by("-pk").first()
    agreed = last and last.verdict == Review.Verdict.PASS
    require(agreed or report.state != Report.State.REVIEW, _("这一版还没有“同意定稿”的审稿意见，不能定稿。"))
    moved = move(report, "finalise", finalised_on=clock.today())
    Version.objects.filter(pk=version.pk).update(final=True)
    record(events.ReportFinalised(number=version.number, digest=version.digest), about=report, by=by, moved=moved)


@command
def deliver(*, by, report, to, on):
    """Enter to whom and on which day the final report went."""
    require(policies.may_deliver(by, report))
    require(to.strip(), _("请写明报送给谁。"), field="to")
    require(on <= clock.today(), _("报送日期不能在将来。"), field="on")
    late_enough = not report.finalised_on or on >= report.finalised_on
    require(late_enough, _("报送日期不能早于定稿日期。"), field="on")
    moved = move(report, "deliver", delivered_to=to.strip(), delivered_on=on)
    record(events.ReportDelivered(to=to.strip(), on=str(on)), about=report, by=by, moved=moved)


@command
def receive_feedback(*, by, report, words, said_by, on):
    """Enter what came back and which post said it; never a person's name."""
    require(policies.may_receive_feedback(by, report))
    require(words.strip(), _("请写反馈内容。"), field="words")
    require(said_by.strip(), _("请写明是哪个单位或职务反馈的。"), field="said_by")
    require(on <= clock.today(), _("反馈日期不能在将来。"), field="on")
    require(not report.delivered_on or on >= report.delivered_on, _("反馈日期不能早于报送日期。"), field="on")
    moved = move(report, "receive_feedback")
    kept = Feedback.objects.create(
        committee=report.committee, report=report, words=words.strip(), said_by=said_by.strip(), on=on
    )
    told = events.ReportFeedbackReceived(words=kept.words, said_by=kept.said_by, on=str(on))
    record(told, about=report, by=by, moved=moved)
