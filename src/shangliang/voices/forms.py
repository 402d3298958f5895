"""Forms of the desk for voices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..regions.models import Region
from ..regions.queries import choices_within
from ..shared.forms import VerbForm, WhyForm, words
from ..venues.models import Venue
from .models import Voice
from .reasons import channel_choices, ground_choices

MORE = _("还要告诉反映人的话")


class AnswerForm(VerbForm):
    """A direct answer."""

    words = words(_("答复"), hint=_("用反映人听得懂的话。"))


class ReferForm(VerbForm):
    """Passing the matter to who can settle it."""

    to = forms.CharField(label=_("转给谁"), max_length=80)
    external_no = forms.CharField(label=_("对方编号"), max_length=60, required=False)
    words = words(_("告诉反映人"), hint=_("转给了谁、大约什么时候有结果。"))


class MergeForm(VerbForm):
    """Following another voice about the same matter."""

    into = forms.ModelChoiceField(label=_("归并到"), queryset=None)
    why = words(_("为什么是同一件事"))

    def prepare(self):
        near = Voice.objects.filter(region__parent=self.record.region.parent, merged_into=None)
        near = near.exclude(pk=self.record.pk).exclude(state__in=["closed", "not_accepted", "guided"])
        field = self.fields["into"]
        field.queryset = near.select_related("case").order_by("-reported_at")
        field.label_from_instance = lambda voice: f"{voice.case.no} {voice.text[:30]}"


class AskInfoForm(VerbForm):
    """A question to the person."""

    question = words(_("请反映人补充什么"))


class GuideForm(VerbForm):
    """The lawful channel of the matter."""

    channel = forms.ChoiceField(label=_("法定渠道"), choices=channel_choices, widget=forms.RadioSelect)
    words = words(MORE, required=False, limit=200)


class NotAcceptForm(VerbForm):
    """A listed ground."""

    ground = forms.ChoiceField(label=_("不予受理的理由"), choices=ground_choices)
    words = words(MORE, required=False, limit=200)


class InfoForm(VerbForm):
    """What the person is told when the matter goes on as information."""

    words = words(_("告诉反映人"))


class SupplementForm(VerbForm):
    """More about the matter."""

    text = words(_("补充的内容"), limit=1000, rows=4)
    photos = PicturesField(required=False)


class ResultForm(VerbForm):
    """The result in plain words."""

    words = words(_("结果"), limit=200, hint=_("一两句大白话，200 字以内。"))


class ProxyForm(forms.Form):
    """A matter typed in for somebody (代群众反映); the voice stays that person's."""

    channel = forms.ChoiceField(
        label=_("怎样得知"), choices=[c for c in Voice.Channel.choices if c[0] not in ("qr", "web", "import")]
    )
    region = forms.ModelChoiceField(label=_("在哪个村（社区）"), queryset=None)
    venue = forms.ModelChoiceField(label=_("哪个小院或场所"), queryset=None, required=False)
    place_note = forms.CharField(label=_("更具体的位置"), max_length=80, required=False)
    text = words(_("什么事"), limit=2000, rows=5, hint=_("照原话写，不用整理。"))
    photos = PicturesField(required=False)
    name = forms.CharField(label=_("反映人姓名"), max_length=40, required=False)
    phone = forms.CharField(
        label=_("反映人电话"), max_length=20, required=False, help_text=_("只用来告诉本人结果。")
    )
    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        codes = [g.region.code for g in by.current_grants if g.region] or [by.committee.region.code]
        places = Region.objects.filter(level=Region.Level.VILLAGE)
        self.fields["region"].queryset = places.filter(code__startswith=by.committee.region.code)
        self.fields["region"].choices = [("", "")] + [
            choice for code in codes for choice in choices_within(code)
        ]
        venues = Venue.objects.filter(closed_on=None, region__code__startswith=codes[0])
        self.fields["venue"].queryset = venues.select_related("region").order_by("region__code")
        self.fields["venue"].label_from_instance = lambda venue: venue.full_name


FORMS = {
    "answer": AnswerForm, "refer": ReferForm, "merge": MergeForm, "ask_info": AskInfoForm,
    "guide": GuideForm, "not_accept": NotAcceptForm, "turn_to_info": InfoForm,
    "supplement": SupplementForm, "give_result": ResultForm, "reopen": WhyForm,
    "reveal_contact": WhyForm, "erase_person": WhyForm,
}
