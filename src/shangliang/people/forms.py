"""Forms of the accounts' pages and of the invitation."""

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from ..regions.models import Region
from .models import Member, Office, Unit
from .roles import Role


def put_refusal(form, refused) -> None:
    """Show a command's refusal beside the field it names, or above the form."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, refused.sentence)


class SignInForm(LoginForm):
    """The log-in library's form in this product's words; the label says it, not a vanishing placeholder."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("登录名")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class InvitationForm(forms.Form):
    """The first password, typed twice by the person it belongs to."""

    password = forms.CharField(
        label=_("新密码"), strip=False, help_text=_("至少 12 个字符，不要用常见的词和自己的名字。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一遍"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        cleaned = super().clean()
        if {"password", "again"} <= cleaned.keys() and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("两次输入的密码不一样。"))
        return cleaned


class AccountForm(forms.Form):
    """What the security administrator says of a new account."""

    username = forms.CharField(label=_("登录名"), max_length=60)
    name = forms.CharField(label=_("姓名"), max_length=40)
    member = forms.ModelChoiceField(
        label=_("对应的委员"), queryset=None, required=False, empty_label=_("不是委员")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.filter(account=None).order_by("name", "pk")


class RoleForm(forms.Form):
    """A role and its scope."""

    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    region = forms.ModelChoiceField(
        label=_("限定镇街或村"), queryset=None, required=False, empty_label=_("全区县")
    )
    office = forms.ModelChoiceField(
        label=_("委室"), queryset=None, required=False, empty_label=_("不限")
    )
    unit = forms.ModelChoiceField(
        label=_("承办单位"), queryset=None, required=False, empty_label=_("不限")
    )

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        inside = Region.objects.within(committee.region.code)
        self.fields["region"].queryset = inside.exclude(pk=committee.region_id)
        self.fields["office"].queryset = Office.objects.order_by("name")
        self.fields["unit"].queryset = Unit.objects.order_by("name")
