"""Forms of verbs: what a person fills in to take a step; they know the record and who takes the step."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VerbForm(forms.Form):
    """The form behind a button. ``record`` is what the verb is about, ``by`` who takes the step."""

    use_required_attribute = True

    def __init__(self, *args, record, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.record, self.by = record, by
        self.prepare()

    def prepare(self):
        """Set choices that depend on the record; most forms need none."""


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of date and time."""

    input_type = "datetime-local"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


def words(label, *, rows=3, limit=400, required=True, hint="") -> forms.CharField:
    """A short text of at most ``limit`` characters."""
    return forms.CharField(
        label=label, max_length=limit, required=required, help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label, *, required=True, hint="") -> forms.DateField:
    """A day."""
    said = {"required": _("请选日期。")}
    return forms.DateField(label=label, required=required, help_text=hint, widget=DateInput(), error_messages=said)


def moment(label, *, required=True) -> forms.DateTimeField:
    """A day with time."""
    return forms.DateTimeField(label=label, required=required, widget=MomentInput())


class WhyForm(VerbForm):
    """A step that needs a reason."""

    why = words(_("理由"), hint=_("会进入记录，请不要写姓名、电话。"))
