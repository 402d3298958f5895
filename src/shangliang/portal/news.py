"""Press reports for everybody: title, source, date, a short excerpt and the address; the full text stays inside."""

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..cases.masking import mask
from ..newsroom.models import Snapshot
from ..newsroom.queries import checked, related
from ..people.tenancy import within
from .salons import page_number

SIZE = 15
LONGEST = 40


def _wanted(request) -> dict:
    """What the address asks for: a category, a source, a word."""
    return {name: request.GET.get(name, "").replace("\x00", "")[:LONGEST] for name in ("category", "source", "q")}


def _rows(wanted):
    """The published snapshots, each report once, the latest first."""
    rows = Snapshot.objects.published().exclude(first__state=Snapshot.State.PUBLISHED)
    if wanted["category"]:
        rows = rows.filter(category=wanted["category"])
    if wanted["source"]:
        rows = rows.filter(channel=wanted["source"]) | rows.filter(reprinted_from=wanted["source"])
    if wanted["q"]:
        rows = rows.filter(title__icontains=wanted["q"])  # the full text stays inside, also from guesses
    return rows.order_by("-published_at", "-pk")


@require_safe
def news(request):
    """The list, fifteen a page."""
    if request.committee is None:
        raise Http404
    wanted, number = _wanted(request), page_number(request)
    shown = list(_rows(wanted)[(number - 1) * SIZE : number * SIZE + 1])
    known = Snapshot.objects.published().exclude(category="")
    context = {
        "rows": shown[:SIZE], "more": len(shown) > SIZE, "number": number, "wanted": wanted, "mask": mask,
        "categories": list(known.order_by("category").values_list("category", flat=True).distinct()),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "portal/news.html", context)


@require_safe
def report(request, pk):
    """One published report; one that is not public gets the same answer as one that does not exist."""
    if request.committee is None:
        raise Http404
    found = get_object_or_404(Snapshot.objects.published(), pk=pk)
    context = {
        "report": found, "mask": mask, "checked": checked(found),
        "cases": list(found.cases.filter(state="published").order_by("no")),
        "related": related(found, Snapshot.objects.published()),
    }  # fmt: skip
    return render(request, "portal/report_of_press.html", context)


class News(Feed):
    """The list as RSS; a feed reader asks for it, nothing is pushed."""

    title, link, description = _("媒体报道"), "/news/", _("媒体怎么说我们的事：标题、来源和摘录。")

    def __call__(self, request, *args, **kwargs):
        if request.committee is None:
            raise Http404
        with within(request.committee):
            return super().__call__(request, *args, **kwargs)

    def get_object(self, request):
        return _wanted(request)

    def items(self, wanted):
        return list(_rows(wanted)[:SIZE])

    def item_title(self, item):
        return mask(item.title)

    def item_description(self, item):
        return mask(item.excerpt)

    def item_pubdate(self, item):
        return item.published_at or item.captured_at


class NewsAtom(News):
    """The same as Atom."""

    feed_type = Atom1Feed
    subtitle = News.description
