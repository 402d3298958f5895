"""The steps of the office of proposals: taking up, sending back, filing, declining, merging, bringing in."""

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...cases.commands import open_case
from ...journal import once
from ...journal.record import as_stored, command, record
from ...rules.commands import end_clock
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Proposal, Signer
from ..reasons import GROUNDS
from .follow import _tell_signers


@command
def take_review(*, by, proposal):
    """Begin to look at what was handed in."""
    require(policies.may_take_review(by, proposal))
    moved = move(proposal, "take_review")
    record(events.ProposalReviewBegun(), about=proposal, by=by, moved=moved)


@command
def send_back(*, by, proposal, why):
    """Return the proposal to be reworded; the clock of review ends until it is handed in again."""
    require(policies.may_send_back(by, proposal))
    require(why.strip(), _("请写明需要修改什么。"), field="why")
    end_clock(by=by, deadline=proposal.deadline)
    moved = move(proposal, "send_back", review_note=why.strip()[:400], submitted_on=None)
    record(events.ProposalSentBack(), about=proposal, by=by, why=why, moved=moved)
    _tell_signers(proposal, as_stored(gettext_lazy("退回修改：%(why)s")) % {"why": why.strip()})


@command
def file(*, by, proposal, number=None):
    """File the proposal under a number of its year: the next one, or the one that is given. Each number once."""
    require(policies.may_file(by, proposal))
    taken = Proposal.objects.filter(committee=proposal.committee_id, year=proposal.year)
    if number is None:
        number = (taken.aggregate(last=Max("number"))["last"] or 0) + 1
    require(number > 0, _("编号从 1 开始。"), field="number")
    _require_free(taken.exclude(pk=proposal.pk), proposal.year, number)
    moved = move(proposal, "file", number=number, filed_on=clock.today(), review_note="")
    record(events.ProposalFiled(year=proposal.year, number=number), about=proposal, by=by, moved=moved)
    _tell_signers(proposal, as_stored(gettext_lazy("已立案，编为%(no)s")) % {"no": proposal.number_words})


def _require_free(taken, year, number):
    before = taken.filter(year=year, number=number).first()
    words = {"year": year, "number": number, "title": before and before.title}
    require(before is None, _("%(year)s年第%(number)s号已经有了：%(title)s。") % words, field="number")


@command
def decline(*, by, proposal, ground, passed_on=""):
    """Not file it for one of the ten grounds, and say how the matter is passed on otherwise.

    ``passed_on`` is left out where the ground's own words say it.
    """
    require(policies.may_decline(by, proposal))
    require(ground in GROUNDS, _("请选择不立案的理由。"), field="ground")
    with_title = as_stored(GROUNDS[ground].title)
    passed_on = passed_on.strip() or as_stored(GROUNDS[ground].words)
    end_clock(by=by, deadline=proposal.deadline)
    moved = move(proposal, "decline", ground=ground, review_note=passed_on[:400])
    declined = events.ProposalDeclined(ground=with_title, passed_on=passed_on)
    record(declined, about=proposal, by=by, moved=moved)
    _tell_signers(proposal, as_stored(gettext_lazy("不立案（%(why)s）")) % {"why": with_title})


@command
def merge(*, by, proposal, into, why):
    """Let the proposal follow another one; who signed it signs that one too, and hears of it there."""
    require(policies.may_merge(by, proposal))
    require(into and into.pk != proposal.pk, _("不能归并到自己。"), field="into")
    alive = into.committee_id == proposal.committee_id and into.state in Proposal.JOINABLE
    require(alive, _("那件提案已经答复或已经结束，不能再归并进去。"), field="into")
    require(why.strip(), _("请写明为什么是同一件事。"), field="why")
    end_clock(by=by, deadline=proposal.deadline)
    moved = move(proposal, "merge", merged_into=into, review_note=why.strip()[:400])
    followers = Proposal.objects.filter(merged_into=proposal)
    followers.update(merged_into=into)
    news = as_stored(gettext_lazy("您联名的“%(title)s”已并入这件提案，一并办理")) % {"title": proposal.title}
    joined = _take_over(proposal, into, news)
    record(events.ProposalMerged(into=into.title), about=proposal, by=by, why=why, moved=moved)
    record(events.ProposalJoined(title=proposal.title, signers=joined), about=into, by=by)


def _take_over(proposal, into, news) -> int:
    """Signers of the one become signers of the other; who had signed both before hears of it too."""
    signed = list(proposal.signers.exclude(signed_on=None))
    have = {each.member_id: each for each in into.signers.all()}
    for each in signed:
        mine = have.get(each.member_id) or Signer(
            committee=into.committee, proposal=into, member_id=each.member_id, invited_on=each.invited_on,
            came_from=proposal,
        )  # fmt: skip
        mine.signed_on, mine.declined_on = mine.signed_on or each.signed_on, None
        mine.news, mine.heard_on = news[:200], None
        mine.save()
    return len(signed)


@command
def convert(*, by, proposal, why):
    """Not file it, because it fits a brief (社情民意信息) better; the brief itself is made by its own form."""
    require(policies.may_convert(by, proposal))
    require(why.strip(), _("请写明为什么转为社情民意信息。"), field="why")
    end_clock(by=by, deadline=proposal.deadline)
    moved = move(proposal, "convert", review_note=why.strip()[:400])
    record(events.ProposalConverted(), about=proposal, by=by, why=why, moved=moved)
    _tell_signers(proposal, as_stored(gettext_lazy("转为社情民意信息：%(why)s")) % {"why": why.strip()})


@command
def bring_in(
    *, by, committee, key, year, number, title, category, proposed_on, proposer=None, group_name="", signers=()
):
    """Enter a proposal of an older list as it stands there, filed under its number; returns it.

    The list tells no more than its title, so reason and advice say that. Raises Refused for a number that is taken.
    """
    require(policies.may_bring_in(by, committee))
    body = [year, number, title, str(proposed_on)]
    if made := once.made(key, body, Proposal):
        return made
    _require_free(Proposal.objects.filter(committee=committee), year, number)
    require(proposer or group_name, _("没有写第一提案人。"))
    kind = Proposal.Kind.COLLECTIVE if not proposer else Proposal.Kind.JOINT if signers else Proposal.Kind.MEMBER
    only_title = as_stored(gettext_lazy("补录自往年名册，名册只有案由。"))
    made = Proposal.objects.create(
        committee=committee, case=open_case(by=by, committee=committee, region=committee.region), title=title,
        reason=only_title, advice=only_title, category=category, kind=kind, group_name="" if proposer else group_name,
        proposer=proposer, year=year, number=number, by_office=True, entered_late=True, drafted_on=proposed_on,
        submitted_on=proposed_on, filed_on=proposed_on, state=Proposal.State.FILED,
    )  # fmt: skip
    for member in dict.fromkeys([proposer, *signers] if proposer else signers):
        Signer.objects.create(
            committee=committee, proposal=made, member=member, lead=member == proposer, invited_on=proposed_on,
            signed_on=proposed_on,
        )  # fmt: skip
    once.remember(key, body, made)
    record(events.ProposalBroughtIn(year=year, number=number, title=title), about=made, by=by)
    return made
