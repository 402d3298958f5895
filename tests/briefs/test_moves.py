"""The life of a brief, tried from every state and by people who may not."""

from shangliang.briefs import commands as briefs
from shangliang.briefs.models import Brief, Dispatch
from shangliang.shared import clock
from tests.briefs.conftest import WORDS
from tests.moves import put, refused_to, strangers, try_all


def acts(by):
    """Each verb of a brief as a call."""

    def adopt(brief):
        sent = Dispatch.objects.create(
            committee=brief.committee, brief=brief, level="city", to="市政协", on=clock.today()
        )
        briefs.adopt(by=by, brief=brief, dispatch=sent, how="single", on=clock.today())

    edited = {name: WORDS[name] for name in ("title", "situation", "analysis", "advice")}
    return {
        "rewrite": lambda brief: briefs.rewrite(by=by, brief=brief, **WORDS),
        "submit": lambda brief: briefs.submit(by=by, brief=brief),
        "take_edit": lambda brief: briefs.take_edit(by=by, brief=brief),
        "edit": lambda brief: briefs.edit(by=by, brief=brief, **edited),
        "send_back": lambda brief: briefs.send_back(by=by, brief=brief, words="请补数据。"),
        "keep": lambda brief: briefs.keep(by=by, brief=brief, words="已有同类。"),
        "sign": lambda brief: briefs.sign(by=by, brief=brief),
        "send": lambda brief: briefs.send(by=by, brief=brief, level="city", to="市政协", on=clock.today()),
        "adopt": adopt,
        "instruct": lambda brief: briefs.instruct(by=by, brief=brief, post="区长", on=clock.today(), words="请办。"),
        "follow": lambda brief: briefs.follow(by=by, brief=brief, words="已转城管局。"),
        "close": lambda brief: briefs.close(by=by, brief=brief, words="办好了。"),
        "withdraw": lambda brief: briefs.withdraw(by=by, brief=brief, why="重写。"),
    }


def test_every_verb_moves_as_the_table_says_and_nothing_else(signed, office_staff):
    known = acts(office_staff)
    assert set(known) == set(Brief.MOVES)
    faults = [try_all(signed, verb, act, put) for verb, act in known.items()]
    assert faults == [[] for _verb in known]


def test_no_stranger_takes_a_step(signed, county, committee, other_committee):
    people = strangers(county, committee, other_committee)
    for verb, (sources, _target) in Brief.MOVES.items():
        brief = put(signed, sorted(map(str, sources))[0])
        let_in = refused_to(people, brief, lambda by, brief, verb=verb: acts(by)[verb](brief))
        assert let_in == [], verb
