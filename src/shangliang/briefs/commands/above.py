"""Steps above: sent up by level, used or kept, written on by a leader, followed up, closed with a result."""

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
from .editing import news


def _check_day(day, earliest) -> None:
    require(day <= clock.today(), _("日期不能在将来。"), field="on")
    require(earliest is None or day >= earliest, _("日期不能早于上一步。"), field="on")


def _dispatch(by, brief, verb, level, recipient, on) -> Dispatch:
    require(level in Dispatch.Level.values, _("请选择报到哪一级。"), field="level")
    require(recipient.strip(), _("请写报给谁。"), field="recipient")
    _check_day(on, brief.signed_on)
    known = Dispatch.objects.filter(brief=brief, level=level, recipient=recipient.strip())
    require(not known.exists(), _("已经报过这一处了。"), field="recipient")
    first = not Dispatch.objects.filter(brief=brief).exists()
    moved = move(brief, verb, **news())
    made = Dispatch.objects.create(
        committee=brief.committee, brief=brief, level=level, recipient=recipient.strip(), on=on
    )
    sent = events.BriefSent(level=made.get_level_display(), to=made.recipient, on=str(on))
    record(sent, about=brief, by=by, moved=moved)
    if first and brief.case_id:
        record(events.BriefReportedUp(), about=brief, by=by)
    return made


@command
def send(*, by, brief, level, recipient, on):
    """Send the signed brief up; a thread behind it is told so in public, without a word of its text."""
    require(policies.may_send(by, brief))
    return _dispatch(by, brief, "send", level, recipient, on)


@command
def send_further(*, by, brief, level, recipient, on):
    """Send it to one more recipient, of the same level or a higher one."""
    require(policies.may_send_further(by, brief))
    return _dispatch(by, brief, "send_further", level, recipient, on)


def _adopt(by, brief, verb, dispatch, how, on, employed_as) -> None:
    require(dispatch.brief_id == brief.pk, _("请选这一篇的报送记录。"), field="dispatch")
    require(not dispatch.adopted, _("这一处已登记采用。"), field="dispatch")
    require(how in Dispatch.Adoption.values, _("请选择怎样采用。"), field="how")
    _check_day(on, dispatch.on)
    moved = move(brief, verb, **news())
    dispatch.adopted, dispatch.adopted_on, dispatch.employed_as = how, on, employed_as.strip()
    dispatch.save(update_fields=["adopted", "adopted_on", "employed_as"])
    adopted = events.BriefAdopted(
        level=dispatch.get_level_display(), to=dispatch.recipient, how=dispatch.get_adopted_display(),
        employed_as=dispatch.employed_as,
    )  # fmt: skip
    record(adopted, about=brief, by=by, moved=moved)


@command
def adopt(*, by, brief, dispatch, how, on, employed_as=""):
    """Enter that a recipient used it, alone or compiled with others, and in which issue of theirs."""
    require(policies.may_adopt(by, brief))
    _adopt(by, brief, "adopt", dispatch, how, on, employed_as)


@command
def note_adoption(*, by, brief, dispatch, how, on, employed_as=""):
    """Enter a use that became known after an instruction; the brief stays where it is."""
    require(policies.may_note_adoption(by, brief))
    _adopt(by, brief, "note_adoption", dispatch, how, on, employed_as)


@command
def keep(*, by, brief, why):
    """Enter that it was read and not used."""
    require(policies.may_keep(by, brief))
    require(why.strip(), _("请写一句为什么留存，作者会看到。"), field="why")
    moved = move(brief, "keep", **news())
    record(events.BriefKept(), about=brief, by=by, why=why, moved=moved)


@command
def instruct(*, by, brief, level, post, words, on):
    """Enter what a leader wrote on it: by post, never by name; the words stay inside."""
    require(policies.may_instruct(by, brief))
    require(level in Dispatch.Level.values, _("请选择哪一级的批示。"), field="level")
    require(post.strip(), _("请写批示人的职务。"), field="post")
    names = Leader.objects.values_list("member__name", flat=True)
    require(not any(name in post for name in names), _("只写职务，不写姓名。"), field="post")
    require(words.strip(), _("请写批示内容。"), field="words")
    _check_day(on, brief.signed_on)
    moved = move(brief, "instruct", **news())
    made = Instruction.objects.create(
        committee=brief.committee, brief=brief, level=level, post=post.strip(), words=words.strip(), on=on
    )
    instructed = events.BriefInstructed(post=made.post, level=made.get_level_display(), words=made.words)
    record(instructed, about=brief, by=by, moved=moved)


@command
def follow(*, by, brief, unit, words, on):
    """Enter what a unit did about the instruction."""
    require(policies.may_follow(by, brief))
    require(unit.strip(), _("请写哪个单位办的。"), field="unit")
    require(words.strip(), _("请写办得怎样。"), field="words")
    _check_day(on, brief.signed_on)
    moved = move(brief, "follow", **news())
    made = Follow.objects.create(
        committee=brief.committee, brief=brief, unit=unit.strip(), words=words.strip(), on=on
    )
    record(events.BriefFollowed(unit=made.unit, words=made.words), about=brief, by=by, moved=moved)


@command
def close(*, by, brief, words=""):
    """End the brief; whoever raised the matter behind it is told these words in the same step.

    Raises Refused without words while a voice behind it waits for its result.
    """
    require(policies.may_close(by, brief))
    words = words.strip()
    voices = waiting_voices(brief)
    require(words or not voices, _("这件事是群众反映的，请用一两句大白话写明结果。"), field="words")
    require(len(words) <= 200, _("结果请写在 200 字以内。"), field="words")
    moved = move(brief, "close", closed_on=clock.today(), result_words=words, **news())
    record(events.BriefClosed(words=words), about=brief, by=by, moved=moved)
    for voice in voices:
        give_result(by=by, voice=voice, words=words)
