"""Forms of the desk for salons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..files.models import Attachment
from ..people.models import Member, Office, Unit
from ..shared.forms import VerbForm, WhyForm, moment, words
from ..studios.models import Studio
from ..venues.models import Venue
from .models import Guest, Point, Salon

#: Who may be put down by name, one in a line.
NAMED = (Guest.Role.RESIDENT, Guest.Role.ENTERPRISE, Guest.Role.EXPERT, Guest.Role.DEPARTMENT, Guest.Role.TOWN)


class PlanForm(VerbForm):
    """A new salon. ``record`` is the committee."""

    series = forms.ChoiceField(label=_("系列"), choices=[("", _("请选择")), *Salon.Series.choices])
    theme = forms.CharField(label=_("主题"), max_length=80)
    question = words(_("要谈什么、为什么谈"), limit=600, required=False, hint=_("会公开，不写姓名、电话。"))
    office = forms.ModelChoiceField(label=_("承办委室"), queryset=None, required=False, empty_label=_("不选"))
    studio = forms.ModelChoiceField(
        label=_("承办工作室"), queryset=None, required=False, empty_label=_("不选"),
        help_text=_("委室和工作室至少选一个。"),
    )  # fmt: skip
    host = forms.ModelChoiceField(label=_("主持委员"), queryset=None, required=False, empty_label=_("不选"))
    venue = forms.ModelChoiceField(label=_("场所"), queryset=None, required=False, empty_label=_("不选"))
    place = forms.CharField(
        label=_("地点"), max_length=60, required=False, help_text=_("不在已登记的场所里办，就在这里写。")
    )
    starts_at = moment(_("时间"))

    def prepare(self):
        self.fields["office"].queryset = Office.objects.order_by("pk")
        self.fields["studio"].queryset = Studio.objects.filter(state=Studio.State.OPEN).order_by("pk")
        self.fields["host"].queryset = Member.objects.filter(term_to=None).order_by("pk")
        self.fields["venue"].queryset = Venue.objects.filter(closed_on=None).select_related("region").order_by("pk")
        self.fields["venue"].label_from_instance = lambda venue: venue.full_name
        offices = [grant.office_id for grant in self.by.current_grants if grant.office_id]
        self.fields["office"].initial = offices[0] if offices else None
        self.fields["host"].initial = self.by.member_id


class InviteForm(VerbForm):
    """Several guests at once."""

    members = forms.ModelMultipleChoiceField(label=_("委员"), queryset=None, required=False)
    units = forms.ModelMultipleChoiceField(label=_("部门、镇街和单位"), queryset=None, required=False)
    others = words(
        _("群众、企业、专家"), limit=3000, rows=5, required=False,
        hint=_("每行一位：先写身份，空一格，再写称呼。如：企业 某某眼镜有限公司。姓名加密保存，不公开。"),
    )

    def prepare(self):
        known = self.record.guests.all()
        members = Member.objects.filter(term_to=None).exclude(pk__in=known.exclude(member=None).values("member"))
        units = Unit.objects.exclude(pk__in=known.exclude(unit=None).values("unit"))
        self.fields["members"].queryset = members.order_by("pk")
        self.fields["units"].queryset = units.order_by("kind", "pk")

    def clean_others(self) -> list:
        """Pairs (role, name) of the lines."""
        roles = {str(role.label): role for role in NAMED}
        pairs = []
        for number, line in enumerate(self.cleaned_data["others"].splitlines(), 1):
            role, _space, name = line.strip().replace("\u3000", " ").partition(" ")
            if not line.strip():
                continue
            if role not in roles or not name.strip() or len(name.strip()) > 60:
                raise forms.ValidationError(
                    _("第 %(n)s 行看不懂：“%(line)s”。请先写身份（%(roles)s），空一格，再写称呼。"),
                    params={"n": number, "line": line.strip()[:30], "roles": "、".join(roles)},
                )
            pairs.append((roles[role], name.strip()))
        return pairs


class CheckInForm(VerbForm):
    """Who came."""

    present = forms.ModelMultipleChoiceField(
        label=_("到场的来宾"), queryset=None, widget=forms.CheckboxSelectMultiple, required=False
    )

    def prepare(self):
        guests = self.record.guests.select_related("member", "unit").order_by("role", "pk")
        field = self.fields["present"]
        field.queryset = guests
        field.label_from_instance = lambda guest: f"{guest.get_role_display()} {guest.called}"
        field.initial = [guest.pk for guest in guests if guest.attended]


class HoldForm(VerbForm):
    """Pictures of the evening, if any."""

    photos = PicturesField(required=False, label=_("现场照片"))


class PointsForm(VerbForm):
    """Several points of one kind."""

    kind = forms.ChoiceField(label=_("是措施还是建议"), choices=Point.Kind.choices, widget=forms.RadioSelect)
    points = words(_("要点"), limit=6000, rows=7, hint=_("每行一条，会自动编号。会公开，不写姓名、电话。"))
    made_by = forms.CharField(
        label=_("谁提的"), max_length=30, required=False, help_text=_("写身份，如“企业代表”，不写姓名。")
    )

    def clean_points(self) -> list:
        """The lines."""
        return self.cleaned_data["points"].splitlines()


class RevisePointForm(VerbForm):
    """Other words for one point."""

    point = forms.ModelChoiceField(label=_("哪一条"), queryset=None, empty_label=_("请选择"))
    text = words(_("改成"), limit=400)

    def prepare(self):
        self.fields["point"].queryset = self.record.points.all()
        self.fields["point"].label_from_instance = lambda point: f"{point.label} {point.text[:40]}"


class SummariseForm(VerbForm):
    """What was said, and what follows."""

    summary = words(_("小结"), limit=2000, rows=5, hint=_("会公开，不写姓名、电话。"))
    next_steps = words(_("下一步"), limit=1000, rows=3, hint=_("谁来写调研报告，报给谁。"))


class PublishForm(VerbForm):
    """The words of the public page, and the pictures that may be shown with it."""

    theme = forms.CharField(label=_("主题"), max_length=80)
    question = words(_("要谈什么、为什么谈"), limit=600, required=False)
    summary = words(_("小结"), limit=2000, rows=5, hint=_("请再看一遍：不写姓名、电话、门牌和车牌。"))
    next_steps = words(_("下一步"), limit=1000, rows=3)
    photos = forms.ModelMultipleChoiceField(
        label=_("一并公开的照片"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("人脸看得清的不要选。"),
    )  # fmt: skip

    def prepare(self):
        for name in ("theme", "question", "summary", "next_steps"):
            self.fields[name].initial = getattr(self.record, name)
        field = self.fields["photos"]
        field.queryset = Attachment.objects.filter(
            subject="salons.salon", subject_id=self.record.pk, is_public=False, media_type="image/jpeg"
        )
        field.label_from_instance = lambda photo: f"{photo.get_role_display()} {photo.pk}"


class ForgetGuestForm(WhyForm):
    """Whose name is erased."""

    guest = forms.ModelChoiceField(label=_("来宾"), queryset=None, empty_label=_("请选择"))
    field_order = ["guest", "why"]

    def prepare(self):
        self.fields["guest"].queryset = self.record.guests.filter(member=None, unit=None).exclude(name="")
        self.fields["guest"].label_from_instance = lambda guest: f"{guest.get_role_display()} {guest.called}"


FORMS = {
    "invite": InviteForm, "check_in": CheckInForm, "hold": HoldForm, "add_points": PointsForm,
    "revise_point": RevisePointForm, "summarise": SummariseForm, "publish": PublishForm, "take_back": WhyForm,
    "forget_guest": ForgetGuestForm, "cancel": WhyForm,
}  # fmt: skip
