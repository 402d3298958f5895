"""Finding places: by what somebody wrote, by what lies below, and as choices of a form that needs no script."""

import datetime as dt
import unicodedata
from difflib import SequenceMatcher

from .models import Alias, Region

EXACT = 100
#: Below this likeness (of 100) two names are different places, not two spellings of one.
LIKE = 60


def match(
    text: str, within: str | None = None, *, today: dt.date | None = None, limit: int = 10
) -> list[tuple[Region, int]]:
    """Regions that the text may mean, best first, each with a score of at most 100; three queries.

    100 is a name or alias word for word, above 85 a name found inside the text (an address), the rest is likeness.
    ``within`` is the code to look in; with ``today`` only places that exist on that day are found.
    """
    wanted = _plain(text)
    if not wanted:
        return []
    best: dict[int, int] = {}
    for pk, score in _scores(wanted, *_names(within, today)):
        best[pk] = max(score, best.get(pk, 0))
    ranked = sorted(best, key=lambda pk: (-best[pk], pk))[:limit]
    rows = Region.objects.in_bulk(ranked)
    return [(rows[pk], best[pk]) for pk in ranked]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _names(within, today):
    regions = Region.objects.within(within or "")
    if today:
        regions = regions.current(today)
    rows = list(regions.values_list("pk", "name", "official_name", "full_name", "code"))
    full = {code: full_name for _pk, _name, _official, full_name, code in rows}
    spelt = [
        (pk, {name, official, full_name}, full.get(code[:9], "") if len(code) > 9 else "")
        for pk, name, official, full_name, code in rows
    ]
    aliases = Alias.objects.filter(region__in=regions).values_list("region_id", "name")
    return spelt, list(aliases)


def _scores(wanted, spelt, aliases):
    """(key, score) for each name that is like the text; an address scores by the length of the name in it."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    rows = [(pk, name, town) for pk, names, town in spelt for name in names]
    for pk, name, town in rows + [(pk, name, "") for pk, name in aliases]:
        if name == wanted:
            yield pk, EXACT
        elif len(name) > 1 and name in wanted:
            # A village stands deeper than its town, and surer when its town stands beside it.
            beside = 3 if town and town in wanted else 0
            yield pk, min(99, 86 + min(len(name), 10) + beside)
        else:
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() * 85 >= LIKE:
                score = int(matcher.ratio() * 85)
                if score >= LIKE:
                    yield pk, score


def by_code(code: str) -> Region | None:
    """The region with this code, or None; one query."""
    return Region.objects.filter(code=code).first()


def children_of(region: Region, today: dt.date | None = None):
    """The places directly below a region, in the order of their codes."""
    rows = Region.objects.filter(parent=region)
    return rows.current(today) if today else rows


def towns_of(county: Region, today: dt.date | None = None):
    """The towns and streets of a county."""
    rows = Region.objects.within(county.code).filter(level=Region.Level.TOWN)
    return rows.current(today) if today else rows


def villages_of(town: Region, today: dt.date | None = None):
    """The villages and communities of a town (or of all towns of a county)."""
    rows = Region.objects.within(town.code).filter(level=Region.Level.VILLAGE)
    return rows.current(today) if today else rows


def choices_within(code: str, today: dt.date | None = None) -> list[tuple[str, list[tuple]]]:
    """The grouped choices of a select, [(town, [(id, village), …]), …], below a code; one query.

    The town itself is each group's first choice, for whoever does not know the village.
    """
    rows = Region.objects.within(code).filter(level__in=(Region.Level.TOWN, Region.Level.VILLAGE))
    if today:
        rows = rows.current(today)
    groups: dict[str, tuple[str, list]] = {}
    for pk, place, name, full_name in rows.values_list("pk", "code", "name", "full_name"):
        if len(place) == 9:
            groups.setdefault(place, (name, []))[1].append((pk, name))
        else:
            town = full_name.removesuffix(name)
            groups.setdefault(place[:9], (town, []))[1].append((pk, name))
    return list(groups.values())
