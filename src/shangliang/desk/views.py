"""Pages of the desk: what waits for me, the case file, taking a step, entering a voice for somebody."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..journal.models import Entry, Head
from ..journal.queries import moment, says
from ..notifications import commands as notification_commands
from ..notifications.models import Notice
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import HANDLERS, Role
from ..shared import clock, receipts
from ..shared.refusals import Refused
from ..venues.models import Venue
from ..voices import commands as voice_commands
from ..voices.forms import ProxyForm
from ..voices.models import Voice
from . import slips
from .file import case_file, seen_before_publishing, visible_case, words_of_topic
from .kinds import BY_NAME, desk_path
from .show import case_context
from .verbs import MODELS, VERBS, offered
from .waiting import waiting_for

#: Who may type a matter in for somebody.
ENTERING = (*HANDLERS, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD)
#: Steps that show a sealed telephone once, instead of changing something.
REVEALING = frozenset({"reveal_contact", "reveal_steward"})


@login_required
@require_GET
def inbox(request):
    """One list: what waits for a step of mine."""
    today = clock.today()
    things = waiting_for(request.user, today)
    may_enter = request.user.has(*ENTERING)
    kinds = {name: kind.title for name, kind in BY_NAME.items()}
    context = {"things": things, "today": today, "may_enter": may_enter, "kinds": kinds}
    return render(request, "desk/inbox.html", context)


@login_required
@require_GET
def case(request, no):
    """The whole thread of a case with the buttons of this person."""
    found = visible_case(request.user, no)
    if found.joined_to_id:
        return redirect("desk:case", no=found.joined_to.no)
    return render(request, "desk/case.html", case_context(case_file(request.user, found)))


@login_required
@require_http_methods(["GET", "POST"])
def act(request, kind, pk, verb):
    """Take one step: GET shows its form, POST takes it or says in words why not, with the input kept."""
    if verb not in VERBS.get(kind, {}):
        raise Http404
    step, record = VERBS[kind][verb], _record(request.user, kind, pk)
    form = _form(step, request, record)
    status = 200
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _require_unmoved(request, kind, record, step)
            result = step.run(by=request.user, record=record, **(form.cleaned_data if form else {}))
        except (Refused, IntegrityError) as refusal:
            status = 409
            form = refused(request, form, refusal)
        else:
            return _after(request, step, record, form, result)
    elif request.method == "POST":
        status = 422
    context = {"step": step, "record": record, "form": form, "back": desk_path(record), "kind": kind}
    context["of"] = _("案卷 %(no)s") % {"no": record.case_no} if kind not in BY_NAME else BY_NAME[kind].title
    context["seen"] = seen_before_publishing(record) if (kind, verb) == ("case", "publish") else None
    return render(request, "desk/act.html", context, status=status)


def _record(account, kind, pk):
    """The record if the account may read its case, else 404."""
    rows = MODELS[kind].objects
    if kind in BY_NAME:
        rows = rows.visible_to(account).select_related("committee", *BY_NAME[kind].related)
        return get_object_or_404(rows, pk=pk)
    if kind == "case":
        found = get_object_or_404(rows.select_related("region", "committee"), pk=pk)
        visible_case(account, found.no)
        return found
    related = ["case", "committee", *_RELATED[kind]]
    return get_object_or_404(rows.visible_to(account).select_related(*related), pk=pk)


_RELATED = {
    "voice": ["region", "venue", "deadline"],
    "topic": ["region", "deadline"],
    "consultation": ["topic__region", "venue__region", "deadline"],
    "agreement": ["consultation__venue__region", "consultation__topic", "unit"],
    "task": ["agreement", "proposal", "unit", "deadline", "step_deadline", "contact_deadline"],
}


def _form(step, request, record):
    if step.form is None:
        return None
    posted, named = ((request.POST, request.FILES), {}) if request.method == "POST" else ((), request.GET.dict())
    form = step.form(*posted, record=record, by=request.user, initial=named)
    if (step.kind, step.name) == ("case", "publish") and not record.title:
        for name, words in words_of_topic(record).items():
            form.fields[name].initial = words
    return form


def _require_unmoved(request, kind, record, step):
    """A button pressed on a page that is no longer true is answered with what happened meanwhile."""
    seen = request.POST.get("seen", str(record.state))
    if seen != str(record.state) or not offered(kind, step.name, record):
        raise Refused(
            _("这一件刚才已有变化，现在是“%(state)s”。请看最新情况后再决定。")
            % {"state": record.get_state_display()}
        )


def refused(request, form, refusal):
    """The refusal beside its field, or above the form; a unique key that was hit means somebody was faster."""
    if isinstance(refusal, IntegrityError):
        refusal = Refused(_("刚才已有人处理过这一件，请看最新情况后再决定。"))
    if form is None:
        messages.error(request, str(refusal))
    else:
        put_refusal(form, refusal)
    return form


def _after(request, step, record, form, result):
    answer = BY_NAME[step.kind].answers.get(step.name) if step.kind in BY_NAME else None
    shown = answer(request, record, form, result) if answer else None
    if shown:
        return shown
    if step.name in REVEALING:
        name, phone, *other = result
        of = getattr(record, "case_no", "") or str(record)
        context = {"name": name, "phone": phone, "other": other, "of": of, "back": desk_path(record)}
        return render(request, "desk/contact.html", context)
    messages.success(request, _("已办：%(step)s") % {"step": step.label})
    made = result if step.leads_on else record
    return redirect(desk_path(made))


@for_roles(*ENTERING)
@require_http_methods(["GET", "POST"])
def enter_voice(request):
    """Type a matter in for somebody: a field of the record, never a log-in in their name."""
    if request.method == "GET":
        form = ProxyForm(initial={"key": secrets.token_urlsafe(24), **_from_place(request)}, by=request.user)
        return render(request, "desk/enter_voice.html", {"form": form})
    form = ProxyForm(request.POST, request.FILES, by=request.user)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            voice, _code = voice_commands.receive(
                by=request.user, committee=request.committee, on_behalf=True, **fields
            )
        except (Refused, IntegrityError) as refusal:
            refused(request, form, refusal)
        else:
            return slips.to_slip(voice, fields["key"])
    return render(request, "desk/enter_voice.html", {"form": form}, status=422)


def _from_place(request) -> dict:
    """The place that the address names, where it is within one's own area, so that nobody chooses it again."""
    asked = request.GET.get("venue", "")
    rows = Venue.objects.visible_to(request.user).filter(closed_on=None)
    venue = rows.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    return {"venue": venue.pk, "region": venue.region_id} if venue else {}


