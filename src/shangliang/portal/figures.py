"""Figures for everybody: what a number means, how much it is, from which records, and how to count it again."""

import datetime as dt
from urllib.parse import urlencode

from django import forms
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..claims.models import Claim
from ..claims.queries import settled
from ..consultations.models import Consultation
from ..figures import counting, history, past
from ..figures.counting import Bar, Scope
from ..figures.definitions import BY_KEY, FIGURES
from ..figures.models import Recount
from ..journal.models import Head
from ..regions.models import Region
from ..regions.queries import towns_of
from ..shared import clock
from ..shared.formats import day
from .badges import picture
from .paging import page_number

PER_PAGE = 30
CARRIERS = dict(Consultation.Carrier.choices)


#: Days that may be asked for; nothing was entered before, and the calendar's ends cannot be counted over.
EARLIEST, LATEST = dt.date(1949, 10, 1), dt.date(2100, 12, 31)


def in_our_time(day):
    """Refuse days that no record can have."""
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(_("日期请在 1949 年到 2100 年之间。"))


class ScopeForm(forms.Form):
    """Which part of a figure is asked for."""

    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    town = forms.ModelChoiceField(
        label=_("镇街"), queryset=Region.objects.none(), required=False, to_field_name="code", empty_label=_("全部"),
        error_messages={"invalid_choice": _("没有这个镇街，请从名单里选。")},
    )  # fmt: skip
    carrier = forms.ChoiceField(label=_("平台"), required=False, choices=[("", _("全部")), *CARRIERS.items()])

    def __init__(self, data, *, figure, committee):
        super().__init__(data)
        self.figure = figure
        self.fields["town"].queryset = towns_of(committee.region)
        self.fields["town"].label_from_instance = lambda town: town.name
        for name in ("since", "until"):
            self.fields[name].validators.append(in_our_time)
        for name, path in (("since", figure.when), ("until", figure.when), ("town", figure.region),
                           ("carrier", figure.carrier)):  # fmt: skip
            if not path:
                del self.fields[name]

    def clean(self):
        told = super().clean()
        since, until = told.get("since"), told.get("until")
        if since and until and since > until:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        if self.figure.least:
            self._whole_months(since, until)
        return told

    def _whole_months(self, since, until):
        """People are told by whole months alone: two periods that differ by a day would tell who came that day."""
        if since and since.day != 1:
            self.add_error("since", _("人数只按整月查，请从某月 1 日起。"))
        if until and until != counting.month_end(until):
            self.add_error("until", _("人数只按整月查，请到某月最后一天止。"))

    @property
    def scope(self) -> Scope:
        """What was asked for; a form with faults asks for everything."""
        told = self.cleaned_data if self.is_valid() else {}
        return Scope(told.get("since"), told.get("until"), told.get("town"), told.get("carrier", ""))


#: The figures as one reads them: from what people say to what became of it.
GROUPS = (
    (_("大家反映的"), ("voices", "topics")),
    (_("坐下来商量"), ("consultations", "attendances", "persons", "agreements")),
    (_("交给谁办，办得怎样"), ("tasks", "closed_tasks", "solved", "silent", "published")),
    (_("走到身边的"), ("visits", "places", "studios", "salons", "results")),
)


@require_safe
def figures(request):
    """Every figure with its value as of now, and what it means."""
    if request.committee is None:
        raise Http404
    groups = [(words, [(BY_KEY[key], counting.value(BY_KEY[key])) for key in keys]) for words, keys in GROUPS]
    brought = {figure.key for figure in FIGURES if past.value(figure, Scope())}
    return render(request, "portal/figures.html", {"groups": groups, "brought": brought, "at": clock.now()})


@require_safe
def figure(request, key):
    """One figure: definition, cut-off, value, trend, parts, the records behind it, and its proof."""
    if request.committee is None or key not in BY_KEY:
        raise Http404
    found = BY_KEY[key]
    form = ScopeForm(request.GET, figure=found, committee=request.committee)
    scope, page, past_page = form.scope, page_number(request), page_number(request, "past")
    if not form.is_valid():
        # No number stands under a question that was not understood.
        number, rows, brought, parts = None, [], [], dict.fromkeys(("trend", "towns", "carriers", "grades"), ())
    else:
        number, parts = counting.value(found, scope), _split(found, scope, request.committee)
        rows = counting.records(found, scope, (page - 1) * PER_PAGE, PER_PAGE + 1) if number is not None else []
        brought = past.lines(found, scope, (past_page - 1) * PER_PAGE, PER_PAGE + 1)
        parts |= _parts(found, scope, number)
    context = {
        "settled": settled(Claim.objects.standing().filter(figure=key), most=PER_PAGE), "past": brought[:PER_PAGE],
        "past_older": address(found, scope, past=past_page + 1) if len(brought) > PER_PAGE else "",
        "past_newer": address(found, scope, past=past_page - 1) if past_page > 1 else "",
        "figure": found, "form": form, "scope": scope, "value": number, "at": clock.now(), "page": page,
        "lines": [found.line(row) for row in rows[:PER_PAGE]], "changed": _changed(scope.region), **parts,
        "recount": Recount.objects.filter(figure=key).first(), "changes": history.changes(key),
        "older": address(found, scope, page=page + 1) if len(rows) > PER_PAGE else "",
        "newer": address(found, scope, page=page - 1) if page > 1 else "",
        "proof": proof(), "data": reverse("portal:figure_json", args=[key]) + query(scope),
    }  # fmt: skip
    return render(request, "portal/figure.html", context, status=200 if form.is_valid() else 422)


