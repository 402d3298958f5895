"""Lists of the desk: filters live in the address, fifty rows a page, the same rows as Excel."""

from itertools import islice
from urllib.parse import quote, urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ..agreements.models import Agreement
from ..cases.models import Case
from ..consultations.models import Consultation
from ..ledgers import tasks as task_ledger
from ..ledgers.commands import export_list
from ..people.roles import OFFICE, Role
from ..regions.models import Region
from ..regions.queries import towns_of
from ..shared import clock
from ..tasks.models import Task
from ..topics.models import Topic
from ..voices.models import Voice
from .kind import Listing
from .kinds import BY_PLURAL, KINDS, desk_path
from .ledgers import COLUMNS, workbook

PER_PAGE = 50
MOST_ROWS = 50_000


LISTINGS = {
    "voices": Listing(
        Voice, _("民声"), "-reported_at", "region", ("text", "case__no"),
        ("case", "region", "venue", "deadline"), "reported_at",
    ),
    "topics": Listing(
        Topic, _("议题"), "-proposed_on", "region", ("title", "case__no"),
        ("case", "region", "deadline"), "proposed_on",
    ),
    "consultations": Listing(
        Consultation, _("协商"), "-starts_at", "venue__region", ("topic__title", "case__no"),
        ("case", "topic", "venue__region", "deadline"), "starts_at",
    ),
    "agreements": Listing(
        Agreement, _("约定"), "-pk", "case__region", ("text", "case__no"),
        ("case__region", "unit", "consultation"), "due_on",
    ),
    "tasks": Listing(
        Task, _("交办"), "-assigned_on", "case__region", ("agreement__text", "proposal__title", "case__no"),
        ("case__region", "agreement__consultation__topic", "proposal", "unit", "deadline"), "assigned_on",
        complete=task_ledger.complete,
    ),
    "cases": Listing(
        Case, _("案卷"), "-updated_at", "region", ("title", "no"), ("region", "venue"), "opened_on",
    ),
} | {kind.plural: kind.listing for kind in KINDS}
COLUMNS = COLUMNS | {"tasks": task_ledger.COLUMNS} | {kind.plural: kind.columns for kind in KINDS}


class Filter(forms.Form):
    """The filters of a list; what does not fit is left out, never an error page."""

    q = forms.CharField(label=_("文字或编号"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False)
    town = forms.ModelChoiceField(
        label=_("镇街"), queryset=Region.objects.none(), required=False, to_field_name="code",
        empty_label=_("全部"),
    )
    late = forms.BooleanField(label=_("只看逾期"), required=False)

    def __init__(self, data, listing, committee):
        super().__init__(data)
        self.fields["state"].choices = [("", _("全部")), *listing.model.State.choices]
        self.fields["town"].queryset = towns_of(committee.region)
        self.fields["town"].label_from_instance = lambda town: town.name
        if not listing.place:
            del self.fields["town"]
        if not listing.late:
            del self.fields["late"]


@login_required
@require_GET
def listing(request, kind):
    """One list, as a page or (``format=xlsx``) as a workbook with the customary columns."""
    if kind not in LISTINGS:
        raise Http404
    what = LISTINGS[kind]
    form = Filter(request.GET, what, request.committee)
    form.is_valid()
    rows = _filtered(_visible(request.user, what), what, form.cleaned_data)
    rows = rows.select_related(*what.related).order_by(what.order, "-pk")
    rows = what.counted(rows, clock.today()) if what.counted else rows
    if request.GET.get("format") == "xlsx":
        return _excel(request, kind, what, rows)
    page = _page(request)
    shown = list(rows[page * PER_PAGE : (page + 1) * PER_PAGE + 1])
    columns = [column for column in COLUMNS[kind] if column.on_page]
    context = {
        "kind": kind, "title": what.title, "form": form,
        # As text, once: a lazy title would be translated again in every cell.
        "columns": [{"label": str(column.title), "kind": column.kind} for column in columns],
        "rows": [_row(record, columns) for record in shown[:PER_PAGE]],
        "prev": _at(request, page - 1) if page else None,
        "next": _at(request, page + 1) if len(shown) > PER_PAGE else None,
        "page": page + 1, "excel": _with(request, format="xlsx"), "begins": _begins(request, kind),
    }
    return render(request, "desk/list.html", context)


def _begins(request, kind) -> list:
    """(button, address) of the ways to begin one more, for those who may."""
    known = BY_PLURAL.get(kind)
    ways = [("", known.begin), *((f"{name}/", way) for name, way in known.also.items())] if known else []
    return [
        (way.label, f"/desk/{kind}/new/{rest}")
        for rest, way in ways if way and way.may(request.user, request.committee)
    ] + [
        (words, reverse(name)) for words, name, roles in (known.links if known else ()) if request.user.has(*roles)
    ]  # fmt: skip


def _visible(user, what):
    if what.model is not Case:
        return what.model.objects.visible_to(user)
    if user.has(*OFFICE, Role.REVIEWER, Role.PARTY_APPROVER):
        return Case.objects.all()
    places = [g.region.code for g in user.current_grants if g.role == Role.LIAISON and g.region]
    if not places:
        raise PermissionDenied
    area = Q()
    for code in places:
        area |= Q(region__code__startswith=code)
    return Case.objects.filter(area)


def _filtered(rows, what, wanted):
    if wanted.get("q"):
        found = Q()
        for name in what.text:
            found |= Q(**{f"{name}__icontains": wanted["q"]})
        rows = rows.filter(found)
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("town"):
        places = Region.objects.within(wanted["town"].code).values("pk")
        rows = rows.filter(**{f"{what.place}__in": places})
    if wanted.get("late"):
        today = clock.today()
        if what.model is Case:
            rows = rows.late(today)
        elif what.model is Agreement:
            rows = rows.filter(due_on__lt=today).exclude(state__in=Agreement.ENDED)
        else:
            rows = rows.filter(
                deadline__due_on__lt=today, deadline__ended_on=None, deadline__paused_on=None
            )
    return rows


def _row(record, columns):
    return {"href": desk_path(record), "cells": [column.cell(record) for column in columns]}


def _page(request) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked) - 1, 0) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0


def _with(request, **changes) -> str:
    query = {name: value for name, value in request.GET.items() if value}
    query.update(changes)
    return "?" + urlencode(query)


def _at(request, page: int) -> str:
    return _with(request, page=page + 1)


def _completed(what, rows):
    """The rows with what only the sheet shows, a thousand at a time."""
    while chunk := list(islice(rows, 1000)):
        if what.complete:
            what.complete(chunk)
        yield from chunk


def _excel(request, kind, what, rows):
    """The rows as a sheet; a read, so a GET, but what leaves the house is entered in the register (ledger 17)."""
    left = list(_completed(what, rows[:MOST_ROWS].iterator(chunk_size=1000)))
    book = workbook(str(what.title), COLUMNS[kind], left)
    narrowed = any(value for name, value in request.GET.items() if name != "format")
    export_list(by=request.user, committee=request.committee, title=what.title, rows=len(left), narrowed=narrowed)
    response = HttpResponse(
        book, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    name = quote(f"{what.title}-{clock.today()}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"{kind}.xlsx\"; filename*=UTF-8''{name}"
    return response
