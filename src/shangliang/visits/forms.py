"""Forms of visits: one page that takes the visit, what was promised and what was heard, without a script."""

import secrets

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..people.models import ContactLink, Member
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from ..venues.models import Venue
from .commands import MOST_PROMISES, MOST_VOICES
from .models import VisitKind

#: So many matters and promises have fields on the plain form; the offline page takes more.
VOICES, PROMISES = 3, 2

#: A receipt is worked out from its key, so a key must be long enough that nobody can guess it.
KEY = RegexValidator(r"^[\w-]{22,64}$", _("这份草稿的编号不对，请重新写一份。"))


class Places(forms.ModelChoiceField):
    """A choice of the open places that an account may write about, the own courtyards first."""

    def label_from_instance(self, venue):
        return venue.full_name


class Members(forms.ModelMultipleChoiceField):
    """A choice of members, with their sector because names repeat."""

    def label_from_instance(self, member):
        return f"{member.name}（{member.sector}）"


def places_for(account):
    """The open places of the account's area; a member's own courtyards where it serves some."""
    rows = Venue.objects.filter(closed_on=None).select_related("region").order_by("region__code", "name")
    served = served_by(account)
    if served is not None and served.exists():
        return rows.filter(pk__in=served)
    codes = [grant.region.code for grant in account.current_grants if grant.region_id]
    return rows.filter(region__code__startswith=codes[0]) if codes else rows


def served_by(account):
    """The venue ids linked to the account's member today, or None for an account that is no member's."""
    if not account.member_id:
        return None
    today = clock.today()
    links = ContactLink.objects.filter(member=account.member_id, since__lte=today).exclude(until__lt=today)
    return links.values("venue")


def members_now():
    """The members of the present term, by name."""
    today = clock.today()
    return Member.objects.filter(term_from__lte=today).exclude(term_to__lt=today).order_by("name", "pk")


class PlanForm(VerbForm):
    """Where, when and who."""

    venue = Places(label=_("去哪里"), queryset=Venue.objects.none(), empty_label=_("请选择"))
    on = day(_("哪一天"))
    members = Members(label=_("哪些委员去"), queryset=Member.objects.none())

    def prepare(self):
        self.fields["venue"].queryset = places_for(self.by)
        self.fields["members"].queryset = members_now()
        self.fields["members"].initial = [self.by.member_id] if self.by.member_id else []


