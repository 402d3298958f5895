"""Forms of what a studio does: receptions, activities, the log, promises, and what is made public."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from ..consultations.models import Consultation
from ..files.forms import PicturesField
from ..files.models import Attachment
from ..people.models import Member
from ..people.register_forms import told_apart
from ..shared import clock
from ..shared.formats import day as day_words
from ..shared.forms import VerbForm, day, words
from .doings import Activity

NAMELESS = _("不写姓名、电话。")


class KeyedForm(VerbForm):
    """A form that makes one record however often its button is pressed."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def prepare(self):
        self.fields["key"].initial = secrets.token_urlsafe(24)
        if "on" in self.fields:
            self.fields["on"].initial = clock.today()


class ReceiveForm(KeyedForm):
    """Who came about what, and how it was dealt with."""

    on = day(_("哪天"))
    visitors = forms.IntegerField(label=_("来了几个人"), min_value=1, max_value=9999, initial=1)
    matter = words(_("什么事"), hint=_("照原话写，不写姓名、电话。"))
    answered_on_spot = forms.BooleanField(label=_("当场答复了"), required=False)
    outcome = words(_("怎样处理的"), required=False, hint=_("答复了什么，或者转给了谁。") + NAMELESS)
    raise_voice = forms.BooleanField(
        label=_("登记为民声，接着办"), required=False,
        help_text=_("会得到一个查询码，请抄给来的人；以后凭它查进度、作评价。"),
    )
    name = forms.CharField(label=_("反映人姓名"), max_length=40, required=False)
    phone = forms.CharField(
        label=_("反映人电话"), max_length=20, required=False,
        help_text=_("登记为民声才填，加密保存，只用来告诉本人结果。"),
    )
    photos = PicturesField(required=False, label=_("反映的照片"))


