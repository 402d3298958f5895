"""The desk's list and pages of rounds of opinion: statements, slips, the map with its doubts, and votes as files."""

import io
import zipfile

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from markupsafe import Markup

from ..opinions import commands, exchange, policies, queries
from ..opinions.forms import BeginForm, BringInForm
from ..opinions.models import Round, Statement
from ..opinions.picture import picture
from ..people.roles import OFFICE, Role
from ..shared import receipts
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60
#: Slips on one page of the printer's way.
SHOWN = 500


def page(account, round) -> dict:
    """Its statements by state, who took part, and where everything else of it is."""
    by_state = {state: [] for state in Statement.State.values}
    for each in round.statements.all():
        by_state[each.state].append(each)
    number = queries.sizes(round)
    return {
        "waiting": by_state["waiting"], "shown": by_state["shown"],
        "down": by_state["turned_down"] + by_state["withdrawn"], "slips": round.slips.count(),
        "sheets": round.slips.filter(participant__way="paper").count(), "people": sum(number.values()),
        "verified": sum(n for (_group, known), n in number.items() if known), "drawing": queries.drawing_of(round),
        "address": settings.PUBLIC_ADDRESS + round.get_absolute_url(),
        "runs": bool(policies.may_handle(account, round)),
    }  # fmt: skip


def _begin(*, by, committee, key, **fields):
    return commands.begin(by=by, key=key, **fields)


def _bring_in(*, by, committee, key, **fields):
    return commands.bring_in(by=by, key=key, **fields)


def _again(request, round, form, result):
    """After one sheet comes the next."""
    messages.success(request, _("%(n)s 号录好了，请录下一张。") % {"n": form.cleaned_data["slip"]})
    return redirect(f"/desk/do/round/{round.pk}/enter_sheet/")


def _file(request, round, form, lines):
    """The two files of Polis in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("votes.csv", exchange.votes_csv(lines))
        archive.writestr("comments.csv", exchange.comments_csv(round))
    headers = {"Content-Disposition": f'attachment; filename="round-{round.pk}.zip"'}
    return HttpResponse(out.getvalue(), content_type="application/zip", headers=headers)


def _printed(request, round, form, slips):
    return redirect(f"/desk/rounds/{round.pk}/slips/?first={slips[0].number}&last={slips[-1].number}")


def _visible(request, pk) -> Round:
    rows = Round.objects.visible_to(request.user).select_related("committee", "case", "topic", "region")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def slips(request, pk):
    """The slips of these numbers that nobody has used, to be printed: each with its own code and all statements to
    tick. The code of one that is used would show its answers, so it is never told again."""
    round = _visible(request, pk)
    if not policies.may_print_slips(request.user, round):
        raise PermissionDenied
    first, last = (request.GET.get(name, "") for name in ("first", "last"))
    rows = round.slips.filter(participant=None).order_by("number")
    if first.isdecimal() and last.isdecimal() and len(first + last) < 16:
        rows = rows.filter(number__gte=int(first), number__lte=int(last))
    base = settings.PUBLIC_ADDRESS + round.get_absolute_url()
    codes = [(slip, queries.slip_code(round, slip.number)) for slip in rows[:SHOWN]]
    shown = [(slip, _qr(f"{base}#{code}"), " ".join(receipts.groups(code))) for slip, code in codes]
    context = {
        "round": round, "slips": shown, "statements": round.statements.filter(state="shown"), "base": base,
        "more": max(rows.count() - SHOWN, 0),
    }  # fmt: skip
    return render(request, "desk/round_slips.html", context)


@login_required
@require_GET
def poster(request, pk):
    """A sheet for the wall with the code of the round."""
    round = _visible(request, pk)
    address = settings.PUBLIC_ADDRESS + round.get_absolute_url()
    return render(request, "desk/round_poster.html", {"round": round, "address": address, "qr": _qr(address)})


def _qr(address) -> Markup:
    made = segno.make(address, error="m", micro=False)
    return Markup(made.svg_inline(svgclass="qr", lineclass=None, omitsize=True))


@login_required
@require_GET
def result(request, pk):
    """The map with what staff alone see: how sure it is, and signs that somebody pushes."""
    round = _visible(request, pk)
    return render(request, "desk/round_map.html", {"round": round, "p": picture(round)})


def _pile(rounds, said):
    return [
        Waiting(
            "round", round.case_no, round.question, said(round), round.region.name, round.ends_on, "neutral",
            f"/desk/rounds/{round.pk}/",
        )
        for round in rounds
    ]  # fmt: skip


def to_look_at(account, days) -> list[Waiting]:
    """Rounds in which somebody wrote a statement that waits to be looked at."""
    rows = Round.objects.visible_to(account).filter(state__in=Round.OPENABLE, statements__state="waiting")
    rows = rows.select_related("case", "region").distinct().order_by("ends_on")[:MOST]
    return _pile([r for r in rows if policies.may_handle(account, r)], lambda r: str(_("有观点待审核")))


def to_publish(account, days) -> list[Waiting]:
    """Closed rounds whose result is not told yet."""
    rows = Round.objects.visible_to(account).filter(state=Round.State.CLOSED)
    return _pile(rows.select_related("case", "region").order_by("ends_on")[:MOST], lambda r: str(r.get_state_display()))


KIND = Kind(
    name="round", plural="rounds", icon="speaker", template="desk/round.html", page=page, group="thread",
    listing=Listing(
        Round, gettext_lazy("意见征询"), "-ends_on", "region", ("question", "reason"), ("case", "region", "topic"),
        "ends_on", late=False,
    ),
    columns=[
        Column(gettext_lazy("征询什么"), lambda r: r.question, 40, kind="link"),
        Column(gettext_lazy("议题"), lambda r: r.topic.title, 32),
        Column(gettext_lazy("地点"), lambda r: r.region.name, 18),
        Column(gettext_lazy("谁可以表态"), lambda r: str(r.get_door_display()), 24, False),
        Column(gettext_lazy("截止"), lambda r: r.ends_on, 14, kind="date"),
        Column(gettext_lazy("状态"), lambda r: str(r.get_state_display()), kind="state"),
        Column(gettext_lazy("公布日期"), lambda r: r.published_on, 14, False, "date"),
    ],
    related=("case", "topic", "region"),
    begin=Begin(gettext_lazy("准备一次征询"), BeginForm, _begin, policies.may_begin_some),
    also={"polis": Begin(gettext_lazy("导入别处的征询记录"), BringInForm, _bring_in, policies.may_begin_some)},
    offered={
        "admit": lambda r: r.state in Round.OPENABLE and r.statements.filter(state="waiting").exists(),
        "turn_down": lambda r: r.state in Round.OPENABLE and r.statements.filter(state="waiting").exists(),
        "withdraw_statement": lambda r: r.state in Round.OPENABLE and r.statements.filter(state="shown").exists(),
        "enter_sheet": lambda r: r.state == Round.State.OPEN and r.slips.filter(participant=None).exists(),
        "publish": lambda r: r.state == Round.State.CLOSED,
    },
    main=frozenset({"open", "publish", "enter_sheet"}),
    grave=frozenset({"take_back", "cancel", "withdraw_statement", "close"}),
    piles=(
        ((Role.LIAISON, Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF), to_look_at),
        ((Role.REVIEWER, Role.COMMITTEE_OFFICE), to_publish),
    ),
    seen_by=(*OFFICE, Role.LIAISON, Role.REVIEWER, Role.AUDITOR, Role.STUDIO_LEAD, Role.MEMBER, Role.STEWARD),
    answers={"enter_sheet": _again, "export": _file, "print_slips": _printed},
)  # fmt: skip
