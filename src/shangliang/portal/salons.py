"""Published salons: the list by series, and one salon with its points and what became of them; nobody is named."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..cases.masking import mask
from ..conversions.models import Conversion
from ..files.queries import of
from ..people.tenancy import within
from ..salons.models import Salon
from ..salons.queries import points_by_kind, seats
from .paging import page_number

SIZE = 20


@require_safe
def salons(request):
    """The published salons, of one series when the address asks for it."""
    if request.committee is None:
        raise Http404
    with within(request.committee):
        rows = Salon.objects.published().select_related("office", "studio", "venue").order_by("-starts_at", "-pk")
        asked = request.GET.get("series", "")
        series = asked if asked in Salon.Series.values else ""
        used = set(Salon.objects.published().values_list("series", flat=True))
        if series:
            rows = rows.filter(series=series)
        number = page_number(request)
        shown = list(rows[(number - 1) * SIZE : number * SIZE + 1])
        context = {
            "rows": shown[:SIZE], "more": len(shown) > SIZE, "number": number, "series": series,
            "kinds": [(value, label) for value, label in Salon.Series.choices if value in used], "mask": mask,
        }  # fmt: skip
        return render(request, "portal/salons.html", context)


@require_safe
def salon(request, pk):
    """One published salon; one that is not public gets the same answer as one that does not exist."""
    if request.committee is None:
        raise Http404
    with within(request.committee):
        rows = Salon.objects.published().select_related("office", "studio", "venue")
        found = get_object_or_404(rows, pk=pk)
        became = Conversion.objects.published().filter(point__salon=found) | Conversion.objects.published().filter(
            report__salon=found
        )
        context = {
            "salon": found, "mask": mask, "points": points_by_kind(found),
            "seats": [(role, attended) for role, _invited, attended in seats(found) if attended],
            "became": list(became.select_related("point").order_by("pk").distinct()),
            "pictures": [picture for picture in of(found) if picture.is_public],
        }  # fmt: skip
        return render(request, "portal/salon.html", context)
