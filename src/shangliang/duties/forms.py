"""Forms of duty files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..shared import clock
from ..shared.forms import VerbForm, day, words
from .lines import KINDS


class AppealForm(VerbForm):
    """What is wrong with a line, or what is missing; ``record`` is the committee."""

    year = forms.IntegerField(label=_("哪一年的档案"), min_value=2000, max_value=2100)
    line = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    words = words(
        _("哪里不对，或者少了什么"), hint=_("不是这条的问题而是漏了，请写什么时候、在哪里、做了什么、凭什么知道。")
    )

    def prepare(self):
        self.fields["year"].initial = clock.today().year


class WordsForm(VerbForm):
    """A reason."""

    words = words(_("理由"), hint=_("提意见的委员会看到。"))


class UpholdForm(WordsForm):
    """The reason, and, where something was missing, what is added with its proof."""

    def prepare(self):
        if not self.record.line:
            self.fields["on"] = day(_("补上的事在哪一天"))
            self.fields["added"] = forms.CharField(label=_("补上什么"), max_length=200)
            self.fields["proof"] = forms.CharField(
                label=_("凭据"), max_length=200, help_text=_("哪份文件、哪张照片、谁能证明。没有凭据不能补。")
            )


class SchemeForm(VerbForm):
    """A scheme's name and year."""

    name = forms.CharField(label=_("名称"), max_length=60)
    year = forms.IntegerField(label=_("哪一年"), min_value=2000, max_value=2100)

    def prepare(self):
        self.fields["year"].initial = clock.today().year


class RuleForm(VerbForm):
    """What a kind is worth and its cap."""

    kind = forms.ChoiceField(label=_("哪一种履职"))
    value = forms.DecimalField(label=_("每次几分"), max_digits=6, decimal_places=1, min_value=0)
    cap = forms.DecimalField(label=_("全年最多几分"), max_digits=6, decimal_places=1, required=False, min_value=0)

    def prepare(self):
        self.fields["kind"].choices = [(name, kind.title) for name, kind in KINDS.items()]


FORMS = {"uphold": UpholdForm, "deny": WordsForm, "set_rule": RuleForm}
