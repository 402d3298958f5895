"""The personal data of the person who raised a voice: read with a reason, expired, erased."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...files.commands import erase_files
from ...files.models import Attachment
from ...journal import once
from ...journal.erase import erase_personal
from ...journal.record import as_stored, command, record
from ...shared import clock, sealed
from ...shared.refusals import require
from .. import events, policies
from ..models import Contact


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
def expire_contact(*, by, voice):
    """Delete the contact of a matter that ended long enough ago (rule ``pii.retention``, PIPL art. 19)."""
    require(policies.may_expire_contact(by, voice))
    Contact.objects.filter(voice=voice).delete()
    record(events.ContactExpired(), about=voice, by=by)


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
