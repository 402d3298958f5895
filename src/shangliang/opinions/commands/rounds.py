"""The life of a round: begun, opened, closed under a seal, published."""

import secrets

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal import once
from ...journal.record import as_stored, command, record
from ...shared import clock, receipts
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies, queries
from ..models import Round, Slip

#: The fewest statements worth asking, the longest a round may last in days, and slips made at once.
FEWEST, LONGEST, SLIPS = 5, 180, 500


@command
def begin(*, by, topic, question, door, ends_on, reason="", key=""):
    """Prepare a round on a topic: one question, who may answer, the last day. The same key gives the same round."""
    require(policies.may_begin(by, topic))
    require(topic.state in policies.ASKABLE, _("这个议题还没有入库，或者已经结束，不能征询。"), field="topic")
    require(question.strip(), _("请写要征询什么。"), field="question")
    require(door in Round.Door.values, _("请选择谁可以表态。"), field="door")
    refuse_personal(question=question, reason=reason)
    _check_last_day(ends_on)
    asked = [topic.pk, question, reason, str(door), ends_on.isoformat()]
    if made := once.made(key, asked, Round):
        return made
    round = Round.objects.create(
        committee=topic.committee, case=topic.case, topic=topic, question=question.strip(), reason=reason.strip(),
        door=door, region=topic.region, ends_on=ends_on, serial=secrets.token_urlsafe(16),
    )  # fmt: skip
    if key:
        once.remember(key, asked, round)
    begun = events.RoundBegun(question=round.question, door=as_stored(Round.Door(door).label), ends_on=str(ends_on))
    record(begun, about=round, by=by)
    return round


def _check_last_day(ends_on):
    require(ends_on >= clock.today(), _("截止日期不能在今天以前。"), field="ends_on")
    require((ends_on - clock.today()).days <= LONGEST, _("一轮征询最长半年，请选近一点的日期。"), field="ends_on")


@command
def open(*, by, round):
    """Let people vote; there must be some statements to vote on."""
    require(policies.may_open(by, round))
    shown = round.statements.filter(state="shown").count()
    require(shown >= FEWEST, _("至少要有 %(n)s 条观点才能开始，现在有 %(now)s 条。") % {"n": FEWEST, "now": shown})
    _check_last_day(round.ends_on)
    moved = move(round, "open", opened_at=clock.now())
    record(events.RoundOpened(statements=shown, ends_on=str(round.ends_on)), about=round, by=by, moved=moved)


@command
def print_slips(*, by, round, number):
    """Make so many more numbered slips and return them; their codes are worked out again for printing."""
    require(policies.may_print_slips(by, round))
    require(0 < number <= SLIPS, _("一次可以印 1 到 %(most)s 张。") % {"most": SLIPS}, field="number")
    Round.objects.select_for_update().get(pk=round.pk)  # numbers are given one after the other
    moved = move(round, "print_slips")
    first = (round.slips.aggregate(last=Max("number"))["last"] or 0) + 1
    made = [
        Slip(
            committee=round.committee, round=round, number=n, printed_at=clock.now(),
            fingerprint=receipts.fingerprint(settings.RECEIPT_KEY, queries.slip_code(round, n)),
        )
        for n in range(first, first + number)
    ]  # fmt: skip
    Slip.objects.bulk_create(made)
    record(events.SlipsPrinted(first=first, last=first + number - 1), about=round, by=by, moved=moved)
    return made


@command
def extend(*, by, round, ends_on):
    """Give people more time."""
    require(policies.may_extend(by, round))
    require(ends_on > round.ends_on, _("新的截止日期要在原来的之后。"), field="ends_on")
    _check_last_day(ends_on)
    moved = move(round, "extend", ends_on=ends_on)
    record(events.RoundExtended(ends_on=str(ends_on)), about=round, by=by, moved=moved)


@command
def close(*, by, round):
    """End the voting and put the digest of all votes into the journal."""
    require(policies.may_close(by, round))
    # Waits for votes that are being stored; later ones find the round closed (see votes.vote).
    Round.objects.select_for_update().get(pk=round.pk)
    told = queries.sealed(round)
    moved = move(round, "close", closed_at=clock.now(), seal=told.digest)
    closed = events.RoundClosed(
        people=told.people, votes=told.votes, verified=told.verified, votes_digest=told.digest
    )
    record(closed, about=round, by=by, moved=moved)


@command
def publish(*, by, round, summary):
    """Open the result to everybody, with a summary in words; the map must be that of all votes."""
    require(policies.may_publish(by, round))
    require(summary.strip(), _("请用几句话说明结果。"), field="summary")
    refuse_personal(summary=summary)
    drawing = queries.drawing_of(round)
    require(drawing and drawing.drawn_at >= round.closed_at, _("意见图还在画，请一分钟后再公布。"))
    moved = move(round, "publish", summary=summary.strip(), published_on=clock.today())
    record(events.RoundPublished(summary=summary.strip()), about=round, by=by, moved=moved)


@command
def take_back(*, by, round, why):
    """Take the result off the public pages, for a reason."""
    require(policies.may_take_back(by, round))
    require(why.strip(), _("请写明为什么撤回。"), field="why")
    moved = move(round, "take_back", published_on=None)
    record(events.RoundTakenBack(), about=round, by=by, why=why, moved=moved)


@command
def cancel(*, by, round, why):
    """Call the round off; its votes are kept and nothing is drawn of them."""
    require(policies.may_cancel(by, round))
    require(why.strip(), _("请写明为什么取消。"), field="why")
    moved = move(round, "cancel")
    record(events.RoundCancelled(), about=round, by=by, why=why, moved=moved)
