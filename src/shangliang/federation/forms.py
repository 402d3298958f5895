"""Forms of the page on which the office manages its neighbours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .letters import MOST_FILE, MOST_PARCEL


def _file_input(most_mb):
    """One file, chosen rather than photographed."""
    return forms.FileInput(attrs={
        "accept": ".json,application/json", "data-max-files": 1, "data-max-mb": most_mb, "data-icon": "upload",
        "data-words": _("选择文件"), "data-too-big": _("文件太大。"),
    })  # fmt: skip


class CardForm(forms.Form):
    """A neighbour's card, as a file or pasted."""

    file = forms.FileField(
        label=_("名片文件"), required=False, help_text=_("对方在同一页下载后发来的 card.json。"), widget=_file_input(1)
    )
    text = forms.CharField(
        label=_("或粘贴名片内容"), required=False, max_length=MOST_PARCEL, widget=forms.Textarea(attrs={"rows": 3})
    )
    by_hand = forms.BooleanField(
        label=_("两边网络不通，用文件传递"), required=False, help_text=_("勾选后不联网发送，由人带着文件来回。")
    )

    def clean(self):
        told = super().clean()
        file = told.get("file")
        if file and file.size > MOST_PARCEL:
            self.add_error("file", _("文件太大。"))
        elif not file and not told.get("text"):
            self.add_error("file", _("请选名片文件，或粘贴名片内容。"))
        else:
            told["document"] = file.read() if file else told["text"].encode()
        return told


class ParcelForm(forms.Form):
    """A file or a receipt that was carried here."""

    file = forms.FileField(
        label=_("带来的文件"), help_text=_("对方导出的文件，或对方给的回执。"), widget=_file_input(32)
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE:
            raise forms.ValidationError(_("文件太大。"))
        return file.read()


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class EpochForm(forms.Form):
    """How far the other side has our messages, as it says itself."""

    taken = forms.IntegerField(
        label=_("对方现有我方消息到第几号"), min_value=0, max_value=2**40,
        help_text=_("请电话问对方，在对方的同一页上看“已收到”。从下一号起重新发送。"),
    )
