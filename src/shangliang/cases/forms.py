"""Forms of the case file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..files.models import Attachment
from ..shared.forms import VerbForm, WhyForm, words


class PublishForm(VerbForm):
    """The masked words of the public page, and the pictures that may be shown with it."""

    title = forms.CharField(label=_("公开标题"), max_length=80)
    summary = words(
        _("公开摘要"), limit=1000, rows=5, hint=_("写清是什么事，不写姓名、电话、门牌和车牌。")
    )
    photos = forms.ModelMultipleChoiceField(
        label=_("一并公开的照片"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("人脸、门牌、车牌看得清的不要选。"),
    )

    def prepare(self):
        field = self.fields["photos"]
        field.queryset = Attachment.objects.filter(
            case_no=self.record.no, is_public=False, media_type="image/jpeg"
        )
        field.label_from_instance = lambda photo: f"{photo.get_role_display()} {photo.pk}"
        self.fields["title"].initial = self.record.title
        self.fields["summary"].initial = self.record.summary


FORMS = {"publish": PublishForm, "take_back": WhyForm}
