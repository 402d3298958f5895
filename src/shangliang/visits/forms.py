"""Forms of visits: planning one, writing one with its voices and promises, and what follows."""

import re

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from . import queries
from .commands import MAX_PROMISE, MAX_WORDS
from .models import Promise, VisitKind


def _choice(label, *, required):
    return forms.TypedChoiceField(label=label, required=required, coerce=int, empty_value=None)


class _GoingForm(VerbForm):
    """Where to, on which day, and who goes: what planned and made visits have in common."""

    GOING = 4

    venue = forms.TypedChoiceField(label=_("去了哪里"), coerce=int)
    on = day(_("哪天"))

    def prepare(self):
        today = clock.today()
        #: Which rows were filled in, by kind of row.
        self.slots: dict = {}
        self.places = {venue.pk: venue for venue, _served in queries.places_for(self.by, today)}
        self.serving = {member.pk: member for member in self._known(today)}
        if "venue" in self.fields:
            places = [(pk, f"{venue.full_name}（{venue.code}）") for pk, venue in self.places.items()]
            self.fields["venue"].choices = [("", _now("请选择")), *places]
        people = [("", "—"), *((pk, f"{m.name}（{m.sector}）") for pk, m in self.serving.items())]
        for n in range(1, self.GOING + 1):
            field = _choice(_("委员") if n == 1 else _("同去的委员"), required=n == 1)
            field.choices = people
            self.fields[f"member{n}"] = field
        self.fields["member1"].initial = self.by.member_id
        self.fields["on"].initial = today

    def _known(self, today) -> list:
        """The members who can be chosen."""
        return queries.serving(today)

    def going(self) -> dict:
        """Place, day and members as the commands take them."""
        told = self.cleaned_data
        chosen = [told.get(f"member{n}") for n in range(1, self.GOING + 1)]
        found = {"on": told["on"], "members": [self.serving[pk] for pk in chosen if pk]}
        if "venue" in self.fields:
            found["venue"] = self.places[told["venue"]]
        return found

    def field_of(self, field):
        """The form's name of the field that a command refused: it counts only the rows that were filled in."""
        kind, number, rest = re.fullmatch(r"([a-z]+)(\d*)(.*)", field or "").groups() if field else ("", "", "")
        if number and kind in self.slots:
            return f"{kind}{self.slots[kind][int(number) - 1]}{rest}"
        return "member1" if field == "members" else field


class PlanForm(_GoingForm):
    """A visit that is intended."""

    purpose = words(_("去了解什么"), limit=200, required=False)

    def prepare(self):
        super().prepare()
        self.fields["venue"].label = _("去哪里")

    def told(self, key: str = "") -> dict:
        """The form as the command takes it; it has no rows that would need keys."""
        return {**self.going(), "purpose": self.cleaned_data["purpose"]}


class VisitForm(_GoingForm):
    """A visit that took place, with up to three voices and two promises; it needs no script."""

    PROMISED, HEARD = 2, 3

    kinds = forms.MultipleChoiceField(
        label=_("做了什么"), choices=VisitKind.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    households = forms.IntegerField(label=_("走访了几户"), required=False)
    explained = words(_("宣讲、解释了什么"), limit=MAX_WORDS, required=False)
    noted = words(_("看到的情况"), limit=MAX_WORDS, required=False)
    photos = PicturesField(label=_("现场照片"), required=False)

    def prepare(self):
        super().prepare()
        for n in range(1, self.HEARD + 1):
            self.fields[f"voice{n}_text"] = words(
                _("说的什么事"), limit=2000, required=False, hint=_("照原话写，不用整理。")
            )
            self.fields[f"voice{n}_place_note"] = forms.CharField(
                label=_("更具体的位置"), max_length=80, required=False
            )
            self.fields[f"voice{n}_name"] = forms.CharField(label=_("反映人姓名"), max_length=40, required=False)
            self.fields[f"voice{n}_phone"] = forms.CharField(label=_("反映人电话"), max_length=20, required=False)
            self.fields[f"voice{n}_key"] = forms.CharField(
                required=False, widget=forms.HiddenInput, max_length=64
            )
        for n in range(1, self.PROMISED + 1):
            self.fields[f"promise{n}_text"] = words(_("承诺了什么"), limit=MAX_PROMISE, required=False, rows=2)
            self.fields[f"promise{n}_due_on"] = day(_("哪天前兑现"), required=False)

    def told(self, key: str = "") -> dict:
        """The form as the command takes it; a voice without a key of its own gets one worked out from ``key``."""
        told = self.cleaned_data
        same = ("kinds", "households", "explained", "noted", "photos")
        return {
            **self.going(), **{name: told[name] for name in same},
            "voices": self._rows("voice", self.HEARD, ("text", "place_note", "name", "phone", "key"), key),
            "promises": self._rows("promise", self.PROMISED, ("text", "due_on")),
        }

    def _rows(self, kind, most, names, key=""):
        """The rows in which anything was filled in."""
        found, self.slots[kind] = [], []
        for n in range(1, most + 1):
            row = {name: self.cleaned_data[f"{kind}{n}_{name}"] for name in names}
            if any(value for name, value in row.items() if name != "key"):
                if key and not row.get("key"):
                    row["key"] = f"{key}-{n}"
                found.append(row)
                self.slots[kind].append(n)
        return found


class SentForm(VisitForm):
    """The same as it comes from a phone that wrote it without a network: more rows, and a key for each voice."""

    GOING, PROMISED, HEARD = 8, 6, 10


class MakeForm(VisitForm):
    """What came of a planned visit: the place stands, the rest is asked for."""

    venue = None

    def prepare(self):
        super().prepare()
        self.fields["on"].initial = min(self.record.on, clock.today())
        for n in range(1, self.GOING + 1):
            going = self.planned[n - 1] if n <= len(self.planned) else None
            self.fields[f"member{n}"].initial = going.pk if going else None

    def _known(self, today):
        """Somebody whose term ended meanwhile still stands where the plan named them."""
        self.planned = [going.member for going in self.record.members.all()]
        return list(dict.fromkeys([*queries.serving(today), *self.planned]))


class PromiseForm(VerbForm):
    """One more promise."""

    text = words(_("承诺了什么"), limit=MAX_PROMISE, rows=2)
    due_on = day(_("哪天前兑现"))


class KeepPromiseForm(VerbForm):
    """Which promise was kept, and how."""

    promise = forms.ModelChoiceField(label=_("哪一项承诺"), queryset=None, empty_label=None)
    report = words(_("怎样兑现的"), hint=_("一两句大白话。"))
    kept_on = day(_("哪天兑现的"))
    photos = PicturesField(required=False)

    def prepare(self):
        open_ones = Promise.objects.filter(visit=self.record, kept_on=None).order_by("due_on", "pk")
        self.fields["promise"].queryset = open_ones
        self.fields["kept_on"].initial = clock.today()


FORMS = {"make": MakeForm, "promise": PromiseForm, "keep_promise": KeepPromiseForm, "cancel": WhyForm}
