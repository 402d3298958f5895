"""Forms of the desk for topics."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..people.roles import Role
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from ..voices.models import Voice
from ..voices.reasons import ground_choices
from .models import Topic


class ProposeForm(VerbForm):
    """A topic from a voice."""

    title = forms.CharField(label=_("议题名称"), max_length=60)
    summary = words(_("议题说明"), limit=1000, rows=4, hint=_("会公开，不写姓名、电话。"))
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), *Topic.Category.choices]
    )


class ResubmitForm(VerbForm):
    """The reworded topic."""

    title = forms.CharField(label=_("议题名称"), max_length=60)
    summary = words(_("议题说明"), limit=1000, rows=4)

    def prepare(self):
        self.fields["title"].initial = self.record.title
        self.fields["summary"].initial = self.record.summary


class ExcludeForm(VerbForm):
    """A ground of the negative list."""

    ground = forms.ChoiceField(label=_("负面清单情形"), choices=ground_choices)
    note = words(_("说明"), limit=200)


class ApproveForm(VerbForm):
    """The Party committee's approval."""

    body = forms.CharField(label=_("审定的党委"), max_length=60)
    decided_on = day(_("审定日期"))
    paper_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    opinion = words(_("审定意见"), limit=200, required=False)

    def prepare(self):
        self.fields["decided_on"].initial = clock.today()
        self.fields["body"].initial = _party_of(self.by)


def _party_of(account) -> str:
    """The Party committee for which the account enters approvals, as it is called."""
    for grant in account.current_grants:
        if grant.role == Role.PARTY_APPROVER and grant.region:
            ending = _("党工委") if grant.region.name.endswith("街道") else _("党委")
            return f"{grant.region.name}{ending}"
    return ""


class DeferForm(WhyForm):
    """Until when, and why."""

    until = day(_("到哪天再看"))
    field_order = ["until", "why"]


class MergeForm(VerbForm):
    """Following another topic."""

    into = forms.ModelChoiceField(label=_("归并到"), queryset=None)
    why = words(_("为什么是同一件事"))

    def prepare(self):
        near = Topic.objects.filter(region__parent=self.record.region.parent, merged_into=None)
        self.fields["into"].queryset = near.exclude(pk=self.record.pk).exclude(state="closed")


class AddVoiceForm(VerbForm):
    """Another voice about the same matter."""

    voice = forms.ModelChoiceField(label=_("民声"), queryset=None)

    def prepare(self):
        near = Voice.objects.filter(
            region__parent=self.record.region.parent, state__in=Voice.SCREENABLE
        )
        field = self.fields["voice"]
        field.queryset = near.select_related("case").order_by("-reported_at")
        field.label_from_instance = lambda voice: f"{voice.case.no} {voice.text[:30]}"


FORMS = {
    "resubmit": ResubmitForm, "exclude": ExcludeForm, "clear_exclusion": WhyForm,
    "approve": ApproveForm, "send_back": WhyForm, "defer": DeferForm, "decline": WhyForm,
    "withdraw": WhyForm, "reconsult": WhyForm, "merge": MergeForm, "add_voice": AddVoiceForm,
}
