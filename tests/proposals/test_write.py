"""Drafting, inviting, signing and handing in."""

import datetime as dt

import pytest

from shangliang.people.roles import Role
from shangliang.proposals import commands as proposals
from shangliang.proposals.models import Proposal, Signer
from shangliang.rules.models import Deadline
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .. import factories
from .conftest import MONDAY, WORDS, fresh


def test_a_member_drafts_for_themselves_with_a_case_of_its_own(drafted, member_account):
    assert drafted.state == "draft" and drafted.proposer == member_account.member
    assert drafted.case_no.startswith("RC-2024-") and not drafted.by_office
    assert [(each.lead, each.signed_on) for each in drafted.signers.all()] == [(True, MONDAY)]


def test_the_same_key_is_the_same_proposal(monday, committee, member_account):
    made = [proposals.draft(by=member_account, committee=committee, key="k" * 20, **WORDS) for _n in range(2)]
    assert made[0] == made[1] and Proposal.objects.count() == 1


def test_the_office_types_in_a_paper_with_its_signatures(monday, committee, office_staff):
    first, other = (factories.member(committee) for _n in range(2))
    made = proposals.draft(
        by=office_staff, committee=committee, proposer=first, signers=[other], kind="joint", **WORDS
    )
    assert made.by_office and made.who == first.name
    assert made.signers.exclude(signed_on=None).count() == 2
    proposals.submit(by=office_staff, proposal=made)
    assert made.kind == "joint"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"), ({"title": "找 13812345678 的建议"}, "title"), ({"reason": ""}, "reason"),
        ({"advice": "  "}, "advice"), ({"category": "zzz"}, "category"), ({"kind": "party"}, "kind"),
        ({"kind": "collective"}, "group_name"), ({"title": "长" * 81}, "title"),
    ],
)  # fmt: skip
def test_bad_words_are_refused_beside_their_field(fields, field, monday, committee, member_account):
    with pytest.raises(Refused) as refusal:
        proposals.draft(by=member_account, committee=committee, **WORDS | fields)
    assert refusal.value.field == field and str(refusal.value).endswith("。")


def test_the_office_must_name_the_first_proposer(monday, committee, office_staff):
    with pytest.raises(Refused) as refusal:
        proposals.draft(by=office_staff, committee=committee, **WORDS)
    assert refusal.value.field == "proposer"


def test_a_collective_proposal_is_a_groups_own(monday, committee, office_staff):
    made = proposals.draft(by=office_staff, committee=committee, kind="collective", group_name="农业界", **WORDS)
    assert made.who == "农业界" and made.proposer is None


@pytest.mark.parametrize("role", [Role.LIAISON, Role.UNIT_CLERK, Role.AUDITOR, Role.REVIEWER])
def test_nobody_else_drafts(role, monday, committee, account, village, unit):
    scope = {Role.LIAISON: {"region": village.parent}, Role.UNIT_CLERK: {"unit": unit}}.get(role, {})
    with pytest.raises(Refused):
        proposals.draft(by=account(role, **scope), committee=committee, **WORDS)


def test_an_invited_member_signs_and_the_proposal_becomes_joint(drafted, member_account, second):
    proposals.invite_signers(by=member_account, proposal=drafted, members=[second.member])
    signer = Signer.objects.get(member=second.member)
    assert signer.expires_on == MONDAY + dt.timedelta(days=7), "rule proposal.sign_days"
    proposals.sign(by=second, proposal=fresh(drafted))
    proposals.submit(by=member_account, proposal=fresh(drafted))
    made = fresh(drafted)
    assert made.kind == "joint" and made.state == "submitted"
    assert made.deadline.key == "proposal.assign" and made.deadline.due_on == dt.date(2024, 3, 18)


def test_the_last_day_still_counts_and_the_day_after_is_refused_in_words(drafted, member_account, second):
    proposals.invite_signers(by=member_account, proposal=drafted, members=[second.member])
    with clock.at(dt.date(2024, 3, 12)), pytest.raises(Refused, match="已在 2024-03-11 截止"):
        proposals.sign(by=second, proposal=fresh(drafted))
    with clock.at(dt.date(2024, 3, 11)):
        proposals.sign(by=second, proposal=fresh(drafted))


