"""Receiving voices: from anybody at a wall code or the report page, or typed in on somebody's behalf."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..cases.commands import join, open_case
from ..files.commands import attach, erase_files
from ..files.models import Attachment
from ..journal import once
from ..journal.erase import erase_personal
from ..journal.record import as_stored, command, record
from ..people.models import Account
from ..rules.commands import end_clock, pause_clock, resume_clock, start_clock
from ..shared import clock, receipts, sealed
from ..shared.lifecycle import move
from ..shared.refusals import Refused, require
from . import events, policies
from .models import Contact, Voice
from .reasons import CHANNELS, GROUNDS
from .words import flags

MAX_TEXT = 2000
#: What was written elsewhere, under other rules, is kept whole.
MAX_BROUGHT_IN = 20_000


@command
def receive(
    *, by, committee, key, channel, text, region, venue=None, place_note="", name="", phone="",
    photos=(), on_behalf=False, raised_at=None,
):
    """Take in a voice and return it with its receipt code as ``(voice, code)``.

    ``key`` was made with the form: the same key again returns the same record and the same code. The code is
    derived from it, only its fingerprint is stored. ``raised_at`` is when a voice that is brought in from elsewhere
    was raised there; its case and its clock begin today. Raises Refused on empty or overlong text.
    """
    require(policies.may_enter_for(by) if on_behalf else policies.may_receive(by))
    text = text.strip()
    _check_text(text, MAX_BROUGHT_IN if raised_at else MAX_TEXT)
    require(len(place_note) <= 80, _("位置请写在 80 字以内。"), field="place_note")
    body = [text, region.code, venue and venue.pk, place_note, name, phone, len(photos)]
    code = receipts.make(settings.RECEIPT_KEY, key)
    known = once.already(key, body)
    if known:
        return Voice.objects.get(pk=known.subject_id), code
    case = open_case(by=by, committee=committee, region=region, venue=venue)
    voice = Voice.objects.create(
        committee=committee, case=case, state=Voice.State.RECEIVED, channel=channel, text=text,
        region=region, venue=venue, place_note=place_note, reported_at=raised_at or clock.now(),
        entered_by=by if isinstance(by, Account) else None, flagged=flags(text),
        receipt=receipts.fingerprint(settings.RECEIPT_KEY, code),
    )
    _keep_contact(voice, name, phone)
    attach(by=by, about=voice, role=Attachment.Role.REPORT, uploads=photos)
    once.remember(key, body, voice)
    received = events.VoiceReceived(
        channel=channel, text=text, place_note=place_note, on_behalf=on_behalf, photos=len(photos),
        raised_at=raised_at.isoformat() if raised_at else "",
    )
    record(received, about=voice, by=by)
    return voice, code


def _check_text(text: str, most: int = MAX_TEXT) -> None:
    require(text, _("请写下是什么事，一两句话就可以。"), field="text")
    if len(text) > most:
        words = _("最多写 %(max)s 字，现在是 %(now)s 字。") % {"max": most, "now": len(text)}
        raise Refused(words, field="text")


def _keep_contact(voice, name, phone):
    if name or phone:
        Contact.objects.create(
            committee=voice.committee, voice=voice,
            name=sealed.seal(settings.CONTACT_KEY, name),
            phone=sealed.seal(settings.CONTACT_KEY, phone),
        )


@command
def begin_screening(*, by, voice):
    """Lay the voice on the desk of its place; the clock of screening starts."""
    require(policies.may_begin_screening(by, voice))
    started = start_clock(by=by, about=voice, key="voice.screen")
    moved = move(voice, "begin_screening", deadline=started)
    record(events.VoiceScreeningBegun(), about=voice, by=by, moved=moved)


@command
def ask_info(*, by, voice, question):
    """Ask the person for more; the clock stands still until the answer comes."""
    require(policies.may_ask_info(by, voice))
    require(question.strip(), _("请写明需要补充什么。"), field="question")
    moved = move(voice, "ask_info", outcome_code="need_info", outcome_words=question)
    pause_clock(by=by, deadline=voice.deadline)
    record(events.VoiceInfoAsked(question=question), about=voice, by=by, moved=moved)


@command
def supplement(*, by, voice, text, photos=()):
    """Add to the voice what was asked for; the clock goes on."""
    require(policies.may_supplement(by, voice))
    text = text.strip()
    _check_text(text)
    moved = move(voice, "supplement", text=_longer(voice, gettext_lazy("补充："), text), outcome_code="")
    attach(by=by, about=voice, role=Attachment.Role.REPORT, uploads=photos)
    resume_clock(by=by, deadline=voice.deadline)
    record(events.VoiceSupplemented(text=text), about=voice, by=by, moved=moved)


def _longer(voice, title, words) -> str:
    """The voice's text with what the person said later; it is erased with it."""
    return f"{voice.text}\n\n{as_stored(title)}{words}"


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


@command
def reveal_contact(*, by, voice, why):
    """Return ``(name, phone)`` of the person; the reading is entered in the journal with its reason (PIPL art. 51)."""
    require(policies.may_reveal_contact(by, voice))
    require(why, _("请写明为什么需要查看。"), field="why")
    record(events.ContactRead(), about=voice, by=by, why=why)
    contact = Contact.objects.filter(voice=voice).first()
    if contact is None:
        return "", ""
    key = settings.CONTACT_KEY
    return sealed.unseal(key, contact.name), sealed.unseal(key, contact.phone)


@command
def erase_person(*, by, voice, why=""):
    """Erase the person from the record: contact, words, pictures and the journal's salted values (PIPL art. 47)."""
    require(policies.may_erase_person(by, voice))
    Contact.objects.filter(voice=voice).delete()
    values = erase_personal(subject="voices.voice", subject_ids=[voice.pk])
    pictures = Attachment.objects.filter(subject="voices.voice", subject_id=voice.pk)
    erase_files(by=by, attachments=list(pictures))
    once.forget(voice)
    voice.text = as_stored(gettext_lazy("（应本人要求，原文已删除）"))
    voice.place_note = voice.outcome_words = voice.flagged = ""
    voice.erased_on = clock.today()
    voice.save(update_fields=["text", "place_note", "outcome_words", "flagged", "erased_on"])
    record(events.PersonErased(values=values), about=voice, by=by, why=why)
