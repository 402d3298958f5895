"""Telling places and members apart by what was written: sure, or offered to a person; never chosen silently."""

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ..people.models import Member
from ..regions.models import Alias, Region
from ..venues.models import Venue
from .reading import plain

#: At most so many near names are offered, none less like than this.
OFFERED, LIKE = 5, 0.5
#: For so many unknown places near names are sought at a time; a file of nothing else would take minutes.
SOUGHT = 60
#: Characters of a text in which a name is sought.
LONGEST = 200


@dataclass
class Found:
    """A place that was written: its region and venue where it is sure, else those offered as (code, words)."""

    region: Region | None = None
    venue: Venue | None = None
    offers: list = field(default_factory=list)


class Places:
    """Every place of the committee by its names; read once, in three queries."""

    def __init__(self, committee):
        regions = list(Region.objects.within(committee.region.code))
        venues = list(Venue.objects.select_related("region"))
        self.by_code = {f"r{row.pk}": Found(row) for row in regions}
        self.by_code |= {f"v{row.pk}": Found(row.region, row) for row in venues}
        self.words = {f"r{row.pk}": row.full_name for row in regions}
        self.words |= {f"v{row.pk}": row.full_name for row in venues}
        self.names: dict[str, set] = defaultdict(set)
        for row in regions:
            for name in (row.name, row.official_name, row.full_name):
                self.names[_bare(name)].add(f"r{row.pk}")
        for row in venues:
            for name in (row.name, row.full_name):
                self.names[_bare(name)].add(f"v{row.pk}")
        for pk, name in Alias.objects.filter(region__in=[row.pk for row in regions]).values_list("region_id", "name"):
            self.names[_bare(name)].add(f"r{pk}")
        self.names.pop("", None)
        self.lengths = sorted({len(name) for name in self.names if len(name) > 1}, reverse=True)
        self.whole = Found(committee.region)
        self.seen: dict[str, Found] = {}
        self.sought = 0

    def find(self, written: str, answers: dict) -> Found:
        """The place; ``answers`` holds what a person decided: {written: code}."""
        if (code := answers.get(written)) in self.by_code:
            return self.by_code[code]
        if written not in self.seen:
            self.seen[written] = self._find(_bare(written)[:LONGEST])
        return self.seen[written]

    def _find(self, name) -> Found:
        codes = self.names.get(name) or self._inside(name)
        if len(codes) == 1:
            return self.by_code[next(iter(codes))]
        return Found(offers=[(code, self.words[code]) for code in sorted(codes) or self._near(name)])

    def _inside(self, text) -> set:
        """The places whose name stands in the text: the longest name."""
        for length in self.lengths:
            found = [text[at : at + length] for at in range(len(text) - length + 1)]
            if hits := [name for name in found if name in self.names]:
                return set().union(*(self.names[name] for name in hits))
        return set()

    def _near(self, text) -> list:
        """The codes of names that are like it, the likest first."""
        self.sought += 1
        if self.sought > SOUGHT:
            return []
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(text)
        best: dict[str, float] = {}
        for name, codes in self.names.items():
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE:
                like = matcher.ratio()
                for code in codes if like >= LIKE else ():
                    best[code] = max(like, best.get(code, 0))
        return sorted(best, key=lambda code: (-best[code], code))[:OFFERED]


def _bare(name: str) -> str:
    return "".join(plain(name).split())


class Register:
    """The members of the committee by name; those of one name are told apart by a person."""

    def __init__(self):
        self.by_name = defaultdict(list)
        self.by_pk = {}
        for row in Member.objects.order_by("pk"):
            self.by_name[row.name].append(row)
            self.by_pk[str(row.pk)] = row

    def find(self, name: str, answers: dict) -> list[Member]:
        """Those that the name may mean; one where a person decided."""
        decided = self.by_pk.get(answers.get(name, ""))
        return [decided] if decided else self.by_name.get(name, [])
