"""Forms of the desk for joint topics and supervision projects."""

import datetime as dt

from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from ..people.models import Account, Unit
from ..people.roles import HANDLERS, Role
from ..regions.models import Region
from ..shared import clock
from ..shared.forms import VerbForm, day, words
from ..topics.models import Topic
from ..venues.models import Venue
from .models import Matter, Partnership, Tracking
from .queries import open_sittings
from .within import Within

#: What has to be said of a matter that no topic of ours tells already.
WITHOUT_TOPIC = _("新写时必填；选了已有的议题就不用填。")


class RaiseForm(Within):
    """A joint matter: from a topic of ours, or written here."""

    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *Matter.Kind.choices])
    lead = forms.ChoiceField(label=_("主办方"), choices=[], help_text=_("由它召集联合协商、起草联合意见。"))
    topic = forms.ModelChoiceField(
        label=_("本方已有的议题"), queryset=None, required=False, empty_label=_("没有，下面新写"),
    )  # fmt: skip
    title = forms.CharField(label=_("名称"), max_length=60, required=False, help_text=WITHOUT_TOPIC)
    summary = words(
        _("事由和建议"), rows=4, limit=1000, required=False, hint=_("新写时必填。会告知对方，不写姓名、电话。")
    )
    category = forms.ChoiceField(
        label=_("议题类别"), choices=[("", _("请选择")), *Topic.Category.choices], required=False,
        help_text=WITHOUT_TOPIC,
    )  # fmt: skip
    region = forms.ModelChoiceField(label=_("地点"), queryset=None, required=False, help_text=WITHOUT_TOPIC)

    def prepare(self):
        super().prepare()
        sides = {}
        for partnership in Partnership.objects.filter(state=Partnership.State.ACTIVE).prefetch_related("sides"):
            sides |= partnership.side_names
        self.fields["lead"].choices = [("", _("请选择")), *sides.items()]
        self.fields["topic"].queryset = Topic.objects.filter(state__in=Topic.JOINABLE, matter=None).order_by("-pk")
        self.fields["region"].queryset = places(self.record)
        self.fields["region"].label_from_instance = lambda region: region.full_name or region.name

    def clean(self):
        told = super().clean()
        if not told.get("topic"):
            for name in ("title", "summary", "category", "region"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("没有选已有议题时，这里要写。"))
        return told


def places(committee):
    """Towns and villages, our own first: a joint matter may lie on the other side of the border."""
    ours = When(code__startswith=committee.region.code, then=Value(0))
    rows = Region.objects.filter(level__in=["town", "village"])
    return rows.order_by(Case(ours, default=Value(1)), "code")


class TakeUpForm(VerbForm):
    """The place in our own register, or a topic of ours that it already is."""

    topic = forms.ModelChoiceField(
        label=_("本方已有的议题"), queryset=None, required=False, empty_label=_("没有，新立一个")
    )
    region = forms.ModelChoiceField(label=_("地点"), queryset=None, help_text=_("本方登记这件事的地方。"))

    def prepare(self):
        self.fields["topic"].queryset = Topic.objects.filter(state__in=Topic.JOINABLE, matter=None).order_by("-pk")
        self.fields["region"].queryset = places(self.record.committee)
        self.fields["region"].label_from_instance = lambda region: region.full_name or region.name


class ScheduleForm(VerbForm):
    """Until when."""

    due_on = day(_("完成时限"))

    def prepare(self):
        self.fields["due_on"].initial = dt.date(clock.today().year, 12, 31)


class StudyForm(VerbForm):
    """A joint field study."""

    on = day(_("日期"))
    place = forms.CharField(label=_("地点"), max_length=80)
    findings = words(_("看到的情况"), hint=_("会告知对方并可能公开，不写姓名、电话。"))


class JoinSittingForm(VerbForm):
    """Our own record of the joint sitting."""

    sitting = forms.ModelChoiceField(label=_("联合场次"), queryset=None)
    venue = forms.ModelChoiceField(label=_("本方登记的地点"), queryset=None)
    host = forms.ModelChoiceField(label=_("本方主持人"), queryset=None)

    def prepare(self):
        rows = open_sittings(self.record).order_by("-starts_at")
        self.fields["sitting"].queryset = rows
        self.fields["sitting"].initial = rows.first()
        venues = Venue.objects.filter(closed_on=None).select_related("region")
        self.fields["venue"].queryset = venues.order_by("kind", "pk")
        self.fields["venue"].label_from_instance = lambda venue: venue.full_name
        self.fields["venue"].initial = venues.filter(kind=Venue.Kind.JOINT_ROOM).order_by("pk").first()
        roles = [*HANDLERS, Role.LEADER, Role.MEMBER]
        hosts = Account.objects.filter(committee=self.record.committee_id, is_active=True, grants__role__in=roles)
        self.fields["host"].queryset = hosts.distinct().order_by("pk")
        self.fields["host"].initial = self.by.pk


class OpineForm(VerbForm):
    """The joint opinion and who does what."""

    text = words(_("联合意见"), rows=6, limit=2000)
    items = words(
        _("逐项由谁来做"), rows=6, limit=4000,
        hint=_("每行一项：承担方简称 单位 完成日期 内容。如：内江市政协 石燕桥镇人民政府 2023-05-19 铺设引水管道"),
    )

    def prepare(self):
        self.fields["text"].initial = self.record.opinion
        names = self.record.side_names
        lines = [f"{names[i.owner]} {i.unit} {i.due_on or '-'} {i.text}" for i in self.record.items.all()]
        self.fields["items"].initial = "\n".join(lines)

    def clean_items(self) -> list:
        """Rows (code, unit, due day or None, text)."""
        codes = {name: code for code, name in self.record.side_names.items()}
        rows = []
        for number, line in enumerate(self.cleaned_data["items"].splitlines(), 1):
            parts = line.split(None, 3)
            if not parts:
                continue
            due = _day_or_none(parts[2]) if len(parts) == 4 else None
            if len(parts) != 4 or parts[0] not in codes or (due is None and parts[2] != "-"):
                raise forms.ValidationError(
                    _("第 %(n)s 行看不懂。请写：承担方（%(sides)s） 单位 完成日期（没有就写 -） 内容。"),
                    params={"n": number, "sides": "、".join(codes)},
                )
            rows.append((codes[parts[0]], parts[1][:60], due, parts[3][:400]))
        return rows


def _day_or_none(text):
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


class TakeItemsForm(VerbForm):
    """One of our units for each of our items."""

    def prepare(self):
        for item in self.record.items.filter(owner=self.record.ours, agreement=None):
            named = Unit.objects.filter(name=item.unit).first()
            self.fields[f"unit_{item.number}"] = forms.ModelChoiceField(
                label=item.text, queryset=Unit.objects.order_by("kind", "pk"), initial=named,
                help_text=_("联合意见里写的单位：%(unit)s") % {"unit": item.unit},
            )  # fmt: skip

    def clean(self):
        told = super().clean()
        return {"units": {int(name.removeprefix("unit_")): unit for name, unit in told.items()}}


class TrackForm(VerbForm):
    """A look at how it is carried out."""

    kind = forms.ChoiceField(label=_("跟踪方式"), choices=[("", _("请选择")), *Tracking.Kind.choices])
    on = day(_("日期"))
    place = forms.CharField(label=_("地点"), max_length=80)
    finding = words(_("看到的情况"))


class ReviewForm(VerbForm):
    """What the conference was told."""

    words = words(_("通报的内容"))


class FinishForm(VerbForm):
    """What is left, if anything."""

    words = words(_("说明"), required=False, hint=_("还有没办结的，写明原因和以后怎么办。"))
