"""Forms of briefs: the sheet with one count over its three parts, and what each later step needs."""

import secrets

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..people.models import Committee, Member
from ..people.roles import Role
from ..regions.models import Region
from ..regions.queries import towns_of
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from ..voices.models import Voice
from . import policies
from .measures import PARTS, most
from .models import Brief, Dispatch, Issue
from .queries import SOURCES, prefill, sources_for, waiting_voices


class Members(forms.ModelChoiceField):
    """A choice of one member, with the sector because names repeat."""

    def label_from_instance(self, member):
        return f"{member.name}（{member.sector}）"


def _part(label, hint="", *, rows=6, required=True):
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, help_text=hint, widget=area)


class SheetForm(VerbForm):
    """Title, category and the three parts; a script counts them together, the command judges."""

    title = forms.CharField(label=_("题目"), max_length=80, help_text=_("一事一报，一句话说清楚。"))
    category = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *Brief.Category.choices])
    situation = _part(_("情况"))
    analysis = _part(_("分析"), _("为什么会这样，影响有多大。"), required=False)
    advice = _part(_("建议"), _("请谁做什么，越具体越好。"), required=False)
    region = forms.ModelChoiceField(
        label=_("涉及哪个镇街"), queryset=Region.objects.none(), required=False, empty_label=_("不限于一地")
    )
    may_name = forms.BooleanField(label=_("刊登时可以写我的名字"), required=False)
    no_name_why = forms.CharField(label=_("不署名的原因"), max_length=100, required=False)

    def prepare(self):
        committee = self.record if isinstance(self.record, Committee) else self.record.committee
        if "region" in self.fields:
            self.fields["region"].queryset = towns_of(committee.region)
            self.fields["region"].label_from_instance = lambda town: town.name
        self.count_together(committee.pk)

    def count_together(self, committee_id):
        """One limit over the three parts, said before and counted while one writes."""
        limit = most(committee_id)
        self.fields["situation"].help_text = _now(
            "情况、分析、建议合起来不超过 %(limit)s 字，标点也算。"
        ) % {"limit": limit}
        for name in PARTS:
            self.fields[name].widget.attrs.update({
                "data-count": "sheet", "data-most": limit,
                "data-words": _now("三部分合起来 {n} 字，上限 {most} 字"),
                "data-over": _now("三部分合起来 {n} 字，比上限多 {over} 字，请删减"),
            })  # fmt: skip


class RewriteForm(SheetForm):
    """The draft, to be written anew."""

    def prepare(self):
        super().prepare()
        for name in ("title", "category", *PARTS, "may_name", "no_name_why"):
            self.fields[name].initial = getattr(self.record, name)
        town = self.record.region if self.record.region_id and self.record.region.level == "town" else None
        self.fields["region"].initial = town


class BeginForm(SheetForm):
    """A first draft; what its source says is filled in already."""

    author = Members(label=_("哪位委员的"), queryset=Member.objects.none(), required=False, empty_label=_("不是委员"))
    reporter = forms.CharField(
        label=_("信息员姓名"), max_length=40, required=False,
        help_text=_("特邀信息员或其他不是委员的作者；加密保存，不刊登，可以要求抹去。"),
    )
    told = words(_("告诉反映人"), rows=2, required=False, hint=_("这条民声同时转为社情民意信息，反映人会看到这句话。"))
    field_order = ("author", "reporter", "title", "category")

    def prepare(self):
        super().prepare()
        for name in SOURCES:
            self.fields[name] = forms.ModelChoiceField(
                queryset=sources_for(self.by, name), required=False, widget=forms.HiddenInput
            )
        self._ask_whose()
        self._fill(self._named())
        self.order_fields(self.field_order)

    def _ask_whose(self):
        for_others = self.by.has(*policies.EDITORS, Role.LIAISON, Role.STUDIO_LEAD)
        if not for_others:
            del self.fields["author"], self.fields["reporter"]
            return
        today = clock.today()
        members = Member.objects.filter(term_from__lte=today).exclude(term_to__lt=today).order_by("name", "pk")
        self.fields["author"].queryset = members
        if self.by.member_id:
            self.fields["author"].initial = self.by.member_id
        elif not self.by.has(*policies.EDITORS):
            self.fields["reporter"].initial = self.by.name

    def _named(self) -> dict:
        """The sources that the address or the form names and that may be read."""
        given = self.data if self.is_bound else self.initial
        ids = {name: str(given.get(name, "")) for name in SOURCES}
        asked = {name: pk for name, pk in ids.items() if pk.isdecimal() and len(pk) < 12}
        found = {name: sources_for(self.by, name).filter(pk=pk).first() for name, pk in asked.items()}
        return {name: row for name, row in found.items() if row}

    def _fill(self, named):
        voice = named.get("voice")
        if not (voice and voice.state in Voice.SCREENABLE):
            del self.fields["told"]
        for name, row in named.items():
            self.initial[name] = row.pk
            for part, text in prefill(name, row).items():
                self.initial.setdefault(part, text)
        if named:
            del self.fields["region"]


