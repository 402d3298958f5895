"""Witnesses sign what continues, and nothing else; two histories are kept as proof."""

import datetime as dt
import random
import threading

import pytest
from django.db import connection

from shangliang.people.actors import CLOCK
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.witness import commands, note, queries
from shangliang.witness.models import Cosignature, Fork, Salt, Watched
from shangliang.witness.tree import is_included, leaf_hash
from tests.witness.test_tree import LEAVES, mth, tree_of


def ask(neighbour, old, tree):
    return note.ask(old, tree.consistency(old), neighbour.signed(tree.size, tree.root()))


def test_a_log_that_grows_is_cosigned_again_and_again(neighbour):
    neighbour.watched()
    old = 0
    for size in (5, 5, 6, 300, 1000):
        answer = commands.cosign(by=CLOCK, request=ask(neighbour, old, tree_of(size)))
        assert answer.status == 200
        state = note.Checkpoint(neighbour.name, size, tree_of(size).root())
        assert note.cosigned_at(state, answer.body.strip(), queries.witness_key())
        old = size
    assert Watched.objects.get().size == 1000


def test_a_thousand_forks_are_all_refused(neighbour):
    neighbour.watched()
    commands.cosign(by=CLOCK, request=ask(neighbour, 0, tree_of(200)))
    chance, refused = random.Random(3), 0
    for n in range(1000):
        size = chance.randrange(200, 400)
        forged = list(LEAVES[:size])
        forged[chance.randrange(200)] = leaf_hash(f"other {n}".encode())
        proof = tree_of(size).consistency(200)
        answer = commands.cosign(by=CLOCK, request=note.ask(200, proof, neighbour.signed(size, mth(forged))))
        refused += answer.status in (409, 422)
    assert refused == 1000
    assert Watched.objects.get().size == 200
    assert Fork.objects.count() == 1000
    assert Fork.objects.first().known != Fork.objects.first().claimed


def test_a_witness_that_does_not_look_at_the_proof_would_be_noticed(neighbour, monkeypatch):
    monkeypatch.setattr(commands, "is_beginning", lambda *args: True)
    neighbour.watched()
    commands.cosign(by=CLOCK, request=ask(neighbour, 0, tree_of(200)))
    forged = note.ask(200, [], neighbour.signed(250, leaf_hash(b"forged")))
    assert commands.cosign(by=CLOCK, request=forged).status == 200


def test_it_never_signs_something_smaller(neighbour):
    neighbour.watched()
    commands.cosign(by=CLOCK, request=ask(neighbour, 0, tree_of(300)))
    answer = commands.cosign(by=CLOCK, request=ask(neighbour, 0, tree_of(200)))
    assert (answer.status, answer.body) == (409, "300\n")
    answer = commands.cosign(by=CLOCK, request=note.ask(300, [], neighbour.signed(200, tree_of(200).root())))
    assert answer.status == 400


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (lambda text: text.replace("old 0", "old 00"), 400), (lambda text: text[:-1], 400), (lambda text: "", 400),
        (lambda text: text.replace("neijiang", "zigong"), 404), (lambda text: text.replace("\n5\n", "\n6\n"), 403),
        (lambda text: text + "— x AAAA\r\n", 400), (lambda text: text.replace("\n\n", "\n", 1), 400),
        (lambda text: text.replace("old 0\n", "old 0\n" + "AAAA\n" * 70), 400),
    ],
)  # fmt: skip
def test_what_is_not_a_request_is_told_so(neighbour, spoil, status):
    neighbour.watched()
    assert commands.cosign(by=CLOCK, request=spoil(ask(neighbour, 0, tree_of(5)))).status == status
    assert Watched.objects.get().size == 0


