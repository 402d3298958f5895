"""How a voice ends: its result, its rating, silence, and being taken up again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...journal.record import command, record
from ...rules.commands import end_clock, start_clock
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from .intake import _longer


@command
def give_result(*, by, voice, words):
    """Tell the person the result in plain words of at most 200 characters; the days for a rating start."""
    if by.reference != "system":
        require(policies.may_give_result(by, voice))
    require(words, _("请用一两句大白话写明结果。"), field="words")
    require(len(words) <= 200, _("结果请写在 200 字以内。"), field="words")
    end_clock(by=by, deadline=voice.deadline)
    started = start_clock(by=by, about=voice, key="voice.evaluate")
    moved = move(voice, "give_result", result_words=words, deadline=started)
    record(events.VoiceResultGiven(words=words), about=voice, by=by, moved=moved)


@command
def confirm(*, by, voice):
    """Enter that the person has rated the result (the rating itself is kept by outcomes)."""
    require(policies.may_confirm(by, voice))
    end_clock(by=by, deadline=voice.deadline)
    moved = move(voice, "confirm")
    record(events.VoiceConfirmed(), about=voice, by=by, moved=moved)


@command
def close(*, by, voice):
    """End a rated voice."""
    if by.reference != "system":
        require(policies.may_close(by, voice))
    moved = move(voice, "close")
    record(events.VoiceClosed(how=gettext_lazy("已评价")), about=voice, by=by, moved=moved)


@command
def close_unrated(*, by, voice):
    """End a voice whose days for a rating are over as 未评价, left out of the rate (Chongqing rule art. 29)."""
    require(policies.may_close_unrated(by, voice))
    require(voice.deadline and voice.deadline.is_overdue(clock.today()), _("评价期限还没有到。"))
    end_clock(by=by, deadline=voice.deadline)
    moved = move(voice, "close_unrated")
    record(events.VoiceClosed(how=gettext_lazy("未评价")), about=voice, by=by, moved=moved)


@command
def work_again(*, by, voice):
    """Wait for a new result, because the rating sent the unit back to work; the voice may be rated once more."""
    require(policies.may_work_again(by, voice))
    moved = move(voice, "work_again", reopened=voice.reopened + 1)
    record(events.VoiceWorkedAgain(), about=voice, by=by, moved=moved)


@command
def reopen(*, by, voice, why):
    """Take the matter up again, once by right; the clock of screening starts anew.

    ``why`` are the person's own words: they join the voice's text and can be erased with it.
    """
    require(policies.may_reopen(by, voice))
    require(why.strip(), _("请写明为什么需要再办理。"), field="why")
    end_clock(by=by, deadline=voice.deadline)
    started = start_clock(by=by, about=voice, key="voice.screen")
    text = _longer(voice, gettext_lazy("要求再办理："), why.strip())
    moved = move(voice, "reopen", text=text, reopened=voice.reopened + 1, deadline=started)
    record(events.VoiceReopened(reason=why.strip()), about=voice, by=by, moved=moved)
