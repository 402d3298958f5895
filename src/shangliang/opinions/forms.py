"""Forms of the desk for rounds of opinion."""

from django import forms
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from ..shared.forms import VerbForm, WhyForm, day, words
from ..shared.refusals import Refused
from ..topics.models import Topic
from . import policies
from .exchange import read
from .models import Round, Statement
from .picture import picture

#: The largest file that is brought in, in bytes.
LARGEST = 20 * 1024 * 1024


class TopicField(forms.ModelChoiceField):
    """A topic that may be put to people by this account."""

    def __init__(self):
        super().__init__(label=_("哪个议题"), queryset=None, empty_label=_("请选择"))

    def offer(self, by):
        """Only topics in the pool or beyond it, of one's own place."""
        rows = Topic.objects.visible_to(by).filter(state__in=policies.ASKABLE).select_related("region")
        mine = [topic.pk for topic in rows if policies.may_begin(by, topic)]
        self.queryset = rows.filter(pk__in=mine).order_by("-proposed_on", "-pk")
        self.label_from_instance = lambda topic: f"{topic.title}（{topic.region.name}）"


class BeginForm(VerbForm):
    """A new round. ``record`` is the committee."""

    topic = TopicField()
    question = forms.CharField(
        label=_("征询什么"), max_length=80, help_text=_("一句问话，如“院坝路灯怎么装、谁来管？”。会公开。")
    )
    reason = words(
        _("为什么问"), required=False, hint=_("两三句：情况怎么样，大家的看法用来做什么。会公开，不写姓名、电话。")
    )
    door = forms.ChoiceField(label=_("谁可以表态"), choices=Round.Door.choices, widget=forms.RadioSelect)
    ends_on = day(_("截止日期"))

    def prepare(self):
        self.fields["topic"].offer(self.by)
        self.fields["door"].initial = Round.Door.CODE


class BringInForm(VerbForm):
    """A round held elsewhere, from its two files. ``record`` is the committee."""

    topic = TopicField()
    question = forms.CharField(label=_("当时征询的是什么"), max_length=80)
    votes = forms.FileField(
        label=_("表态文件 votes.csv"), help_text=_("列：timestamp、datetime、comment-id、voter-id、vote。"),
        widget=forms.FileInput(attrs={"accept": ".csv", "data-icon": "dossier", "data-words": _("选文件")}),
    )  # fmt: skip
    comments = forms.FileField(
        label=_("观点文件 comments.csv"), help_text=_("列：comment-id、comment-body、moderated。"),
        widget=forms.FileInput(attrs={"accept": ".csv", "data-icon": "dossier", "data-words": _("选文件")}),
    )  # fmt: skip

    def prepare(self):
        self.fields["topic"].offer(self.by)

    def clean(self):
        told = super().clean()
        if {"votes", "comments"} <= set(told):
            for name in ("votes", "comments"):
                if told[name].size > LARGEST:
                    self.add_error(name, _("文件太大，最多 20 MB。更大的请用命令行分析。"))
                    return told
            told["brought"] = self._read(told.pop("votes").read(), told.pop("comments").read())
        return told

    def _read(self, votes, comments):
        try:
            return read(votes, comments)
        except Refused as refusal:
            self.add_error(refusal.field, str(refusal))
            return None


class StatementsForm(VerbForm):
    """Several statements at once."""

    texts = words(
        _("观点"), limit=6000, rows=8,
        hint=_("每行一条，一条只说一件事，用大家平时说的话，别人能答“赞成”或“反对”。如：路灯电费由村集体出。"),
    )  # fmt: skip

    def clean_texts(self) -> list:
        """The lines."""
        return [line for line in self.cleaned_data["texts"].splitlines() if line.strip()]


