"""Forms of the desk for reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, words
from .commands import EARLIEST, MOST
from .models import WorkReport

#: The hint of every text with marks.
HINT = _(
    "每段一行；“一、”开头的短行是标题，“（一）”开头的是小标题。"
    "{{voices}} 这样的记号会变成当时的数字，记号表在“报告模板”页。"
)


class BeginForm(VerbForm):
    """The period of a new report. ``record`` is the committee."""

    year = forms.IntegerField(label=_("年份"), min_value=EARLIEST, max_value=9999)
    quarter = forms.TypedChoiceField(label=_("哪一段"), choices=WorkReport.Quarter.choices, coerce=int)

    def prepare(self):
        self.fields["year"].initial = clock.today().year - 1


class WriteForm(VerbForm):
    """The text of a report."""

    draft = words(_("报告的文字"), limit=MOST, rows=24, hint=HINT)

    def prepare(self):
        self.fields["draft"].initial = self.record.draft


class WordingForm(forms.Form):
    """The text from which reports begin, and the period for which it is shown filled."""

    text = words(_("模板"), limit=MOST, rows=24, hint=HINT)


FORMS = {"write": WriteForm, "take_back": WhyForm, "drop": WhyForm}
