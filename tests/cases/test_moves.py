"""Opening and closing the public page of a case, from every state, and by everybody who may not."""

from functools import partial

import pytest

from shangliang.cases import commands as cases
from shangliang.cases.models import Case
from shangliang.journal.models import Entry
from shangliang.journal.verify import verify
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .. import moves
from ..journeys import walk

ACTS = {
    "publish": lambda by, case: cases.publish(by=by, case=case, title="小院装路灯", summary="夜间看不见路。"),
    "take_back": lambda by, case: cases.take_back(by=by, case=case, why="标题要改"),
}


@pytest.fixture
def case(committee, courtyard):
    """The case of a voice, not public."""
    voice, _code = walk.report(committee, courtyard)
    return voice.case


def dress(case, state):
    return moves.put(case, state, title="小院装路灯", published_on=clock.today())


def test_the_table_and_the_acts_name_the_same_verbs():
    assert set(Case.MOVES) == set(ACTS)


def test_every_verb_leaves_only_the_states_of_its_table(case, reviewer):
    faults = [moves.try_all(case, verb, partial(act, reviewer), dress) for verb, act in ACTS.items()]
    assert sum(faults, []) == []


def test_only_a_reviewer_or_the_office_opens_and_closes_a_page(
    case, county, committee, other_committee, liaison, member_account, party_approver
):
    people = moves.strangers(county, committee, other_committee)
    people |= {"the liaison": liaison, "a member": member_account, "the Party's desk": party_approver}
    del people["reviewer"]
    for verb, act in ACTS.items():
        thing = dress(case, next(iter(Case.MOVES[verb][0])))
        assert moves.refused_to(people, thing, act) == [], verb


@pytest.mark.parametrize("words", ["电话13812345678", "身份证500222197001011234", "车牌渝A·12345"])
def test_a_page_with_personal_data_in_its_words_is_not_opened(words, case, reviewer):
    with pytest.raises(Refused, match="疑似个人信息") as refused:
        cases.publish(by=reviewer, case=case, title="小院装路灯", summary=words)
    assert refused.value.field == "summary"
    assert Case.objects.get(pk=case.pk).state == Case.State.PRIVATE


def test_a_case_that_joins_another_leads_there_and_takes_its_followers_along(committee, courtyard, liaison):
    numbers = ["first", "second", "third"]
    first, second, third = [walk.report(committee, courtyard, key=key)[0].case for key in numbers]
    cases.join(by=liaison, case=first, into=second, why="同一件事")
    cases.join(by=liaison, case=second, into=third, why="同一件事")
    assert Case.objects.get(pk=first.pk).joined_to == third
    with pytest.raises(Refused, match="不能并入自己"):
        cases.join(by=liaison, case=third, into=Case.objects.get(pk=first.pk), why="绕一圈")
    assert Entry.objects.filter(event="cases.joined").count() == 2
    assert verify().whole


def test_numbers_follow_each_other_within_a_year(committee, courtyard):
    numbers = [walk.report(committee, courtyard, key=str(n))[0].case.no for n in range(3)]
    year = clock.today().year
    assert numbers == [f"RC-{year}-{n:04d}" for n in (1, 2, 3)]