class MadeFields(VerbForm):
    """What a visit was: kinds, households, what was explained and seen, promises, matters, pictures."""

    on = day(_("哪一天去的"))
    kinds = forms.MultipleChoiceField(
        label=_("这次做了什么"), choices=VisitKind.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    households = forms.IntegerField(label=_("走了多少户"), min_value=0, max_value=9999, required=False)
    explained = words(_("讲了什么政策"), rows=2, required=False)
    noted = words(
        _("看到听到的"), rows=3, limit=1000, required=False, hint=_("只给内部看。具体的事写在下面，单独编号办理。")
    )

    def prepare(self):
        self.fields["on"].initial = clock.today()
        for n in range(1, PROMISES + 1):
            self.fields[f"promise{n}"] = forms.CharField(
                label=_now("答应的事（%(n)s）") % {"n": n}, max_length=200, required=False
            )
            self.fields[f"promise{n}_due"] = day(_now("答应的事（%(n)s）哪天前办到") % {"n": n}, required=False)
        for n in range(1, VOICES + 1):
            self.fields[f"voice{n}"] = words(
                _now("听到的事（%(n)s）") % {"n": n}, limit=2000, required=False,
                hint=_("照原话写。每一件单独发一个查询码，请交给说事的人。"),
            )
            self.fields[f"voice{n}_place"] = forms.CharField(
                label=_now("听到的事（%(n)s）更具体的位置") % {"n": n}, max_length=80, required=False
            )
            self.fields[f"voice{n}_name"] = forms.CharField(
                label=_now("听到的事（%(n)s）谁说的") % {"n": n}, max_length=40, required=False,
                help_text=_("先告诉本人：只用来告诉他结果。不愿留可空着。"),
            )
            self.fields[f"voice{n}_phone"] = forms.CharField(
                label=_now("听到的事（%(n)s）电话") % {"n": n}, max_length=20, required=False
            )
            self.fields[f"voice{n}_key"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=secrets.token_urlsafe(24), validators=[KEY]
            )
        self.fields["photos"] = PicturesField(required=False)

    def clean(self):
        cleaned = super().clean()
        plain = {name: cleaned.get(name) for name in self.plain if name in cleaned}
        plain["promises"] = self._promises(cleaned)
        plain["voices"] = [self._voice(cleaned, n) for n in range(1, VOICES + 1) if cleaned.get(f"voice{n}")]
        return plain

    plain = ("on", "kinds", "households", "explained", "noted", "photos")

    def _promises(self, cleaned) -> list:
        found = []
        for n in range(1, PROMISES + 1):
            text, due = cleaned.get(f"promise{n}"), cleaned.get(f"promise{n}_due")
            if text and not due and not self.errors.get(f"promise{n}_due"):
                self.add_error(f"promise{n}_due", _("请写哪天前办到。"))
            if due and not text:
                self.add_error(f"promise{n}", _("请写答应了什么。"))
            if text and due:
                found.append((text, due))
        return found

    @staticmethod
    def _voice(cleaned, n) -> dict:
        names = {"text": "", "place_note": "_place", "name": "_name", "phone": "_phone", "key": "_key"}
        found = {name: cleaned.get(f"voice{n}{suffix}") or "" for name, suffix in names.items()}
        return {**found, "key": found["key"] or secrets.token_urlsafe(24)}


class WriteForm(MadeFields):
    """A visit from nothing: where and who, and all that it was."""

    venue = Places(label=_("去了哪里"), queryset=Venue.objects.none(), empty_label=_("请选择"))
    members = Members(label=_("哪些委员去的"), queryset=Member.objects.none())
    field_order = ("venue", "on", "members", "kinds")
    plain = ("venue", "members", *MadeFields.plain)

    def prepare(self):
        super().prepare()
        self.fields["venue"].queryset = places_for(self.by)
        self.fields["members"].queryset = members_now()
        self.fields["members"].initial = [self.by.member_id] if self.by.member_id else []
        self.order_fields(self.field_order)


class PromiseForm(VerbForm):
    """One more promise."""

    text = forms.CharField(label=_("答应了什么"), max_length=200)
    due_on = day(_("哪天前办到"))


class KeepPromiseForm(VerbForm):
    """Which promise was kept, and how."""

    kept = forms.ModelChoiceField(label=_("哪一条"), queryset=None, empty_label=_("请选择"))
    report = words(_("怎么办到的"), rows=2)

    def prepare(self):
        waiting = self.record.promises.filter(kept_on=None)
        self.fields["kept"].queryset = waiting
        if len(waiting) == 1:
            self.fields["kept"].initial = waiting[0].pk


class Rows(forms.JSONField):
    """A short list of small objects of texts, as the offline page sends them."""

    def __init__(self, names, most, **kwargs):
        super().__init__(required=False, **kwargs)
        self.names, self.most = names, most

    def clean(self, value):
        rows = super().clean(value) or []
        good = isinstance(rows, list) and len(rows) <= self.most and all(isinstance(row, dict) for row in rows)
        if not good:
            raise forms.ValidationError(_("这里的内容读不出来，请重新填写。"))
        found = []
        for row in rows:
            texts = {name: row.get(name, "") for name in self.names}
            fits = all(isinstance(text, str) and len(text) <= most for (name, most), text in zip(
                self.names.items(), texts.values(), strict=True))
            if not fits:
                raise forms.ValidationError(_("有一条写得太长，请分开写。"))
            found.append({name: text.replace("\x00", "").strip() for name, text in texts.items()})
        return found


class SendForm(VerbForm):
    """A visit that was written on a phone, perhaps days ago, with the keys that the phone made."""

    key = forms.CharField(validators=[KEY])
    account = forms.IntegerField()
    venue = forms.ModelChoiceField(queryset=Venue.objects.none(), error_messages={"required": _("请选去了哪里。")})
    on = forms.DateField(error_messages={"required": _("请写哪一天去的。")})
    members = forms.ModelMultipleChoiceField(queryset=Member.objects.none(), required=False)
    kinds = forms.MultipleChoiceField(choices=VisitKind.Kind.choices, required=False)
    households = forms.IntegerField(min_value=0, max_value=9999, required=False)
    explained = forms.CharField(max_length=400, required=False)
    noted = forms.CharField(max_length=1000, required=False)
    promises = Rows({"text": 200, "due": 10}, MOST_PROMISES)
    voices = Rows({"key": 64, "text": 2000, "place_note": 80, "name": 40, "phone": 20}, MOST_VOICES)
    photos = PicturesField(required=False)

    def prepare(self):
        # Closed places too: what was written before a place closed is still true; the command judges by the day.
        self.fields["venue"].queryset = Venue.objects.select_related("region")
        self.fields["members"].queryset = Member.objects.all()

    def clean_account(self):
        if self.cleaned_data["account"] != self.by.pk:
            raise forms.ValidationError(_("这份草稿是另一个账号写的，请登录那个账号再发送。"))
        return self.cleaned_data["account"]

    def clean_voices(self):
        voices = [voice for voice in self.cleaned_data["voices"] if voice["text"]]
        for voice in voices:
            KEY(voice["key"])
        return voices

    def clean_promises(self):
        found = []
        for row in self.cleaned_data["promises"]:
            if row["text"]:
                found.append((row["text"], forms.DateField(required=True, error_messages={
                    "required": _("请写承诺哪天前办到。"), "invalid": _("请写承诺哪天前办到。")}).clean(row["due"])))
        return found


FORMS = {"make": MadeFields, "promise": PromiseForm, "keep_promise": KeepPromiseForm, "cancel": WhyForm}
