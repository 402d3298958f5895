"""Amounts in words, exact to the last figure, and sums that never count one period twice without saying so."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

YI, WAN = Decimal(100_000_000), Decimal(10_000)


def in_words(kind: str, amount: Decimal | int) -> str:
    """5.3 亿元, 25 家企业; round units only where nothing is lost by them."""
    amount = Decimal(amount)
    if kind == "yuan":
        return _money(amount)
    number = f"{amount.normalize():,f}"
    words = {"firms": _("%(n)s 家企业"), "projects": _("%(n)s 个项目"), "people": _("%(n)s 人")}
    return words[kind] % {"n": number}


def _money(amount: Decimal) -> str:
    for unit, words in ((YI, _("%(n)s 亿元")), (WAN, _("%(n)s 万元"))):
        part = amount / unit
        if part >= 1 and part == round(part, 2):
            return words % {"n": f"{part.normalize():,f}"}
    return _("%(n)s 元") % {"n": f"{amount.normalize():,f}"}


@dataclass
class Sum:
    """The figures of one kind: the total of those whose periods stand apart, and those that may count twice.

    ``overlapping`` are left out of the total and listed, because nobody can add them up without knowing more.
    """

    kind: str
    label: str
    total: Decimal = Decimal(0)
    counted: list = field(default_factory=list)
    overlapping: list = field(default_factory=list)

    @property
    def words(self) -> str:
        """The total in words."""
        return in_words(self.kind, self.total)


def sums(benefits, kinds) -> list[Sum]:
    """One Sum for each kind that has figures; withdrawn ones are no figures any more."""
    found = []
    for kind, label in kinds:
        rows = [b for b in benefits if b.kind == kind and b.withdrawn_on is None]
        if rows:
            found.append(_sum(kind, label, rows))
    return found


def _sum(kind, label, rows) -> Sum:
    made = Sum(kind, str(label))
    for group in _touching(sorted(rows, key=lambda row: (row.period_from, row.period_to, row.pk))):
        (made.counted if len(group) == 1 else made.overlapping).extend(group)
    made.total = sum((row.amount for row in made.counted), Decimal(0))
    return made


def _touching(rows) -> list[list]:
    """The rows in groups whose periods overlap one another."""
    groups: list[list] = []
    until = None
    for row in rows:
        if until is not None and row.period_from <= until:
            groups[-1].append(row)
            until = max(until, row.period_to)
        else:
            groups.append([row])
            until = row.period_to
    return groups