def test_the_door_answers_as_the_protocol_says(neighbour, client):
    neighbour.watched()
    path = "/log/witness/add-checkpoint"
    good = client.post(path, ask(neighbour, 0, tree_of(5)), content_type="text/plain")
    assert good.status_code == 200 and good.content.decode().startswith("— ")
    again = client.post(path, ask(neighbour, 0, tree_of(7)), content_type="text/plain")
    assert (again.status_code, again.content) == (409, b"5\n")
    assert again["Content-Type"] == "text/x.tlog.size"
    assert client.post(path, b"\xff\xfe", content_type="text/plain").status_code == 400
    assert client.post(path, b"x", content_type="text/plain", CONTENT_LENGTH="900000000").status_code == 413
    assert client.get(path).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_cannot_both_win(neighbour):
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time by nature")
    neighbour.watched()
    answers = []

    def go(size):
        answers.append(commands.cosign(by=CLOCK, request=ask(neighbour, 0, tree_of(size))).status)
        connection.close()

    threads = [threading.Thread(target=go, args=(size,)) for size in (5, 6, 7, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409]


def test_what_they_sign_for_us_is_kept_and_shown(log, neighbour):
    watched = neighbour.watched()
    state = note.read_note(log.note).checkpoint
    assert not commands.keep(by=CLOCK, watched=watched, size=log.size, line=note.cosigned(state, neighbour.name, "33" * 32, 1700000000))
    assert Watched.objects.get().last_error
    line = note.cosigned(state, neighbour.name, neighbour.WITNESS, 1700000000)
    assert commands.keep(by=CLOCK, watched=watched, size=log.size, line=line)
    assert commands.keep(by=CLOCK, watched=watched, size=log.size, line=line)
    assert Cosignature.objects.count() == 1
    (one,) = queries.witnessed()
    assert (one.name, one.size) == ("内江市政协", log.size)
    assert one.at == queries.moment(1700000000)
    assert line in queries.published_note(log)


def test_a_neighbours_key_is_not_changed_quietly(neighbour):
    neighbour.watched()
    commands.cosign(by=CLOCK, request=ask(neighbour, 0, tree_of(5)))
    neighbour.log_key = note.Key(neighbour.name, note.SIGN, note.public_bytes("44" * 32))
    with pytest.raises(Refused, match="悄悄"):
        neighbour.watched()


def test_every_entry_enters_the_log_and_can_be_proved(log):
    from shangliang.journal.models import Entry

    assert log.size == Entry.objects.count() > 40
    tree = queries.tree(log.size)
    root = note.read_note(log.note).checkpoint.root
    for seq in (1, 2, log.size // 2, log.size):
        leaf = leaf_hash(queries.read(-1, (seq - 1) // 256)[(seq - 1) % 256 * 32 :][:32])
        assert is_included(leaf, seq - 1, log.size, tree.inclusion(seq - 1), root)
        assert queries.tree(log.size, seq - 1).inclusion(seq - 1) == tree.inclusion(seq - 1)


def test_an_entry_is_public_within_a_minute(log, entries):
    """The clock ticks each twenty seconds; one tick after the entry it stands in the log."""
    from shangliang.journal.models import Entry
    from shangliang.tick import work

    entries(3)
    work()
    assert queries.latest().size == Entry.objects.count()


def test_publishing_again_adds_nothing(log):
    assert commands.publish(by=CLOCK) == 0
    assert queries.latest().size == log.size


def test_an_erased_person_leaves_the_log_whole(log):
    from shangliang.witness.verify import faults

    assert faults() == []
    commands.unlink(by=CLOCK, seq=7)
    assert Salt.objects.get(seq=7).salt == ""
    commands.publish(by=CLOCK)
    assert faults() == []
    with pytest.raises(Refused):
        commands.unlink(by=CLOCK, seq=7)


def test_the_same_entry_has_another_leaf_in_another_log():
    assert commands._commitment("00" * 16, "sha256:aa") != commands._commitment("11" * 16, "sha256:aa")


def test_a_checkpoint_is_dated_by_our_clock_and_a_cosignature_by_theirs(log):
    with clock.at(dt.date(2023, 5, 12)):
        commands.append(by=CLOCK, size=log.size, leaves=[b"x" * 32])
    assert queries.latest().made_at.date() == dt.date(2023, 5, 12)
