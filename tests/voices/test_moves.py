"""Every verb of a voice from every state, and by everybody who may not."""

import datetime as dt
from functools import partial

import pytest

from shangliang.people.actors import CLOCK, ReceiptHolder
from shangliang.rules import commands as rules
from shangliang.shared import clock
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice

from .. import moves

ACTS = {
    "begin_screening": lambda by, voice, **_o: voices.begin_screening(by=by, voice=voice),
    "ask_info": lambda by, voice, **_o: voices.ask_info(by=by, voice=voice, question="哪一段路？"),
    "supplement": lambda by, voice, **_o: voices.supplement(by=by, voice=voice, text="村口到小院。"),
    "answer": lambda by, voice, **_o: voices.answer(by=by, voice=voice, words="已经修好。"),
    "refer": lambda by, voice, **_o: voices.refer(by=by, voice=voice, to="12345", words="已转热线。"),
    "hand_to_topic": lambda by, voice, **_o: voices.hand_to_topic(by=by, voice=voice),
    "turn_to_info": lambda by, voice, **_o: voices.turn_to_info(by=by, voice=voice, words="写成信息。"),
    "merge": lambda by, voice, into: voices.merge(by=by, voice=voice, into=into, why="同一盏灯"),
    "guide": lambda by, voice, **_o: voices.guide(by=by, voice=voice, channel="petition"),
    "not_accept": lambda by, voice, **_o: voices.not_accept(by=by, voice=voice, ground="spam"),
    "return_from_topic": lambda by, voice, **_o: voices.return_from_topic(by=by, voice=voice, why="不成熟"),
    "give_result": lambda by, voice, **_o: voices.give_result(by=by, voice=voice, words="灯亮了。"),
    "confirm": lambda by, voice, **_o: voices.confirm(by=by, voice=voice),
    "close_unrated": lambda by, voice, **_o: voices.close_unrated(by=by, voice=voice),
    "close": lambda by, voice, **_o: voices.close(by=by, voice=voice),
    "work_again": lambda by, voice, **_o: voices.work_again(by=by, voice=voice),
    "reopen": lambda by, voice, **_o: voices.reopen(by=by, voice=voice, why="又黑了"),
}
#: Steps that only the system takes.
CLOCKS_OWN = {"close_unrated", "work_again"}
HOLDERS = {"supplement", "confirm", "reopen"}


def dress(second):
    def put(voice, state):
        parent = second if state == Voice.State.MERGED else None
        return moves.put(voice, state, merged_into=parent, result_words="灯亮了。")

    return put


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Voice.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(voice, second, liaison):
    def act(verb, thing):
        if verb == "close_unrated":
            thing.deadline = rules.start_clock(by=CLOCK, about=thing, key="voice.evaluate")
            thing.save(update_fields=["deadline"])
        with clock.at(clock.now() + dt.timedelta(days=30)):
            ACTS[verb](CLOCK if verb in CLOCKS_OWN else liaison, thing, into=second)

    faults = [moves.try_all(voice, verb, partial(act, verb), dress(second)) for verb in ACTS]
    assert sum(faults, []) == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_the_voice(
    voice, second, strangers, office_staff, liaison, member_account
):
    let_in = {}
    for verb, act in ACTS.items():
        people = strangers | {"a member": member_account}
        if verb not in HOLDERS:
            people["the holder of the receipt"] = ReceiptHolder(voice.pk)
        if verb in CLOCKS_OWN:
            people |= {"the office": office_staff, "the liaison": liaison}
        thing = dress(second)(voice, next(iter(Voice.MOVES[verb][0])))
        let_in[verb] = moves.refused_to(people, thing, partial(act, into=second))
    assert let_in == {verb: [] for verb in ACTS}


@pytest.mark.parametrize("verb", sorted(HOLDERS))
def test_the_holder_of_the_receipt_may_take_the_persons_own_steps(verb, voice, second):
    state = sorted(Voice.MOVES[verb][0])[0]
    thing = dress(second)(voice, state)
    ACTS[verb](ReceiptHolder(voice.pk), thing, into=second)
    assert Voice.objects.get(pk=voice.pk).state == Voice.MOVES[verb][1]
