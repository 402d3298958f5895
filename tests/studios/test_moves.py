"""Every verb of a studio from every state, and by everybody who may not."""

import datetime as dt
from functools import partial

import pytest

from shangliang.files.models import Attachment
from shangliang.people.roles import Role
from shangliang.rules import commands as rules
from shangliang.rules.models import Rule
from shangliang.shared import clock
from shangliang.studios import commands as studios
from shangliang.studios.models import Activity, ChecklistItem, Promise, Seat, Studio
from tests.journeys.walk import picture

from .. import factories, moves

LATER = dt.timedelta(days=30)


def _sign():
    return Attachment.objects.filter(role="sign", is_public=False)


ACTS = {
    "open": lambda by, studio: studios.open(by=by, studio=studio),
    "close": lambda by, studio: studios.close(by=by, studio=studio, why="并入另一处"),
    "reopen": lambda by, studio: studios.reopen(by=by, studio=studio, why="房子修好了"),
    "revise": lambda by, studio: studios.revise(by=by, studio=studio, name="新名字", kind="area"),
    "seat": lambda by, studio: studios.seat(
        by=by, studio=studio, role="serving", name="干部", body="安富街道办事处"
    ),
    "unseat": lambda by, studio: studios.unseat(by=by, studio=studio, seat=Seat.objects.get(role="lead")),
    "set_hours": lambda by, studio: studios.set_hours(by=by, studio=studio, hours=[(2, dt.time(9), dt.time(11), "")]),
    "hang_sign": lambda by, studio: studios.hang_sign(by=by, studio=studio, photos=[picture()]),
    "publish_sign": lambda by, studio: studios.publish_sign(by=by, studio=studio, photos=_sign()),
    "check": lambda by, studio: studios.check(by=by, studio=studio, met=[]),
    "review": lambda by, studio: studios.review(
        by=by, studio=studio, level=ChecklistItem.objects.get(text="示范"), basis="某号文件"
    ),
    "receive_visitor": lambda by, studio: studios.receive_visitor(
        by=by, studio=studio, matter="问医保怎么交", outcome="告诉了手机上怎么交", answered_on_spot=True
    ),
    "add_activity": lambda by, studio: studios.add_activity(
        by=by, studio=studio, kind="learning", on=clock.today(), title="学习条例"
    ),
    "write_log": lambda by, studio: studios.write_log(by=by, studio=studio, text="值守半天。"),
    "promise": lambda by, studio: studios.promise(by=by, studio=studio, text="修好门口的凳子", due_on=clock.today()),
    "keep_promise": lambda by, studio: studios.keep_promise(
        by=by, studio=studio, promise=Promise.objects.get(published_on=None), report="修好了"
    ),
    "publish_activity": lambda by, studio: studios.publish_activity(
        by=by, studio=studio, activity=Activity.objects.get(published_on=None), title="讲政策", summary=""
    ),
    "withdraw_activity": lambda by, studio: studios.withdraw_activity(
        by=by, studio=studio, activity=Activity.objects.exclude(published_on=None).get(), why="写错了"
    ),
    "publish_promise": lambda by, studio: studios.publish_promise(
        by=by, studio=studio, promise=Promise.objects.get(published_on=None)
    ),
    "withdraw_promise": lambda by, studio: studios.withdraw_promise(
        by=by, studio=studio, promise=Promise.objects.exclude(published_on=None).get(), why="写错了"
    ),
}
PUBLISHING = {"publish_activity", "withdraw_activity", "publish_promise", "withdraw_promise", "publish_sign"}
LEADING = {"set_hours", "hang_sign", "promise", "keep_promise"}
SITTING = {"receive_visitor", "add_activity", "write_log"}
OFFICE_ALONE = {"open", "close", "reopen", "revise"}


