"""Forms of the desk's pages about places."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..people.models import Account, RoleGrant
from ..people.queries import held_on
from ..people.roles import Role
from ..regions.models import Region
from ..shared import clock
from ..shared.forms import VerbForm, day, words
from .models import Steward, Venue
from .words import FIELDS


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
    group_no = forms.CharField(label=_("小组"), max_length=20, required=False, help_text=_("如：5 组。"))
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


class UpdateVenueForm(VerbForm):
    """What is registered of a place, as it stands, with the reason for changing it."""

    address = forms.CharField(label=FIELDS["address"], max_length=120, required=False)
    group_no = forms.CharField(label=FIELDS["group_no"], max_length=20, required=False, help_text=_("如：5 组。"))
    households = forms.IntegerField(label=FIELDS["households"], min_value=1, max_value=32767, required=False)
    phone = forms.CharField(
        label=FIELDS["phone"], max_length=20, required=False, help_text=_("公开在小院的页面上，请填公用电话。")
    )
    latitude = forms.DecimalField(
        label=FIELDS["latitude"], max_digits=9, decimal_places=6, min_value=-90, max_value=90, required=False,
        help_text=_("WGS-84，照地图手填，如 29.405000。"),
    )
    longitude = forms.DecimalField(
        label=FIELDS["longitude"], max_digits=9, decimal_places=6, min_value=-180, max_value=180, required=False,
        help_text=_("WGS-84，如 105.600000。"),
    )
    why = words(_("为什么改"), rows=2, limit=200, hint=_("会进入记录，请不要写姓名、电话。"))

    def prepare(self):
        for name in FIELDS:
            self.fields[name].initial = getattr(self.record, name)


class AccountChoice(forms.ModelChoiceField):
    """An account with the role of a steward that looks after no courtyard yet."""

    def __init__(self, *, empty):
        super().__init__(
            queryset=Account.objects.none(), required=False, label=_("登录账号"), empty_label=empty,
            help_text=_("账号由安全管理员开立，并授予“小院管家”角色。"),
        )

    def free(self, committee, today, venue=None):
        """Those to choose from: the free ones, and those of ``venue`` itself."""
        taken = Steward.objects.filter(until=None, account__isnull=False)
        if venue:
            taken = taken.exclude(venue=venue)
        held = held_on(RoleGrant.objects.filter(role=Role.STEWARD), today).values("account")
        rows = Account.objects.filter(committee=committee, is_active=True, pk__in=held)
        return rows.exclude(pk__in=taken.values("account")).order_by("name", "pk")


class AppointStewardForm(VerbForm):
    """Who looks after the courtyard from when on."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    post = forms.ChoiceField(label=_("担任"), choices=Steward.Post.choices, widget=forms.RadioSelect)
    since = day(_("从哪一天起"))
    phone = forms.CharField(
        label=_("电话"), max_length=20, required=False, help_text=_("加密保存，谁看了都有记录。")
    )
    shown = forms.BooleanField(label=_("本人同意在小院的公开页面上写姓名"), required=False)
    account = AccountChoice(empty=_("不用登录"))

    def prepare(self):
        self.fields["since"].initial = clock.today()
        account = self.fields["account"]
        account.queryset = account.free(self.record.committee, clock.today())


class StewardForm(VerbForm):
    """A step about one who looks after the courtyard; where there is only one, that one is chosen already."""

    steward = forms.ModelChoiceField(label=_("哪一位"), queryset=None, empty_label=_("请选择"))

    def prepare(self):
        rows = self.choose(Steward.objects.filter(venue=self.record)).order_by("post", "since", "pk")
        self.fields["steward"].queryset = rows
        if rows.count() == 1:
            self.fields["steward"].initial = rows.first()

    def choose(self, rows):
        """Those in office."""
        return rows.filter(until=None)


class UpdateStewardForm(StewardForm):
    """What may be corrected; what is left empty stays."""

    phone = forms.CharField(label=_("新电话"), max_length=20, required=False, help_text=_("不填就不改。"))
    shown = forms.TypedChoiceField(
        label=_("在小院的公开页面上写姓名"), required=False, coerce=lambda answer: answer == "yes", empty_value=None,
        choices=[("", _("不改")), ("yes", _("本人同意")), ("no", _("本人不同意"))],
    )
    account = AccountChoice(empty=_("不改"))
    unlink = forms.BooleanField(label=_("不再对应账号"), required=False)

    def prepare(self):
        super().prepare()
        account = self.fields["account"]
        account.queryset = account.free(self.record.committee, clock.today(), self.record)


class EndStewardForm(StewardForm):
    """The last day."""

    on = day(_("最后一天"))
    why = words(_("原因"), rows=2, limit=200, required=False, hint=_("会进入记录，请不要写姓名、电话。"))

    def prepare(self):
        super().prepare()
        self.fields["on"].initial = clock.today()


class RevealStewardForm(StewardForm):
    """Whose telephone, and why."""

    why = words(_("为什么要看"), rows=2, limit=200, hint=_("会进入记录，请不要写姓名、电话。"))

    def choose(self, rows):
        return rows.filter(erased_on=None)


class EraseStewardForm(RevealStewardForm):
    """Whose data, and who asked for it."""

    why = words(_("理由"), rows=2, limit=200, required=False, hint=_("会进入记录，请不要写姓名、电话。"))


FORMS = {
    "update_venue": UpdateVenueForm, "appoint_steward": AppointStewardForm, "update_steward": UpdateStewardForm,
    "end_steward": EndStewardForm, "reveal_steward": RevealStewardForm, "erase_steward": EraseStewardForm,
}  # fmt: skip
