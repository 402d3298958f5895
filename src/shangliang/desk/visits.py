"""The desk's list and pages of visits: ledger 2 of domain.md 12, and what waits for whoever went."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..shared.calendar import DAY
from ..visits import commands, policies
from ..visits.forms import VisitForm
from ..visits.models import Promise, Visit
from ..visits.queries import heard_on, open_promises
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60


def _page(account, visit):
    return {"heard": heard_on(visit, account), "promises": sorted(visit.promises.all(), key=lambda p: (p.due_on, p.pk))}


def _open(visit) -> int:
    return sum(promise.kept_on is None for promise in visit.promises.all())


def _promises(account, days):
    """Promises of the member's visits that are not kept yet."""
    return [_promised(promise, days) for promise in open_promises(account.member_id)[:MOST]] if account.member_id else []


def _promises_here(account, days):
    """Promises that are due or soon will be, for those who follow up."""
    rows = Promise.objects.filter(kept_on=None, due_on__lte=days.soon, visit__state=Visit.State.MADE)
    rows = rows.filter(visit__in=Visit.objects.visible_to(account).values("pk"))
    rows = rows.select_related("visit__venue__region").order_by("due_on", "pk")
    return [_promised(promise, days) for promise in rows[:MOST]]


def _promised(promise, days):
    tone = "late" if promise.due_on < days.today else "waiting" if promise.due_on <= days.soon else "neutral"
    visit = promise.visit
    title = _now("走访承诺：%(text)s") % {"text": promise.text[:36]}
    return Waiting(
        "visit", "", title, _now("待兑现"), visit.venue.full_name, promise.due_on, tone, f"/desk/visits/{visit.pk}/"
    )


def _planned(account, days):
    """Visits of today and of days past of which nothing was entered yet."""
    rows = Visit.objects.visible_to(account).filter(state=Visit.State.PLANNED, on__lte=days.today)
    rows = rows.select_related("venue__region").order_by("on", "pk")
    return [
        Waiting(
            "visit", "", _now("走访%(place)s") % {"place": v.venue.name}, str(v.get_state_display()),
            v.venue.full_name, v.on, "late" if v.on < days.today - 7 * DAY else "waiting", f"/desk/visits/{v.pk}/",
        )
        for v in rows[:MOST]
    ]


#: Ledger 2 走访台账.
COLUMNS = [
    Column(_("日期"), lambda v: v.on, kind="date"),
    Column(_("地点"), lambda v: v.venue.full_name, 30, kind="link"),
    Column(_("委员"), lambda v: v.member_names, 24),
    Column(_("走访内容"), lambda v: v.kind_words, 30),
    Column(_("户数"), lambda v: v.households, 8, kind="number"),
    Column(_("民声（件）"), lambda v: len(v.heard.all()), 10, kind="number"),
    Column(_("承诺（项）"), lambda v: len(v.promises.all()), 10, kind="number"),
    Column(_("待兑现（项）"), _open, 10, False, "number"),
    Column(_("状态"), lambda v: str(v.get_state_display()), kind="state"),
    Column(_("宣讲解释"), lambda v: v.explained, 40, False),
    Column(_("看到的情况"), lambda v: v.noted, 40, False),
    Column(_("填写人"), lambda v: v.entered_by.name, 14, False),
]


def _write(*, by, committee, key, **fields):
    return commands.write_visit(by=by, committee=committee, key=key, **fields)[0]


KIND = Kind(
    name="visit",
    plural="visits",
    icon="courtyard",
    listing=Listing(
        Visit, _("走访"), "-on", "venue__region", ("venue__name", "venue__code", "purpose"),
        ("venue__region", "entered_by"), "on", late=False,
    ),
    columns=COLUMNS,
    template="desk/visit.html",
    page=_page,
    related=("venue__region", "entered_by"),
    # The form itself is desk.visiting.new: it asks for voices too and leads to their receipts.
    begin=Begin(_("填写走访记录"), VisitForm, _write, policies.may_begin),
    offered={"keep_promise": lambda visit: _open(visit) > 0},
    main=frozenset({"make", "keep_promise"}),
    grave=frozenset({"cancel"}),
    piles=(
        (policies.ENTERING, _planned), ((policies.Role.MEMBER,), _promises), (policies.HANDLERS, _promises_here),
    ),
    seen_by=policies.READERS,
)  # fmt: skip
