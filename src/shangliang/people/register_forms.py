"""Forms of the register: bodies, members, leaders, the three links, and the sheet that brings in many at once."""

from django import forms
from django.core.validators import FileExtensionValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..regions.models import Region
from ..shared import clock
from ..shared.forms import day, words
from .models import ContactLink, Leader, Member, Station, Unit

#: Larger lists of people or bodies are no list of one county.
MOST_BYTES = 5 * 1024 * 1024


class RecordChoice(forms.ModelChoiceField):
    """A choice of records, each told apart from others of its name."""

    def label_from_instance(self, record):
        return told_apart(record)


def told_apart(record) -> str:
    """A record in words that tell it from others of the same name."""
    if isinstance(record, Member):
        return _("%(name)s（%(sector)s，第%(term)s届）") % {
            "name": record.name, "sector": record.sector, "term": record.term
        }
    return getattr(record, "full_name", None) or str(record)


class RegisterForm(forms.Form):
    """A form about one committee's register."""

    use_required_attribute = True

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.committee = committee
        self.prepare()

    def prepare(self):
        """Set choices that depend on the committee."""

    def places(self):
        """The towns and villages of the committee's county that exist today."""
        inside = Region.objects.within(self.committee.region.code).current(clock.today())
        return inside.exclude(pk=self.committee.region_id)


class OfficeForm(RegisterForm):
    """An office of the committee's organ."""

    name = forms.CharField(label=_("委室名称"), max_length=60)


class StationForm(RegisterForm):
    """A grassroots station."""

    name = forms.CharField(label=_("所站名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=Station.Kind.choices)
    region = forms.ModelChoiceField(label=_("所在镇街或村"), queryset=None, empty_label=_("请选择"))

    def prepare(self):
        self.fields["region"].queryset = self.places()


class UnitForm(RegisterForm):
    """A body that takes on tasks."""

    name = forms.CharField(label=_("单位名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=Unit.Kind.choices)
    region = forms.ModelChoiceField(
        label=_("所在镇街或村"), queryset=None, required=False, empty_label=_("全区县"),
        help_text=_("镇街、村（社区）要选；区级部门不用选。"),
    )

    def prepare(self):
        self.fields["region"].queryset = self.places()

    def clean(self):
        cleaned = super().clean()
        local = cleaned.get("kind") in (Unit.Kind.TOWN, Unit.Kind.VILLAGE)
        if local and cleaned.get("region") is None and "region" not in self.errors:
            self.add_error("region", _("镇街、村（社区）要写明在哪里。"))
        return cleaned


class MemberForm(RegisterForm):
    """A member with sector and term."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    sector = forms.CharField(label=_("界别"), max_length=40, help_text=_("如：农业界、医药卫生界。"))
    term = forms.IntegerField(label=_("届次"), min_value=1, max_value=99, help_text=_("只写数字，如 15。"))
    term_from = day(_("起始日期"))
    term_to = day(_("结束日期"), required=False, hint=_("还没有换届就不填。"))

    def prepare(self):
        """Whoever is registered next is most likely of the same term."""
        last = None if self.is_bound else Member.objects.order_by("-pk").first()
        if last:
            self.fields["term"].initial, self.fields["term_from"].initial = last.term, last.term_from


class LeaderForm(RegisterForm):
    """A member in a post of the leadership."""

    member = RecordChoice(label=_("委员"), queryset=None, empty_label=_("请选择"))
    post = forms.CharField(label=_("职务"), max_length=40, help_text=_("如：主席、副主席、秘书长。"))
    since = day(_("任职日期"))

    def prepare(self):
        self.fields["member"].queryset = choices_of(Member)
        self.fields["since"].initial = clock.today()


class LinkForm(RegisterForm):
    """One link of a kind: who serves, whom or what, since when."""

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)

    def prepare(self):
        for name in ContactLink.ENDS[self.kind]:
            self.fields[name] = end_choice(name)
        self.fields["since"] = day(_("从哪一天起"))
        self.fields["since"].initial = clock.today()


class EndLinkForm(forms.Form):
    """The end of a link, with or without somebody who takes it over."""

    on = day(_("联系到哪一天为止"))
    successor = forms.CharField(required=False)
    why = words(_("原因"), rows=2, limit=200, required=False, hint=_("会进入记录，请不要写姓名、电话。"))

    def __init__(self, *args, link, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()
        serving = ContactLink.ENDS[link.kind][0]
        taking = end_choice(serving, required=False)
        taking.label, taking.empty_label = _("交接给"), _("没有人接，到此为止")
        taking.help_text = _("选了，就从第二天起由他接着联系，中间不断。")
        taking.queryset = taking.queryset.exclude(pk=getattr(link, f"{serving}_id"))
        self.fields["successor"] = taking


class SheetForm(forms.Form):
    """A sheet of units or members."""

    file = forms.FileField(
        label=_("表格文件"), help_text=_("Excel（.xlsx）或 CSV，最多 5 MB、1000 行。"),
        validators=[FileExtensionValidator(["xlsx", "csv"], _("只收 .xlsx 或 .csv 文件，请另存后再选。"))],
        error_messages={"required": _("请先选一个表格文件。"), "empty": _("这个文件是空的。")},
        widget=forms.FileInput(attrs={
            "accept": ".xlsx,.csv", "data-max-files": 1, "data-max-mb": 5, "data-icon": "upload",
            "data-words": _("选择表格文件"), "data-too-big": _("这个文件太大，请分成几个："),
        }),
    )  # fmt: skip

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 5 MB，请分成几个再导入。"))
        return file


class MemberSheetForm(SheetForm):
    """A sheet of members, with what its rows leave out."""

    term = forms.IntegerField(
        label=_("表里没写届次的，都算第几届"), min_value=1, max_value=99, required=False,
        help_text=_("只写数字，如 15。"),
    )
    term_from = day(_("表里没写起始日期的，都算哪一天"), required=False)


END_WORDS = {
    "leader": _("班子成员"), "office": _("委室"), "station": _("所站"), "member": _("委员"), "venue": _("小院"),
}  # fmt: skip


def end_choice(name, required=True) -> RecordChoice:
    """The choice of one end of a link; the link's own field knows the records, venues among them."""
    records = choices_of(ContactLink._meta.get_field(name).related_model)
    return RecordChoice(label=END_WORDS[name], queryset=records, required=required, empty_label=_("请选择"))


def choices_of(model):
    """The records that can be linked today, in the order in which people look for them; of venues the courtyards."""
    today = clock.today()
    if model is Member:
        return Member.objects.filter(Q(term_to=None) | Q(term_to__gte=today)).order_by("name", "pk")
    if model is Leader:
        rows = Leader.objects.filter(Q(until=None) | Q(until__gte=today))
        return rows.select_related("member").order_by("pk")
    if hasattr(model, "closed_on"):
        yards = model.objects.filter(closed_on=None, kind="courtyard")
        return yards.select_related("region").order_by("region__code", "name")
    return model.objects.order_by("name")
