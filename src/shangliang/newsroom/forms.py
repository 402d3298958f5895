"""Forms of the newsroom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..regions.models import Region
from ..regions.queries import towns_of
from ..shared.forms import VerbForm, WhyForm, words
from .commands import MOST
from .models import Takedown


class CaptureForm(VerbForm):
    """A pasted page and its address. ``record`` is the committee."""

    text = forms.CharField(
        label=_("报道的文字"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("请把报道的标题和文字贴进来。")},
        help_text=_("打开报道，全选、复制，粘贴到这里：标题、来源、时间、署名会自己认出来。只有标题和正文也行，标题放第一行。"),
    )  # fmt: skip
    origin_url = forms.CharField(
        label=_("原文地址"), max_length=500, required=False, help_text=_("以 http 开头的网址；粘贴的文字里有就不用填。")
    )


class LinkForm(VerbForm):
    """Which case the report tells of."""

    case = forms.ModelChoiceField(
        label=_("案卷号"), queryset=Case.objects.none(), to_field_name="no", widget=forms.TextInput(),
        help_text=_("如：RC-2023-0001"), error_messages={"invalid_choice": _("没有这个案卷号。")},
    )  # fmt: skip

    def prepare(self):
        self.fields["case"].queryset = Case.objects.all()


class UploadForm(VerbForm):
    """A saved page. ``record`` is the committee."""

    file = forms.FileField(
        label=_("存下的网页或文件"),
        help_text=_(".html、.mht、.txt、.docx，最大 5 MB；PDF 请打开后复制、粘贴。"), max_length=200,
        widget=forms.FileInput(
            attrs={
                "accept": ".html,.htm,.mht,.mhtml,.txt,.docx", "data-words": _("选文件"), "data-icon": "upload",
                "data-max-files": "1", "data-max-mb": "5", "data-too-big": _("这个文件太大，请换一个："),
            }
        ),
        error_messages={"empty": _("这个文件是空的。")},
    )  # fmt: skip
    origin_url = forms.CharField(
        label=_("原文地址"), max_length=500, required=False, help_text=_("以 http 开头的网址；文件里有就不用填。")
    )


class FetchForm(VerbForm):
    """The address of a page on an allowed host. ``record`` is the committee."""

    url = forms.CharField(
        label=_("网页地址"), max_length=500, help_text=_("只从登记过的网站取，一次一页；网站不让取的就不取。")
    )


class HostForm(VerbForm):
    """A host from which pages may be fetched. ``record`` is the committee."""

    host = forms.CharField(label=_("网站域名"), max_length=100, help_text=_("如：www.example.org。只认这一个域名。"))


class SubscriptionForm(VerbForm):
    """What to find again. ``record`` is the committee."""

    category = forms.CharField(label=_("类别"), max_length=20, required=False)
    keyword = forms.CharField(label=_("标题里的词"), max_length=40, required=False)
    place = forms.ModelChoiceField(
        label=_("地方"), queryset=Region.objects.none(), required=False, to_field_name="code", empty_label=_("全部"),
    )  # fmt: skip
    source = forms.CharField(label=_("来源"), max_length=60, required=False)

    def prepare(self):
        self.fields["place"].queryset = towns_of(self.record.region)
        self.fields["place"].label_from_instance = lambda town: town.name


class StatementForm(forms.Form):
    """Who says what about a report, and how to reach them; for a notice and for the answer to one."""

    name = forms.CharField(label=_("您的姓名或单位"), max_length=60)
    contact = forms.CharField(
        label=_("联系方式"), max_length=80,
        help_text=_("电话或邮箱。只有核实的人看得到，看一次记一次；核实后保存期满（月数见隐私说明）自动删除，"
            "也可以提前要求删除。"),
    )
    statement = words(_("说明和证明"), rows=6, limit=2000)
    true = forms.BooleanField(label=_("以上都是真的；说假话的，后果自己承担。"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class NoticeForm(StatementForm):
    """A notice that a report should not be shown (信息网络传播权保护条例 14)."""

    ground = forms.ChoiceField(label=_("为什么不该放"), choices=Takedown.Ground.choices, widget=forms.RadioSelect)
    field_order = ("ground", "statement", "name", "contact", "true", "key")


class CounterForm(VerbForm):
    """What the other side says, entered at the desk for somebody who wrote or rang up."""

    name = forms.CharField(label=_("对方姓名或单位"), max_length=60, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=80, required=False)
    statement = words(_("对方怎么说"), rows=5, limit=2000)


FORMS = {
    "link": LinkForm, "take_down": WhyForm, "restore": WhyForm, "heed": WhyForm, "turn_away": WhyForm,
    "counter": CounterForm, "uphold": WhyForm, "reopen": WhyForm, "reveal_contact": WhyForm, "erase_contact": WhyForm,
}  # fmt: skip
