"""The chain finds every change of every column, every row taken, added or moved, and says where it first breaks."""

import pytest
from click.testing import CliRunner
from django.db import connection

from shangliang.cli import main
from shangliang.journal import digest
from shangliang.journal.erase import erase_personal
from shangliang.journal.models import Entry, Head, PersonalValue
from shangliang.journal.verify import verify
from shangliang.voices import commands as voices
from tests.journeys import walk

COLUMNS = [f.column for f in Entry._meta.concrete_fields]
#: What an intruder writes into a column, by its kind.
FORGED = {"seq": 900, "subject_id": 900, "committee_id": None}


@pytest.fixture
def journal(committee, courtyard):
    """A dozen entries."""
    for number in range(3):
        walk.report(committee, courtyard, text=f"第{number}件事", key=f"key-{number}")
    assert verify().whole
    return list(Entry.objects.order_by("seq"))


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found_at_its_row(column, journal):
    victim = next(e for e in journal[len(journal) // 2 :] if e.committee_id)
    forged = FORGED.get(column, "x" * 20)
    PersonalValue.objects.filter(entry=victim).delete()
    victim.deliveries.all().delete()
    sql(f"UPDATE journal_entry SET {column} = %s WHERE seq = %s", forged, victim.seq)
    found = verify()
    assert not found.whole
    assert found.broken_seq in {victim.seq, victim.seq + 1}


@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_row_taken_out_is_found(place, journal):
    victim = journal[place]
    PersonalValue.objects.filter(entry=victim).delete()
    victim.deliveries.all().delete()
    sql("DELETE FROM journal_entry WHERE seq = %s", victim.seq)
    assert verify().broken_seq == victim.seq


def test_a_row_added_at_the_end_is_found(journal):
    last = journal[-1]
    forged = Entry.objects.get(pk=last.pk)
    forged.seq, forged.prev = last.seq + 1, last.digest
    forged.digest = digest.digest(forged.body())
    forged.save(force_insert=True)
    found = verify()
    assert found.broken_seq == last.seq + 1


def test_two_rows_that_changed_places_are_found(journal):
    a, b = journal[4].seq, journal[5].seq
    PersonalValue.objects.filter(entry__in=[a, b]).delete()
    for seq in (a, b):
        Entry.objects.get(seq=seq).deliveries.all().delete()
    for old, new in ((a, 9001), (b, a), (9001, b)):
        sql("UPDATE journal_entry SET seq = %s WHERE seq = %s", new, old)
    assert verify().broken_seq == a


def test_a_journal_rewritten_without_the_key_is_found(journal):
    """Whoever rewrites the whole chain in the database still lacks the key of the sealed head."""
    previous = digest.GENESIS
    for entry in Entry.objects.order_by("seq"):
        entry.why, entry.prev = "改过", previous
        entry.digest = digest.digest(entry.body())
        entry.save()
        previous = entry.digest
    Head.objects.update(digest=previous)
    assert "sealed head" in verify().reason


def test_a_personal_value_that_was_changed_is_found(journal):
    PersonalValue.objects.filter(field="text").update(value="改过的话")
    assert "commitment" in verify().reason


def test_a_person_can_be_erased_and_the_chain_still_holds(journal, office_staff):
    from shangliang.voices.models import Voice

    voice = Voice.objects.first()
    voices.erase_person(by=office_staff, voice=voice, why="本人要求")
    assert not PersonalValue.objects.filter(entry__subject="voices.voice", entry__subject_id=voice.pk).exists()
    assert verify().whole
    assert erase_personal(subject="voices.voice", subject_ids=[voice.pk]) == 0


def test_the_command_line_names_the_first_broken_entry(journal):
    victim = journal[6].seq
    sql("UPDATE journal_entry SET why = 'x' WHERE seq = %s", victim)
    result = CliRunner().invoke(main.commands["verify"])
    assert result.exit_code == 1
    assert f"entry {victim}" in result.output


def test_the_command_line_says_how_many_entries_hold(journal):
    result = CliRunner().invoke(main.commands["verify"])
    assert result.exit_code == 0
    assert str(len(journal)) in result.output