@for_roles(*ENTERING)
@require_GET
def slip(request):
    """The receipt of a matter just typed in, to be printed or read aloud to the person; for a quarter of an hour."""
    try:
        pk, key = slips.opened(request)
    except (BadSignature, ValueError):
        return redirect("desk:inbox")
    voice = get_object_or_404(Voice.objects.select_related("case", "region", "venue", "reception"), pk=pk)
    code = receipts.make(settings.RECEIPT_KEY, key)
    context = {"voice": voice, "groups": receipts.groups(code), "address": settings.PUBLIC_ADDRESS}
    return render(request, "desk/slip.html", context)


@for_roles(*HANDLERS)
@require_GET
def notices(request):
    """Who still has to be told what by telephone."""
    visible = Voice.objects.visible_to(request.user).values("pk")
    rows = Notice.objects.filter(by_phone=True, told_at=None, voice__in=visible)
    rows = rows.select_related("voice__case", "voice__region").order_by("made_at")[:100]
    return render(request, "desk/notices.html", {"notices": rows})


@for_roles(*HANDLERS)
@require_POST
def told(request, pk):
    """Enter that the person was told."""
    rows = Notice.objects.select_related("voice__case", "voice__region")
    notice = get_object_or_404(rows, pk=pk, told_at=None)
    try:
        notification_commands.tell(by=request.user, notice=notice)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已记下：反映人已被告知。"))
    return redirect("desk:notices")


@for_roles(Role.AUDITOR)
@require_GET
def journal(request):
    """The latest entries of the journal for the auditor, without personal values."""
    before = request.GET.get("before", "")
    rows = Entry.objects.filter(committee=request.committee)
    if before.isdecimal():
        rows = rows.filter(seq__lt=int(before[:18]))
    entries = list(rows.order_by("-seq")[:100])
    lines = [(entry, moment(entry.at), says(entry, {})) for entry in entries]
    context = {"lines": lines, "head": Head.objects.filter(pk=1).first()}
    return render(request, "desk/journal.html", context)

