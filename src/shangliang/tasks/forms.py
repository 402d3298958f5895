"""Forms of the desk for tasks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..people.models import Unit
from ..shared import clock
from ..shared.formats import day as day_words
from ..shared.forms import VerbForm, WhyForm, day, words
from .models import Task


class AssignForm(VerbForm):
    """Which unit, and how long it may take. ``record`` is the agreed item."""

    unit = forms.ModelChoiceField(label=_("承办单位"), queryset=None)
    co_units = forms.ModelMultipleChoiceField(label=_("协办单位"), queryset=None, required=False)
    size = forms.ChoiceField(
        label=_("难易"), choices=[(each.value, each.label) for each in Task.OF_AGREEMENTS], initial="ordinary",
        help_text=_("约定了完成时限的，以约定的日期为准。"),
    )
    note = words(_("交办说明"), required=False)

    def prepare(self):
        for name in ("unit", "co_units"):
            self.fields[name].queryset = Unit.objects.order_by("kind", "pk")
        self.fields["unit"].initial = self.record.unit_id
        self.fields["co_units"].initial = [unit.pk for unit in self.record.co_units.all()]


class AssignProposalForm(VerbForm):
    """Who answers, who helps, and how long it may take. ``record`` is the proposal."""

    unit = forms.ModelChoiceField(label=_("主办单位"), queryset=None)
    co_units = forms.ModelMultipleChoiceField(label=_("协办单位"), queryset=None, required=False)
    others = forms.ModelMultipleChoiceField(
        label=_("分办单位"), queryset=None, required=False, help_text=_("几个单位各自答复时选，每个单位一件交办。")
    )
    size = forms.ChoiceField(
        label=_("难易"), choices=[(each.value, each.label) for each in Task.OF_PROPOSALS], initial="proposal"
    )
    note = words(_("交办说明"), required=False)

    def prepare(self):
        for name in ("unit", "co_units", "others"):
            self.fields[name].queryset = Unit.objects.order_by("kind", "pk")


class ContactProposerForm(VerbForm):
    """When and how the unit spoke to the proposer."""

    on = day(_("哪天联系的"))
    how = forms.ChoiceField(
        label=_("怎样联系的"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Task.Contact if each != Task.Contact.NONE],
    )
    words = words(_("谈了什么"), hint=_("不会公开。"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class ObjectForm(VerbForm):
    """Why the matter is not the unit's own, and whose it may be."""

    reason = words(_("理由和依据"))
    suggests = forms.ModelChoiceField(label=_("建议由谁办理"), queryset=None, required=False)

    def prepare(self):
        self.fields["suggests"].queryset = Unit.objects.exclude(pk=self.record.unit_id)


class UpholdForm(VerbForm):
    """The other unit."""

    unit = forms.ModelChoiceField(label=_("改派给"), queryset=None)
    why = words(_("理由"))

    def prepare(self):
        self.fields["unit"].queryset = Unit.objects.exclude(pk=self.record.unit_id)
        objection = self.record.objections.filter(decided_on=None).order_by("-pk").first()
        self.fields["unit"].initial = objection and objection.suggests_id


class ProgressForm(VerbForm):
    """How far the work is."""

    text = words(_("进展"))
    photos = PicturesField(required=False, label=_("办理前或办理中的照片"))


class ExtensionForm(VerbForm):
    """How many more days, and why."""

    days = forms.IntegerField(label=_("延期天数"), min_value=1)
    reason = words(_("原因"), hint=_("反映人会看到。"))

    def prepare(self):
        due = {"day": day_words(self.record.deadline.due_on)}
        hint = _("现在的期限是%(day)s，按天数往后算。")
        if self.record.deadline.counted == "working_days":
            hint = _("现在的期限是%(day)s，按工作日往后算。")
        self.fields["days"].help_text = hint % due


class GrantForm(VerbForm):
    """A word to the unit, if any."""

    why = words(_("说明"), required=False)


class CoReplyForm(VerbForm):
    """The helping unit's opinion."""

    opinion = words(_("协办意见"))


class ReplyForm(VerbForm):
    """The answer with its grade."""

    grade = forms.ChoiceField(label=_("办理结果"), choices=Task.Grade.choices, widget=forms.RadioSelect)
    text = words(_("办理情况"), limit=2000, rows=5)
    photos = PicturesField(required=False, papers=True, label=_("办理后的照片或文件（A 类必附）"))
    would_change = words(_("什么条件下可以解决（C 类必填）"), required=False)
    promise = words(_("承诺什么（B 类必填）"), required=False)
    promise_due = day(_("哪天前兑现（B 类必填）"), required=False)


class KeepPromiseForm(VerbForm):
    """How the promise was kept."""

    report = words(_("兑现情况"))
    photos = PicturesField(required=False, label=_("兑现后的照片"))


class AcceptForm(VerbForm):
    """The result in plain words for the people."""

    words = words(_("告诉群众的结果"), limit=200, hint=_("一两句大白话，200 字以内。"))


class JointReviewForm(VerbForm):
    """How the joint review ended."""

    result = words(_("会商结果"))


FORMS = {
    "contact_proposer": ContactProposerForm,
    "object": ObjectForm, "uphold_objection": UpholdForm, "deny_objection": WhyForm,
    "progress": ProgressForm, "request_extension": ExtensionForm, "grant_extension": GrantForm,
    "deny_extension": WhyForm, "co_reply": CoReplyForm, "reply": ReplyForm,
    "keep_promise": KeepPromiseForm, "accept": AcceptForm, "send_back": WhyForm,
    "check_promise": AcceptForm, "reject_promise": WhyForm, "suspend": WhyForm,
    "settle_joint_review": JointReviewForm,
}
