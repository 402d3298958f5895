"""Press reports for everybody: title, source, date, a short excerpt and the address; the full text stays inside."""

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..cases.masking import mask
from ..newsroom.models import Snapshot, Subscription, category_words
from ..newsroom.queries import category_feed, checked, closed_on_notice, listed, related
from ..regions.queries import towns_of
from .paging import page_number

SIZE = 15
#: What an address may ask for: it is the subscription, so these names stay.
ASKS, LONGEST = ("category", "keyword", "place", "source"), 60


def wanted_of(request) -> dict:
    """What the address asks for: a category, a word of the title, a place, a source; "" for any."""
    return {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ASKS}


@require_safe
def news(request):
    """The list, fifteen a page, and the feeds of just this list."""
    if request.committee is None:
        raise Http404
    wanted, number = wanted_of(request), page_number(request)
    shown = list(listed(wanted)[(number - 1) * SIZE : number * SIZE + 1])
    known = Snapshot.objects.published()
    context = {
        "rows": shown[:SIZE], "more": len(shown) > SIZE, "number": number, "wanted": wanted, "mask": mask,
        "categories": [(each, category_words(each)) for each in _values(known, "category")],
        "sources": _values(known, "channel", "reprinted_from"),
        "places": [(town.code, town.name) for town in towns_of(request.committee.region)],
        "query": _query(wanted),
    }  # fmt: skip
    return render(request, "portal/news.html", context)


def _values(rows, *names) -> list:
    """The filled values of these columns, each once."""
    found = [rows.order_by().values_list(name, flat=True).distinct() for name in names]
    return sorted({value for column in found for value in column if value})


def _query(wanted) -> str:
    place = wanted["place"]
    words = {name: value for name, value in wanted.items() if name != "place"}
    return "&".join(filter(None, [Subscription(**words).query, f"place={place}" if place.isdecimal() else ""]))


@require_safe
def report(request, pk):
    """One published report; one that is not public gets the same answer as one that does not exist.

    One that a notice has closed says so (410), without a word of it, and where to answer the notice.
    """
    if request.committee is None:
        raise Http404
    notice = closed_on_notice(pk)
    if notice:
        return render(request, "portal/report_closed.html", {"notice": notice, "number": pk}, status=410)
    found = get_object_or_404(Snapshot.objects.published(), pk=pk)
    public = Snapshot.objects.published()
    context = {
        "report": found, "mask": mask, "checked": checked(found),
        "cases": list(found.cases.filter(state="published").order_by("no")),
        "related": related(found, public), "feed": category_feed(found, public),
    }  # fmt: skip
    return render(request, "portal/report_of_press.html", context)


class News(Feed):
    """A subscription as RSS; a feed reader asks for it, nothing is pushed."""

    title, link, description = _("媒体报道"), "/news/", _("媒体怎么说我们的事：标题、来源和摘录。")

    def get_object(self, request):
        if request.committee is None:
            raise Http404
        return wanted_of(request)

    def items(self, wanted):
        return list(listed(wanted)[:SIZE])

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
