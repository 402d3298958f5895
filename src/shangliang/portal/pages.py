"""Pages that explain: privacy, accessibility, complaints, rules, calendar, components; and the small switches."""

import datetime as dt

from django import forms
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from ..rules.models import CalendarYear
from ..rules.queries import known_years, rules_for_page, rules_of
from ..shared import clock
from .forms import RateForm, SupplementForm

#: The day of the privacy notice's present wording; it stands beside every form that asks for personal data.
PRIVACY_VERSION = "2026-03-01"
YEAR_LONG = 365 * 24 * 3600
MODES = ("normal", "elder")


@require_POST
def mode(request, mode):
    """Change between the ordinary and the elder face."""
    return _remember(request, "mode", mode, MODES)


@require_POST
def language(request, code):
    """Change the language."""
    return _remember(request, "lang", code, dict(settings.LANGUAGES))


def _remember(request, cookie, value, known):
    if value not in known:
        raise Http404
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    response = redirect(wanted if safe else "portal:home")
    response.set_cookie(
        cookie, value, max_age=YEAR_LONG, samesite="Lax", httponly=True, secure=settings.SECURE
    )
    return response


@require_safe
def privacy(request):
    """The notice of PIPL art. 17: who, why, what, how long, which rights, how to use them."""
    months = rules_of(request.committee.pk)["pii.retention"] if request.committee else 12
    return render(request, "portal/privacy.html", {"version": PRIVACY_VERSION, "months": months})


@require_safe
def accessibility(request):
    """What was done so that everybody can use the pages, and whom to tell when it fails."""
    return render(request, "portal/accessibility.html")


@require_safe
def complaint(request):
    """How to complain about the platform itself."""
    return render(request, "portal/complaint.html")


@require_safe
def rules(request):
    """The rule set with the basis of each number."""
    if request.committee is None:
        raise Http404
    rows = rules_for_page(request.committee.pk)
    return render(request, "portal/rules.html", {"rows": rows, "year": clock.today().year})


@require_safe
def calendar(request, year):
    """The days of a year that differ from the plain week, and where that is known from."""
    known = sorted(known_years())
    found = CalendarYear.objects.prefetch_related("days").filter(year=year).first()
    if found is None and year != clock.today().year:
        raise Http404
    days = sorted(found.days.all(), key=lambda day: day.day) if found else []
    context = {"year": year, "found": found, "days": days, "known": known, "stretches": stretches(days)}
    return render(request, "portal/calendar.html", context)


def stretches(days) -> list[dict]:
    """Neighbouring days of the same holiday as one line: first, last, name, whether one works."""
    lines: list[dict] = []
    for day in days:
        last = lines[-1] if lines else None
        same = last and (last["name"], last["works"]) == (day.name, day.is_working)
        if same and day.day - last["last"] == dt.timedelta(days=1):
            last["last"] = day.day
        else:
            lines.append({"first": day.day, "last": day.day, "name": day.name, "works": day.is_working})
    return lines


class _Sample(SupplementForm):
    """A few fields for the components page."""

    kind = forms.ChoiceField(label="类别", choices=[("road", "道路"), ("lamp", "照明")])


@require_safe
def components(request):
    """Every part of the pages in every state."""
    rating = RateForm()
    rating.fields["rating"] = rating.fields["value"]
    context = {"form": _Sample(), "form_errors": _Sample({}), "rating_form": rating}
    return render(request, "components.html", context)


@require_safe
def healthz(request):
    """Whether the program runs and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"ok": True}, headers={"Cache-Control": "no-store"})


@require_safe
def robots(request):
    """What search engines may keep: published pages, nothing that belongs to one person."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ("/receipt/", "/report/", "/q/", "/desk/"))]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