class ActivityForm(KeyedForm):
    """One activity; a consultation held here is chosen, not typed again."""

    consultation = forms.ModelChoiceField(
        label=_("在这里开过的协商"), queryset=None, required=False, empty_label=_("不是协商，下面填写"),
        help_text=_("选了协商，日期、名称和人数就不用再填。"),
    )
    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *Activity.Kind.choices], required=False)
    on = day(_("哪天"), required=False)
    title = forms.CharField(label=_("活动名称"), max_length=80, required=False)
    summary = words(_("做了什么、有什么成效"), limit=1000, rows=4, required=False, hint=NAMELESS)
    people = forms.IntegerField(label=_("参加人数"), min_value=1, max_value=9999, required=False)
    team = forms.ModelMultipleChoiceField(
        label=_("参加的工作室成员"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = forms.ModelMultipleChoiceField(
        label=_("其他委员"), queryset=None, required=False, help_text=_("按住 Ctrl 可以选几位。")
    )
    photos = PicturesField(required=False, label=_("活动照片"))

    def prepare(self):
        super().prepare()
        here = Consultation.objects.filter(venue=self.record.venue_id, state__in=Consultation.HELD)
        here = here.filter(studio_activity=None)
        self.fields["consultation"].queryset = here.select_related("topic").order_by("-starts_at")
        self.fields["consultation"].label_from_instance = lambda c: f"{day_words(c.starts_at)} {c.topic.title}"
        seats = self.record.seats.filter(until=None).select_related("member").order_by("pk")
        self.fields["team"].queryset = seats
        self.fields["team"].label_from_instance = lambda seat: f"{seat.person}（{seat.get_role_display()}）"
        guests = Member.objects.filter(term_to=None).exclude(seats__in=seats)
        self.fields["guests"].queryset = guests.order_by("name", "pk")
        self.fields["guests"].label_from_instance = told_apart


class LogForm(VerbForm):
    """One line of the work log."""

    on = day(_("哪天"))
    text = words(_("做了什么"), limit=1000, rows=4, hint=_("只在工作台看得到。"))

    def prepare(self):
        self.fields["on"].initial = clock.today()


class PromiseForm(VerbForm):
    """What is promised, and by when."""

    text = words(_("承诺什么"), limit=200, hint=_("一件具体的事。审核后公开。") + NAMELESS)
    due_on = day(_("哪天前兑现"))


class KeepPromiseForm(VerbForm):
    """Which promise was kept, and how."""

    promise = forms.ModelChoiceField(label=_("哪一项承诺"), queryset=None, empty_label=_("请选择"))
    on = day(_("哪天兑现的"))
    report = words(_("兑现情况"))

    def prepare(self):
        self.fields["promise"].queryset = self.record.promises.filter(kept_on=None).order_by("due_on", "pk")
        self.fields["on"].initial = clock.today()


class PublishActivityForm(VerbForm):
    """The public words of one activity and the pictures shown with it; the address names the activity."""

    activity = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)
    title = forms.CharField(label=_("公开的标题"), max_length=80)
    summary = words(_("公开的内容"), limit=1000, rows=5, required=False, hint=_("不写群众姓名、电话、门牌和车牌。"))
    photos = forms.ModelMultipleChoiceField(
        label=_("一并公开的照片"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("人脸、门牌、车牌看得清的不要选。"),
    )

    def prepare(self):
        rows = self.record.activities.filter(published_on=None).order_by("on", "pk")
        self.fields["activity"].queryset = rows
        wanted = str(self.data.get("activity") or self.initial.get("activity") or "")
        chosen = rows.filter(pk=wanted[:18]).first() if wanted.isdecimal() else rows.first()
        pictures = Attachment.objects.filter(
            subject="studios.activity", subject_id=chosen.pk if chosen else 0, is_public=False
        )
        self.fields["photos"].queryset = pictures.order_by("pk")
        self.fields["photos"].label_from_instance = lambda photo: f"{photo.get_role_display()} {photo.pk}"
        if chosen:
            self.initial = {"activity": chosen.pk, "title": chosen.title, "summary": chosen.summary}
            told = {"day": day_words(chosen.on), "kind": chosen.get_kind_display()}
            self.fields["title"].help_text = _("%(day)s，%(kind)s") % told


class WithdrawActivityForm(VerbForm):
    """Which public activity, and why."""

    activity = forms.ModelChoiceField(label=_("哪一项活动"), queryset=None, empty_label=_("请选择"))
    why = words(_("理由"), limit=200, hint=_("会进入记录，请不要写姓名、电话。"))

    def prepare(self):
        rows = self.record.activities.exclude(published_on=None).order_by("-on", "-pk")
        self.fields["activity"].queryset = rows
        self.fields["activity"].label_from_instance = lambda activity: f"{day_words(activity.on)} {activity.title}"


class PublishPromiseForm(VerbForm):
    """Which promise is shown to everybody."""

    promise = forms.ModelChoiceField(
        label=_("公开哪一项承诺"), queryset=None, empty_label=None, widget=forms.RadioSelect,
    )

    def prepare(self):
        self.fields["promise"].queryset = self.record.promises.filter(published_on=None).order_by("due_on", "pk")


class WithdrawPromiseForm(VerbForm):
    """Which public promise, and why."""

    promise = forms.ModelChoiceField(label=_("撤回哪一项承诺"), queryset=None, empty_label=_("请选择"))
    why = words(_("理由"), limit=200, hint=_("会进入记录，请不要写姓名、电话。"))

    def prepare(self):
        self.fields["promise"].queryset = self.record.promises.exclude(published_on=None).order_by("-due_on", "pk")


WORK = {
    "receive_visitor": ReceiveForm, "add_activity": ActivityForm, "write_log": LogForm, "promise": PromiseForm,
    "keep_promise": KeepPromiseForm, "publish_activity": PublishActivityForm,
    "withdraw_activity": WithdrawActivityForm, "publish_promise": PublishPromiseForm,
    "withdraw_promise": WithdrawPromiseForm,
}  # fmt: skip
