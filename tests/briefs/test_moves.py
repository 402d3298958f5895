"""The life of a brief, tried from every state and by people who may not."""

import pytest
from django.db import IntegrityError, transaction

from shangliang.briefs import commands as briefs
from shangliang.briefs.models import Brief, Dispatch
from shangliang.people.roles import Role
from shangliang.shared import clock
from tests.briefs.conftest import WORDS
from tests.moves import put, refused_to, strangers, try_all


def acts(by):
    """Each verb of a brief as a call."""

    def adopting(command):
        def act(brief):
            sent = Dispatch.objects.create(
                committee=brief.committee, brief=brief, level="city", to="市政协", on=clock.today()
            )
            command(by=by, brief=brief, dispatch=sent, how="single", on=clock.today())

        return act

    edited = {name: WORDS[name] for name in ("title", "situation", "analysis", "advice")}
    return {
        "rewrite": lambda brief: briefs.rewrite(by=by, brief=brief, **WORDS),
        "submit": lambda brief: briefs.submit(by=by, brief=brief),
        "take_edit": lambda brief: briefs.take_edit(by=by, brief=brief),
        "edit": lambda brief: briefs.edit(by=by, brief=brief, **edited),
        "send_back": lambda brief: briefs.send_back(by=by, brief=brief, words="请补数据。"),
        "keep": lambda brief: briefs.keep(by=by, brief=brief, words="已有同类。"),
        "sign": lambda brief: briefs.sign(by=by, brief=brief, post="秘书长"),
        "send": lambda brief: briefs.send(by=by, brief=brief, level="city", to="市政协", on=clock.today()),
        "send_further": lambda brief: briefs.send_further(by=by, brief=brief, level="city", to="市", on=clock.today()),
        "adopt": adopting(briefs.adopt),
        "note_adoption": adopting(briefs.note_adoption),
        "instruct": lambda brief: briefs.instruct(
            by=by, brief=brief, level="district", post="区长", on=clock.today(), words="请办。"
        ),
        "follow": lambda brief: briefs.follow(by=by, brief=brief, unit="区城市管理局", words="已装灯。"),
        "close": lambda brief: briefs.close(by=by, brief=brief, words="办好了。"),
        "withdraw": lambda brief: briefs.withdraw(by=by, brief=brief, why="重写。"),
    }


EMPTY = dict.fromkeys(("edited_title", "edited_situation", "edited_analysis", "edited_advice"), "")


def dress(brief, state):
    """The signed brief as it would stand in this state: before it is taken up nothing is edited, at the end a day."""
    fields = EMPTY if state in ("draft", "submitted", "withdrawn") else dict.fromkeys(EMPTY, "没有路灯。")
    return put(brief, state, closed_on=clock.today() if state == "closed" else None, **fields)


def test_every_verb_moves_as_the_table_says_and_nothing_else(signed, office_staff, member_account):
    known = acts(office_staff) | {"rewrite": acts(member_account)["rewrite"]}
    assert set(known) == set(Brief.MOVES)
    faults = [try_all(signed, verb, act, dress) for verb, act in known.items()]
    assert faults == [[] for _verb in known]


def test_no_stranger_takes_a_step(signed, county, committee, other_committee):
    people = strangers(county, committee, other_committee)
    for verb, (sources, _target) in Brief.MOVES.items():
        brief = dress(signed, sorted(map(str, sources))[0])
        let_in = refused_to(people, brief, lambda by, brief, verb=verb: acts(by)[verb](brief))
        assert let_in == [], verb


def test_each_step_is_refused_to_those_whose_step_it_is_not(signed, member_account, leader, liaison, account):
    editing = {"take_edit", "edit", "send_back", "keep", "send", "adopt", "instruct", "follow", "close"}
    others = {"the author": member_account, "a liaison": liaison, "another member": account(Role.MEMBER)}
    for verb in editing | {"send_further", "note_adoption"}:
        brief = dress(signed, sorted(map(str, Brief.MOVES[verb][0]))[0])
        people = others | {"a leader": leader}
        assert refused_to(people, brief, lambda by, brief, verb=verb: acts(by)[verb](brief)) == [], verb
    brief = dress(signed, "editing")
    assert refused_to(others, brief, lambda by, brief: acts(by)["sign"](brief)) == []
    acts(leader)["sign"](brief)
    assert Brief.objects.get(pk=signed.pk).state == Brief.State.SIGNED


def test_the_office_does_not_rewrite_what_the_author_wrote(signed, office_staff, member_account):
    brief = dress(signed, "draft")
    assert refused_to({"the office": office_staff}, brief, lambda by, brief: acts(by)["rewrite"](brief)) == []
    acts(member_account)["rewrite"](brief)


HALF_DONE = {
    "an edited draft": {"state": "draft"},
    "signed without wording": {"state": "sent", **EMPTY},
    "signed by nobody": {"state": "signed", "signer": ""},
    "closed without a day": {"state": "closed"},
    "a day of the end before it": {"state": "signed", "closed_on": "2024-01-01"},
    "two authors": {"informant": "某人"},
    "nobody's": {"member": None},
}


@pytest.mark.parametrize("fields", HALF_DONE.values(), ids=HALF_DONE)
def test_a_half_done_brief_cannot_be_stored(signed, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Brief.objects.filter(pk=signed.pk).update(**fields)