def test_who_let_the_day_pass_is_invited_anew(drafted, member_account, second):
    proposals.invite_signers(by=member_account, proposal=drafted, members=[second.member])
    with clock.at(dt.date(2024, 3, 20)):
        proposals.invite_signers(by=member_account, proposal=fresh(drafted), members=[second.member])
        proposals.sign(by=second, proposal=fresh(drafted))
    assert Signer.objects.get(member=second.member).signed_on == dt.date(2024, 3, 20)


@pytest.mark.parametrize("days", [0, -3])
def test_the_last_day_must_lie_in_the_future(days, drafted, member_account, second):
    with pytest.raises(Refused) as refusal:
        proposals.invite_signers(
            by=member_account, proposal=drafted, members=[second.member], until=MONDAY + dt.timedelta(days=days)
        )
    assert refusal.value.field == "until"


def test_only_the_invited_member_signs_and_only_once(drafted, member_account, second, account, committee, office_staff):
    proposals.invite_signers(by=member_account, proposal=drafted, members=[second.member])
    third = account(Role.MEMBER, member=factories.member(committee))
    for stranger in (third, office_staff, member_account):
        with pytest.raises(Refused, match="委员本人"):
            proposals.sign(by=stranger, proposal=fresh(drafted))
    proposals.sign(by=second, proposal=fresh(drafted))
    with pytest.raises(Refused):
        proposals.sign(by=second, proposal=fresh(drafted))


def test_who_declines_is_not_a_signer(drafted, member_account, second):
    proposals.invite_signers(by=member_account, proposal=drafted, members=[second.member])
    proposals.decline_signing(by=second, proposal=fresh(drafted), why="不了解情况")
    with pytest.raises(Refused):
        proposals.sign(by=second, proposal=fresh(drafted))
    proposals.submit(by=member_account, proposal=fresh(drafted))
    assert fresh(drafted).kind == "member"


def test_submitting_ends_what_is_still_open(drafted, member_account, second):
    proposals.invite_signers(by=member_account, proposal=drafted, members=[second.member])
    proposals.submit(by=member_account, proposal=fresh(drafted))
    assert not Signer.objects.filter(member=second.member).exists()
    with pytest.raises(Refused):
        proposals.sign(by=second, proposal=fresh(drafted))


def test_a_joint_proposal_without_a_signature_is_refused_until_it_is_made_ones_own(drafted, member_account, second):
    proposals.edit(by=member_account, proposal=drafted, kind="joint", **WORDS)
    with pytest.raises(Refused, match="还没有联名的委员签名"):
        proposals.submit(by=member_account, proposal=fresh(drafted))
    proposals.edit(by=member_account, proposal=fresh(drafted), kind="member", **WORDS)
    proposals.submit(by=member_account, proposal=fresh(drafted))


def test_words_that_others_signed_are_not_changed_behind_their_backs(drafted, member_account, second):
    proposals.invite_signers(by=member_account, proposal=drafted, members=[second.member])
    proposals.sign(by=second, proposal=fresh(drafted))
    with pytest.raises(Refused, match="已有委员在这份文字上签名"):
        proposals.edit(by=member_account, proposal=fresh(drafted), **WORDS | {"advice": "别的建议"})
    proposals.edit(by=member_account, proposal=fresh(drafted), **WORDS | {"category": "ecology"})


def test_sent_back_it_can_be_handed_in_again(reviewed, member_account, office_staff):
    proposals.send_back(by=office_staff, proposal=reviewed, why="请写具体建议")
    assert reviewed.state == "draft" and reviewed.review_note == "请写具体建议"
    assert Deadline.objects.get(pk=reviewed.deadline_id).ended_on == MONDAY
    proposals.submit(by=member_account, proposal=fresh(reviewed))
    assert fresh(reviewed).review_note == ""


def test_a_draft_is_read_by_its_makers_alone(drafted, member_account, second, office_staff, account):
    def seen(by):
        return Proposal.objects.visible_to(by).filter(pk=drafted.pk).exists()

    assert seen(member_account) and not seen(second) and not seen(office_staff)
    proposals.invite_signers(by=member_account, proposal=drafted, members=[second.member])
    assert seen(second)
    proposals.submit(by=member_account, proposal=fresh(drafted))
    assert seen(office_staff) and not seen(second), "an invitation that ended shows nothing"
