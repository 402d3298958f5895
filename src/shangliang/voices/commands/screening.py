"""The outcomes of screening: answered, referred, guided, not accepted, merged, a topic or information."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...cases.commands import join
from ...journal.record import as_stored, command, record
from ...rules.commands import end_clock, start_clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Voice
from ..reasons import CHANNELS, GROUNDS


def _screen(by, voice, verb, code, outcome, words, why="", **fields):
    """One outcome of screening: the clock ends, the person is told the outcome and its words."""
    require(words.strip(), _("请写一句反映人看得懂的说明。"), field="words")
    require(len(words) <= 400, _("说明请写在 400 字以内。"), field="words")
    end_clock(by=by, deadline=voice.deadline)
    moved = move(voice, verb, outcome_code=code, outcome_words=words, **fields)
    screened = events.VoiceScreened(outcome=outcome, code=code, words=words)
    record(screened, about=voice, by=by, why=why, moved=moved)


@command
def answer(*, by, voice, words):
    """Answer at once, where nothing needs to be consulted on; the days for a rating start."""
    require(policies.may_answer(by, voice))
    started = start_clock(by=by, about=voice, key="voice.evaluate")
    _screen(by, voice, "answer", "answered", gettext_lazy("直接答复"), words)
    Voice.objects.filter(pk=voice.pk).update(deadline=started)
    voice.deadline = started


@command
def refer(*, by, voice, to, words, external_no=""):
    """Pass the matter to who can settle it; the voice stays ours until its result is known (首接负责)."""
    require(policies.may_refer(by, voice))
    require(to, _("请写明转给谁。"), field="to")
    _screen(
        by, voice, "refer", "referred", as_stored(gettext_lazy("转办：%(to)s")) % {"to": to}, words,
        referred_to=to, external_no=external_no,
    )


@command
def guide(*, by, voice, channel, words=""):
    """Tell the person the lawful channel of the matter (信访工作条例 arts 22–23); nothing is passed on."""
    require(policies.may_guide(by, voice))
    require(channel in CHANNELS, _("请选择一条法定渠道。"), field="channel")
    reason = CHANNELS[channel]
    _screen(by, voice, "guide", channel, reason.title, f"{as_stored(reason.words)}{words}")


@command
def not_accept(*, by, voice, ground, words=""):
    """Decline the matter on one of the listed grounds; the person reads why and where to turn."""
    require(policies.may_not_accept(by, voice))
    require(ground in GROUNDS, _("请选择一条理由。"), field="ground")
    reason = GROUNDS[ground]
    _screen(by, voice, "not_accept", ground, reason.title, f"{as_stored(reason.words)}{words}")


@command
def turn_to_info(*, by, voice, words):
    """Let the matter go on as 社情民意信息."""
    require(policies.may_turn_to_info(by, voice))
    _screen(by, voice, "turn_to_info", "info", gettext_lazy("转为社情民意信息"), words)


@command
def merge(*, by, voice, into, why):
    """Let the voice follow another one about the same matter; its proposer keeps getting every notice."""
    require(policies.may_merge(by, voice))
    into = into.merged_into or into
    require(into.pk != voice.pk, _("不能归并到自己。"), field="into")
    alive = into.committee_id == voice.committee_id and into.state not in Voice.DONE
    require(alive, _("那一件已经办结，请选择还在办理的一件。"), field="into")
    require(why, _("请写明为什么是同一件事。"), field="why")
    end_clock(by=by, deadline=voice.deadline)
    moved = move(voice, "merge", merged_into=into, outcome_code="merged")
    Voice.objects.filter(merged_into=voice).update(merged_into=into)
    record(events.VoiceMerged(into=into.case_no), about=voice, by=by, why=why, moved=moved)
    join(by=by, case=voice.case, into=into.case, why=why)


@command
def hand_to_topic(*, by, voice):
    """Make the voice a source of a topic (called by topics, which know their sources)."""
    require(policies.may_hand_to_topic(by, voice))
    end_clock(by=by, deadline=voice.deadline)
    moved = move(voice, "hand_to_topic", outcome_code="topic")
    record(events.VoiceMadeTopic(), about=voice, by=by, moved=moved)


@command
def return_from_topic(*, by, voice, why):
    """Screen the voice again after its topic was declined; the proposer is told the reason."""
    require(policies.may_return_from_topic(by, voice))
    started = start_clock(by=by, about=voice, key="voice.screen")
    moved = move(voice, "return_from_topic", outcome_words=why, deadline=started)
    record(events.VoiceReturned(), about=voice, by=by, why=why, moved=moved)
