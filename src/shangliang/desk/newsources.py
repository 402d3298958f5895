"""What people keep to find again, and from where pages may be fetched."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ..newsroom import commands, policies
from ..newsroom.forms import HostForm, SubscriptionForm
from ..newsroom.models import Source, Subscription
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..shared.refusals import Refused


@for_roles(*policies.READERS)
@require_GET
def sources(request):
    """One's own subscriptions with their lists and feeds; the hosts that may be visited."""
    named = {name: request.GET.get(name, "")[:60] for name in ("category", "keyword", "place", "source")}
    return _page(request, keep=_subscription_form(request, initial=named))


def _subscription_form(request, *data, **more):
    return SubscriptionForm(*data, record=request.committee, by=request.user, **more)


def _page(request, keep=None, allow=None, status=200):
    rows = Subscription.objects.filter(account=request.user).select_related("place").order_by("pk")
    context = {
        "subscriptions": rows, "hosts": Source.objects.select_related("added_by").order_by("host"),
        "keep": keep or _subscription_form(request),
        "may_allow": policies.may_allow_host(request.user, request.committee),
        "allow": allow or HostForm(record=request.committee, by=request.user),
    }  # fmt: skip
    return render(request, "desk/news_sources.html", context, status=status)


@for_roles(*policies.READERS)
@require_POST
def change_sources(request, verb):
    """Keep or drop a subscription, allow or forbid a host; a refusal stands beside its field."""
    if verb in ("keep", "allow"):
        return _add(request, verb)
    rows = {"drop": Subscription.objects.filter(account=request.user), "forbid": Source.objects.all()}.get(verb)
    asked = request.POST.get("pk", "")
    if rows is None or not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        raise Http404
    found = get_object_or_404(rows, pk=int(asked))
    try:
        if verb == "drop":
            commands.drop_subscription(by=request.user, subscription=found)
        else:
            commands.forbid_host(by=request.user, source=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:news_sources")


def _add(request, verb):
    if verb == "keep":
        form, run = _subscription_form(request, request.POST), commands.keep_subscription
    else:
        form, run = HostForm(request.POST, record=request.committee, by=request.user), commands.allow_host
    if form.is_valid():
        try:
            run(by=request.user, committee=request.committee, **form.cleaned_data)
        except Refused as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("已记下。"))
            return redirect("desk:news_sources")
    return _page(request, **{verb: form}, status=422)
