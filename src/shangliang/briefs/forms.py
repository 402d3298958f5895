"""Forms of briefs; the length is counted while one writes, over the three parts together."""

import secrets

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..people.models import Member
from ..people.roles import Role
from ..regions.models import Region
from ..regions.queries import towns_of
from ..rules.queries import rule
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from ..visits.forms import Members, members_now
from ..voices.models import Voice
from . import policies
from .measures import PARTS
from .models import Brief, Dispatch, Issue
from .queries import SOURCES, first_words, readable_sources, waiting_voices


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

    category = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *Brief.Category.choices])
    region = forms.ModelChoiceField(
        label=_("涉及哪个镇街"), queryset=Region.objects.none(), required=False, empty_label=_("不限于一地")
    )
    member = forms.ModelChoiceField(label=_("作者（委员）"), queryset=Member.objects.none(), required=False)
    informant = forms.CharField(
        label=_("作者（特邀信息员）"), max_length=40, required=False,
        help_text=_("不是委员的才填这里。姓名加密保存，不会刊出，可以要求抹去。"),
    )
    named = forms.BooleanField(label=_("作者同意刊出时署名"), required=False)
    unnamed_why = forms.CharField(label=_("不署名的原因"), max_length=100, required=False)
    told = words(
        _("告诉反映人"), rows=2, required=False, hint=_("这条民声同时转为社情民意信息，反映人会看到这句话。")
    )
    field_order = ("told", "title", "category", *PARTS, "region", "member", "informant", "named", "unnamed_why")

    def prepare(self):
        super().prepare()
        self._ask_author()
        for name in SOURCES:
            rows = readable_sources(self.by, name)
            self.fields[name] = forms.ModelChoiceField(queryset=rows, required=False, widget=forms.HiddenInput)
        named = self.named_sources()
        for name, source in named.items():
            for field, text in first_words(name, source).items():
                self.initial.setdefault(field, text)
        if named:
            del self.fields["region"]
        else:
            self.fields["region"].queryset = towns_of(self.by.committee.region)
            self.fields["region"].label_from_instance = lambda town: town.name
        voice = named.get("voice")
        if not (voice and voice.state in Voice.SCREENABLE and self.by.has(*policies.HANDLERS)):
            del self.fields["told"]
        self.order_fields(self.field_order)

    def _ask_author(self):
        """A member who only is a member writes in the own name and is not asked."""
        if not self.by.has(*policies.FOR_OTHERS):
            del self.fields["member"], self.fields["informant"]
            return
        field = self.fields["member"]
        field.queryset, field.initial = members_now(), self.by.member_id
        field.label_from_instance = Members.label_from_instance.__get__(field)
        if not self.by.member_id and self.by.has(Role.LIAISON):
            self.fields["informant"].initial = self.by.name

    def named_sources(self) -> dict:
        """The records that the address, or the form that came back, names and that may be read."""
        given, found = self.data if self.is_bound else self.initial, {}
        for name in SOURCES:
            asked = str(given.get(name, ""))
            if asked.isascii() and asked.isdecimal() and len(asked) < 16:
                found[name] = readable_sources(self.by, name).filter(pk=int(asked)).first()
        return {name: source for name, source in found.items() if source}

    def clean(self):
        cleaned = super().clean()
        sources = [cleaned.pop(name) for name in SOURCES if cleaned.get(name)]
        for name in SOURCES:
            cleaned.pop(name, None)
        return cleaned | {"sources": sources}


class FromVoiceForm(DraftForm):
    """A new brief from one voice, asked on the voice's own page; pressing twice makes one."""

    key = forms.CharField(widget=forms.HiddenInput, min_length=22, max_length=64)

    def prepare(self):
        super().prepare()
        for name in SOURCES:
            del self.fields[name]
        self.fields["key"].initial = secrets.token_urlsafe(24)

    def named_sources(self):
        return {"voice": self.record}


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


