"""Forms of ratings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..consultations.models import Attendance
from ..consultations.queries import attendee_name
from ..shared.forms import VerbForm, words
from ..tasks.models import Task
from .models import Evaluation, Rating


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


class EvaluateProposalForm(VerbForm):
    """The proposers' feedback sheet. ``record`` is the proposal."""

    value = forms.ChoiceField(label=_("对办理结果"), choices=Rating.Value.choices, widget=forms.RadioSelect)
    visited = forms.NullBooleanField(label=_("承办单位是否走访过"), required=False)
    attitude = forms.ChoiceField(
        label=_("对办理态度"), choices=[("", _("不说")), *Evaluation.Attitude.choices], required=False
    )
    heard_by = forms.ChoiceField(
        label=_("怎样听取的意见"), choices=[("", _("不说")), *Task.Contact.choices], required=False
    )
    leader_replied = forms.NullBooleanField(label=_("分管领导是否答复"), required=False)
    comment = words(_("意见和建议"), required=False)
    note = words(_("何时、怎样得知（电话或书面）"), limit=200)

    def prepare(self):
        proposal, member = self.record, self.by.member_id
        own = member and (member == proposal.proposer_id or self.by.pk == proposal.drafted_by_id)
        if own:
            del self.fields["note"]
        first = proposal.tasks.exclude(proposer_met_how="").order_by("proposer_met_on").first()
        if first:
            self.fields["heard_by"].initial = first.proposer_met_how
            self.fields["visited"].initial = first.proposer_met_how == Task.Contact.VISIT or None
