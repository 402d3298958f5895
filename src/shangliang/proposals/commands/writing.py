"""The steps of who makes a proposal: drafting, inviting and signing, submitting, taking back."""

import datetime as dt

from django.utils.translation import gettext as _

from ...cases.commands import open_case
from ...cases.masking import refuse_personal
from ...journal import once
from ...journal.record import command, record
from ...rules.commands import end_clock, start_clock
from ...rules.queries import rule
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Proposal, Signer

KINDS = Proposal.Kind


@command
def draft(
    *, by, committee, title, reason, advice, category, kind=KINDS.MEMBER, group_name="", proposer=None, signers=(),
    session="", may_be_public=False, point=None, topic=None, voice=None, key="",
):
    """Begin a proposal with a case of its own; the office may type in one that lies before it on paper, with its names.

    ``proposer`` and ``signers`` are members; a member's own account always drafts for that member. Raises Refused for
    words that are missing or that hold personal data in the title.
    """
    require(policies.may_draft(by, committee))
    own = policies.is_for_member(by)
    proposer = by.member if own else proposer
    _check(title, reason, advice, category)
    _check_kind(kind, group_name, proposer)
    body = [by.reference, title, reason, advice, kind, group_name, proposer and proposer.pk]
    if made := once.made(key, body, Proposal):
        return made
    today = clock.today()
    made = Proposal.objects.create(
        committee=committee, case=open_case(by=by, committee=committee, region=committee.region), title=title.strip(),
        reason=reason.strip(), advice=advice.strip(), category=category, kind=kind, group_name=group_name.strip(),
        proposer=proposer, session=session.strip(), year=today.year, may_be_public=may_be_public, by_office=not own,
        drafted_by=by, point=point, topic=topic, voice=voice, drafted_on=today,
    )  # fmt: skip
    if proposer:
        _put(made, proposer, today, lead=True, signed_on=today)
    for member in () if own else signers:
        if member != proposer:
            _put(made, member, today, signed_on=today)
    if key:
        once.remember(key, body, made)
    record(events.ProposalDrafted(by_office=made.by_office), about=made, by=by)
    return made


def _put(proposal, member, today, **fields):
    return Signer.objects.create(
        committee=proposal.committee, proposal=proposal, member=member, invited_on=today, **fields
    )


def _check(title, reason, advice, category):
    require(title.strip(), _("请写案由。"), field="title")
    require(len(title.strip()) <= 80, _("案由请写在 80 字以内。"), field="title")
    require(reason.strip(), _("请写情况分析。"), field="reason")
    require(advice.strip(), _("请写具体建议，没有具体建议的不能立案。"), field="advice")
    require(category in Proposal.Category.values, _("请选择类别。"), field="category")
    refuse_personal(title=title)


def _check_kind(kind, group_name, proposer):
    require(kind in KINDS.values, _("请选择个人、联名或集体提案。"), field="kind")
    if kind == KINDS.COLLECTIVE:
        require(group_name.strip(), _("集体提案请写明界别、党派或委室的名称。"), field="group_name")
    else:
        require(proposer, _("请选择第一提案人。"), field="proposer")


@command
def edit(
    *, by, proposal, title, reason, advice, category, kind=KINDS.MEMBER, group_name="", may_be_public=False
):
    """Change the words of a draft. Who signed before signs other words now, so that is refused once somebody did."""
    require(policies.may_edit(by, proposal))
    _check(title, reason, advice, category)
    _check_kind(kind, group_name, proposal.proposer_id)
    others = proposal.signers.filter(lead=False).exclude(signed_on=None)
    changed = (title.strip(), reason.strip(), advice.strip()) != (proposal.title, proposal.reason, proposal.advice)
    require(
        not changed or proposal.by_office or not others.exists(),
        _("已有委员在这份文字上签名，不能再改文字。请撤回后重新起草。"), field="title",
    )  # fmt: skip
    moved = move(
        proposal, "edit", title=title.strip(), reason=reason.strip(), advice=advice.strip(), category=category,
        kind=kind, group_name=group_name.strip(), may_be_public=may_be_public,
    )  # fmt: skip
    record(events.ProposalEdited(), about=proposal, by=by, moved=moved)


