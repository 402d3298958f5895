"""Forms of the newsroom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..shared.forms import VerbForm, WhyForm
from .commands import MOST


class CaptureForm(VerbForm):
    """A pasted page and its address. ``record`` is the committee."""

    text = forms.CharField(
        label=_("报道的文字"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("打开报道，全选、复制，粘贴到这里：标题、来源、时间、署名会自己认出来。只有标题和正文也行，标题放第一行。"),
    )  # fmt: skip
    origin_url = forms.CharField(
        label=_("原文地址"), max_length=500, required=False, help_text=_("以 http 开头的网址；粘贴的文字里有就不用填。")
    )


class LinkForm(VerbForm):
    """Which case the report tells of."""

    case = forms.ModelChoiceField(
        label=_("案卷号"), queryset=Case.objects.none(), to_field_name="no", widget=forms.TextInput(),
        help_text=_("如：RC-2023-0001"), error_messages={"invalid_choice": _("没有这个案卷号。")},
    )  # fmt: skip

    def prepare(self):
        self.fields["case"].queryset = Case.objects.all()


FORMS = {"link": LinkForm, "take_down": WhyForm, "restore": WhyForm}
