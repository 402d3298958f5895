"""Forms of claims."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..figures.definitions import FIGURES
from ..newsroom.models import Snapshot
from ..shared.forms import VerbForm, WhyForm, day


class _SnapshotChoice(forms.ModelChoiceField):
    def label_from_instance(self, snapshot):
        return f"{snapshot.title[:40]}（{snapshot.medium or '—'}）"


def _snapshot(required):
    return _SnapshotChoice(
        label=_("收录的报道"), queryset=Snapshot.objects.none(), required=required,
        empty_label=_("请选择") if required else _("没有收录，出处写在下面"),
    )  # fmt: skip


class _ClaimForm(VerbForm):
    """What both ways ask; ``record`` is the committee."""

    snapshot = _snapshot(True)
    since = day(_("从哪天算"), required=False, hint=_("来源没有说就不填；不填就和全部记录比。"))
    until = day(_("算到哪天"), required=False)
    area = forms.CharField(
        label=_("说的是哪里"), max_length=60, required=False, help_text=_("来源怎么说就怎么写，如：全区。"),
    )  # fmt: skip

    def prepare(self):
        self.fields["snapshot"].queryset = Snapshot.objects.defer("body").order_by("-captured_at")


class ReadOffForm(_ClaimForm):
    """Every number of a snapshot at once."""


class EnterForm(_ClaimForm):
    """One number, with its source."""

    snapshot = _snapshot(False)
    figure = forms.ChoiceField(
        label=_("说的是哪个数字"), required=False,
        choices=lambda: [("", _("我们没有这样的账")), *((figure.key, figure.name) for figure in FIGURES)],
    )  # fmt: skip
    number = forms.IntegerField(label=_("说是多少"), min_value=0, max_value=10_000_000)
    words = forms.CharField(label=_("原话"), max_length=120, help_text=_("照抄带这个数字的那半句。"))
    source = forms.CharField(
        label=_("出自哪里"), max_length=200, required=False, help_text=_("报纸、文件的名称和日期。"),
    )  # fmt: skip

    field_order = ["number", "words", "figure", "snapshot", "source", "since", "until", "area"]


FORMS = {"withdraw": WhyForm}