class ChosenForm(VerbForm):
    """One statement in some state."""

    state = Statement.State.WAITING
    statement = forms.ModelChoiceField(label=_("哪一条"), queryset=None, empty_label=_("请选择"))

    def prepare(self):
        self.fields["statement"].queryset = self.record.statements.filter(state=self.state)
        self.fields["statement"].label_from_instance = lambda each: f"{each.number}　{each.text}"


class AdmitForm(ChosenForm):
    """What a participant wrote, to be shown."""

    def prepare(self):
        super().prepare()
        self.fields["statement"].help_text = _("先看三样：没有指到哪一家哪个人，与议题有关，一条只说一件事。")


class TurnDownForm(ChosenForm):
    """What a participant wrote, not to be shown, and why."""

    ground = forms.ChoiceField(label=_("理由"), choices=[("", _("请选择")), *Statement.Ground.choices])
    note = words(_("对写的人说一句"), limit=200, rows=2, required=False, hint=_("本人在自己的页上看得到。"))


class WithdrawForm(TurnDownForm):
    """A statement on show, to be shown no longer, and why."""

    state = Statement.State.SHOWN


class SlipsForm(VerbForm):
    """How many slips."""

    number = forms.IntegerField(
        label=_("印几张"), min_value=1, max_value=500,
        help_text=_("一张给一个人：扫码自己点，或在纸上打勾交回来代录。"),
    )  # fmt: skip


class SheetForm(VerbForm):
    """One paper sheet: its number, and a tick for each statement."""

    slip = forms.IntegerField(label=_("单子上的号"), min_value=1)

    CHOICES = [("1", _("赞成")), ("-1", _("反对")), ("0", _("说不好")), ("", _("没勾"))]

    def prepare(self):
        left = self.record.slips.filter(participant=None).aggregate(first=Min("printed_at"), last=Max("printed_at"))
        for each in self.record.statements.filter(state=Statement.State.SHOWN):
            self.fields[f"s{each.pk}"] = forms.ChoiceField(
                label=f"{each.number}　{each.text}{_missing(each, **left)}", choices=self.CHOICES, required=False,
                initial="", widget=forms.RadioSelect(attrs={"data-row": "1"}),
            )  # fmt: skip

    def clean(self):
        told = super().clean()
        answers = {int(name[1:]): int(told.pop(name)) for name in list(told) if name != "slip" and told[name]}
        return {"slip": told.get("slip"), "answers": answers}


def _missing(statement, first, last) -> str:
    """A word at a statement that came after slips were printed, which have no line for it."""
    if not (first and statement.shown_at) or statement.shown_at <= first:
        return ""
    return _("（印单以后加的，纸上没有）") if statement.shown_at > last else _("（早印的单子上没有）")


class ExtendForm(VerbForm):
    """A later last day."""

    ends_on = day(_("新的截止日期"))


class CloseForm(VerbForm):
    """Nothing to fill in: a second thought before the votes are sealed."""


class PublishForm(VerbForm):
    """The result in words; it begins with what the map says."""

    summary = words(
        _("用几句话说明结果"), limit=600, rows=5,
        hint=_("大家都接受什么，还有什么没有说到一起，接下来怎么办。会公开，不写姓名、电话。"),
    )  # fmt: skip

    def prepare(self):
        found = picture(self.record)
        parts = []
        for words_, told in ((_("各组都认的："), found.consensus), (_("还没说到一起的："), found.disputes)):
            if told:
                said = [each.statement.text.rstrip("。") for each in told if each.agree or told is found.disputes]
                parts.append(f"{words_}{'；'.join(said)}。")
        self.fields["summary"].initial = "\n".join(parts)


FORMS = {
    "add_statements": StatementsForm, "admit": AdmitForm, "turn_down": TurnDownForm, "withdraw_statement": WithdrawForm,
    "print_slips": SlipsForm, "enter_sheet": SheetForm, "extend": ExtendForm, "close": CloseForm,
    "publish": PublishForm, "take_back": WhyForm, "cancel": WhyForm,
}  # fmt: skip
