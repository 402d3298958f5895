"""Reading snapshots: what is about the same thing, and what becomes of the numbers that a report claims."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..cases.masking import mask
from ..figures.counting import value
from ..figures.definitions import BY_KEY
from ..regions.models import Region
from ..shared import alike, sealed
from .claims import Claim, claims
from .models import Mention, Snapshot, Takedown

RELATED, FEED = 9, 15


@dataclass(frozen=True)
class Related:
    """Another report that has a keyword of this one's title, with the words around it."""

    snapshot: Snapshot
    word: str
    shown: str


def related(snapshot, rows) -> list[Related]:
    """At most RELATED of ``rows``: more of the title's keywords first, then the later ones; always the same.

    Three queries, whatever the number of reports: the keywords, who mentions them, and the texts of those few.
    """
    words = dict(Mention.objects.filter(snapshot=snapshot, in_title=True).values_list("keyword", "keyword__word"))
    if not words:
        return []
    mentions = Mention.objects.filter(keyword__in=list(words), snapshot__in=rows.order_by().values("pk"))
    told_at = Max(Coalesce("snapshot__published_at", "snapshot__captured_at"))
    earliest = snapshot.first_id or snapshot.pk  # another copy of the same report is not another report
    others = mentions.exclude(snapshot=earliest).exclude(snapshot__first=earliest).exclude(snapshot=snapshot)
    best = others.values("snapshot").annotate(hits=Count("pk"), told_at=told_at)
    order = list(best.order_by("-hits", "-told_at", "snapshot").values_list("snapshot", flat=True)[:RELATED])
    found = rows.in_bulk(order)
    return [_shown(found[pk], words.values()) for pk in order]


def _shown(other, words) -> Related:
    text = mask(other.body)
    for word in sorted(words):
        if shown := alike.in_context(text, word):
            return Related(other, word, shown)
    word = next((each for each in sorted(words) if each in other.title), "")
    return Related(other, word, mask(other.title))


def category_feed(snapshot, rows) -> list[Snapshot]:
    """The FEED latest of the same category, as they stand when somebody looks; empty without a category."""
    if not snapshot.category:
        return []
    rows = rows.filter(category=snapshot.category).exclude(pk=snapshot.pk)
    return list(rows.defer("body").order_by("-published_at", "-pk")[:FEED])


def closed_on_notice(pk: int) -> Takedown | None:
    """The latest notice that keeps this report closed, or None."""
    closed = {"closed": pk, "closed__state": Snapshot.State.TAKEN_DOWN}
    rows = Takedown.objects.filter(state__in=Takedown.HOLDING, **closed)
    return rows.order_by("-received_at", "-pk").first()


def notifier(takedown) -> str:
    """The name of whoever sent the notice, to be masked by whoever shows it."""
    return sealed.unseal(settings.CONTACT_KEY, takedown.name)


def listed(wanted: dict):
    """The public reports of a subscription ``{category, keyword, place, source}`` ("" for any), the latest first.

    Each report once. A word is looked for in titles alone: the full text stays inside, also from guesses. A place is a
    region's code: reports with its name in the title, and those that tell of a public case within it.
    """
    rows = Snapshot.objects.published().exclude(first__state=Snapshot.State.PUBLISHED)
    if wanted["category"]:
        rows = rows.filter(category=wanted["category"])
    if wanted["source"]:
        rows = rows.filter(Q(channel=wanted["source"]) | Q(reprinted_from=wanted["source"]))
    if wanted["keyword"]:
        rows = rows.filter(title__icontains=wanted["keyword"])
    if wanted["place"]:
        place = Region.objects.filter(code=wanted["place"]).first()
        told = Snapshot.cases.through.objects.filter(
            case__state="published", case__region__code__startswith=wanted["place"]
        ).values("snapshot")
        rows = rows.filter(Q(title__contains=place.name) | Q(pk__in=told)) if place else rows.none()
    return rows.order_by("-published_at", "-pk")


@dataclass(frozen=True)
class Checked:
    """A claimed number beside what the ledger counts today."""

    claim: Claim
    figure: object
    counted: int | None

    @property
    def difference(self) -> int | None:
        """How many more the report claims than the ledger can prove."""
        return None if self.counted is None else self.claim.number - self.counted

    @property
    def difference_words(self) -> str:
        """The difference as one says it."""
        if self.difference is None:
            return "—"
        if not self.difference:
            return _("一样")
        words = _("报道多 %(n)s") if self.difference > 0 else _("报道少 %(n)s")
        return words % {"n": abs(self.difference)}


def checked(snapshot) -> list[Checked]:
    """Every number that the report claims of a figure we keep, beside our own count."""
    told = [(claim, BY_KEY[claim.figure]) for claim in claims(snapshot.body)]
    return [Checked(claim, figure, value(figure)) for claim, figure in told]
