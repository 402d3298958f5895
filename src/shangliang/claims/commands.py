"""Putting claims on record, and taking them off the page again."""

from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..figures.definitions import BY_KEY
from ..journal import once
from ..journal.record import command, record
from ..newsroom.claims import claims as told_in
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import require
from . import events, policies
from .models import Claim


@command
def enter(*, by, committee, number, words, source="", snapshot=None, figure="", since=None, until=None, area="",
          key="") -> Claim:  # fmt: skip
    """Put one claim on record, with its source: a snapshot, or words that say where it stands.

    Raises Refused without a source, for a figure that does not exist, or days in the wrong order.
    """
    require(policies.may_enter(by, committee))
    asked = [number, words, source, snapshot and snapshot.pk, figure, str(since), str(until), area]
    if made := once.made(key, asked, Claim):
        return made
    require(not figure or figure in BY_KEY, _("没有这个数字。"), field="figure")
    source = source.strip() or (snapshot.title if snapshot else "")
    require(source, _("请写明出自哪里：选一篇收录的报道，或者写下报纸、文件的名称和日期。"), field="source")
    require(not since or not until or since <= until, _("“到”要在“从”的同一天或以后。"), field="until")
    refuse_personal(words=words, source=source, area=area)
    made = Claim.objects.create(
        committee=committee, figure=figure, number=number, words=words.strip()[:120], snapshot=snapshot,
        source=source[:200], since=since, until=until, area=area.strip(), entered_at=clock.now(), entered_by=by,
    )  # fmt: skip
    if key:
        once.remember(key, asked, made)
    told = events.ClaimEntered(figure=figure, number=number, words=made.words, source=made.source)
    record(told, about=made, by=by)
    return made


@command
def read_off(*, by, committee, snapshot, since=None, until=None, area="", key="") -> Claim:
    """Put every number on record that a snapshot claims of our figures; those known from it already stay.

    Returns the first. Raises Refused where the report has none, or no new one.
    """
    require(policies.may_read_off(by, committee))
    found = told_in(snapshot.body)
    require(found, _("这篇报道里没有认出我们有账可对的数字，请逐个登记。"), field="snapshot")
    known = set(Claim.objects.standing().filter(snapshot=snapshot).values_list("figure", "number"))
    new = [claim for claim in found if (claim.figure, claim.number) not in known]
    require(new, _("这篇报道里的数字都登记过了。"), field="snapshot")
    scope = {"since": since, "until": until, "area": area}
    made = [
        enter(by=by, committee=committee, number=claim.number, words=claim.words, snapshot=snapshot,
              figure=claim.figure, **scope)
        for claim in new
    ]  # fmt: skip
    return made[0]


@command
def withdraw(*, by, claim, why):
    """Show a claim no longer, for a reason: entered wrongly, or the source took it back."""
    require(policies.may_withdraw(by, claim))
    require(why.strip(), _("请写明理由。"), field="why")
    moved = move(claim, "withdraw")
    record(events.ClaimWithdrawn(number=claim.number), about=claim, by=by, why=why.strip(), moved=moved)
