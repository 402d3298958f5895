"""The forms of the public pages."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..opinions.models import LONGEST
from ..outcomes.models import Rating
from ..regions.models import Region
from ..regions.queries import choices_within
from ..voices.commands.intake import MAX_TEXT

_KEY = re.compile(r"[\w-]{32,64}", re.ASCII)


class PlaceSelect(forms.Select):
    """The grouped select of places, written at once: Django's own renders one template for each option."""

    def render(self, name, value, attrs=None, renderer=None):
        wanted = str(value or "")
        groups = format_html_join(
            "", '<optgroup label="{}">{}</optgroup>',
            ((town, self._options(villages, wanted)) for town, villages in self.choices),
        )
        return format_html(
            '<select{}><option value="">{}</option>{}</select>',
            flatatt({"name": name, **self.attrs, **(attrs or {})}), _("请选择村（社区）"), groups,
        )

    def _options(self, villages, wanted):
        return format_html_join(
            "", '<option value="{}"{}>{}</option>',
            ((pk, flatatt({"selected": str(pk) == wanted}), label) for pk, label in villages),
        )


class PlaceField(forms.Field):
    """A place within the committee's county; its value is the Region."""

    widget = PlaceSelect

    def offer(self, groups):
        """Set the groups of choices, [(town, [(id, village), …]), …]."""
        self.widget.choices = groups
        self.known = {str(pk) for _town, villages in groups for pk, _name in villages}

    def clean(self, value):
        value = super().clean(value)
        if value not in self.known:
            raise ValidationError(_("没有找到这个地方，请从列表里选。"), code="unknown")
        return Region.objects.select_related("parent").get(pk=value)


class PhoneField(forms.CharField):
    """A telephone number, as people write it."""

    def clean(self, value):
        value = super().clean(unicodedata.normalize("NFKC", value or ""))
        digits = re.sub(r"[\s()-]", "", value)
        if digits and not re.fullmatch(r"\+?\d{7,15}", digits):
            raise ValidationError(_("电话号码好像不对，请核对；不想留可以空着。"), code="phone")
        return digits


class ReportForm(forms.Form):
    """What a person tells: the matter, the place, pictures; name and phone only if they wish."""

    text = forms.CharField(
        label=_("什么事"), max_length=MAX_TEXT,
        help_text=_("一两句话就行：哪里、出了什么问题、您盼着怎么办。"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写下是什么事，一两句话就可以。")},
    )
    region = PlaceField(
        label=_("在哪个村（社区）"), error_messages={"required": _("请选一个地方；不知道村，选镇街也行。")}
    )
    place_note = forms.CharField(
        label=_("具体位置"), max_length=80, required=False, help_text=_("比如“五社到小学那段路”。")
    )
    photos = PicturesField(required=False, help_text=_("有照片更清楚，没有也行。照片里的拍摄地点等信息会自动去掉。"))
    name = forms.CharField(
        label=_("怎么称呼您"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("电话"), max_length=24, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("只给办这件事的人看，每看一次都有记录。"),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, committee, venue=None, **kwargs):
        super().__init__(*args, **kwargs)
        if venue is None:
            self.fields["region"].offer(choices_within(committee.region.code))
        else:
            del self.fields["region"]

    def clean_key(self):
        """The key made with the form; a form without one is not ours, and is given one to be sent again."""
        key = self.cleaned_data["key"]
        if not _KEY.fullmatch(key):
            raise ValidationError(_("这张表不完整，请再按一次提交。"), code="key")
        return key


class CodeForm(forms.Form):
    """The receipt code; it travels in the body of a request, never in an address."""

    code = forms.CharField(
        label=_("查询码"), max_length=200, help_text=_("小票上的 26 位数字，空格可有可无。"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-from-hash": "", "class": "code-input"}
        ),
        error_messages={"required": _("请输入小票上的查询码。")},
    )


class SlipForm(CodeForm):
    """The code of the slip that was handed to one person for a round."""

    code = forms.CharField(
        label=_("单子上的码"), max_length=200, help_text=_("26 位数字，空格可有可无。"),
        widget=CodeForm.base_fields["code"].widget, error_messages={"required": _("请输入单子上的 26 位数字。")},
    )
    whose = forms.ChoiceField(
        label=_("这张单子是谁的"), choices=[("mine", _("刚才答的就是我，单子是后拿到的")), ("next", _("下一位的"))],
        widget=forms.RadioSelect, error_messages={"required": _("请选这张单子是谁的，免得一个人算成两个。")},
    )

    def __init__(self, *args, before, **kwargs):
        """``before``: whether somebody answered without a slip on this phone."""
        super().__init__(*args, **kwargs)
        if not before:
            del self.fields["whose"]


class HomeForm(forms.Form):
    """Where somebody lives who takes part in a round of residents."""

    home = PlaceField(
        label=_("您住在哪个村（社区）"), help_text=_("这次问的是本地居民。只记到村，不记门牌和姓名。"),
        error_messages={"required": _("请选您住在哪个村（社区）。")},
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home"].offer(groups)


class SayForm(forms.Form):
    """One's own statement."""

    text = forms.CharField(
        label=_("您的看法"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一句话，只说一件事，别人能答“赞成”或“反对”。不写姓名、电话。最多 140 个字。"),
        error_messages={"required": _("请写下您的看法。")},
    )


class SupplementForm(forms.Form):
    """What was asked for."""

    text = forms.CharField(
        label=_("补充说明"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写下要补充的内容。")},
    )
    photos = PicturesField(required=False)


class RateForm(forms.Form):
    """Is the result good?"""

    value = forms.ChoiceField(
        label=_("这件事办得怎么样"), choices=Rating.Value.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选择满意、基本满意或不满意。")},
    )
    comment = forms.CharField(
        label=_("想说的话"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只给办这件事的人看，不公开。"),
    )


class ReopenForm(forms.Form):
    """Why the matter has to be taken up again."""

    why = forms.CharField(
        label=_("为什么要再办理"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("比如“灯装了，两盏又不亮了”。请不要写姓名和电话。"),
        error_messages={"required": _("请写明为什么需要再办理。")},
    )


class EraseForm(forms.Form):
    """The person's wish to be erased, with a second thought."""

    sure = forms.BooleanField(
        label=_("我明白：删除以后找不回来，电话联系不上我"),
        error_messages={"required": _("要删除，请先勾选这一句。")},
    )
