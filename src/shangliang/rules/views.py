"""Desk pages for the keepers: the rule set 示例规则 and the notices of the working-day calendar."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..shared.refusals import Refused
from . import commands, policies, queries
from .forms import NoticeForm, RuleForm
from .models import Rule


@for_roles(*policies.KEEPERS)
@require_GET
def rules(request):
    """The rule set and the known years."""
    context = {
        "rules": queries.rules_for_page(request.committee.pk), "years": queries.calendar_years()
    }
    return render(request, "rules/rules.html", context)


@for_roles(*policies.KEEPERS)
@require_http_methods(["GET", "POST"])
def rule(request, pk):
    """Change one number."""
    row = get_object_or_404(Rule, pk=pk)
    form = RuleForm(request.POST or None, initial={"value": row.value.normalize()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_rule(by=request.user, rule=row, **form.cleaned_data)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, _("已改。正在走的期限不受影响，新的期限按新数值算。"))
            return redirect("rules:rules")
    context = {"rule": row, "form": form}
    return render(request, "rules/rule.html", context, status=422 if form.errors else 200)


@for_roles(*policies.KEEPERS)
@require_http_methods(["GET", "POST"])
def notice(request):
    """Enter a year's holiday notice; the running clocks are dated anew."""
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = commands.enter_notice(by=request.user, **form.cleaned_data)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, _("通知已录入，%(n)s 个期限重新计算。") % {"n": moved})
            return redirect("rules:rules")
    return render(request, "rules/notice.html", {"form": form}, status=422 if form.errors else 200)
