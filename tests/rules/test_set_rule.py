"""The rule set 示例规则 and a committee's own copy of it."""

from decimal import Decimal

import pytest
from django_scopes import ScopeError

from shangliang.journal.models import Entry
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.rules import commands, queries
from shangliang.rules.models import Rule
from shangliang.rules.sample import SAMPLES
from shangliang.shared.refusals import Refused

#: Every key of the table in domain.md 11, and those that the stages' life cycles ask for.
ASKED = [
    "voice.receipt",
    "voice.screen",
    "voice.tell",
    "voice.evaluate",
    "voice.reopen",
    "topic.review",
    "session.notice",
    "session.stakeholder_ratio",
    "session.min_members",
    "minutes.issue",
    "task.acknowledge",
    "task.objection",
    "task.objection_decide",
    "task.first_contact",
    "task.co_unit",
    "task.due.immediate",
    "task.due.ordinary",
    "task.due.hard",
    "task.due.proposal",
    "task.extension",
    "task.extension.times",
    "task.remind",
    "task.escalate",
    "task.evaluate",
    "task.redo",
    "promise.report",
    "publish",
    "appraisal.quorum",
    "village.meeting.adults",
    "village.delegates.present",
    "station.sessions_min",
    "studio.activity_min",
    "log.retention",
    "pii.retention",
    "info.max_chars",
]


@pytest.fixture
def keeper(account):
    return account(Role.COMMITTEE_OFFICE)


@pytest.fixture
def rule(committee):
    return Rule.objects.get(key="voice.screen")


def test_the_sample_knows_every_key_that_the_stages_ask_for():
    assert set(ASKED) <= set(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=lambda sample: sample.key)
def test_each_sample_has_a_chinese_title_a_basis_and_a_value_within_its_bounds(sample):
    assert sample.title and sample.basis
    assert sample.least <= sample.value <= sample.most
    assert sample.counted in Rule.Counted.values
    assert len(sample.title) <= 80 and len(sample.basis) <= 200


def test_a_committee_gets_its_own_copy_once(committee):
    assert Rule.objects.count() == len(SAMPLES)
    assert commands.seed_rules(by=CLOCK, committee=committee) == 0
    Rule.objects.filter(key="publish").delete()
    assert commands.seed_rules(by=CLOCK, committee=committee) == 1
    said = Entry.objects.filter(event="rules.seeded", committee=committee)
    assert [entry.fields["rules"] for entry in said] == [len(SAMPLES), 1]


def test_a_stranger_seeds_nothing(committee):
    with pytest.raises(Refused, match="政协办公室或系统管理员"):
        commands.seed_rules(by=ANYONE, committee=committee)


def test_numbers_are_whole_and_ratios_are_decimal(committee):
    assert queries.rule(committee.pk, "voice.screen") == 3
    assert queries.rule(committee.pk, "session.stakeholder_ratio") == Decimal("0.5")
    every = queries.rules_of(committee.pk)
    assert every["info.max_chars"] == 1500
    assert set(every) == set(SAMPLES)


def test_all_rules_of_a_committee_take_one_query(committee, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.rules_of(committee.pk)
    with django_assert_num_queries(1):
        rows = queries.rules_for_page(committee.pk)
    assert all(row.key == sample.key for row, sample in rows)


def test_without_a_committee_in_scope_no_rule_is_read(db):
    with pytest.raises(ScopeError):
        queries.rule(1, "voice.screen")


def test_another_committees_rules_are_not_seen(committee, other_committee):
    Rule.objects.filter(key="voice.screen").update(value=9)
    with within(other_committee):
        assert queries.rule(committee.pk, "voice.screen") == 3
    assert queries.rule(committee.pk, "voice.screen") == 9


def test_a_changed_rule_is_told_with_old_and_new(rule, keeper):
    commands.set_rule(by=keeper, rule=rule, value="5", why="镇街人手少")
    rule.refresh_from_db()
    assert rule.value == 5
    told = Entry.objects.get(event="rules.set")
    assert (told.fields["old"], told.fields["new"], told.why) == ("3", "5", "镇街人手少")


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("voice.screen", "三", "不是数"),
        ("voice.screen", "NaN", "不是数"),
        ("voice.screen", "Infinity", "不是数"),
        ("voice.screen", "2.5", "整数"),
        ("voice.screen", "-1", "之间"),
        ("voice.screen", "1e30", "之间"),
        ("voice.screen", "3", "没有改动"),
        ("voice.tell", "16", "信访工作条例"),
        ("task.extension", "31", "不超过三十日"),
        ("village.delegates.present", "0.5", "三分之二"),
        ("village.meeting.notice", "9", "提前十天"),
        ("session.stakeholder_ratio", "1.2", "之间"),
        ("log.retention", "5", "不少于六个月"),
    ],
)
def test_nonsense_and_unlawful_values_are_refused_with_a_sentence(keeper, key, value, sentence):
    rule = Rule.objects.get(key=key)
    before = rule.value
    with pytest.raises(Refused, match=sentence):
        commands.set_rule(by=keeper, rule=rule, value=value, why="试试")
    rule.refresh_from_db()
    assert rule.value == before


def test_a_ratio_keeps_three_decimals(keeper):
    rule = Rule.objects.get(key="session.stakeholder_ratio")
    commands.set_rule(by=keeper, rule=rule, value="0.6667", why="提高要求")
    assert queries.rule(rule.committee_id, rule.key) == Decimal("0.667")


def test_a_change_needs_a_reason(rule, keeper):
    with pytest.raises(Refused, match="为什么"):
        commands.set_rule(by=keeper, rule=rule, value=4, why=" ")


def test_two_people_changing_a_rule_at_once_do_not_both_win(rule, keeper):
    stale = Rule.objects.get(pk=rule.pk)
    commands.set_rule(by=keeper, rule=rule, value=4, why="先")
    with pytest.raises(Refused, match="刚才已有人"):
        commands.set_rule(by=keeper, rule=stale, value=5, why="后")


def test_a_liaison_and_another_committees_office_may_not_change_it(rule, liaison, account, other_committee):
    neighbour = account(Role.COMMITTEE_OFFICE, committee=other_committee)
    for by in (liaison, neighbour, CLOCK):
        with pytest.raises(Refused, match="政协办公室或系统管理员"):
            commands.set_rule(by=by, rule=rule, value=4, why="试试")
