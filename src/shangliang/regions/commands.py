"""Loading the divisions of chosen counties, naming them otherwise, and closing them."""

from django.utils.translation import gettext as _

from ..journal.record import command, record
from ..shared.refusals import Refused, require
from . import events, policies, register
from .models import Alias, Region


@command
def load(*, by, codes, progress=None) -> int:
    """Load counties with their ancestors and everything below; returns how many places the register has there.

    ``codes`` are official codes of counties (six digits, trailing zeros allowed). Loading again changes only what
    the register changed. ``progress(done, total)`` is told the places done. Raises Refused for an unknown county.
    """
    require(policies.may_load(by))
    wanted = list(dict.fromkeys(register.significant(str(code).strip()) for code in codes))
    require(wanted, _("请写明要装入哪些区县的代码。"))
    places = register.read(wanted)
    counties = {place.code: place for place in places if place.level == Region.Level.COUNTY}
    for code in wanted:
        if code not in counties:
            raise Refused(_("行政区划目录里没有代码为“%(code)s”的区县。") % {"code": code})
    before = {row.code: row for row in _stored(wanted)}
    renamed = _rename(places, before)
    added = _add(places, before, progress)
    aliases = _add_known_aliases(wanted)
    for code in wanted:
        counts = {
            "added": _take(added, code),
            "renamed": _take(renamed, code),
            "aliases": _take(aliases, code),
        }
        if any(counts.values()):
            loaded = events.RegionsLoaded(code=code, name=counties[code].full_name, **counts)
            record(loaded, about=Region.objects.get(code=code), by=by)
    return len(places)


def _take(codes: set, county: str) -> int:
    """Take out what lies in the county or above it, so that each change is told once; returns how many."""
    here = {code for code in codes if code.startswith(county) or county.startswith(code)}
    codes -= here
    return len(here)


def _stored(wanted):
    above = [code[:length] for code in wanted for length in (2, 4)]
    yield from Region.objects.filter(code__in=above)
    for code in wanted:
        yield from Region.objects.within(code)


def _rename(places, before) -> set[str]:
    changed = []
    for place in places:
        row = before.get(place.code)
        names = (place.official_name, place.name, place.full_name)
        if row and (row.official_name, row.name, row.full_name) != names:
            row.official_name, row.name, row.full_name = names
            changed.append(row)
    Region.objects.bulk_update(changed, ["official_name", "name", "full_name"], batch_size=500)
    return {row.code for row in changed}


def _add(places, before, progress) -> set[str]:
    """Create what is missing, level by level, because a place needs the key of the one above it."""
    keys = {code: row.pk for code, row in before.items()}
    added, done = set(), 0
    for level in Region.Level.values:
        of_level = [place for place in places if place.level == level]
        new = [
            Region(
                code=place.code, level=level, official_name=place.official_name,
                name=place.name, full_name=place.full_name, parent_id=keys.get(place.parent),
            )
            for place in of_level
            if place.code not in before
        ]  # fmt: skip
        for row in Region.objects.bulk_create(new, batch_size=1000):
            keys[row.code] = row.pk
            added.add(row.code)
        done += len(of_level)
        if progress:
            progress(done, len(places))
    return added


def _add_known_aliases(wanted) -> set[str]:
    known = [row for row in register.known_aliases() if row[0][:6] in wanted]
    places = Region.objects.in_bulk([code for code, _name, _source in known], field_name="code")
    have = set(Alias.objects.filter(region__in=places.values()).values_list("region__code", "name"))
    new = [row for row in known if row[0] in places and row[:2] not in have]
    Alias.objects.bulk_create(Alias(region=places[code], name=name, source=source) for code, name, source in new)
    return {code for code, _name, _source in new}


@command
def add_alias(*, by, region, name, source="") -> Alias:
    """Make another name of a place known to the look-up; raises Refused when it already is."""
    require(policies.may_add_alias(by, region))
    name = name.strip()
    require(name, _("请填写别名。"), field="name")
    require(len(name) <= 60, _("别名请写在 60 字以内。"), field="name")
    known = name in (region.name, region.official_name, region.full_name)
    if known or region.aliases.filter(name=name).exists():
        words = {"region": region.name, "name": name}
        raise Refused(_("%(region)s已经有“%(name)s”这个名称。") % words, field="name")
    alias = Alias.objects.create(region=region, name=name, source=source.strip())
    added = events.AliasAdded(name=region.full_name, alias=name, source=alias.source)
    record(added, about=region, by=by)
    return alias


@command
def close_region(*, by, region, on, successor=None):
    """Let a division end after the day ``on``; its records stay, no new ones can choose it.

    Raises Refused while places below it still exist, and for a successor that does not outlive it.
    """
    require(policies.may_close_region(by, region))
    require(region.valid_to is None, _("%(name)s已经撤销。") % {"name": region.name})
    require(not region.valid_from or on >= region.valid_from, _("撤销不能早于设立。"), field="on")
    below = region.children.current(on).filter(valid_to=None).count()
    if below:
        words = {"name": region.name, "count": below}
        raise Refused(_("%(name)s下面还有 %(count)s 处没有撤销，请先处理。") % words)
    if successor is not None:
        outlives = successor.valid_to is None or successor.valid_to > on
        fits = successor.pk != region.pk and successor.level == region.level and outlives
        require(fits, _("并入的地方必须是另一个同级、仍然存在的区划。"), field="successor")
    rows = Region.objects.filter(pk=region.pk, valid_to=None)
    require(rows.update(valid_to=on, successor=successor), _("刚才已有人处理过这一处。"))
    region.valid_to, region.successor = on, successor
    closed = events.RegionClosed(name=region.full_name, on=str(on), successor=successor.full_name if successor else "—")
    record(closed, about=region, by=by)