def _parts(figure, scope, number) -> dict:
    """What the number is made of: records of the system itself, and what was brought in, by its proof."""
    grades = past.by_grade(figure, scope)
    return {"grades": grades, "live": None if number is None else number - sum(n for _words, n in grades)}


@require_safe
def figure_json(request, key):
    """The same for programs; ``value`` is null where too few people stand behind it."""
    if request.committee is None or key not in BY_KEY:
        raise Http404
    found = BY_KEY[key]
    form = ScopeForm(request.GET, figure=found, committee=request.committee)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    scope = form.scope
    number = counting.value(found, scope)
    parts = _parts(found, scope, number)
    told = {
        "key": found.key, "version": found.version, "name": str(found.name), "unit": str(found.unit),
        "definition": str(found.words), "committee": request.committee.short_name, "cut_off": clock.now(),
        "since": scope.since, "until": scope.until, "town": scope.region and scope.region.code,
        "carrier": scope.carrier or None, "value": number, "live": parts["live"],
        "past": [{"proof": words, "value": n} for words, n in parts["grades"]],
        "trend": [
            {"since": since, "until": until, "value": number}
            for since, until, number in counting.trend(found, scope, clock.today())
        ],
        "towns": [{"code": c, "name": n, "value": v} for c, n, v in counting.by_town(found, scope)],
        "carriers": [{"carrier": c, "value": v} for c, v in counting.by_carrier(found, scope)], "journal": proof(),
        "corrections": [history.plain(change) for change in history.changes(key)],
    }  # fmt: skip
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@require_safe
def badge(request, key):
    """The number as a small picture (SVG) for other pages; it loads nothing and carries no script."""
    if request.committee is None or key not in BY_KEY:
        raise Http404
    found = BY_KEY[key]
    return picture(request, str(found.name), f"{counting.value(found)} {found.unit}")


def proof() -> dict:
    """How far the journal went when the number was counted: its entries and its last digest."""
    head = Head.objects.first()
    return {"first": 1 if head and head.count else 0, "last": head.count if head else 0,
            "digest": head.digest if head else ""}  # fmt: skip


def _split(figure, scope, committee) -> dict:
    return {
        "trend": trend_bars(figure, scope), "towns": _towns(figure, scope, committee),
        "carriers": _carriers(figure, scope),
    }  # fmt: skip


def trend_bars(figure, scope) -> list[Bar]:
    """The figure month by month or year by year, each leading to its part."""
    bars, found = [], counting.trend(figure, scope, clock.today())
    by_year = any((until - since).days > 31 for since, until, _number in found)
    for since, until, number in found:
        words = f"{since.year}" if by_year else f"{since:%Y-%m}"
        href = address(figure, Scope(since, until, scope.region, scope.carrier))
        bars.append(Bar(words, number, href))
    return bars


def _towns(figure, scope, committee) -> list[Bar]:
    """Towns of the county lead to their part; other places that joint matters lie in have no part of their own."""
    if scope.region:
        return []
    found = counting.by_town(figure, scope)
    ours = [code for code, _name, _n in found if code.startswith(committee.region.code) and len(code) == counting.TOWN]
    return [Bar(name, n, address(figure, scope, town=code) if code in ours else "") for code, name, n in found]


def _carriers(figure, scope) -> list[Bar]:
    if scope.carrier:
        return []
    found = counting.by_carrier(figure, scope)
    return [Bar(str(CARRIERS.get(name, name)), n, address(figure, scope, carrier=name)) for name, n in found]


def _changed(region) -> str:
    """What to know of a town whose borders changed: records stay where they were entered."""
    if region is None or not (region.valid_to or region.merged_from.exists()):
        return ""
    if region.valid_to:
        after = region.successor.name if region.successor else ""
        words = _("%(name)s 的区划到 %(day)s 为止，以后并入%(after)s；这里只数登记在原区划的记录。")
        return words % {"name": region.name, "day": day(region.valid_to), "after": after or "—"}
    names = "、".join(region.merged_from.values_list("name", flat=True))
    return _("%(name)s 由 %(names)s 并入而成；并入以前的记录仍登记在原来的地方，不在这个数里。") % {
        "name": region.name, "names": names,
    }  # fmt: skip


def query(scope, **changes) -> str:
    """The query string that asks for this part."""
    told = {
        "since": scope.since, "until": scope.until, "town": scope.region and scope.region.code,
        "carrier": scope.carrier, **changes,
    }  # fmt: skip
    kept: dict[str, object] = {name: value for name, value in told.items() if value}
    return "?" + urlencode({n: v.isoformat() if isinstance(v, dt.date) else v for n, v in kept.items()}) if kept else ""


def address(figure, scope, **changes) -> str:
    """The address of a figure's page for this part."""
    return reverse("portal:figure", args=[figure.key]) + query(scope, **changes)
