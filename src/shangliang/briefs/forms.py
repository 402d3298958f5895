"""Forms of briefs; the length is counted while one writes, over the three parts together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..cases.masking import mask
from ..people.models import Member
from ..proposals.models import Proposal
from ..rules.queries import rule
from ..salons.models import Point
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from ..visits.forms import Members, members_now
from ..visits.models import Visit
from ..voices.models import Voice
from .models import Brief, Dispatch

#: Where a brief may come from: the word in the address, the model, and where its text stands.
SOURCES = {
    "voice": (Voice, "text"), "visit": (Visit, "noted"), "point": (Point, "text"), "proposal": (Proposal, "advice"),
}  # fmt: skip
PARTS = ("situation", "analysis", "advice")


def part(label, *, required=True, rows=5, hint=""):
    """One of the three parts; the box counts towards the limit of all of them."""
    return forms.CharField(
        label=label, required=required, help_text=hint, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows, "data-count": "brief"}),
    )


class Worded(VerbForm):
    """Title and the three parts."""

    title = forms.CharField(label=_("标题"), max_length=60, help_text=_("一事一报，一句话说清是什么事。"))
    situation = part(_("情况"), hint=_("什么地方、什么事、影响多少人。"))
    analysis = part(_("分析"), required=False, rows=4, hint=_("为什么会这样。"))
    advice = part(_("建议"), hint=_("请谁做什么。"))

    def prepare(self):
        committee = getattr(self.record, "committee_id", None) or self.record.pk
        most = rule(committee, "info.max_chars")
        self.fields["advice"].widget.attrs |= {
            "data-most": most, "data-words": str(_("三部分合起来 %(now)s 字，最多 %(most)s 字")),
            "data-over": str(_("多了 %(over)s 字，请删一删")),
        }


class DraftForm(Worded):
    """A new brief; what its source says is filled in, with personal data masked."""

    category = forms.ChoiceField(label=_("类别"), choices=Brief.Category.choices)
    member = forms.ModelChoiceField(label=_("作者（委员）"), queryset=Member.objects.none(), required=False)
    informant = forms.CharField(
        label=_("作者（特邀信息员）"), max_length=40, required=False, help_text=_("不是委员的才填这里。")
    )
    named = forms.BooleanField(label=_("刊出时可以署名"), required=False, initial=True)
    voice = forms.ModelChoiceField(queryset=Voice.objects.none(), required=False, widget=forms.HiddenInput)
    visit = forms.ModelChoiceField(queryset=Visit.objects.none(), required=False, widget=forms.HiddenInput)
    point = forms.ModelChoiceField(queryset=Point.objects.none(), required=False, widget=forms.HiddenInput)
    proposal = forms.ModelChoiceField(queryset=Proposal.objects.none(), required=False, widget=forms.HiddenInput)
    field_order = ("category", "title", *PARTS, "member", "informant", "named")

    def prepare(self):
        super().prepare()
        self.fields["member"].queryset = members_now()
        self.fields["member"].label_from_instance = Members.label_from_instance.__get__(self.fields["member"])
        self.fields["member"].initial = self.by.member_id
        if self.by.member_id:
            del self.fields["member"], self.fields["informant"]
        for name, (model, text) in SOURCES.items():
            rows = model.objects.all() if model is Point else model.objects.visible_to(self.by)
            self.fields[name].queryset = rows
            asked = str(self.initial.get(name, ""))
            if not self.is_bound and asked.isascii() and asked.isdecimal() and len(asked) < 16:
                found = rows.filter(pk=int(asked)).first()
                if found and not self.initial.get("situation"):
                    self.initial["situation"] = mask(getattr(found, text))
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = super().clean()
        sources = [cleaned.pop(name) for name in SOURCES if cleaned.get(name)]
        for name in SOURCES:
            cleaned.pop(name, None)
        return cleaned | {"sources": sources}


class RewriteForm(Worded):
    """The author's draft, as it stands."""

    category = forms.ChoiceField(label=_("类别"), choices=Brief.Category.choices)
    field_order = ("category", "title", *PARTS)

    def prepare(self):
        super().prepare()
        for name in self.field_order:
            self.fields[name].initial = getattr(self.record, name)
        self.order_fields(self.field_order)


class EditForm(Worded):
    """The office's wording, as it stands."""

    def prepare(self):
        super().prepare()
        for name in ("title", *PARTS):
            self.fields[name].initial = getattr(self.record, f"edited_{name}")


class WordsForm(VerbForm):
    """A sentence for the author."""

    words = words(_("说明"), hint=_("作者会看到。"))


class SendForm(VerbForm):
    """To which level, to whom, when."""

    level = forms.ChoiceField(label=_("报送哪一级"), choices=Dispatch.Level.choices)
    to = forms.CharField(label=_("主送"), max_length=60, help_text=_("如：区委办公室、市政协办公厅。"))
    on = day(_("哪一天"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class AdoptForm(VerbForm):
    """Which sending was adopted, how and when."""

    dispatch = forms.ModelChoiceField(label=_("哪一次报送"), queryset=Dispatch.objects.none(), empty_label=_("请选择"))
    how = forms.ChoiceField(label=_("怎样采用"), choices=Dispatch.How.choices)
    on = day(_("哪一天"))
    paper_no = forms.CharField(label=_("刊物和期号"), max_length=60, required=False)

    def prepare(self):
        waiting = self.record.dispatches.filter(how="")
        self.fields["dispatch"].queryset = waiting
        self.fields["on"].initial = clock.today()
        if len(waiting) == 1:
            self.fields["dispatch"].initial = waiting[0].pk


class InstructForm(VerbForm):
    """By which post, when, in which words."""

    post = forms.CharField(label=_("哪个职务批示"), max_length=40, help_text=_("写职务，不写姓名。"))
    on = day(_("哪一天"))
    words = words(_("批示内容"), hint=_("只在内部看，不公开。"))


class FollowForm(VerbForm):
    """What came of it so far."""

    words = words(_("转给谁办，办得怎么样"))


class CloseForm(VerbForm):
    """What came of it, in plain words."""

    words = words(_("结果"), limit=200, hint=_("用大白话写，作者和反映人都会看到。"))


class IssueForm(VerbForm):
    """What the next issue holds; ``record`` is the committee."""

    briefs = forms.ModelMultipleChoiceField(label=_("编入哪几篇"), queryset=Brief.objects.none())
    on = day(_("哪一天"))
    signer = forms.CharField(label=_("签发（职务）"), max_length=40)
    recipients = forms.CharField(label=_("报送"), max_length=120)
    copies = forms.CharField(label=_("抄送"), max_length=200, required=False)

    def prepare(self):
        ready = Brief.objects.filter(signed_on__isnull=False, printed=None)
        self.fields["briefs"].queryset = ready.order_by("signed_on")
        self.fields["on"].initial = clock.today()


FORMS = {
    "rewrite": RewriteForm, "edit": EditForm, "send_back": WordsForm, "keep": WordsForm, "send": SendForm,
    "adopt": AdoptForm, "instruct": InstructForm, "follow": FollowForm, "close": CloseForm, "withdraw": WhyForm,
}
