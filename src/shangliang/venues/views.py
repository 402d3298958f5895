"""The register of places: the list, a new place, the paper for the wall, ending a code or a place."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import HANDLERS
from ..shared.refusals import Refused
from . import commands, policies, queries
from .forms import VenueFilter, VenueForm
from .models import Venue, WallCode

PER_PAGE = 50


@for_roles(*policies.READERS)
@require_GET
def venues(request):
    """The places within one's own area."""
    return _list(request)


@for_roles(*HANDLERS)
@require_POST
def open_venue(request):
    """Register a place."""
    form = VenueForm(request.POST, committee=request.committee)
    if form.is_valid():
        try:
            venue = commands.open_venue(
                by=request.user, committee=request.committee, **form.cleaned_data
            )
            messages.success(request, _("场所已登记。接着发一个墙码，打印贴上。"))
            return redirect("venues:venue", pk=venue.pk)
        except Refused as refused:
            put_refusal(form, refused)
    return _list(request, form, status=422)


@for_roles(*HANDLERS)
@require_POST
def revoke_wall_code(request, pk):
    """Make a code worthless."""
    wall_code = _wall_code(request, pk)
    return _do(request, wall_code.venue, _("二维码已作废。"), commands.revoke_wall_code, wall_code=wall_code)


@for_roles(*HANDLERS)
@require_POST
def close_venue(request, pk):
    """Stop using a place."""
    found = _venue(request, pk)
    return _do(request, found, _("场所已停用，墙码一起作废。"), commands.close_venue, venue=found)


@for_roles(*policies.READERS)
@require_GET
def poster(request, pk):
    """The paper for the wall; a revoked code is not printed."""
    wall_code = _wall_code(request, pk)
    if wall_code.revoked_on:
        raise Http404
    sheet = queries.poster(wall_code)
    # The drawing is made by us from our own address: nothing a visitor typed is in it.
    return render(request, "venues/poster.html", {"poster": sheet, "qr": mark_safe(sheet.qr)})


def _venue(request, pk):
    try:
        return queries.venue_for(request.user, pk)
    except Venue.DoesNotExist:
        raise Http404 from None


def _wall_code(request, pk):
    wall_code = get_object_or_404(WallCode.objects.select_related("venue", "committee"), pk=pk)
    _venue(request, wall_code.venue_id)
    return wall_code


def _do(request, venue, done, do, /, **about):
    """One button: the command, or its refusal in words, and back to the place."""
    try:
        do(by=request.user, why=request.POST.get("why", ""), **about)
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("venues:venue", pk=venue.pk)


def _list(request, form=None, status=200):
    narrow = VenueFilter(request.GET, committee=request.committee)
    chosen = narrow.cleaned_data if narrow.is_valid() else {}
    rows = queries.venues_for(
        request.user, words=chosen.get("words", ""), kind=chosen.get("kind", ""),
        town=chosen["town"].code if chosen.get("town") else "",
    )
    if form is None and request.user.has(*HANDLERS):
        form = VenueForm(committee=request.committee)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "filter": narrow, "narrowed": any(chosen.values())}
    return render(request, "venues/venues.html", context, status=status)