@command
def invite_signers(*, by, proposal, members, until=None):
    """Ask members to sign until a day in the future; without one, as many days as rule ``proposal.sign_days`` says.

    Who was asked before and let the day pass is asked anew.
    """
    require(policies.may_invite_signers(by, proposal))
    members = [member for member in dict.fromkeys(members) if member.pk != proposal.proposer_id]
    require(members, _("请选择要邀请的委员。"), field="members")
    today = clock.today()
    if until is None:
        until = today + dt.timedelta(days=rule(proposal.committee_id, "proposal.sign_days"))
    require(until > today, _("签名截止日期要在今天之后。"), field="until")
    moved = move(proposal, "invite_signers")
    for member in members:
        Signer.objects.get_or_create(
            proposal=proposal, member=member, defaults={"committee": proposal.committee, "invited_on": today}
        )
    asked = proposal.signers.filter(member__in=members, signed_on=None)
    asked.update(invited_on=today, expires_on=until, declined_on=None)
    names = "、".join(member.name for member in members)
    record(events.SignersInvited(members=names, until=str(until)), about=proposal, by=by, moved=moved)


@command
def sign(*, by, proposal):
    """Sign as the invited member, up to and on the last day of the invitation."""
    require(policies.may_sign(by, proposal))
    moved = move(proposal, "sign")
    signer = _own(by, proposal)
    require(
        signer.expires_on is None or clock.today() <= signer.expires_on,
        _("联名邀请已在 %(day)s 截止，请联系第一提案人重新邀请。") % {"day": signer.expires_on},
    )
    signer.signed_on = clock.today()
    signer.save(update_fields=["signed_on"])
    record(events.ProposalSigned(member=signer.member.name), about=proposal, by=by, moved=moved)


@command
def decline_signing(*, by, proposal, why=""):
    """Say as the invited member that one does not sign."""
    require(policies.may_decline_signing(by, proposal))
    moved = move(proposal, "decline_signing")
    signer = _own(by, proposal)
    signer.declined_on = clock.today()
    signer.save(update_fields=["declined_on"])
    record(events.SigningDeclined(member=signer.member.name), about=proposal, by=by, why=why, moved=moved)


def _own(by, proposal):
    return proposal.signers.select_related("member").get(member=by.member_id)


@command
def submit(*, by, proposal):
    """Hand the proposal in: open invitations end, and the days of rule ``proposal.assign`` begin.

    What others signed is a joint proposal. A joint one that nobody else signed is refused.
    """
    require(policies.may_submit(by, proposal))
    others = proposal.signers.filter(lead=False)
    signed = others.exclude(signed_on=None).count()
    require(
        proposal.kind != KINDS.JOINT or signed,
        _("还没有联名的委员签名。请等签名，或者修改为个人提案后提交。"),
    )
    kind = KINDS.JOINT if signed and proposal.kind == KINDS.MEMBER else proposal.kind
    started = start_clock(by=by, about=proposal, key="proposal.assign")
    moved = move(proposal, "submit", submitted_on=clock.today(), kind=kind, deadline=started, review_note="")
    others.filter(signed_on=None, declined_on=None).delete()
    submitted = events.ProposalSubmitted(title=proposal.title, signers=signed + bool(proposal.proposer_id))
    record(submitted, about=proposal, by=by, moved=moved)


@command
def withdraw(*, by, proposal, why):
    """Take the proposal back before it is decided on."""
    require(policies.may_withdraw(by, proposal))
    require(why.strip(), _("请写明为什么撤回。"), field="why")
    end_clock(by=by, deadline=proposal.deadline)
    moved = move(proposal, "withdraw", review_note=why.strip()[:400])
    record(events.ProposalWithdrawn(), about=proposal, by=by, why=why, moved=moved)


@command
def hear(*, by, proposal):
    """Enter that this signer has read what became of the proposal."""
    require(policies.may_hear(by, proposal))
    signer = _own(by, proposal)
    signer.heard_on = clock.today()
    signer.save(update_fields=["heard_on"])
    record(events.ProposalHeard(news=signer.news), about=proposal, by=by)
