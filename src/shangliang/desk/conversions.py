"""The desk's list and pages of conversions."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from ..conversions import commands, policies
from ..conversions.amounts import in_words, sums
from ..conversions.forms import IdentifyForm
from ..conversions.models import Benefit, Conversion
from ..conversions.queries import UNREADABLE, ladder, origins, with_origins
from ..people.roles import OFFICE, Role
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60
_PAGES = {"report": "research", "brief": "briefs", "proposal": "proposals"}
_STATE = Conversion.State
#: After how many days without a step one asks what became of it.
ASK_AFTER = {
    _STATE.IDENTIFIED: 14, _STATE.SUBMITTED: 60, _STATE.CONSIDERED: 60, _STATE.ADOPTED: 90,
    _STATE.PARTLY_ADOPTED: 90, _STATE.NOT_ADOPTED: 14, _STATE.IN_FORCE: 180, _STATE.EFFECT_RECORDED: 30,
}  # fmt: skip


def page(account, conversion) -> dict:
    """The ladder with its evidence, what carries it out, the clauses, the figures."""
    benefits = list(conversion.benefits.all())
    return {
        "rungs": ladder(conversion),
        "measures": conversion.measures.all(),
        "clauses": conversion.clauses.select_related("version"),
        "benefits": benefits,
        "sums": sums(benefits, Benefit.Kind.choices),
        "in_words": in_words, "plain": str,
        "origins": _origins(account, conversion),
    }


def _origins(account, conversion) -> list[tuple]:
    """(kind in words, title, address) of where it came from; neither title nor address of what may not be read."""
    known = with_origins(Conversion.objects.filter(pk=conversion.pk), account)
    found = []
    for name, kind, origin in origins(known.select_related("report", "point", "brief", "proposal").get()):
        if origin is None:
            found.append((kind, UNREADABLE % {"kind": kind}, ""))
        elif name == "point":
            found.append((kind, f"{origin.label}　{origin.text}", f"/desk/salons/{origin.salon_id}/"))
        else:
            found.append((kind, origin.title, f"/desk/{_PAGES[name]}/{origin.pk}/"))
    return found


def _pile(conversions):
    return [
        Waiting(
            "conversion", "", conversion.title, str(conversion.get_state_display()), "", None, "neutral",
            f"/desk/conversions/{conversion.pk}/",
        )
        for conversion in conversions
    ]  # fmt: skip


def to_ask_after(account, days) -> list[Waiting]:
    """Those on which nothing was entered for long: somebody should ask what became of them."""
    rows = Conversion.objects.filter(state__in=list(ASK_AFTER)).order_by("moved_on")
    longest = {state: days.today - dt.timedelta(days=most) for state, most in ASK_AFTER.items()}
    return _pile([row for row in rows[: MOST * 3] if row.moved_on <= longest[row.state]][:MOST])


def to_publish(account, days) -> list[Waiting]:
    """Those adopted and not yet public."""
    rows = Conversion.objects.filter(state__in=Conversion.HELD_TO_PAPER, published_on=None)
    return _pile(rows.order_by("moved_on")[:MOST])


KIND = Kind(
    name="conversion", plural="conversions", icon="outcome", template="desk/conversion.html", page=page,
    group="counsel",
    listing=Listing(
        Conversion, _("成果转化"), "-moved_on", "", ("title", "adopted_paper"), (), "moved_on", late=False,
    ),
    columns=[
        Column(_("成果"), lambda c: c.title, 44, kind="link"),
        Column(_("渠道"), lambda c: str(c.get_channel_display()) if c.channel else None),
        Column(_("状态"), lambda c: str(c.get_state_display()), kind="state"),
        Column(_("最近一步"), lambda c: c.moved_on, kind="date"),
        Column(_("采纳文号"), lambda c: c.adopted_paper or None, 28),
        Column(_("公开日期"), lambda c: c.published_on, 14, False, "date"),
    ],
    begin=Begin(_("登记一项成果"), IdentifyForm, commands.identify, policies.may_identify),
    offered={
        "map_clause": lambda c: c.state in Conversion.HELD_TO_PAPER and c.report_id is not None,
        "withdraw_benefit": lambda c: (
            c.state in Conversion.MOVES["withdraw_benefit"][0] and c.benefits.filter(withdrawn_on=None).exists()
        ),
        "publish": lambda c: c.state in Conversion.SENT and not c.is_public,
        "take_back": lambda c: c.is_public,
    },
    main=frozenset({"submit", "consider", "adopt", "put_in_force", "record_effect", "close"}),
    grave=frozenset({"not_adopt", "take_back", "withdraw_benefit"}),
    piles=(
        ((Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF), to_ask_after),
        ((Role.REVIEWER,), to_publish),
    ),
    seen_by=(*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.STUDIO_LEAD, Role.MEMBER),
)  # fmt: skip
