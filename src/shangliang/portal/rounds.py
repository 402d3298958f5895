"""Rounds of opinion on a phone: one card at a time, one's own answers, and the result; no log-in, no name."""

import secrets
from functools import cached_property

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..opinions import commands, queries
from ..opinions.exchange import as_json
from ..opinions.models import Participant, Round, Slip, Vote
from ..opinions.picture import picture
from ..opinions.standing import place
from ..people.actors import ANYONE
from ..people.tenancy import within
from ..regions.models import Region
from ..regions.queries import choices_within
from ..shared import receipts
from ..shared.refusals import Refused
from . import limits
from .forms import HomeForm, SayForm, SlipForm

#: Per address in the window: a whole hall may sit behind one.
VOTES, JOINS, SAID = 20_000, 600, 120
#: The cookie names the participant of this round alone, signed; half a year.
COOKIE, COOKIE_AGE = "round", 183 * 24 * 3600


class Visit:
    """A request to a round: the round, who asks (None before their first answer), and what is read of it when it is
    needed: a whole hall votes at once, and every query counts."""

    def __init__(self, round, participant):
        self.round: Round = round
        self.participant: Participant | None = participant

    @cached_property
    def answers(self) -> dict:
        """{statement: value} of who asks, the last answer last."""
        return queries.answers_of(self.participant) if self.participant else {}

    @property
    def without_slip(self) -> bool:
        """Whether somebody answered on this phone who has shown no slip yet."""
        return bool(self.participant and not self.participant.verified and self.answers)

    @cached_property
    def shown(self) -> list:
        """The statements on show."""
        return queries.shown(self.round)

    @property
    def enough(self) -> int:
        """Answers after which the result is shown: ten, or as many as staff wrote statements, so that who was let in
        is not shut out when another statement is admitted."""
        return min(queries.ENOUGH, max(sum(each.author_id is None for each in self.shown), 1))

    @property
    def sees_result(self) -> bool:
        """Everybody once it is published; before that who has answered enough, or all there is."""
        if self.round.is_public:
            return True
        if self.participant is None or self.round.state not in ("open", "closed"):
            return False
        return len(self.answers) >= self.enough


def _with_round(view):
    """Give the view the visit; a round that is not begun gets the answer of one that does not exist."""

    @never_cache
    def run(request, serial, **more):
        rows = Round.everywhere.select_related("committee__region", "case", "topic", "region")
        round = rows.filter(serial=serial).exclude(state=Round.State.DRAFT).first()
        if round is None:
            raise Http404
        request.committee = round.committee
        with within(round.committee):
            return view(request, Visit(round, _held(request, round)), **more)

    return run


def _held(request, round) -> Participant | None:
    told = request.get_signed_cookie(COOKIE, "", salt=f"round-{round.pk}", max_age=COOKIE_AGE)
    found = Participant.everywhere.filter(round=round, pk=int(told)).first() if told.isdecimal() else None
    if found:
        found.round = round  # known already; not to be read once more
    return found


def _keep(response, participant):
    round = participant.round
    response.set_signed_cookie(
        COOKIE, str(participant.pk), salt=f"round-{round.pk}", max_age=COOKIE_AGE, path=round.get_absolute_url(),
        httponly=True, samesite="Lax", secure=settings.SECURE,
    )  # fmt: skip
    return response


def _posted(view):
    """What is only sent to; who comes by a link (a switch of language beside a refusal) finds the round's page."""

    def run(request, serial):
        return view(request, serial) if request.method == "POST" else redirect("portal:round", serial)

    return run


@require_safe
@_with_round
def round_page(request, visit):
    """The next card, or where the round stands."""
    return _page(request, visit)


def _page(request, visit, status=200, refused="", form=None, asked=None):
    """``asked``: the statement that was answered, shown again where the answer could not be taken."""
    round, running = visit.round, _is_running(visit.round)
    card, last = None, None
    if running and (visit.participant or round.door != Round.Door.INVITED):
        card = asked if asked in visit.shown else None
        card = card or queries.next_card(round, visit.shown, visit.participant, visit.answers)
        last = _last(visit)
    needs_home = round.door == Round.Door.RESIDENTS and visit.participant is None
    context = {
        "visit": visit, "round": round, "running": running, "card": card, "last": last, "refused": refused,
        "shown": len(visit.shown), "done": len(visit.answers),
        "code_form": (form or SlipForm(before=visit.without_slip)) if running else None,
        "home": HomeForm(request.POST or None, groups=choices_within(round.region.code)) if needs_home else None,
        "key": secrets.token_urlsafe(24), "enough": visit.enough,
    }  # fmt: skip
    return render(request, "portal/round.html", context, status=status)


def _is_running(round) -> bool:
    try:
        queries.require_running(round)
    except Refused:
        return False
    return True


def _last(visit) -> tuple | None:
    """(statement, value) of what was answered last, to be changed at once; None where it is not shown any more."""
    last = next(reversed(visit.answers), None)
    statement = next((each for each in visit.shown if each.pk == last), None)
    return (statement, visit.answers[last]) if statement else None


