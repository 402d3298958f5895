"""Taking voices in: from anybody at a wall code or the report page, or typed in on somebody's behalf."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...cases.commands import open_case
from ...files.commands import attach
from ...files.models import Attachment
from ...journal import once
from ...journal.record import as_stored, command, record
from ...people.models import Account
from ...rules.commands import pause_clock, resume_clock, start_clock
from ...shared import clock, receipts, sealed
from ...shared.lifecycle import move
from ...shared.refusals import Refused, require
from .. import events, policies
from ..models import Contact, Voice
from ..words import flags

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
