"""The check of the proof by killing sees whatever a crash could leave undone."""

import pytest

from proof.killing.check import Checker
from proof.killing.people import ANSWER, Ledger, Matter
from shangliang.files.models import Attachment
from shangliang.journal.models import Delivery, Entry, Submission
from shangliang.journal.outbox import relay
from shangliang.notifications.models import Notice
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice

from .. import moves
from ..files.samples import jpeg, upload
from ..journeys import walk

KEY = "k" * 32


@pytest.fixture
def ledger(committee, courtyard, office_staff, settings, tmp_path):
    """One voice with a picture, shown and answered, its notice delivered."""
    settings.MEDIA_ROOT = tmp_path
    ledger, matter = Ledger(), Matter("路灯坏了", picture=b"sent", key=KEY)
    voice, code = walk.report(committee, courtyard, key=KEY, text=matter.text, photos=[upload(jpeg())])
    ledger.show(matter, code)
    voices.answer(by=office_staff, voice=Voice.objects.get(pk=voice.pk), words=ANSWER)
    ledger.answered.append(matter)
    relay()
    return ledger


def found(ledger) -> set:
    checker = Checker()
    checker.go_on(ledger)
    checker.again(ledger)
    return {kind for kind, _words in checker.faults}


def test_what_is_whole_has_no_fault(ledger):
    assert found(ledger) == set()


def test_every_missing_part_is_found(ledger):
    breaks = {
        "lost": [
            lambda: Voice.objects.update(receipt="0" * 64),
            lambda: Voice.objects.update(state=Voice.State.SCREENING),
            lambda: Submission.objects.all().delete(),
            lambda: Entry.objects.filter(event="voices.screening_begun").delete(),
        ],
        "orphan": [
            lambda: Entry.objects.filter(event="voices.received").delete(),
            lambda: Submission.objects.update(subject_id=10**6),
            lambda: ledger.shown.clear(),
        ],
        "outbox": [
            lambda: Delivery.objects.all().delete(),
            lambda: Delivery.objects.update(done_at=None),
            lambda: Notice.objects.all().delete(),
        ],
        "file": [lambda: Attachment.objects.all().delete(), lambda: Attachment.objects.update(sha256="0" * 64)],
        "chain": [
            lambda: Entry.objects.filter(event="voices.received").update(actor="somebody else"),
            lambda: Entry.objects.filter(event="voices.received").delete(),
        ],
        "duplicate": [lambda: Entry.objects.filter(event="voices.screening_begun").update(event="voices.received")],
    }
    for kind, ways in breaks.items():
        for number, spoil in enumerate(ways):
            with moves.taken_back():
                shown = list(ledger.shown)
                spoil()
                assert kind in found(ledger), f"{kind} {number}"
                ledger.shown[:] = shown


def test_a_missing_file_and_a_second_voice_are_found(ledger, committee, courtyard):
    for path in (Attachment.objects.get().thumbnail_path, Attachment.objects.get().path):
        body = path.read_bytes()
        path.unlink()
        assert found(ledger) == {"file"}
        path.write_bytes(body)
    walk.report(committee, courtyard, key="second" * 6, text="路灯坏了")
    assert found(ledger) == {"duplicate", "orphan"}


def test_another_code_for_the_same_form_is_counted(ledger):
    matter = ledger.shown[0]
    ledger.show(matter, matter.code)
    ledger.show(matter, "0" * 26)
    assert ledger.counts["again"] == 2 and ledger.counts["changed"] == 1 and ledger.shown == [matter]
