"""Steps above: sent up by level, used, written on by a leader, followed up, closed with a result."""

from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...people.models import Leader
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from ...voices.commands import give_result
from .. import events, policies
from ..models import Dispatch, Follow, Instruction
from ..queries import waiting_voices


def _send(by, brief, verb, level, to, on):
    require(level in Dispatch.Level.values, _("请选择报送哪一级。"), field="level")
    require(to.strip(), _("请写报送给谁。"), field="to")
    _check_day(on, brief.signed_on, _("报送日期早于签发日期。"))
    known = Dispatch.objects.filter(brief=brief)
    require(not known.filter(level=level, to=to.strip()).exists(), _("已经报过这一处了。"), field="to")
    first = not known.exists()
    moved = move(brief, verb, changed_at=clock.now())
    made = Dispatch.objects.create(committee=brief.committee, brief=brief, level=level, to=to.strip(), on=on)
    told = events.BriefSent(level=str(made.get_level_display()), to=made.to, on=str(on))
    record(told, about=brief, by=by, moved=moved)
    if first and brief.case_id:
        record(events.BriefReportedUp(), about=brief, by=by)
    return made


@command
def send(*, by, brief, level, to, on):
    """Enter that the brief was sent up: to which level, to whom, on which day.

    The public page of the matter behind it tells that it went up, without a word of its text.
    """
    require(policies.may_send(by, brief))
    return _send(by, brief, "send", level, to, on)


@command
def send_further(*, by, brief, level, to, on):
    """Enter that it was sent to one more place after somebody used it or wrote on it; it stays where it is."""
    require(policies.may_send_further(by, brief))
    return _send(by, brief, "send_further", level, to, on)


def _adopt(by, brief, verb, dispatch, how, on, paper_no):
    require(how in Dispatch.How.values, _("请选择单篇采用还是综合采用。"), field="how")
    require(dispatch.brief_id == brief.pk, _("请选择这一篇的一次报送。"), field="dispatch")
    _check_day(on, dispatch.on, _("采用日期早于报送日期。"))
    moved = move(brief, verb, changed_at=clock.now())
    rows = Dispatch.objects.filter(pk=dispatch.pk, how="")
    entered = rows.update(how=how, adopted_on=on, paper_no=paper_no.strip())
    require(entered, _("这次报送已登记过采用。"), field="dispatch")
    told = events.BriefAdopted(
        level=str(dispatch.get_level_display()), how=str(Dispatch.How(how).label), on=str(on), paper_no=paper_no
    )
    record(told, about=brief, by=by, moved=moved)


@command
def adopt(*, by, brief, dispatch, how, on, paper_no=""):
    """Enter that a level adopted the brief; ``dispatch`` is the sending it answers."""
    require(policies.may_adopt(by, brief))
    _adopt(by, brief, "adopt", dispatch, how, on, paper_no)


@command
def note_adoption(*, by, brief, dispatch, how, on, paper_no=""):
    """Enter an adoption that became known after an instruction; the brief stays where it is."""
    require(policies.may_note_adoption(by, brief))
    _adopt(by, brief, "note_adoption", dispatch, how, on, paper_no)


@command
def instruct(*, by, brief, level, post, on, words):
    """Enter a leader's instruction by the post, never by a name; its words stay inside."""
    require(policies.may_instruct(by, brief))
    require(level in Dispatch.Level.values, _("请选择哪一级的批示。"), field="level")
    require(post.strip(), _("请写哪个职务批示的。"), field="post")
    names = Leader.objects.values_list("member__name", flat=True)
    require(not any(name in post for name in names), _("只写职务，不写姓名。"), field="post")
    require(words.strip(), _("请写批示内容。"), field="words")
    _check_day(on, brief.signed_on, _("批示日期早于签发日期。"))
    moved = move(brief, "instruct", changed_at=clock.now())
    made = Instruction.objects.create(
        committee=brief.committee, brief=brief, level=level, post=post.strip(), on=on, words=words.strip()
    )
    told = events.BriefInstructed(
        level=str(made.get_level_display()), post=made.post, on=str(on), words=made.words
    )
    record(told, about=brief, by=by, moved=moved)


@command
def follow(*, by, brief, unit, words, on=None):
    """Enter what a unit did about the instruction or the adoption so far."""
    require(policies.may_follow(by, brief))
    require(unit.strip(), _("请写哪个单位办的。"), field="unit")
    require(words.strip(), _("请写办得怎么样。"), field="words")
    on = on or clock.today()
    _check_day(on, brief.signed_on, _("办理日期早于签发日期。"))
    moved = move(brief, "follow", changed_at=clock.now())
    Follow.objects.create(committee=brief.committee, brief=brief, unit=unit.strip(), words=words.strip(), on=on)
    record(events.BriefFollowed(unit=unit.strip(), words=words.strip()), about=brief, by=by, moved=moved)


@command
def close(*, by, brief, words):
    """End the brief in plain words: its author reads them, and so does whoever raised the matter behind it."""
    require(policies.may_close(by, brief))
    words = words.strip()
    require(words, _("请写一句看得懂的结果，作者和反映人都会看到。"), field="words")
    require(len(words) <= 200, _("结果请写在 200 字以内。"), field="words")
    moved = move(brief, "close", result_words=words, closed_on=clock.today(), changed_at=clock.now())
    record(events.BriefClosed(words=words), about=brief, by=by, moved=moved)
    for voice in waiting_voices(brief):
        give_result(by=by, voice=voice, words=words)


def _check_day(on, first, words):
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    require(first is None or on >= first, words, field="on")
