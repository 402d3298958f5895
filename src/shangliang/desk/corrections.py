"""Entering a correction of a published number, and those entered before."""

import re
import secrets

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ..figures import commands, history
from ..figures.commands import LARGEST, MOST
from ..figures.definitions import FIGURES
from ..figures.models import Correction
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import Role
from ..shared.forms import day, words
from ..shared.refusals import Refused
from .records import KEY


class CorrectForm(forms.Form):
    """A correction: everybody reads it, and it is never changed."""

    figure = forms.ChoiceField(label=_("哪个数字"), choices=lambda: [(each.key, each.name) for each in FIGURES])
    version = forms.IntegerField(
        label=_("定义第几版"), min_value=1, initial=1, help_text=_("打开那个数字的公开页，“定义”后面写着第几版。")
    )
    since = day(_("从哪天起不对"), hint=_("这个数字从哪天公布错的，或者新的算法从哪天算起。"))
    words = words(_("错在哪里，怎么更正"), limit=MOST, hint=_("公开给所有人看，请不要写姓名、电话。"))
    before = forms.IntegerField(label=_("原来公布的"), min_value=0, max_value=LARGEST, required=False)
    after = forms.IntegerField(label=_("更正为"), min_value=0, max_value=LARGEST, required=False)
    found_by = forms.ChoiceField(label=_("谁发现的"), choices=Correction.Finder.choices)
    key = forms.CharField(widget=forms.HiddenInput(), required=False)

    def clean_key(self):
        """A key that was not made here is replaced."""
        key = self.cleaned_data["key"]
        return key if re.fullmatch(KEY, key) else secrets.token_urlsafe(24)


@for_roles(Role.COMMITTEE_OFFICE)
@require_http_methods(["GET", "POST"])
def corrections(request):
    """The form, and below it the log."""
    named = {"key": secrets.token_urlsafe(24), "figure": request.GET.get("figure", "")}
    form, status = CorrectForm(request.POST or None, initial=named), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                commands.correct(by=request.user, committee=request.committee, **form.cleaned_data)
            except Refused as refused:
                put_refusal(form, refused)
            else:
                messages.success(request, _now("已登记，公开的更正记录里马上能看到。"))
                return redirect("desk:corrections")
    return render(request, "desk/corrections.html", {"form": form, "changes": history.changes()}, status=status)
