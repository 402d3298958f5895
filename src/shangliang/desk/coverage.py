"""Coverage: which courtyards have nobody, whom each member serves, how the load is spread; picture, table, Excel."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET

from ..people.doors import for_roles
from ..people.roles import HANDLERS, Role
from ..shared import clock
from ..shared.calendar import DAY
from ..venues.coverage import Yard, coverage
from ..venues.models import Venue
from ..visits.queries import last_visits
from .ledgers import Column, workbook

PER_PAGE = 100
#: A courtyard that nobody came to for so many days is shown as long unvisited.
LONG = 92 * DAY
#: So many dots are drawn in the tile of a town; the number beside them is always the whole.
DOTS = 120
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What needs somebody stands first.
STATES = {"nobody": _l("没有委员联系"), "unvisited": _l("三个月没有走访"), "served": _l("有人联系，近期走访过")}
ORDER = {name: number for number, name in enumerate(STATES)}
TABS = {"yards": _l("小院"), "members": _l("委员"), "balance": _l("均衡")}


@dataclass(slots=True)
class Row:
    """One courtyard as the page shows it."""

    yard: Yard
    state: str
    last: object
    names: str

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return str(STATES[self.state])


@dataclass(slots=True)
class Tile:
    """One town of the picture."""

    code: str
    name: str
    total: int
    nobody: int
    unvisited: int
    dots: list


class Narrow(forms.Form):
    """How the tables are narrowed; what does not fit is left out."""

    town = forms.ChoiceField(label=_l("镇街"), required=False)
    state = forms.ChoiceField(label=_l("情况"), required=False, choices=[("", _l("全部")), *STATES.items()])
    load = forms.ChoiceField(label=_l("联系几个小院"), required=False, choices=[
        ("", _l("全部")), ("0", _l("没有")), ("1", _l("多于 1 个")), ("2", _l("多于 2 个")), ("3", _l("多于 3 个")),
    ])  # fmt: skip

    def __init__(self, *args, tiles, tab, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"].choices = [("", _("全部")), *((tile.code, tile.name) for tile in tiles)]
        for name in ("load",) if tab == "yards" else ("town", "state"):
            del self.fields[name]


@for_roles(*HANDLERS, Role.LEADER)
@require_GET
def show(request):
    """The picture above, one of three tables below; ``format=xlsx`` gives the whole table as a workbook."""
    today = clock.today()
    tab = request.GET.get("tab")
    tab = tab if tab in TABS else "yards"
    found = coverage(Venue.objects.visible_to(request.user), today)
    last = last_visits(Venue.objects.visible_to(request.user).open_courtyards(), today)
    rows = [_row(yard, found, last.get(yard.pk), today) for yard in found.yards]
    tiles = _tiles(rows)
    form = Narrow(request.GET, tiles=tiles, tab=tab)
    form.is_valid()
    listed = {"yards": _yards, "members": _members, "balance": _suggested}[tab](found, rows, form.cleaned_data)
    if request.GET.get("format") == "xlsx":
        return _excel(tab, listed)
    context = {
        "tab": tab, "tabs": _tabs(tab), "form": form, "tiles": tiles, "states": STATES, "counts": _counts(rows),
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")), "town": request.GET.get("town", ""),
        "excel": "?" + urlencode({**{k: v for k, v in request.GET.items() if v}, "tab": tab, "format": "xlsx"}),
        "spread": found.spread() if tab == "balance" else [], "median": found.median(), "members": len(found.members),
        "narrowed": any(form.cleaned_data.values()),
    }  # fmt: skip
    return render(request, "desk/coverage.html", context)


def _row(yard, found, last, today) -> Row:
    long_ago = last is None or last < today - LONG
    state = "nobody" if not yard.members else "unvisited" if long_ago else "served"
    return Row(yard, state, last, "、".join(found.members[pk].name for pk in yard.members))


def _tiles(rows) -> list[Tile]:
    """One tile for each town in the order of the codes; in it what needs somebody comes first."""
    towns: dict[str, list] = {}
    for row in rows:
        towns.setdefault(row.yard.town, []).append(row)
    return [
        Tile(
            code, inside[0].yard.town_name, len(inside), sum(row.state == "nobody" for row in inside),
            sum(row.state == "unvisited" for row in inside),
            sorted((row.state for row in inside), key=ORDER.__getitem__)[:DOTS],
        )
        for code, inside in towns.items()
    ]  # fmt: skip


def _counts(rows) -> dict:
    counted = dict.fromkeys(STATES, 0)
    for row in rows:
        counted[row.state] += 1
    return counted


def _yards(found, rows, wanted) -> list[Row]:
    """The courtyards with nobody first, then those long unvisited; within that by place."""
    town, state = wanted.get("town"), wanted.get("state")
    kept = [row for row in rows if (not town or row.yard.town == town) and (not state or row.state == state)]
    return sorted(kept, key=lambda row: ORDER[row.state])


def _members(found, rows, wanted) -> list:
    """The members by sector and name, never by load."""
    load = wanted.get("load")
    everybody = list(found.members.values())
    if load == "0":
        return [one for one in everybody if not one.load]
    return [one for one in everybody if one.load > int(load)] if load else everybody


def _suggested(found, rows, wanted) -> list[tuple]:
    return found.suggestions()


def _tabs(here) -> list[dict]:
    return [{"label": label, "href": f"?tab={name}#table", "active": name == here} for name, label in TABS.items()]


COLUMNS = {
    "yards": [
        Column(_l("编号"), lambda row: row.yard.code), Column(_l("小院"), lambda row: row.yard.name, 20),
        Column(_l("所在地"), lambda row: row.yard.place, 24), Column(_l("户数"), lambda row: row.yard.households, 8),
        Column(_l("进院委员"), lambda row: row.names, 30), Column(_l("最近走访"), lambda row: row.last),
        Column(_l("情况"), lambda row: row.words, 22),
    ],
    "members": [
        Column(_l("姓名"), lambda one: one.name), Column(_l("界别"), lambda one: one.sector, 24),
        Column(_l("联系小院数"), lambda one: one.load, 12),
        Column(_l("户数"), lambda one: one.households, 8),
        Column(_l("小院"), lambda one: "、".join(yard.full_name for yard in one.yards), 60),
    ],
    "balance": [
        Column(_l("没有人联系的小院"), lambda pair: pair[0].full_name, 36),
        Column(_l("户数"), lambda pair: pair[0].households, 8),
        Column(_l("可以请谁"), lambda pair: "、".join(f"{one.name}（{one.load}）" for one in pair[1]), 50),
    ],
}  # fmt: skip


def _excel(tab, rows) -> HttpResponse:
    title = _("小院覆盖-%(tab)s") % {"tab": TABS[tab]}
    response = HttpResponse(workbook(title, COLUMNS[tab], rows), content_type=XLSX)
    name = quote(f"{title}-{clock.today()}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"coverage-{tab}.xlsx\"; filename*=UTF-8''{name}"
    return response
