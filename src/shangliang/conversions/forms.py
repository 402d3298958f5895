"""Forms of the desk for conversions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..briefs.models import Brief
from ..files.forms import PicturesField
from ..files.models import Attachment
from ..proposals.models import Proposal
from ..research.models import Report
from ..shared import clock
from ..shared.forms import VerbForm, WhyForm, day, words
from .amounts import in_words
from .models import Benefit, Conversion, Measure
from .queries import files_of, readable_points


class IdentifyForm(VerbForm):
    """A new conversion. ``record`` is the committee."""

    title = forms.CharField(label=_("成果名称"), max_length=80)
    report = forms.ModelChoiceField(label=_("出自调研报告"), queryset=None, required=False, empty_label=_("不选"))
    point = forms.ModelChoiceField(label=_("出自沙龙要点"), queryset=None, required=False, empty_label=_("不选"))
    brief = forms.ModelChoiceField(label=_("出自社情民意"), queryset=None, required=False, empty_label=_("不选"))
    proposal = forms.ModelChoiceField(
        label=_("出自提案"), queryset=None, required=False, empty_label=_("不选"), help_text=_("四个出处至少选一个。")
    )

    def prepare(self):
        self.fields["report"].queryset = Report.objects.visible_to(self.by).order_by("-pk")
        self.fields["point"].queryset = (
            readable_points(self.by).select_related("salon").order_by("-salon", "kind", "number")
        )
        self.fields["point"].label_from_instance = lambda p: f"{p.salon.theme} {p.label} {p.text[:24]}"
        self.fields["brief"].queryset = Brief.objects.visible_to(self.by).order_by("-pk")
        self.fields["proposal"].queryset = Proposal.objects.visible_to(self.by).order_by("-pk")
        for name, words_of in (("report", "title"), ("point", "text"), ("brief", "title"), ("proposal", "title")):
            asked = str(self.initial.get(name, ""))[:18]
            if asked.isascii() and asked.isdecimal() and not self.initial.get("title"):
                found = self.fields[name].queryset.filter(pk=asked).values_list(words_of, flat=True).first() or ""
                self.initial["title"] = found[:80]


class StepForm(VerbForm):
    """What every step asks: the day, a word, papers."""

    on = day(_("日期"))
    words = words(_("说明"), required=False, hint=_("会公开，不写姓名、电话。"))
    files = PicturesField(required=False, papers=True, label=_("佐证文件（照片或 PDF）"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class SubmitForm(StepForm):
    """By which channel, to whom."""

    channel = forms.ChoiceField(label=_("渠道"), choices=[("", _("请选择")), *Conversion.Channel.choices])
    to = forms.CharField(label=_("提交给"), max_length=80)
    field_order = ["channel", "to", "on", "words", "files"]

    def prepare(self):
        super().prepare()
        report = self.record.report
        if report:
            self.fields["channel"].initial = Conversion.Channel.REPORT
            self.fields["to"].initial = report.delivered_to
            self.fields["on"].initial = report.delivered_on or clock.today()


class ConsiderForm(StepForm):
    """Which meeting."""

    meeting = forms.CharField(label=_("哪次会议"), max_length=80)
    minutes_no = forms.CharField(label=_("会议纪要编号"), max_length=60, required=False)
    field_order = ["meeting", "on", "minutes_no", "words", "files"]


class AdoptForm(StepForm):
    """By which body and paper. The command says why a paper is asked for, so the field itself is not required here."""

    body = forms.CharField(label=_("采纳的机关"), max_length=80)
    paper_no = forms.CharField(
        label=_("采纳文件的文号"), max_length=60, required=False, help_text=_("必须有文号才算采纳。")
    )
    field_order = ["body", "on", "paper_no", "words", "files"]


class AdoptPartForm(AdoptForm):
    """Which part as well."""

    def prepare(self):
        super().prepare()
        self.fields["words"].label = _("采纳了哪些、没有采纳哪些")
        self.fields["words"].required = True


class NotAdoptForm(StepForm):
    """Who answered, and why not."""

    body = forms.CharField(label=_("答复的机关"), max_length=80)
    field_order = ["body", "on", "words", "files"]

    def prepare(self):
        super().prepare()
        self.fields["words"].label = _("没有采纳的理由")
        self.fields["words"].required = True


class PutInForceForm(StepForm):
    """The paper in force."""

    body = forms.CharField(label=_("印发或实施的机关"), max_length=80)
    paper_no = forms.CharField(label=_("文号"), max_length=60)
    field_order = ["body", "on", "paper_no", "words", "files"]

    def prepare(self):
        super().prepare()
        taken = self.record.evidence.filter(step__in=Conversion.TAKEN).first()
        self.fields["body"].initial = taken.body if taken else ""


class RecordEffectForm(StepForm):
    """What it did."""

    body = forms.CharField(label=_("由谁核实"), max_length=80, help_text=_("写单位，不写姓名。"))
    field_order = ["words", "body", "on", "files"]

    def prepare(self):
        super().prepare()
        self.fields["words"].label = _("成效")
        self.fields["words"].required = True


class MeasureForm(VerbForm):
    """One thing that was set up or issued."""

    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("请选择")), *Measure.Kind.choices])
    title = forms.CharField(label=_("名称"), max_length=80)
    on = day(_("日期"))
    paper_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    head = forms.CharField(
        label=_("谁牵头"), max_length=80, required=False, help_text=_("写职务，如“区委书记任组长”，不写姓名。")
    )


class ClauseForm(VerbForm):
    """Which sentence became which clause."""

    sentence = forms.TypedChoiceField(label=_("报告里的哪一句"), coerce=int, choices=())
    policy = forms.CharField(label=_("政策文件"), max_length=120, help_text=_("名称，不加书名号。"))
    clause_no = forms.CharField(label=_("第几条"), max_length=30)
    clause_text = words(_("条文"), limit=1000, rows=4)
    effect = words(_("带来什么"), limit=400, required=False)

    def prepare(self):
        report = self.record.report
        version = report.versions.filter(final=True).first() if report else None
        rows = version.sentences if version else []
        self.fields["sentence"].choices = [("", _("请选择"))] + [
            (row.number, f"{row.number}. {row.text[:60]}") for row in rows
        ]
        last = self.record.clauses.order_by("-pk").first()
        self.fields["policy"].initial = last.policy if last else ""


class BenefitForm(VerbForm):
    """One figure. The command says why a source is asked for, so the field itself is not required here."""

    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("请选择")), *Benefit.Kind.choices])
    amount = forms.DecimalField(label=_("数量"), max_digits=16, decimal_places=2)
    source = forms.CharField(
        label=_("来源"), max_length=200, required=False, help_text=_("哪份文件、哪张报表、哪篇报道。没有来源不能登记。")
    )
    period_from = day(_("期间从"))
    period_to = day(_("期间到"))


class WithdrawBenefitForm(WhyForm):
    """Which figure does not hold."""

    benefit = forms.ModelChoiceField(label=_("哪一笔"), queryset=None, empty_label=_("请选择"))
    field_order = ["benefit", "why"]

    def prepare(self):
        self.fields["benefit"].queryset = self.record.benefits.filter(withdrawn_on=None)
        self.fields["benefit"].label_from_instance = lambda b: f"{in_words(b.kind, b.amount)}（{b.source[:40]}）"


class PublishForm(VerbForm):
    """The words of the public page, and the papers that may be shown with it."""

    title = forms.CharField(label=_("公开标题"), max_length=80)
    summary = words(_("一两句话说明"), hint=_("从什么建议到什么政策，带来什么。不写姓名、电话。"))
    files = forms.ModelMultipleChoiceField(
        label=_("一并公开的文件"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self):
        papers = files_of(self.record)
        self.fields["title"].initial = self.record.title
        self.fields["summary"].initial = self.record.summary
        field = self.fields["files"]
        field.queryset = Attachment.objects.filter(pk__in=[paper.pk for paper in papers if not paper.is_public])
        field.label_from_instance = lambda paper: paper.caption or f"{paper.get_role_display()} {paper.pk}"


FORMS = {
    "submit": SubmitForm, "consider": ConsiderForm, "adopt": AdoptForm, "adopt_part": AdoptPartForm,
    "not_adopt": NotAdoptForm, "put_in_force": PutInForceForm, "record_effect": RecordEffectForm,
    "add_measure": MeasureForm, "map_clause": ClauseForm, "add_benefit": BenefitForm,
    "withdraw_benefit": WithdrawBenefitForm, "publish": PublishForm, "take_back": WhyForm,
}  # fmt: skip
