"""Forms of the desk for research reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..people.models import Member
from ..salons.models import Salon
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from ..studios.models import Studio
from .models import Review


class AuthorsForm(VerbForm):
    """More authors of a report."""

    members = forms.ModelMultipleChoiceField(label=_("委员"), queryset=None, required=False)
    outsiders = words(
        _("其他作者"), limit=1000, rows=3, required=False,
        hint=_("不是委员的作者，每行一位：姓名，单位。"),
    )  # fmt: skip

    def prepare(self):
        self.fields["members"].queryset = Member.objects.filter(term_to=None).order_by("pk")

    def clean_outsiders(self) -> list:
        """Pairs (name, unit) of the lines."""
        pairs = []
        for line in self.cleaned_data["outsiders"].splitlines():
            if line.strip():
                name, _comma, unit = line.strip().replace(",", "，").partition("，")
                pairs.append((name.strip()[:40], unit.strip()[:60]))
        return pairs


class BeginForm(AuthorsForm):
    """A new report. ``record`` is the committee."""

    title = forms.CharField(label=_("报告名称"), max_length=80)
    salon = forms.ModelChoiceField(label=_("出自哪次沙龙"), queryset=None, required=False, empty_label=_("不选"))
    studio = forms.ModelChoiceField(label=_("出自哪个工作室"), queryset=None, required=False, empty_label=_("不选"))
    lead = forms.ModelChoiceField(label=_("执笔委员"), queryset=None, empty_label=_("请选择"))
    field_order = ["title", "salon", "studio", "lead", "members", "outsiders"]

    def prepare(self):
        super().prepare()
        self.fields["members"].label = _("其他委员")
        self.fields["salon"].queryset = Salon.objects.exclude(state="cancelled").order_by("-starts_at")
        self.fields["studio"].queryset = Studio.objects.filter(state=Studio.State.OPEN).order_by("pk")
        self.fields["lead"].queryset = Member.objects.filter(term_to=None).order_by("pk")
        self.fields["lead"].initial = self.by.member_id


class VersionForm(VerbForm):
    """The whole text; what stands there already is filled in."""

    text = words(
        _("正文"), limit=60_000, rows=24,
        hint=_("每段一行。以“一、”开头的短行是大标题，以“（一）”开头的短行是小标题。存过的每一版都保留。"),
    )  # fmt: skip

    def prepare(self):
        last = self.record.latest
        self.fields["text"].initial = last.text if last else ""


class ReviewForm(VerbForm):
    """What a reader says."""

    verdict = forms.ChoiceField(label=_("意见"), choices=Review.Verdict.choices, widget=forms.RadioSelect)
    words = words(_("审稿意见"), limit=1000, rows=5)


class DeliverForm(VerbForm):
    """To whom and when."""

    to = forms.CharField(label=_("报送给"), max_length=60, help_text=_("如：区委、区政府。"))
    on = day(_("报送日期"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class FeedbackForm(VerbForm):
    """What came back."""

    words = words(_("反馈内容"), limit=1000, rows=4)
    said_by = forms.CharField(label=_("谁反馈的"), max_length=60, help_text=_("写单位或职务，不写姓名。"))
    on = day(_("反馈日期"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


FORMS = {
    "save_version": VersionForm, "add_authors": AuthorsForm, "review": ReviewForm, "send_back": WhyForm,
    "deliver": DeliverForm, "receive_feedback": FeedbackForm,
}  # fmt: skip