@_posted
@_with_round
def vote(request, visit):
    """One answer; the first one makes the participant."""
    if limits.spent(request, "round-vote", VOTES):
        return _page(request, visit, 429, _("现在表态的人太多，请过几分钟再试。您已经表的态都在。"))
    limits.count(request, "round-vote")
    statement = visit.round.statements.filter(pk=_number(request.POST.get("statement"))).first()
    try:
        if statement is None or request.POST.get("value") not in ("1", "0", "-1"):
            raise Refused(_("请选赞成、反对或者说不好。"))
        participant = visit.participant or _join(request, visit.round)
        _answered(participant, statement, int(request.POST["value"]))
    except Refused as refusal:
        return _page(request, visit, 409, str(refusal), asked=statement)
    to = "portal:round"
    if request.POST.get("back") == "mine":
        to = "portal:round_mine"
        messages.success(request, _("改好了，以这一次为准。"))
    return _keep(redirect(to, visit.round.serial), participant)


def _answered(participant, statement, value):
    wish = {"by": ANYONE, "round": participant.round, "participant": participant, "statement": statement}
    try:
        commands.vote(**wish, value=value)
    except IntegrityError:  # the same press arrived twice
        commands.vote(**wish, value=value)


def _number(told) -> int:
    return int(told) if told and told.isdecimal() and len(told) < 16 else 0


def _join(request, round, slip=None, own=None) -> Participant:
    if limits.spent(request, "round-join", JOINS):
        raise Refused(_("现在参加的人太多，请过几分钟再试。"))
    key = request.POST.get("key", "")
    if not 20 <= len(key) <= 64:
        raise Refused(_("这一页不完整，请再打开一次。"))
    home = Region.objects.filter(pk=_number(request.POST.get("home"))).first()
    limits.count(request, "round-join")
    source = queries.key_of(f"{round.pk}:address:{limits.address_of(request)}")
    return commands.join(
        by=ANYONE, round=round, key=queries.key_of(f"{round.pk}:{key}"), home=home, source=source, slip=slip, own=own
    )


@_posted
@_with_round
def begin(request, visit):
    """Come in with the code of a slip; what is misspelt, unknown or made up gets one answer."""
    form = SlipForm(request.POST, before=visit.without_slip)
    if limits.spent(request, "code", limits.WRONG_CODES):
        return _page(request, visit, 429, _("试得太多了，请过十分钟再试。"), form)
    if not form.is_valid():
        return _page(request, visit, 422, "", form)
    code = receipts.clean(form.cleaned_data["code"])
    print_ = receipts.fingerprint(settings.RECEIPT_KEY, code) if code else ""
    slip = Slip.objects.filter(round=visit.round, fingerprint=print_).first() if code else None
    if slip is None:
        limits.count(request, "code")
        return _page(request, visit, 404, _("没有认出这个码。请对照征询单再看一遍：一共 26 位数字。"), form)
    own = visit.participant if form.cleaned_data.get("whose") == "mine" else None
    try:
        return _keep(redirect("portal:round", visit.round.serial), _join(request, visit.round, slip, own))
    except Refused as refusal:
        return _page(request, visit, 409, str(refusal), form)


@require_http_methods(["GET", "HEAD", "POST"])
@_with_round
def say(request, visit):
    """One's own statement; alike ones are offered instead."""
    if visit.participant is None:
        return redirect("portal:round", visit.round.serial)
    form, alike = SayForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            if limits.spent(request, "round-say", SAID):
                raise Refused(_("现在写的人太多，请过几分钟再试。"))
            limits.count(request, "round-say")
            commands.say(
                by=ANYONE, round=visit.round, participant=visit.participant, text=form.cleaned_data["text"],
                sure="sure" in request.POST,
            )  # fmt: skip
        except Refused as refusal:
            alike = getattr(refusal, "statements", [])  # an offer, not a mistake of who wrote
            if not alike:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("收到了。工作人员看过就给大家表态，这一页看得到结果。"))
            return redirect("portal:round_mine", visit.round.serial)
    context = {"visit": visit, "round": visit.round, "form": form, "alike": alike}
    return render(request, "portal/round_say.html", context, status=422 if form.errors or alike else 200)


@require_safe
@_with_round
def mine(request, visit):
    """All one has answered, each to be changed, and what became of one's own statements."""
    votes = []
    own = []
    if visit.participant:
        votes = Vote.objects.filter(participant=visit.participant).select_related("statement").order_by("-at", "-pk")
        own = visit.round.statements.filter(author=visit.participant).order_by("-number")
    context = {"visit": visit, "round": visit.round, "running": _is_running(visit.round), "votes": votes, "own": own}
    return render(request, "portal/round_mine.html", context)


@require_safe
@_with_round
def result(request, visit):
    """The result: what all accept first, then the groups, then every statement; one's own place only for oneself."""
    if not visit.sees_result:
        context = {"visit": visit, "round": visit.round, "enough": visit.enough}
        return render(request, "portal/round_wait.html", context)
    found = picture(visit.round)
    own = place(found.drawing, visit.answers) if visit.participant else None
    return render(request, "portal/round_map.html", {"visit": visit, "round": visit.round, "p": found, "own": own})


@require_safe
def how(request):
    """What the map can and cannot tell, in words for a villager and in words for a statistician."""
    return render(request, "portal/round_how.html")


@_posted
@_with_round
def leave(request, visit):
    """Let the next person use this phone; the answers stay counted."""
    response = redirect("portal:round", visit.round.serial)
    response.delete_cookie(COOKIE, path=visit.round.get_absolute_url())
    return response


@require_safe
@_with_round
def result_json(request, visit):
    """The published result for programs: counts, groups, and what every group accepts; nobody's votes."""
    if not visit.round.is_public:
        raise Http404
    return JsonResponse(as_json(picture(visit.round)), json_dumps_params={"ensure_ascii": False})
