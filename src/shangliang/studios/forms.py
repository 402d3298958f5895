"""Forms of the desk for studios: the studio itself, its people and hours, its standards."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..files.models import Attachment
from ..people.models import Committee, Member, Office
from ..people.register_forms import told_apart
from ..regions.models import Region
from ..regions.queries import choices_within
from ..shared import clock
from ..shared.formats import WEEKDAYS
from ..shared.forms import VerbForm, WhyForm, day, words
from ..venues.models import Venue
from .models import Checklist, ChecklistItem, Seat, Studio
from .queries import asked_items, latest_check
from .workforms import WORK

PURPOSE = _("做什么、为谁服务，会公开，不写姓名、电话。")
KINDS = [("", _("请选择")), *Studio.Kind.choices]


class EstablishForm(VerbForm):
    """A new studio at a known place or at a new one. ``record`` is the committee."""

    name = forms.CharField(label=_("工作室名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=KINDS)
    purpose = words(_("定位"), required=False, hint=PURPOSE)
    office = forms.ModelChoiceField(label=_("联系服务的委室"), queryset=None, required=False, empty_label=_("未定"))
    venue = forms.ModelChoiceField(
        label=_("已登记的场所"), queryset=None, required=False, empty_label=_("还没有登记，下面填写地点"),
    )
    region = forms.ModelChoiceField(
        label=_("在哪个镇街、村（社区）"), queryset=None, required=False, help_text=_("选了已登记的场所就不用填。"),
    )
    address = forms.CharField(label=_("详细地址"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("电话"), max_length=20, required=False, help_text=_("会公开，不填就用政协办公室的。"),
    )
    photos = PicturesField(required=False, label=_("门牌照片"))

    def prepare(self):
        code = self.record.region.code
        self.fields["office"].queryset = Office.objects.order_by("pk")
        venues = Venue.objects.filter(kind=Venue.Kind.STUDIO, closed_on=None, studio=None)
        self.fields["venue"].queryset = venues.select_related("region").order_by("code")
        self.fields["venue"].label_from_instance = lambda venue: f"{venue.full_name}（{venue.code}）"
        self.fields["region"].queryset = Region.objects.within(code)
        self.fields["region"].choices = [("", ""), *choices_within(code)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("venue"):
            cleaned["region"], cleaned["address"], cleaned["phone"] = None, "", ""
        return cleaned


class ReviseForm(VerbForm):
    """What the sign says."""

    name = forms.CharField(label=_("工作室名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=Studio.Kind.choices)
    purpose = words(_("定位"), required=False, hint=PURPOSE)
    office = forms.ModelChoiceField(label=_("联系服务的委室"), queryset=None, required=False, empty_label=_("未定"))

    def prepare(self):
        self.fields["office"].queryset = Office.objects.order_by("pk")
        for name, value in (("name", self.record.name), ("kind", self.record.kind), ("purpose", self.record.purpose),
                            ("office", self.record.office_id)):
            self.fields[name].initial = value


class OpenForm(VerbForm):
    """From which day on."""

    on = day(_("启用日期"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class SeatForm(VerbForm):
    """Who sits there: a member of ours, or somebody from outside in words."""

    role = forms.ChoiceField(label=_("身份"), choices=Seat.Role.choices)
    member = forms.ModelChoiceField(
        label=_("本政协委员"), queryset=None, required=False, empty_label=_("不是本政协委员，下面填写"),
    )
    name = forms.CharField(label=_("外单位人员姓名"), max_length=40, required=False)
    level = forms.ChoiceField(
        label=_("他是哪一级政协的委员"), required=False, choices=[("", _("不是委员")), *Committee.Level.choices],
    )
    body = forms.CharField(
        label=_("他所在的政协或单位"), max_length=60, required=False, help_text=_("例如：政协隆昌市委员会。"),
    )
    since = day(_("从哪天起"))

    def prepare(self):
        self.fields["member"].queryset = Member.objects.filter(term_to=None).order_by("name", "pk")
        self.fields["member"].label_from_instance = told_apart
        self.fields["since"].initial = clock.today()
        self.fields["role"].initial = Seat.Role.TEAM if self.record.lead else Seat.Role.LEAD


class UnseatForm(VerbForm):
    """Who leaves, and on which day."""

    seat = forms.ModelChoiceField(label=_("谁离任"), queryset=None)
    on = day(_("最后一天"))
    why = words(_("原因"), required=False, limit=200, hint=_("会进入记录。"))

    def prepare(self):
        self.fields["seat"].queryset = self.record.seats.filter(until=None).select_related("member").order_by("pk")
        self.fields["seat"].label_from_instance = lambda seat: f"{seat.person}（{seat.get_role_display()}）"
        self.fields["on"].initial = clock.today()


LINE = re.compile(
    r"^(?:周|星期|礼拜)?([一二三四五六日天1-7])[\s，,]*(\d{1,2})[:：点](\d{2})?\s*(?:-|–|—|~|～|至|到)\s*"
    r"(\d{1,2})[:：点](\d{2})?[\s，,]*(.*)$"
)


class HoursForm(VerbForm):
    """The duty hours, one stretch a line."""

    hours = words(
        _("值守时间"), required=False, rows=5,
        hint=_("一行一段，例如：周三 14:30-17:00。行末可写说明，只在工作台看得到。一行都不写，就是预约接待。"),
    )

    def prepare(self):
        lines = [
            f"周{WEEKDAYS[h.weekday]} {h.begins:%H:%M}-{h.ends:%H:%M} {h.note}".strip() for h in self.record.hours.all()
        ]
        self.fields["hours"].initial = "\n".join(lines)

    def clean_hours(self):
        return [_stretch(line.strip()) for line in self.cleaned_data["hours"].splitlines() if line.strip()]


def _stretch(line: str) -> tuple:
    """(weekday, begins, ends, note) of a line; raises ValidationError naming the line."""
    found = LINE.match(line)
    try:
        weekday, first, first_minute, last, last_minute, note = found.groups()
        begins, ends = dt.time(int(first), int(first_minute or 0)), dt.time(int(last), int(last_minute or 0))
    except (AttributeError, ValueError):
        raise ValidationError(_("看不懂这一行：“%(line)s”。请写成：周三 14:30-17:00"), params={"line": line}) from None
    number = int(weekday) - 1 if weekday.isdecimal() else WEEKDAYS.index(weekday.replace("天", "日"))
    return number, begins, ends, note.strip()


class SignForm(VerbForm):
    """Pictures of the sign."""

    photos = PicturesField(label=_("门牌照片"))


class PublishSignForm(VerbForm):
    """Which pictures of the sign may be shown."""

    photos = forms.ModelMultipleChoiceField(
        label=_("公开哪些照片"), queryset=None, widget=forms.CheckboxSelectMultiple,
        help_text=_("人脸、门牌号、车牌看得清的不要选。"),
    )

    def prepare(self):
        self.fields["photos"].queryset = hidden_signs(self.record)
        self.fields["photos"].label_from_instance = lambda photo: f"{photo.get_role_display()} {photo.pk}"


def hidden_signs(studio):
    """The pictures of the sign that are not public."""
    return Attachment.objects.filter(
        subject="studios.studio", subject_id=studio.pk, role=Attachment.Role.SIGN, is_public=False
    )


class CheckForm(VerbForm):
    """Every line of every list with a tick; what is not ticked is lacking."""

    on = day(_("哪天检查的"))
    note = words(_("欠缺的怎样补上"), required=False, limit=200)

    def prepare(self):
        self.fields["on"].initial = clock.today()
        last, lists = latest_check(self.record), {}
        for item in asked_items(self.record.committee_id):
            lists.setdefault(item.checklist, []).append(item)
        for checklist, items in lists.items():
            self.fields[f"list_{checklist.pk}"] = field = forms.ModelMultipleChoiceField(
                label=checklist.name, required=False, widget=forms.CheckboxSelectMultiple,
                queryset=ChecklistItem.objects.filter(pk__in=[item.pk for item in items]),
            )
            field.initial = [item.pk for item in items if last and item.pk in last.met]
        self.order_fields(["on", *(f"list_{checklist.pk}" for checklist in lists), "note"])

    def clean(self):
        """One list of what is met, whichever list it stands in."""
        cleaned = super().clean()
        met = [item for name, items in cleaned.items() if name.startswith("list_") for item in items]
        return {"met": met, "on": cleaned.get("on"), "note": cleaned.get("note", "")}


class ReviewForm(VerbForm):
    """A level and its basis."""

    level = forms.ModelChoiceField(label=_("等次"), queryset=None)
    basis = words(_("依据"), limit=200, hint=_("例如文件名称和文号。评议结果只在工作台看得到。"))
    on = day(_("哪天评议的"))

    def prepare(self):
        levels = ChecklistItem.objects.filter(checklist__kind=Checklist.Kind.LEVELS, retired_on=None)
        self.fields["level"].queryset = levels.order_by("order")
        self.fields["on"].initial = clock.today()


class ChecklistForm(forms.Form):
    """A list with its lines, one a line."""

    name = forms.CharField(label=_("标准名称"), max_length=30)
    items = words(_("一行一条"), rows=6, limit=2000)

    def clean_items(self):
        return self.cleaned_data["items"].splitlines()


FORMS = {
    "open": OpenForm, "close": WhyForm, "reopen": WhyForm, "revise": ReviseForm, "seat": SeatForm,
    "unseat": UnseatForm, "set_hours": HoursForm, "hang_sign": SignForm, "publish_sign": PublishSignForm,
    "check": CheckForm, "review": ReviewForm, **WORK,
}  # fmt: skip