class FromVoiceForm(BeginForm):
    """A first draft from one voice, asked on the voice's own page; pressing twice makes one brief."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, min_length=22)

    def prepare(self):
        self.initial = {**self.initial, "voice": self.record.pk}
        super().prepare()
        self.fields["key"].initial = secrets.token_urlsafe(24)
        self.fields.pop("voice")

    def _named(self):
        return {"voice": self.record}


class EditForm(SheetForm):
    """The edited text; it starts from the original."""

    def prepare(self):
        for name in ("category", "region", "may_name", "no_name_why"):
            del self.fields[name]
        super().prepare()
        for name in ("title", *PARTS):
            self.fields[name].initial = getattr(self.record, f"edited_{name}") or getattr(self.record, name)
            self.fields[name].required = True


class SignForm(VerbForm):
    """By which post."""

    post = forms.CharField(label=_("签发人职务"), max_length=40, help_text=_("只写职务，不写姓名。"))


class SendForm(VerbForm):
    """To whom, of which level, when."""

    level = forms.ChoiceField(label=_("报到哪一级"), choices=Dispatch.Level.choices, widget=forms.RadioSelect)
    recipient = forms.CharField(label=_("报给谁"), max_length=40, help_text=_("例如：区委办公室、市政协研究室。"))
    on = day(_("哪天报的"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class Dispatches(forms.ModelChoiceField):
    """A choice among the dispatches of one brief."""

    def label_from_instance(self, dispatch):
        return f"{dispatch.get_level_display()} · {dispatch.recipient}"


class AdoptForm(VerbForm):
    """Who used it, how, when, and in which of their issues."""

    dispatch = Dispatches(label=_("哪里采用的"), queryset=Dispatch.objects.none(), empty_label=_("请选择"))
    how = forms.ChoiceField(label=_("怎样采用"), choices=Dispatch.Adoption.choices, widget=forms.RadioSelect)
    on = day(_("哪天采用的"))
    employed_as = forms.CharField(label=_("对方的期号"), max_length=60, required=False)

    def prepare(self):
        waiting = Dispatch.objects.filter(brief=self.record, adopted="")
        self.fields["dispatch"].queryset = waiting
        self.fields["on"].initial = clock.today()
        if len(waiting) == 1:
            self.fields["dispatch"].initial = waiting[0].pk


class InstructForm(VerbForm):
    """Of which level, by which post, in which words."""

    level = forms.ChoiceField(label=_("哪一级的批示"), choices=Dispatch.Level.choices, widget=forms.RadioSelect)
    post = forms.CharField(label=_("批示人职务"), max_length=40, help_text=_("只写职务，不写姓名。"))
    words = words(_("批示内容"), hint=_("只在内部看，不会公开。"))
    on = day(_("哪天批示的"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class FollowForm(VerbForm):
    """Which unit did what."""

    unit = forms.CharField(label=_("哪个单位办的"), max_length=60)
    words = words(_("办得怎样"))
    on = day(_("哪天得知的"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class CloseForm(VerbForm):
    """The result, told to whoever raised the matter."""

    words = words(_("结果"), rows=2, limit=200, required=False, hint=_("一两句大白话，200 字以内。"))

    def prepare(self):
        waiting = [voice.case_no for voice in waiting_voices(self.record)]
        if waiting:
            self.fields["words"].required = True
            self.fields["words"].label = _now("告诉反映人的结果")
            self.fields["words"].help_text = _now(
                "反映人（%(cases)s）会看到这句话。一两句大白话，200 字以内。"
            ) % {"cases": "、".join(waiting)}


class IssueForm(VerbForm):
    """The next issue: which briefs, signed by which post, for whom."""

    briefs = forms.ModelMultipleChoiceField(
        label=_("编入哪几篇"), queryset=Brief.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("选一篇是单篇，选几篇是综合。按签发的先后排。"),
    )
    title = forms.CharField(label=_("这一期的题目"), max_length=80, required=False, help_text=_("单篇可以不写。"))
    on = day(_("哪天印发"))
    signer_post = forms.CharField(label=_("签发人职务"), max_length=40, help_text=_("只写职务，不写姓名。"))
    recipients = forms.CharField(label=_("报送"), max_length=200, help_text=_("几处用顿号隔开。"))
    copies = forms.CharField(label=_("抄送"), max_length=200, required=False)

    def prepare(self):
        ready = Brief.objects.filter(state__in=Brief.FINAL, printings=None)
        self.fields["briefs"].queryset = ready.order_by("signed_on", "pk")
        self.fields["on"].initial = clock.today()
        last = Issue.objects.order_by("-total").first()
        if last:
            for name in ("signer_post", "recipients", "copies"):
                self.fields[name].initial = getattr(last, name)


FORMS = {
    "rewrite": RewriteForm, "withdraw": WhyForm, "edit": EditForm, "send_back": WhyForm, "sign": SignForm,
    "send": SendForm, "send_further": SendForm, "adopt": AdoptForm, "note_adoption": AdoptForm, "keep": WhyForm,
    "instruct": InstructForm, "follow": FollowForm, "close": CloseForm, "forget_reporter": WhyForm,
}  # fmt: skip
