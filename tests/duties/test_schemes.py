"""Schemes of scoring: off by default, tried on one member, capped and explained, never a table of people."""

from decimal import Decimal

import pytest

from shangliang.duties import commands as duties
from shangliang.duties.models import Scheme
from shangliang.duties.queries import duty_file, trial
from shangliang.rules.models import Rule
from shangliang.shared.refusals import Refused
from tests.moves import put, refused_to, strangers, try_all


@pytest.fixture
def scheme(committee, office_staff):
    """A scheme with two rules, one capped."""
    made = duties.draft_scheme(by=office_staff, committee=committee, name="二〇二三年试算", year=2023)
    duties.set_rule(by=office_staff, scheme=made, kind="visit", value=Decimal("5"), cap=Decimal("8"))
    duties.set_rule(by=office_staff, scheme=made, kind="brief", value=Decimal("10"))
    return made


def test_the_cap_is_applied_and_told(busy, scheme):
    lines = duty_file(busy.member, 2023).counting
    visit = next(line for line in lines if line.kind == "visit")
    rows = trial(scheme, [*lines, visit])
    assert [(row.times, row.given, row.capped) for row in rows] == [(2, Decimal("8.0"), True), (1, Decimal("10.0"), False)]


def test_scoring_is_off_until_the_committee_itself_switches_it_on(scheme, office_staff):
    with pytest.raises(Refused, match="计分没有开启"):
        duties.use(by=office_staff, scheme=scheme)
    Rule.objects.filter(key="duty.scoring").update(value=1)
    duties.use(by=office_staff, scheme=scheme)
    assert Scheme.objects.get().state == Scheme.State.IN_USE


def test_the_page_tries_one_member_and_shows_no_other(busy, scheme, office_staff, client_as):
    page = client_as(office_staff).get(f"/desk/schemes/{scheme.pk}/trial/?member={busy.member.pk}")
    text = page.content.decode()
    assert text.count("合计") == 1
    assert client_as(office_staff).get(f"/desk/schemes/{scheme.pk}/trial/?member=x").status_code == 200
    assert client_as(busy).get(f"/desk/schemes/{scheme.pk}/trial/").status_code == 403


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"kind": "shopping"}, "kind"), ({"value": Decimal("-1")}, "value"), ({"cap": Decimal("1")}, "cap")],
)
def test_a_rule_that_makes_no_sense_is_refused(scheme, office_staff, fields, field):
    with pytest.raises(Refused) as refusal:
        duties.set_rule(by=office_staff, scheme=scheme, **{"kind": "visit", "value": Decimal("5"), **fields})
    assert refusal.value.field == field


def acts(by):
    return {
        "set_rule": lambda scheme: duties.set_rule(by=by, scheme=scheme, kind="salon", value=Decimal("1")),
        "use": lambda scheme: duties.use(by=by, scheme=scheme),
        "retire": lambda scheme: duties.retire(by=by, scheme=scheme),
    }


def test_every_verb_moves_as_the_table_says_and_strangers_take_no_step(
    scheme, office_staff, county, committee, other_committee
):
    Rule.objects.filter(key="duty.scoring").update(value=1)
    assert set(Scheme.MOVES) == set(acts(office_staff))
    for verb, act in acts(office_staff).items():
        assert try_all(scheme, verb, act, put) == [], verb
    people = strangers(county, committee, other_committee)
    for verb in Scheme.MOVES:
        assert refused_to(people, scheme, lambda by, scheme, verb=verb: acts(by)[verb](scheme)) == [], verb
