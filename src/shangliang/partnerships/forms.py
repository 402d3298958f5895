"""Forms of the desk for neighbourly cooperation."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..people.models import Member
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, moment, words
from ..studios.models import Studio
from .matter_forms import (
    FinishForm,
    JoinSittingForm,
    OpineForm,
    ReviewForm,
    ScheduleForm,
    StudyForm,
    TakeItemsForm,
    TakeUpForm,
    TrackForm,
)
from .models import Activity, PlanItem
from .within import Within


class ProposeForm(VerbForm):
    """A new partnership. ``record`` is the committee."""

    title = forms.CharField(label=_("合作名称"), max_length=80, help_text=_("如：荣昌—内江“有事来协商”共商平台"))
    others = words(
        _("另外各方"), rows=3, limit=600,
        hint=_("每行一方：行政区划代码 全称 简称。如：5110 中国人民政治协商会议内江市委员会 内江市政协"),
    )
    paper_title = forms.CharField(label=_("签署的文件"), max_length=80, help_text=_("如：协同履职协议"))
    paper_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    signed_on = day(_("签署日期"))
    since = day(_("期限起"))
    until = day(_("期限止"))
    papers = PicturesField(label=_("文件扫描件"), required=False, papers=True)

    def clean_others(self) -> list:
        """Rows (code, name, short name) of the lines."""
        rows = []
        for number, line in enumerate(self.cleaned_data["others"].splitlines(), 1):
            parts = line.split()
            if not parts:
                continue
            known = len(parts) == 3 and parts[0].isdecimal() and len(parts[0]) in (2, 4, 6)
            if not known or len(parts[1]) > 60 or len(parts[2]) > 20:
                raise forms.ValidationError(
                    _("第 %(n)s 行看不懂。请写：行政区划代码 全称 简称，中间空一格。"), params={"n": number}
                )
            if parts[0] == self.record.region.code:
                raise forms.ValidationError(_("第 %(n)s 行是我方自己，不用写。"), params={"n": number})
            rows.append(tuple(parts))
        return rows


class AcceptForm(VerbForm):
    """Who signed."""

    signer = forms.CharField(label=_("签署人职务"), max_length=40, help_text=_("写职务，不写姓名。如：政协主席"))


class ConferenceForm(Within):
    """A yearly conference hosted by us."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    starts_at = moment(_("时间"))
    place = forms.CharField(label=_("地点"), max_length=80)
    agenda = words(_("议程"), rows=4, limit=1000, hint=_("一行一项。"))
    why = words(_("不按轮次主办的理由"), rows=2, required=False, hint=_("轮到我方主办时不用写。"))

    def prepare(self):
        super().prepare()
        self.fields["year"].initial = clock.today().year

    def clean(self):
        told = super().clean()
        year, starts_at = told.get("year"), told.get("starts_at")
        # The conference of a year may be held late, in the first months of the next; never before it.
        if year and starts_at and not 0 <= localdate(starts_at).year - year <= 1:
            self.add_error("year", _("年度和开会时间对不上，请核对。"))
        return told


class HoldForm(VerbForm):
    """Pictures of the conference."""

    photos = PicturesField(label=_("现场照片"), required=False)


class MinuteForm(VerbForm):
    """Minutes and decisions."""

    minutes = words(_("纪要"), rows=8, limit=4000)
    decisions = words(
        _("决定事项"), rows=6, limit=4000,
        hint=_("每行一项；归一方办的，行首写那一方的简称和冒号。如：内江市政协：三季度主办禁渔联合监督"),
    )

    def prepare(self):
        self.fields["minutes"].initial = self.record.minutes
        names = self.record.side_names
        lines = [f"{names[d.owner]}：{d.text}" if d.owner in names else d.text for d in self.record.decisions.all()]
        self.fields["decisions"].initial = "\n".join(lines)

    def clean_decisions(self) -> list:
        """Pairs (text, code of the side or "")."""
        codes = {name: code for code, name in self.record.side_names.items()}
        pairs = []
        for line in self.cleaned_data["decisions"].splitlines():
            name, colon, text = line.strip().replace(":", "：", 1).partition("：")
            if colon and name in codes and text.strip():
                pairs.append((text.strip()[:400], codes[name]))
            elif line.strip():
                pairs.append((line.strip()[:400], ""))
        return pairs


class PlanItemForm(Within):
    """A line of the cooperation plan, led by us."""

    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *PlanItem.Kind.choices])
    title = forms.CharField(label=_("内容"), max_length=120)
    due_on = day(_("完成时限"))


class ProgressForm(VerbForm):
    """How far it is."""

    on = day(_("日期"))
    text = words(_("进展"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class TextForm(VerbForm):
    """What came of it."""

    text = words(_("结果"))


class ActivityForm(Within):
    """A joint activity hosted by us."""

    mechanism = forms.ChoiceField(label=_("合作机制"), choices=[("", _("请选择")), *Activity.Mechanism.choices])
    title = forms.CharField(label=_("内容"), max_length=120)
    on = day(_("日期"))
    place = forms.CharField(label=_("地点"), max_length=80)


class CarryOutForm(VerbForm):
    """How the activity went."""

    text = words(_("办得怎么样"))
    people = forms.IntegerField(label=_("参加人次"), min_value=0, max_value=99999)
    photos = PicturesField(label=_("现场照片"), required=False)


class StudioForm(Within):
    """Which of our studios is run together."""

    studio = forms.ModelChoiceField(label=_("我方工作室"), queryset=None)

    def prepare(self):
        super().prepare()
        self.fields["studio"].queryset = Studio.objects.filter(state=Studio.State.OPEN).order_by("pk")


class SeatForm(VerbForm):
    """Which of our members sits in the joint studio."""

    member = forms.ModelChoiceField(label=_("委员"), queryset=None)
    consented = forms.BooleanField(
        label=_("本人同意把姓名提供给对方"), required=False,
        help_text=_("不勾选时，只告知层级和界别，不告知姓名。同意可以随时收回。"),
    )

    def prepare(self):
        self.fields["member"].queryset = Member.objects.filter(term_to=None).order_by("pk")


class TakeBackSeatForm(VerbForm):
    """Whose name is taken back."""

    seat = forms.ModelChoiceField(label=_("委员"), queryset=None)

    def prepare(self):
        mine = self.record.seats.filter(side=self.record.ours).exclude(name="")
        self.fields["seat"].queryset = mine


FORMS = {
    "accept": AcceptForm, "decline": WhyForm, "end": WhyForm, "take_back": WhyForm, "hold": HoldForm,
    "minute": MinuteForm, "cancel": WhyForm, "refuse": WhyForm, "progress": ProgressForm, "complete": TextForm,
    "drop": WhyForm, "carry_out": CarryOutForm, "call_off": WhyForm, "tell_seat": SeatForm,
    "take_back_seat": TakeBackSeatForm, "close": WhyForm, "take_up": TakeUpForm, "turn_down": WhyForm,
    "withdraw": WhyForm, "defer": WhyForm, "schedule": ScheduleForm, "study": StudyForm,
    "join_sitting": JoinSittingForm, "opine": OpineForm, "object": WhyForm, "take_items": TakeItemsForm,
    "track": TrackForm, "review": ReviewForm, "finish": FinishForm, "split": WhyForm,
}
