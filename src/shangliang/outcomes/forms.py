"""Forms of ratings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..consultations.models import Attendance
from ..consultations.queries import attendee_name
from ..shared.forms import VerbForm, words
from .models import Rating


class RateForm(VerbForm):
    """What a person said of the result in a call-back. ``record`` is the voice."""

    value = forms.ChoiceField(label=_("评价"), choices=Rating.Value.choices, widget=forms.RadioSelect)
    comment = words(_("原话"), required=False)
    note = words(_("何时、如何回访"), limit=200)


class RateAttendedForm(RateForm):
    """What somebody who was at the table says. ``record`` is the consultation."""

    attendance = forms.ModelChoiceField(label=_("谁的评价"), queryset=None)
    field_order = ["attendance", "value", "comment", "note"]

    def prepare(self):
        people = self.record.attendances.filter(status=Attendance.Status.PRESENT, ratings=None)
        field = self.fields["attendance"]
        field.queryset = people.select_related("member", "unit")
        field.label_from_instance = lambda a: f"{a.get_role_display()} {attendee_name(a)}"
        if self.by.member_id:
            field.queryset = field.queryset.filter(member=self.by.member_id)
            self.fields["note"].required = False
