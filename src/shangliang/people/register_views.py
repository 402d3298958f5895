"""Pages of the register: bodies, members, leaders and their links, typed in one by one or brought in from a sheet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ..shared.refusals import NOT_YOURS, Refused
from ..shared.sheets import clean
from . import commands, register_import
from .doors import for_roles
from .forms import put_refusal
from .models import ContactLink
from .policies import BODY_KEEPERS, PEOPLE_KEEPERS
from .register import LINKS, SECTIONS, sections_of
from .register_forms import EndLinkForm, MemberSheetForm, SheetForm

PER_PAGE = 50
#: So many of the good rows are shown before they are taken in; of the others all are.
SHOWN = 50
SHEET_FORMS = {"units": SheetForm, "members": MemberSheetForm}


@for_roles(*BODY_KEEPERS)
@require_GET
def register(request):
    """What the register holds, with the way to each of its lists."""
    counted = [(section, section.rows().count()) for section in sections_of(request.user)]
    return render(request, "people/register.html", {"counted": counted, "tabs": _tabs(request)})


def page_of(section):
    """The view of one section: its list, and the form that adds one more."""

    @for_roles(*section.keepers)
    @require_http_methods(["GET", "POST"])
    def view(request):
        kind = _kind(request) if section is LINKS else ""
        about = {"kind": kind} if kind else {}
        form = section.form(request.POST or None, committee=request.committee, **about)
        if request.method == "POST" and form.is_valid():
            try:
                added = section.add(by=request.user, committee=request.committee, **about, **form.cleaned_data)
            except Refused as refused:
                put_refusal(form, refused)
            else:
                messages.success(request, _("已登记：%(name)s") % {"name": added})
                return redirect(request.get_full_path())
        return _list(request, section, form, kind)

    return view


def _kind(request) -> str:
    """The kind of links that was asked for; the first one where that is none."""
    asked = request.GET.get("kind")
    return asked if asked in ContactLink.Kind.values else ContactLink.Kind.values[0]


def _list(request, section, form, kind):
    words = clean(request.GET.get("q"))
    rows = section.rows(words)
    if kind:
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": section, "tabs": _tabs(request, section), "form": form, "words": words, "page": page, "kind": kind,
        "kinds": _kinds(kind) if kind else [], "shown": [(row, section.cells(row)) for row in page.object_list],
        "may_import": section.name in SHEET_FORMS,
    }  # fmt: skip
    return render(request, "people/register_list.html", context, status=422 if form.errors else 200)


def _tabs(request, here=None) -> list[dict]:
    overview = {"label": _("概览"), "href": reverse("people:register"), "active": here is None}
    return [overview] + [
        {"label": section.title, "href": reverse(f"people:{section.name}"), "active": section is here}
        for section in sections_of(request.user)
    ]


def _kinds(kind) -> list[dict]:
    address = reverse("people:links")
    return [
        {"label": label, "href": f"{address}?kind={value}", "active": value == kind}
        for value, label in ContactLink.Kind.choices
    ]


@for_roles(*PEOPLE_KEEPERS)
@require_http_methods(["GET", "POST"])
def end_link(request, pk):
    """End a link, or hand it over."""
    link = get_object_or_404(ContactLink.objects.select_related(*LINKS.related, "committee"), pk=pk)
    form = EndLinkForm(request.POST or None, link=link)
    if request.method == "POST" and form.is_valid():
        try:
            taken = commands.end_link(by=request.user, link=link, **form.cleaned_data)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, _("已交接，从第二天起由接手的人联系。") if taken else _("联系已结束。"))
            return redirect(f"{reverse('people:links')}?kind={link.kind}")
    context = {"link": link, "cells": LINKS.cells(link), "form": form}
    return render(request, "people/register_end.html", context, status=422 if form.errors else 200)


@for_roles(*BODY_KEEPERS)
@never_cache
@require_http_methods(["GET", "POST"])
def import_sheet(request):
    """Choose a sheet, look at what would become of each row, then take the good ones in."""
    if request.method == "GET":
        return _choose(request)
    name = request.POST.get("what", "")
    if name not in _sheets(request):
        raise PermissionDenied(str(NOT_YOURS.why))
    if "rows" in request.POST:
        return _take(request, name)
    form = SHEET_FORMS[name](request.POST, request.FILES, auto_id=f"id_{name}_%s")
    if form.is_valid():
        raw, defaults = form.cleaned_data.pop("file").read(), form.cleaned_data
        try:
            rows = register_import.plan(name, request.committee, raw, defaults)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            return _report(request, name, rows, packed=register_import.packed(name, rows))
    return _choose(request, {name: form}, status=422)


def _sheets(request) -> dict:
    """The sections that may be filled from a sheet by this account, by name."""
    return {section.name: section for section in sections_of(request.user) if section.name in SHEET_FORMS}


def _choose(request, tried=None, status=200):
    forms = {name: form(auto_id=f"id_{name}_%s") for name, form in SHEET_FORMS.items()} | (tried or {})
    offered = [(section, forms[name]) for name, section in _sheets(request).items()]
    return render(request, "people/register_import.html", {"offered": offered}, status=status)


def _take(request, name):
    try:
        rows = register_import.take(name, request.POST["rows"], by=request.user, committee=request.committee)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:import_sheet")
    return _report(request, name, rows)


def _report(request, name, rows, packed=""):
    good = [row for row in rows if not row.why]
    context = {
        "section": next(section for section in SECTIONS if section.name == name), "packed": packed,
        "read": len(rows), "good": [register_import.seen_as(name, row) for row in good[:SHOWN]], "taken": len(good),
        "bad": [row for row in rows if row.why],
    }  # fmt: skip
    return render(request, "people/register_report.html", context)
