"""Forms of the desk for proposals."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.models import Member
from ..salons.models import Point, Salon
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from ..topics.models import Topic
from ..voices.models import Voice
from . import policies
from .models import Proposal
from .reasons import ground_choices

_HINT = _("案由一件事一个题目，不写姓名、电话。")


def _serving():
    """The members of the present term, by name."""
    return Member.objects.filter(Q(term_to=None) | Q(term_to__gte=clock.today())).order_by("name", "pk")


def _title():
    return forms.CharField(label=_("案由"), max_length=80, help_text=_HINT)


def _kind():
    return forms.ChoiceField(
        label=_("谁提出"), choices=Proposal.Kind.choices, initial=Proposal.Kind.MEMBER, widget=forms.RadioSelect
    )


def _category():
    return forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *Proposal.Category.choices])


def _group():
    return forms.CharField(
        label=_("界别、党派或委室名称（集体提案填写）"), max_length=60, required=False
    )


def _public():
    return forms.BooleanField(label=_("办结后可以向社会公开"), required=False)


def _hidden(rows):
    return forms.ModelChoiceField(queryset=rows.none(), required=False, widget=forms.HiddenInput)


class DraftForm(VerbForm):
    """A new proposal; what its address names (a point of a salon, a topic, a voice) fills in the words."""

    title = _title()
    kind = _kind()
    group_name = _group()
    proposer = forms.ModelChoiceField(label=_("第一提案人"), queryset=None, required=False)
    signers = forms.ModelMultipleChoiceField(
        label=_("联名的委员（纸质提案上已签名的）"), queryset=None, required=False
    )
    category = _category()
    reason = words(_("情况分析"), limit=5000, rows=6, hint=_("看到了什么问题，有什么依据。"))
    advice = words(_("具体建议"), limit=5000, rows=6, hint=_("请谁做、做什么，一条一条写。没有具体建议的不能立案。"))
    session = forms.CharField(label=_("在哪次会议期间提出"), max_length=40, required=False)
    may_be_public = _public()
    point = _hidden(Point._base_manager)
    topic = _hidden(Topic._base_manager)
    voice = _hidden(Voice._base_manager)

    def prepare(self):
        own = policies.is_for_member(self.by)
        for name in ("proposer", "signers"):
            if own:
                del self.fields[name]
            else:
                self.fields[name].queryset = _serving()
        self.fields["point"].queryset = Point.objects.filter(salon__in=Salon.objects.visible_to(self.by).values("pk"))
        self.fields["topic"].queryset = Topic.objects.visible_to(self.by)
        self.fields["voice"].queryset = Voice.objects.visible_to(self.by)
        for name, value in self._words_of_source().items():
            self.initial.setdefault(name, value)

    def _words_of_source(self) -> dict:
        """Title and analysis from where the proposal comes; nothing that a person would have to type again."""
        for name, title, text in (("topic", "title", "summary"), ("point", "text", "text"), ("voice", "", "text")):
            asked = str(self.initial.get(name, ""))
            source = self.fields[name].queryset.filter(pk=asked).first() if asked.isdecimal() else None
            if source:
                return {"title": getattr(source, title)[:80] if title else "", "reason": getattr(source, text)}
        return {}


class EditForm(VerbForm):
    """The words of a draft."""

    title = _title()
    kind = _kind()
    group_name = _group()
    category = _category()
    reason = words(_("情况分析"), limit=5000, rows=6)
    advice = words(_("具体建议"), limit=5000, rows=6)
    may_be_public = _public()

    def prepare(self):
        for name, field in self.fields.items():
            field.initial = getattr(self.record, name)


class InviteForm(VerbForm):
    """Who is asked to sign, and until when."""

    members = forms.ModelMultipleChoiceField(label=_("邀请哪些委员"), queryset=None)
    until = day(_("签名截止日期"), required=False, hint=_("不填按规则的天数。"))

    def prepare(self):
        signed = self.record.signers.exclude(signed_on=None).values("member")
        field = self.fields["members"]
        field.queryset = _serving().exclude(pk__in=signed)
        field.label_from_instance = lambda member: f"{member.name}（{member.sector}）"


class FileForm(VerbForm):
    """The number of the year."""

    number = forms.IntegerField(
        label=_("编号"), min_value=1, required=False, help_text=_("不填就用本年的下一个号。")
    )


class DeclineForm(VerbForm):
    """Which of the ten grounds, and how the matter is passed on otherwise."""

    ground = forms.ChoiceField(label=_("不立案的理由"), choices=ground_choices, widget=forms.RadioSelect)
    passed_on = words(
        _("怎样另行处理"), required=False, hint=_("提案人会看到。不填就用这条理由通常的去处。")
    )


class MergeForm(VerbForm):
    """Which proposal it follows."""

    into = forms.ModelChoiceField(label=_("归并到"), queryset=None)
    why = words(_("为什么是同一件事"))

    def prepare(self):
        near = Proposal.objects.visible_to(self.by).filter(state__in=Proposal.JOINABLE, year__gte=self.record.year - 1)
        field = self.fields["into"]
        field.queryset = near.exclude(pk=self.record.pk).order_by("-year", "number", "pk")
        field.label_from_instance = lambda each: f"{each.number_words} {each.title}".strip()


class DeclineSigningForm(VerbForm):
    """A word to the first proposer, if any."""

    why = words(_("说明"), required=False)


FORMS = {
    "edit": EditForm, "invite_signers": InviteForm, "decline_signing": DeclineSigningForm, "file": FileForm,
    "decline": DeclineForm, "merge": MergeForm, "convert": WhyForm, "send_back": WhyForm, "withdraw": WhyForm,
}  # fmt: skip