class SignForm(VerbForm):
    """By which post."""

    post = forms.CharField(label=_("签发人职务"), max_length=40, help_text=_("写职务，不写姓名。"))


class SendForm(VerbForm):
    """To which level, to whom, when."""

    level = forms.ChoiceField(label=_("报送哪一级"), choices=Dispatch.Level.choices, widget=forms.RadioSelect)
    to = forms.CharField(label=_("主送"), max_length=60, help_text=_("如：区委办公室、市政协办公厅。"))
    on = day(_("哪一天"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class AdoptForm(VerbForm):
    """Which sending was adopted, how and when."""

    dispatch = forms.ModelChoiceField(label=_("哪一次报送"), queryset=Dispatch.objects.none(), empty_label=_("请选择"))
    how = forms.ChoiceField(label=_("怎样采用"), choices=Dispatch.How.choices, widget=forms.RadioSelect)
    on = day(_("哪一天"))
    paper_no = forms.CharField(label=_("刊物和期号"), max_length=60, required=False)

    def prepare(self):
        waiting = self.record.dispatches.filter(how="")
        self.fields["dispatch"].queryset = waiting
        self.fields["on"].initial = clock.today()
        if len(waiting) == 1:
            self.fields["dispatch"].initial = waiting[0].pk


class InstructForm(VerbForm):
    """Of which level, by which post, when, in which words."""

    level = forms.ChoiceField(label=_("哪一级的批示"), choices=Dispatch.Level.choices, widget=forms.RadioSelect)
    post = forms.CharField(label=_("哪个职务批示"), max_length=40, help_text=_("写职务，不写姓名。"))
    on = day(_("哪一天"))
    words = words(_("批示内容"), hint=_("只在内部看，不公开。"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class FollowForm(VerbForm):
    """Which unit did what about it."""

    unit = forms.CharField(label=_("转给哪个单位办"), max_length=60)
    words = words(_("办得怎么样"))
    on = day(_("哪一天"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


def _told(cases):
    return _now("用大白话写，作者和反映人（%(cases)s）都会看到。") % {"cases": "、".join(cases)}


class CloseForm(VerbForm):
    """What came of it, in plain words."""

    words = words(_("结果"), limit=200, hint=_("用大白话写，作者会看到。"))

    def prepare(self):
        cases = [voice.case_no for voice in waiting_voices(self.record)]
        if cases:
            self.fields["words"].help_text = _told(cases)


class IssueForm(VerbForm):
    """What the next issue holds; ``record`` is the committee."""

    briefs = forms.ModelMultipleChoiceField(
        label=_("编入哪几篇"), queryset=Brief.objects.none(), help_text=_("选一篇是单篇，选几篇是综合，按签发先后排。"),
    )
    title = forms.CharField(
        label=_("这一期的标题"), max_length=80, required=False, help_text=_("不写的话，单篇用原来的标题，综合写几则。")
    )
    on = day(_("哪一天"))
    signer = forms.CharField(label=_("签发（职务）"), max_length=40)
    recipients = forms.CharField(label=_("报送"), max_length=120)
    copies = forms.CharField(label=_("抄送"), max_length=200, required=False)

    def prepare(self):
        ready = Brief.objects.filter(signed_on__isnull=False, printed=None)
        self.fields["briefs"].queryset = ready.order_by("signed_on", "pk")
        self.fields["on"].initial = clock.today()
        last = Issue.objects.order_by("-total").first()
        for name in ("signer", "recipients", "copies") if last else ():
            self.fields[name].initial = getattr(last, name)


FORMS = {
    "rewrite": RewriteForm, "edit": EditForm, "send_back": WordsForm, "keep": WordsForm, "sign": SignForm,
    "send": SendForm, "send_further": SendForm, "adopt": AdoptForm, "note_adoption": AdoptForm,
    "instruct": InstructForm, "follow": FollowForm, "close": CloseForm, "withdraw": WhyForm,
    "forget_informant": WhyForm,
}  # fmt: skip
