"""Forms of the desk for agreed items."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..people.models import Unit
from ..shared.forms import VerbForm, WhyForm, day, words
from .models import Agreement
from .quorum import BODIES


class DraftForm(VerbForm):
    """One item as data. ``record`` is the consultation."""

    kind = forms.ChoiceField(label=_("类别"), choices=Agreement.Kind.choices)
    text = words(_("约定内容"), hint=_("谁、做什么、做到什么程度。"))
    party = forms.ChoiceField(label=_("由谁来做"), choices=Agreement.Party.choices)
    unit = forms.ModelChoiceField(label=_("责任单位"), queryset=None, required=False)
    co_units = forms.ModelMultipleChoiceField(
        label=_("配合单位"), queryset=None, required=False,
        help_text=_("电脑上按住 Ctrl 可选多个。"),
    )
    due_on = day(_("完成时限"), required=False)
    funding_source = forms.CharField(label=_("资金来源"), max_length=120, required=False)
    funding_yuan = forms.DecimalField(label=_("资金（元）"), min_value=0, max_digits=14, required=False)
    villagers_yuan = forms.DecimalField(
        label=_("村民出资（元）"), min_value=0, max_digits=14, required=False
    )
    villagers_days = forms.IntegerField(label=_("村民投工（工日）"), min_value=0, required=False)

    def prepare(self):
        for name in ("unit", "co_units"):
            self.fields[name].queryset = Unit.objects.order_by("kind", "pk")


class ReviseForm(VerbForm):
    """The new wording of a draft item."""

    text = words(_("约定内容"))

    def prepare(self):
        self.fields["text"].initial = self.record.text


class DecideForm(VerbForm):
    """The village's decision with its counts (村民委员会组织法 arts 21–28)."""

    body = forms.ChoiceField(
        label=_("决议的形式"), choices=lambda: [(key, body.title) for key, body in BODIES.items()]
    )
    noticed_on = day(_("通知日期"))
    held_on = day(_("开会日期"))
    entitled = forms.IntegerField(label=_("应到（人或户）"), min_value=1)
    present = forms.IntegerField(label=_("实到"), min_value=0)
    in_favour = forms.IntegerField(label=_("同意"), min_value=0)
    resolution = words(_("决议内容"), limit=2000, rows=4)


class InstructForm(VerbForm):
    """A leader's written instruction."""

    instruction = words(_("批示内容"))


class SupersedeForm(VerbForm):
    """The item that takes this one's place."""

    into = forms.ModelChoiceField(label=_("新的约定"), queryset=None)
    why = words(_("理由"))

    def prepare(self):
        others = Agreement.objects.filter(consultation__topic=self.record.consultation.topic)
        self.fields["into"].queryset = others.exclude(pk=self.record.pk)


FORMS = {
    "revise": ReviseForm, "decide": DecideForm, "instruct": InstructForm, "adopt_part": WhyForm,
    "not_adopt": WhyForm, "supersede": SupersedeForm,
}
