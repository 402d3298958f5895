"""The ladder itself: each step with its evidence, and never a step dated before the one below it."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...files.commands import attach
from ...files.models import Attachment
from ...journal import once
from ...journal.record import command, record
from ...shared import clock
from ...shared.formats import day
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Conversion, Evidence

State = Conversion.State


@command
def identify(*, by, committee, title, report=None, point=None, brief=None, proposal=None, key=""):
    """Choose an output to carry further: a report, a point of a salon, a brief or a proposal, or several of them."""
    require(policies.may_identify(by, committee))
    require(title.strip(), _("请写成果名称。"), field="title")
    origins = {"report": report, "point": point, "brief": brief, "proposal": proposal}
    require(any(origins.values()), _("请至少选一个出处：调研报告、沙龙要点、社情民意或提案。"), field="report")
    refuse_personal(title=title)
    asked = [title, *(origin.pk if origin else None for origin in origins.values())]
    if made := once.made(key, asked, Conversion):
        return made
    today = clock.today()
    conversion = Conversion.objects.create(
        committee=committee, title=title.strip(), identified_on=today, moved_on=_begun(report, point, today), **origins
    )
    if key:
        once.remember(key, asked, conversion)
    record(events.ConversionIdentified(title=conversion.title), about=conversion, by=by)
    return conversion


def _begun(report, point, today):
    """The day before which no step can lie: that of the report's last step, or of the salon.

    The ladder may be entered after the fact, so the day of typing is no bound.
    """
    known = [report and (report.finalised_on or report.begun_on), point and point.salon.starts_at.date()]
    return min([day_ for day_ in known if day_] or [today])


def _step(by, conversion, verb, event, *, body, on, paper_no="", words="", files=(), **fields):
    """One step up: the day is checked, the move made, its evidence kept with the papers handed in."""
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    require(on >= conversion.moved_on, _early(conversion), field="on")
    refuse_personal(body=body, paper_no=paper_no, words=words)
    moved = move(conversion, verb, moved_on=on, **fields)
    proof = Evidence.objects.create(
        committee=conversion.committee, conversion=conversion, step=moved.target, body=body.strip(), on=on,
        paper_no=paper_no.strip(), words=words.strip(),
    )  # fmt: skip
    attach(by=by, about=proof, role=Attachment.Role.PAPER, uploads=files)
    record(event, about=conversion, by=by, why=words.strip(), moved=moved)


def _early(conversion) -> str:
    if conversion.state == State.IDENTIFIED:
        return _("日期不能早于成果形成的日期（%(day)s）。") % {"day": day(conversion.moved_on)}
    return _("日期不能早于上一步“%(step)s”（%(day)s）。") % {
        "step": conversion.get_state_display(), "day": day(conversion.moved_on)
    }  # fmt: skip


@command
def submit(*, by, conversion, channel, to, on, words="", files=()):
    """Enter by which channel it went to whom, and on which day."""
    require(policies.may_submit(by, conversion))
    require(channel in Conversion.Channel.values, _("请选择提交的渠道。"), field="channel")
    require(to.strip(), _("请写明提交给谁。"), field="to")
    told = events.ConversionSubmitted(channel=Conversion.Channel(channel).label, to=to.strip(), on=str(on))
    _step(by, conversion, "submit", told, body=to, on=on, words=words, files=files, channel=channel)


@command
def consider(*, by, conversion, meeting, on, minutes_no="", words="", files=()):
    """Enter which meeting looked at it, and the number of its minutes."""
    require(policies.may_consider(by, conversion))
    require(meeting.strip(), _("请写明是哪次会议研究的。"), field="meeting")
    told = events.ConversionConsidered(meeting=meeting.strip(), on=str(on), minutes_no=minutes_no.strip())
    _step(by, conversion, "consider", told, body=meeting, on=on, paper_no=minutes_no, words=words, files=files)


@command
def adopt(*, by, conversion, body, on, paper_no, words="", files=()):
    """Enter the adoption: by which body, on which day, by which paper. Without a paper it is no adoption."""
    require(policies.may_adopt(by, conversion))
    _require_paper(body, paper_no)
    told = events.ConversionAdopted(body=body.strip(), on=str(on), paper_no=paper_no.strip())
    proof = {"body": body, "on": on, "paper_no": paper_no, "words": words, "files": files}
    _step(by, conversion, "adopt", told, adopted_paper=paper_no.strip(), **proof)


@command
def adopt_part(*, by, conversion, body, on, paper_no, words, files=()):
    """Enter that a part was adopted: which part, by which body and paper."""
    require(policies.may_adopt_part(by, conversion))
    _require_paper(body, paper_no)
    require(words.strip(), _("请写明采纳了哪些、没有采纳哪些。"), field="words")
    told = events.ConversionAdoptedPart(body=body.strip(), on=str(on), paper_no=paper_no.strip())
    proof = {"body": body, "on": on, "paper_no": paper_no, "words": words, "files": files}
    _step(by, conversion, "adopt_part", told, adopted_paper=paper_no.strip(), **proof)


def _require_paper(body, paper_no):
    require(body.strip(), _("请写明是哪个机关采纳的。"), field="body")
    require(paper_no.strip(), _("没有文号就不能登记采纳。请填写采纳文件的文号。"), field="paper_no")


@command
def not_adopt(*, by, conversion, body, on, words, files=()):
    """Enter that a body decided against it, with the reason."""
    require(policies.may_not_adopt(by, conversion))
    require(body.strip(), _("请写明是哪个机关答复的。"), field="body")
    require(words.strip(), _("请写明没有采纳的理由。"), field="words")
    told = events.ConversionNotAdopted(body=body.strip(), on=str(on))
    _step(by, conversion, "not_adopt", told, body=body, on=on, words=words, files=files)


@command
def put_in_force(*, by, conversion, body, on, paper_no, words="", files=()):
    """Enter the paper by which it is in force, and who issued it."""
    require(policies.may_put_in_force(by, conversion))
    require(body.strip(), _("请写明由谁印发或实施。"), field="body")
    require(paper_no.strip(), _("请填写出台文件的文号。"), field="paper_no")
    told = events.ConversionPutInForce(on=str(on), paper_no=paper_no.strip())
    _step(by, conversion, "put_in_force", told, body=body, on=on, paper_no=paper_no, words=words, files=files)


@command
def record_effect(*, by, conversion, body, on, words, files=()):
    """Enter what it did, in words, and who looked; figures are benefits with a source of their own."""
    require(policies.may_record_effect(by, conversion))
    require(words.strip(), _("请写一两句看得见的成效。"), field="words")
    require(body.strip(), _("请写明成效由谁核实。"), field="body")
    told = events.ConversionEffectRecorded(on=str(on))
    _step(by, conversion, "record_effect", told, body=body, on=on, words=words, files=files)


@command
def close(*, by, conversion):
    """Close it, when the effect is written down or it was not adopted."""
    require(policies.may_close(by, conversion))
    moved = move(conversion, "close")
    record(events.ConversionClosed(), about=conversion, by=by, moved=moved)
