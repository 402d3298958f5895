"""Other offices' forms at the desk: keep a blank once, see what each placeholder becomes, fill it every quarter."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..figures.definitions import FIGURES
from ..journal.queries import timeline_of
from ..ledgers import commands
from ..ledgers.catalogue import seen_by
from ..ledgers.filling import preview
from ..ledgers.models import Blank
from ..ledgers.opening import MOST, lost_in, opened
from ..ledgers.words import ALL_TIME, SAID, Vocabulary, words_of
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import HANDLERS
from ..shared import clock
from ..shared.refusals import Refused
from .ledger_pages import sent
from .periods import PeriodForm, usual
from .show import sign


class FileForm(forms.Form):
    """The blank sheet."""

    file = forms.FileField(
        label=_("空白表（xlsx）"),
        help_text=_("在要填的格子里先写好占位词。不收带宏、带密码、连着别的文件的表。"),
        widget=forms.FileInput(attrs={
            "accept": ".xlsx", "data-words": _("选一个 xlsx 表格"), "data-icon": "paper", "data-max-files": "1",
            "data-max-mb": str(MOST >> 20), "data-too-big": _("这个文件太大，请换一个："),
        }),
        error_messages={"required": _("请选一个 xlsx 表格。"), "empty": _("这个文件是空的。")},
    )  # fmt: skip


class KeepForm(FileForm):
    """A new form: what it is called, who asks for it, when it is due, and the sheet."""

    title = forms.CharField(label=_("报表名称"), max_length=80)
    office = forms.CharField(label=_("报给哪个单位"), max_length=60)
    due = forms.CharField(label=_("什么时候报"), max_length=60, required=False, help_text=_("如：每季度末月 25 日前"))
    field_order = ("title", "office", "due", "file")


@for_roles(*HANDLERS)
@require_http_methods(["GET", "POST"])
def blanks(request):
    """The forms that are kept, and how one more is."""
    form = KeepForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.keep(by=request.user, committee=request.committee, **form.cleaned_data)
        except Refused as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _now("已存下。看看每个占位词会填成什么，再填报。"))
            return redirect("desk:blank", pk=made.pk)
    context = {"form": form, "blanks": Blank.objects.filter(state=Blank.State.IN_USE).defer("body")}
    return render(request, "desk/blanks.html", context, status=422 if form.errors else 200)


@for_roles(*HANDLERS)
@require_GET
def words(request):
    """Every word that may stand between braces, to be copied."""
    rows = [
        (f"台账{ledger.number}", ledger.name, [word for word, _sheet, _column in words_of(ledger)])
        for ledger in seen_by(request.user)
    ]
    context = {"figures": FIGURES, "ledgers": rows, "all_time": ALL_TIME, "said": SAID}
    return render(request, "desk/blank_words.html", context)


@for_roles(*HANDLERS)
@require_GET
def blank(request, pk):
    """One form: what each placeholder becomes for the period in the address (the last quarter where there is none)."""
    found = get_object_or_404(Blank.objects.select_related("kept_by"), pk=pk)
    return _one(request, found, _period(request.GET))


@for_roles(*HANDLERS)
@require_POST
def fill(request, pk):
    """The filled form as a file; a list that has no room is refused in words, with the period kept."""
    found = get_object_or_404(Blank.objects.all(), pk=pk)
    form = _period(request.POST)
    if not form.is_valid():
        return _one(request, found, form)
    try:
        made = commands.fill(by=request.user, blank=found, **form.cleaned_data)
    except Refused as refusal:
        put_refusal(form, refusal)
        return _one(request, found, form)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    return sent(made.body, f"{found.title}-{since}-{until}", f"form{found.pk}")


@for_roles(*HANDLERS)
@require_POST
def replace(request, pk):
    """A newer blank in the place of the old one."""
    found = get_object_or_404(Blank.objects.all(), pk=pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            commands.replace(by=request.user, blank=found, **form.cleaned_data)
        except Refused as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _now("空白表已换新。"))
            return redirect("desk:blank", pk=pk)
    return _one(request, found, _period({}), form)


@for_roles(*HANDLERS)
@require_POST
def retire(request, pk):
    """The form is no longer asked for."""
    found = get_object_or_404(Blank.objects.all(), pk=pk)
    try:
        commands.retire(by=request.user, blank=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:blank", pk=pk)
    messages.success(request, _now("已收起，不再填报。"))
    return HttpResponseRedirect("/desk/forms/")


def _period(data) -> PeriodForm:
    """The period asked for; both days are needed, and the last quarter stands in where none is named."""
    _words, since, until = usual(clock.today())[1]
    named = "since" in data or "until" in data
    form = PeriodForm(data if named else {"since": since, "until": until})
    for field in form.fields.values():
        field.required = True
    return form


def _one(request, found, form, file_form=None):
    ready = form.is_valid()
    shown = []
    if ready and found.state == Blank.State.IN_USE:
        told = form.cleaned_data
        shown = preview(opened(bytes(found.body)), Vocabulary(request.user, told["since"], told["until"]))
    faulty = not ready or (file_form is not None and file_form.errors)
    context = {
        "blank": found, "form": form, "file_form": file_form or FileForm(), "shown": shown,
        "usual": usual(clock.today()),
        "unknown": [row for row in shown if not row.known], "lost": lost_in(bytes(found.body)),
        "timeline": [sign(line) for line in timeline_of(found)],
    }  # fmt: skip
    return render(request, "desk/blank.html", context, status=422 if faulty else 200)
