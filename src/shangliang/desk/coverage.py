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

from ..ledgers.commands import export_list
from ..people.doors import for_roles
from ..people.roles import HANDLERS, Role
from ..shared import clock
from ..shared.calendar import DAY
from ..venues.coverage import Coverage, Yard, coverage
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


@dataclass(frozen=True)
class Row:
    """One courtyard as the page shows it."""

    yard: Yard
    state: str
    words: str
    last: object
    names: str


@dataclass(slots=True)
class Tile:
    """One town of the picture."""

    code: str
    name: str
    total: int
    nobody: int
    unvisited: int
    dots: list


class Picture:
    """How every courtyard stands; what is shown of one is only made for those that are shown."""

    def __init__(self, found: Coverage, last: dict, today):
        self.found, self.last = found, last
        long_ago = today - LONG
        never = long_ago - DAY
        self.states = [
            "nobody" if not yard.members else "unvisited" if last.get(yard.pk, never) < long_ago else "served"
            for yard in found.yards
        ]

    def counts(self) -> dict:
        """How many courtyards stand how."""
        return {name: self.states.count(name) for name in STATES}

    def tiles(self) -> list[Tile]:
        """One tile for each town in the order of the codes; in it what needs somebody comes first."""
        towns: dict[str, tuple] = {}
        for yard, state in zip(self.found.yards, self.states, strict=True):
            towns.setdefault(yard.town, (yard.town_name, []))[1].append(state)
        return [
            Tile(
                code, name, len(inside), inside.count("nobody"), inside.count("unvisited"),
                sorted(inside, key=ORDER.__getitem__)[:DOTS],
            )
            for code, (name, inside) in towns.items()
        ]  # fmt: skip

    def listed(self, town, state) -> list[tuple]:
        """(courtyard, state) of those asked for: with nobody first, then long unvisited; within that by place."""
        pairs = zip(self.found.yards, self.states, strict=True)
        kept = [one for one in pairs if (not town or one[0].town == town) and (not state or one[1] == state)]
        return sorted(kept, key=lambda one: ORDER[one[1]])

    def row(self, pair) -> Row:
        """What is shown of one courtyard."""
        yard, state = pair
        names = "、".join(self.found.members[pk].name for pk in yard.members)
        return Row(yard, state, str(STATES[state]), self.last.get(yard.pk), names)


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
    picture = Picture(found, last, today)
    tiles = picture.tiles()
    form = Narrow(request.GET, tiles=tiles, tab=tab)
    form.is_valid()
    listed = _listed(tab, picture, form.cleaned_data)
    if request.GET.get("format") == "xlsx":
        return _excel(request, tab, list(map(picture.row, listed) if tab == "yards" else listed))
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": tab, "tabs": _tabs(tab), "form": form, "tiles": tiles, "states": STATES, "counts": picture.counts(),
        "page": page, "rows": map(picture.row, page.object_list) if tab == "yards" else (),
        "town": request.GET.get("town", ""),
        "excel": "?" + urlencode({**{k: v for k, v in request.GET.items() if v}, "tab": tab, "format": "xlsx"}),
        "spread": found.spread() if tab == "balance" else [], "median": found.median(), "members": len(found.members),
        "narrowed": any(form.cleaned_data.values()),
    }  # fmt: skip
    return render(request, "desk/coverage.html", context)


def _listed(tab, picture, wanted) -> list:
    """What the table of a tab is of; members stand by sector and name, never by load."""
    if tab == "yards":
        return picture.listed(wanted.get("town"), wanted.get("state"))
    if tab == "balance":
        return picture.found.suggestions()
    load = wanted.get("load")
    everybody = list(picture.found.members.values())
    if load == "0":
        return [one for one in everybody if not one.load]
    return [one for one in everybody if one.load > int(load)] if load else everybody


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


def _excel(request, tab, rows) -> HttpResponse:
    """The rows as a sheet, entered in the register of exports (ledger 17)."""
    title = _("小院覆盖-%(tab)s") % {"tab": TABS[tab]}
    export_list(by=request.user, committee=request.committee, title=title, rows=len(rows), narrowed=True)
    response = HttpResponse(workbook(title, COLUMNS[tab], rows), content_type=XLSX)
    name = quote(f"{title}-{clock.today()}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"coverage-{tab}.xlsx\"; filename*=UTF-8''{name}"
    return response
