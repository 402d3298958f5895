"""The seventeen ledgers at the desk: what each holds, its rows with filters in the address, and its export."""

from urllib.parse import quote, urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from ..cases.masking import findings
from ..ledgers import commands, policies
from ..ledgers.book import told
from ..ledgers.catalogue import BY_NUMBER, LEDGERS, seen_by
from ..ledgers.shape import Asked
from ..people.doors import for_roles
from ..regions.models import Region
from ..regions.queries import towns_of
from ..shared import clock
from .kinds import desk_path
from .periods import PeriodForm, usual

PER_PAGE = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Whoever finds at least one of them.
READERS = tuple(dict.fromkeys(role for ledger in LEDGERS for role in ledger.seen_by))


class Filter(PeriodForm):
    """Which part of a sheet is asked for; only what the sheet can be asked by."""

    town = forms.ModelChoiceField(
        label=_("镇街"), queryset=Region.objects.none(), required=False, to_field_name="code", empty_label=_("全部"),
        error_messages={"invalid_choice": _("没有这个镇街，请从名单里选。")},
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("状态或类别"), required=False, error_messages={"invalid_choice": _("没有这一种，请从名单里选。")}
    )
    q = forms.CharField(label=_("文字或编号"), required=False, max_length=60)
    sheet = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean_q(self):
        """The search reads below the mask: whoever typed a telephone number in would learn whose it is."""
        if findings(self.cleaned_data["q"]):
            raise forms.ValidationError(_("不能按电话、证件号或车牌查。"))
        return self.cleaned_data["q"]

    def __init__(self, data, *, sheet, model, committee):
        super().__init__(data)
        self.fields["town"].queryset = towns_of(committee.region)
        self.fields["town"].label_from_instance = lambda town: town.name
        self.fields["state"].choices = [("", _("全部")), *sheet.states(model)]
        unused = {"town": sheet.town, "state": sheet.state, "q": sheet.text}
        unused |= dict.fromkeys(("since", "until"), sheet.when or sheet.dated)
        for name, path in unused.items():
            if not path:
                del self.fields[name]

    @property
    def asked(self) -> Asked:
        """What was asked for; a form with faults asks for everything."""
        found = self.cleaned_data if self.is_valid() else {}
        names = ("since", "until", "town", "state")
        return Asked(**{name: found[name] for name in names if found.get(name)}, text=found.get("q", ""))


@for_roles(*READERS)
@require_GET
def index(request):
    """Every ledger that this account finds, what it is for and how many rows it holds; as many queries as sheets."""
    today = clock.today()
    rows = [
        (ledger, sum(sheet.chosen(request.user, Asked(), today).count() for sheet in ledger.sheets))
        for ledger in seen_by(request.user)
    ]
    context = {"rows": rows, "may_fill": policies.may_keep(request.user, request.committee)}
    return render(request, "desk/ledgers.html", context)


@for_roles(*READERS)
@require_GET
def ledger(request, number):
    """One sheet of one ledger: its filters, fifty rows a page, and the way to export; a fixed number of queries."""
    found, sheet = _asked_for(request, number, request.GET)
    form = _form(request, sheet, request.GET)
    asked, page = form.asked, _page(request)
    rows = sheet.chosen(request.user, asked, clock.today())
    first = (page - 1) * PER_PAGE
    shown = list(told(sheet, rows[first : first + PER_PAGE + 1], asked, first))
    periods = usual(clock.today()) if "since" in form.fields else []
    columns = [(place, column) for place, column in enumerate(sheet.columns) if column.on_page]
    context = {
        "ledger": found, "sheet": sheet, "form": form, "page": page, "at": clock.now(),
        "columns": [{"label": str(column.title), "kind": column.kind} for _place, column in columns],
        "rows": [
            {"href": _href(sheet.stands(record)), "cells": [cells[place] for place, _column in columns]}
            for record, cells in shown[:PER_PAGE]
        ],
        "prev": _with(request, page=page - 1) if page > 1 else None,
        "next": _with(request, page=page + 1) if len(shown) > PER_PAGE else None,
        "usual": [(words, _with(request, page="", since=since, until=until)) for words, since, until in periods],
        "empty_columns": [str(column.title) for column in sheet.columns[1:] if not column.on_page],
    }  # fmt: skip
    return render(request, "desk/ledger.html", context, status=200 if form.is_valid() else 422)


@for_roles(*READERS)
@require_POST
def export(request, number):
    """The sheet with its filters, or (``all``) every sheet of the ledger, as a workbook; entered in ledger 17."""
    found, sheet = _asked_for(request, number, request.POST)
    form = _form(request, sheet, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("desk:ledger", number=number)
    whole = "all" in request.POST
    made = commands.export(
        by=request.user, committee=request.committee, ledger=found, sheets=found.sheets if whole else [sheet],
        asked=Asked() if whole else form.asked,
    )  # fmt: skip
    return sent(made.body, f"{found.number:02}-{found.name}-{clock.today()}", f"ledger{number}")


def sent(body: bytes, name: str, plain: str) -> HttpResponse:
    """A workbook to be saved under a Chinese name, with a plain one for old browsers."""
    response = HttpResponse(body, content_type=EXCEL)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    response["Cache-Control"] = "no-store"
    return response


def _asked_for(request, number, data):
    """The ledger and its sheet. Raises Http404 for none, PermissionDenied for one that is somebody else's."""
    found = BY_NUMBER.get(number)
    sheet = found and found.sheet(data.get("sheet", ""))
    if sheet is None:
        raise Http404
    if not (allowed := policies.may_export(request.user, request.committee, found)):
        raise PermissionDenied(str(allowed.why))
    return found, sheet


def _form(request, sheet, data) -> Filter:
    model = sheet.rows(request.user, clock.today()).model
    return Filter(data, sheet=sheet, model=model, committee=request.committee)


def _href(record) -> str:
    return desk_path(record) if record is not None else ""


def _page(request) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


def _with(request, **changes) -> str:
    query = {name: value for name, value in {**request.GET.dict(), **changes}.items() if value}
    return "?" + urlencode(query)

