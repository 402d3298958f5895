"""The desk's list and page of claims: what a report says, beside what the ledger can prove."""

from django.utils.translation import gettext_lazy as _

from ..claims import commands, forms, policies
from ..claims.models import Claim
from ..claims.queries import settled
from ..figures.definitions import BY_KEY
from ..newsroom.policies import READERS
from .kind import Begin, Kind, Listing
from .ledgers import Column


def page(account, claim) -> dict:
    """The claim beside the ledger."""
    return {"settled": settled(Claim.objects.standing().filter(pk=claim.pk))}


def _figure(claim) -> str:
    return str(BY_KEY[claim.figure].name) if claim.figure in BY_KEY else "—"


KIND = Kind(
    name="claim", plural="claims", icon="figures", template="desk/claim.html", page=page, group="keeping",
    listing=Listing(Claim, _("报道的说法"), "-entered_at", "", ("words", "source"), (), "entered_at", late=False),
    columns=[
        Column(_("原话"), lambda c: c.words, 40, kind="link"), Column(_("数字"), lambda c: c.number, 10),
        Column(_("对哪个数字"), _figure, 16), Column(_("出自"), lambda c: c.source, 40),
        Column(_("登记时间"), lambda c: c.entered_at, 18, kind="date"),
        Column(_("状态"), lambda c: str(c.get_state_display()), kind="state"),
    ],
    related=("snapshot", "entered_by"),
    begin=Begin(_("登记一个说法"), forms.EnterForm, commands.enter, policies.may_enter),
    also={"press": Begin(_("从收录的报道里取"), forms.ReadOffForm, commands.read_off, policies.may_read_off)},
    grave=frozenset({"withdraw"}), seen_by=READERS,
)  # fmt: skip