@pytest.fixture
def busy(studio, office_staff, reviewer):
    """The studio with one thing of each sort, public and not, and reviews switched on."""
    row = Rule.objects.get(key="studio.review_levels")
    rules.set_rule(by=office_staff, rule=row, value=1, why="本地办法要求")
    for number in range(2):
        activity = studios.add_activity(
            by=office_staff, studio=studio, kind="publicity", on=clock.today(), title=f"讲政策{number}"
        )
        promise = studios.promise(by=office_staff, studio=studio, text=f"承诺{number}", due_on=clock.today() + LATER)
    studios.publish_activity(by=reviewer, studio=studio, activity=activity, title="讲政策", summary="")
    studios.publish_promise(by=reviewer, studio=studio, promise=promise)
    studios.hang_sign(by=office_staff, studio=studio, photos=[picture()])
    return studio


def dress(studio, state):
    """The studio as it would stand in this state; the lead stays seated, as the verbs need one."""
    dates = {
        "preparing": {"opened_on": None, "closed_on": None},
        "open": {"opened_on": dt.date(2026, 3, 2), "closed_on": None},
        "closed": {"opened_on": dt.date(2026, 3, 2), "closed_on": dt.date(2026, 5, 1)},
    }
    return moves.put(studio, state, **dates[str(state)])


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Studio.MOVES) == set(ACTS) == set(Studio.VERBS)


def test_every_verb_leaves_only_the_states_of_its_table(busy, office_staff):
    faults = []
    for verb, act in ACTS.items():
        faults += moves.try_all(busy, verb, partial(act, office_staff), dress)
    assert faults == []


def test_every_verb_is_refused_to_everybody_who_has_nothing_to_do_with_the_studio(busy, strangers, reviewer, lead, team):
    let_in = {}
    for verb, act in ACTS.items():
        people = dict(strangers)
        if verb not in PUBLISHING:
            people["the reviewer"] = reviewer
        if verb not in LEADING | SITTING:
            people["the lead"] = lead
        if verb not in SITTING:
            people["the team"] = team
        thing = dress(busy, min(Studio.MOVES[verb][0]))
        let_in[verb] = moves.refused_to(people, thing, act)
    assert let_in == {verb: [] for verb in ACTS}


def test_those_who_may_do_what_the_table_of_roles_says(busy, lead, team, reviewer, account, village):
    by_area = account(Role.STUDIO_LEAD, region=village.parent)
    staff = account(Role.OFFICE_STAFF)
    may = {
        **dict.fromkeys(LEADING, [lead, by_area, staff]), **dict.fromkeys(SITTING, [lead, team, by_area, staff]),
        **dict.fromkeys(PUBLISHING, [reviewer]), **dict.fromkeys(["seat", "unseat", "check", "review"], [staff]),
    }
    assert set(may) | OFFICE_ALONE == set(ACTS)
    for verb, people in may.items():
        for by in people:
            with moves.taken_back():
                ACTS[verb](by, Studio.objects.get(pk=busy.pk))


def test_a_lead_whose_seat_has_ended_is_a_stranger(busy, lead, office_staff):
    studios.unseat(by=office_staff, studio=busy, seat=Seat.objects.get(role="lead"))
    thing = Studio.objects.get(pk=busy.pk)
    acts = [act for verb, act in ACTS.items() if verb in LEADING | SITTING]
    assert [moves.refused_to({"former lead": lead}, thing, act) for act in acts] == [[]] * len(acts)
    assert not Studio.objects.visible_to(lead).exists()


def test_who_reads_which_studio(studio, lead, team, reviewer, account, village, strangers, liaison, other_committee):
    readers = [lead, team, reviewer, liaison, account(Role.LEADER), account(Role.OFFICE_STAFF)]
    readers.append(account(Role.STUDIO_LEAD, region=village.parent))
    assert all(Studio.objects.visible_to(by).exists() for by in readers)
    blind = [by for name, by in strangers.items() if name not in ("nobody", "holder of another receipt", "a leader")]
    blind = [by for by in blind if by.committee_id == studio.committee_id]
    assert not any(Studio.objects.visible_to(by).exists() for by in blind)
    assert factories.clerk_of_register(other_committee).committee_id != studio.committee_id
