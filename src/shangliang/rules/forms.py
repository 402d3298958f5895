"""Forms for the keepers of the rule set and of the calendar."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..shared.forms import words

_LINE = re.compile(r"^(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?\s*(休|班)\s*(.*)$")


class RuleForm(forms.Form):
    """A new number for one rule, with the reason."""

    value = forms.DecimalField(label=gettext_lazy("数值"), max_digits=8, decimal_places=3)
    why = words(gettext_lazy("理由"), rows=2)


class NoticeForm(forms.Form):
    """A year's holiday notice, one day a line: ``2027-01-01 休 元旦`` or ``2027-02-20 班 春节调休``."""

    year = forms.IntegerField(label=gettext_lazy("年份"), min_value=2004, max_value=2100)
    source = forms.CharField(label=gettext_lazy("通知文号"), max_length=200)
    days = forms.CharField(
        label=gettext_lazy("放假和调休的日子"),
        help_text=gettext_lazy("一行一天，例如：2027-01-01 休 元旦；调休上班写“班”。"),
        widget=forms.Textarea(attrs={"rows": 12}), max_length=4000,
    )

    def clean_days(self) -> dict:
        """{day: (is working, name)}."""
        days = {}
        for line in filter(None, map(str.strip, self.cleaned_data["days"].splitlines())):
            match = _LINE.match(line)
            if match is None:
                raise ValidationError(_("这一行看不懂：%(line)s") % {"line": line[:40]})
            year, month, number, kind, name = match.groups()
            try:
                day = dt.date(int(year), int(month), int(number))
            except ValueError as error:
                raise ValidationError(_("没有这一天：%(line)s") % {"line": line[:40]}) from error
            days[day] = (kind == "班", name.strip() or kind)
        return days
