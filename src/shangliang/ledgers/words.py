"""The words that may stand between double braces in another office's form, and what each becomes."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..figures import counting
from ..figures.counting import Scope
from ..figures.definitions import FIGURES
from ..regions.queries import towns_of
from ..shared import clock
from .catalogue import seen_by
from .columns import Column
from .shape import Asked, Ledger, Sheet

#: Braces as keyboards give them in both widths.
PLACE = re.compile(r"[{｛]{2}([^{}｛｝]{1,80})[}｝]{2}")
ALL_TIME = "累计"
#: Who fills the form, when, and for which days.
SAID = ("单位", "填报人", "填报日期", "起", "止")


@dataclass(frozen=True)
class Field:
    """A column of a ledger: each row of the period fills one line of the form."""

    ledger: Ledger
    sheet: Sheet
    column: Column

    @property
    def place(self) -> tuple:
        """Which sheet of which ledger: one line of a form holds one only."""
        return self.ledger.number, self.sheet.key


@dataclass
class Vocabulary:
    """What an account may write between braces for a period; each figure is counted once, when it is asked for.

    The words are those of the installation's language, whatever language the clerk reads: they stand in the form.
    """

    account: object
    since: dt.date
    until: dt.date
    fields: dict = field(init=False)
    figures: dict = field(init=False)
    towns: dict = field(init=False)
    known: dict = field(init=False, default_factory=dict)

    def __post_init__(self):
        with override(settings.LANGUAGE_CODE):
            self.fields = {
                plain(word): Field(ledger, sheet, column) for ledger in seen_by(self.account)
                for word, sheet, column in words_of(ledger)
            }  # fmt: skip
            self.figures = {plain(str(figure.name)): figure for figure in FIGURES}
        self.towns = {plain(town.name): town for town in towns_of(self.account.committee.region)}

    @property
    def asked(self) -> Asked:
        """The period as ledgers ask for it."""
        return Asked(self.since, self.until)

    def means(self, word: str):
        """A Field, a number, a day or a text; None for a word that is not known."""
        key = plain(word)
        if key in self.fields:
            return self.fields[key]
        if key not in self.known:
            self.known[key] = self._value(key)
        return self.known[key]

    def near(self, word: str) -> str:
        """The known word that looks most like this one; "" for none."""
        known = [*plainly(self), *self.figures, *self.fields]
        return next(iter(get_close_matches(plain(word), known, 1, 0.5)), "")

    def _value(self, key: str):
        if key in (said := plainly(self)):
            return said[key]
        name, _dot, part = key.partition(".")
        figure = self.figures.get(name)
        if figure is None or (part and part != ALL_TIME and part not in self.towns):
            return None
        since = None if part == ALL_TIME else self.since
        scope = Scope(since, self.until, self.towns.get(part))
        number = counting.value(figure, scope)
        return _("不足 %(n)s 人，不公布") % {"n": figure.least} if number is None else number


def plainly(vocabulary: Vocabulary) -> dict:
    """The words that are neither figures nor columns: who fills the form, when, for which days."""
    account = vocabulary.account
    told = (account.committee.name, account.name, clock.today(), vocabulary.since, vocabulary.until)
    return dict(zip(SAID, told, strict=True))


def words_of(ledger: Ledger):
    """(word, sheet, column) of every column of a ledger: 台账7.事项, or 台账10.活动.内容 if it has several sheets."""
    for sheet in ledger.sheets:
        name = f"台账{ledger.number}." + (f"{sheet.name}." if len(ledger.sheets) > 1 else "")
        for column in sheet.columns:
            yield f"{name}{column.title}", sheet, column


def plain(word: str) -> str:
    """A word as it is compared: one width, no spaces."""
    return "".join(unicodedata.normalize("NFKC", word).split())
