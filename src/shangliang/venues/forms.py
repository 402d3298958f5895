"""Forms of the desk's pages about places."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..regions.models import Region
from .models import Venue


def _day_field(label, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class VenueForm(forms.Form):
    """What is registered of a place."""

    code = forms.CharField(label=_("编号"), max_length=12, help_text=_("本政协自己编的短号，如 XY0012。"))
    kind = forms.ChoiceField(label=_("类别"), choices=Venue.Kind.choices)
    name = forms.CharField(label=_("名称"), max_length=60)
    region = forms.ModelChoiceField(label=_("所在镇街或村"), queryset=None)
    address = forms.CharField(label=_("详细地址"), max_length=120, required=False)
    households = forms.IntegerField(label=_("户数"), min_value=1, max_value=32767, required=False)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)
    opened_on = _day_field(_("启用日期"), required=False)

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.within(committee.region.code)


class VenueFilter(forms.Form):
    """How the list of places may be narrowed."""

    words = forms.CharField(label=_("名称或编号"), required=False, max_length=60)
    town = forms.ModelChoiceField(
        label=_("镇街"), queryset=None, required=False, to_field_name="code", empty_label=_("全部")
    )
    kind = forms.ChoiceField(
        label=_("类别"), choices=[("", _("全部")), *Venue.Kind.choices], required=False
    )

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        inside = Region.objects.within(committee.region.code)
        self.fields["town"].queryset = inside.filter(level=Region.Level.TOWN)


class WallCodeForm(forms.Form):
    """How long a code is good."""

    expires_on = _day_field(_("有效到哪一天"), required=False, help_text=_("不填就长期有效。"))
