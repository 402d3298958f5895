"""The desk's page of one place: its card, its sign, who stands behind it and who looks after it, its codes."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from ..files import commands as file_commands
from ..files import policies as file_policies
from ..files.forms import PicturesField
from ..files.queries import signs_of
from ..journal.queries import timeline_of
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.queries import chain
from ..people.roles import HANDLERS
from ..shared import clock
from ..shared.forms import VerbForm, words
from ..shared.refusals import Refused, allow
from ..venues import commands, policies, queries
from ..venues.forms import WallCodeForm
from ..venues.models import Venue
from ..visits.models import Visit
from .kind import Kind, Listing

OPEN, ANY = frozenset({"open"}), frozenset({"open", "closed"})


class SignForm(VerbForm):
    """Photographs of the sign."""

    uploads = PicturesField(label=_("门牌照片"), help_text=_("请只拍门牌，不要拍到人脸和车牌。"))


class PublishSignForm(VerbForm):
    """Which photograph of the sign is opened to everybody."""

    public = False
    sign = forms.TypedChoiceField(label=_("哪一张"), coerce=int, widget=forms.RadioSelect)

    def prepare(self):
        found = [sign for sign in signs_of(self.record) if sign.is_public == self.public]
        words_of = _("%(day)s 的照片")
        self.fields["sign"].choices = [(sign.pk, words_of % {"day": f"{sign.added_at:%Y-%m-%d}"}) for sign in found]
        self.fields["sign"].initial = found[0].pk if found else None

    def clean_sign(self):
        return next(sign for sign in signs_of(self.record) if sign.pk == self.cleaned_data["sign"])


class WithholdSignForm(PublishSignForm):
    """Which photograph of the sign is made private again, and why."""

    public = True
    why = words(_("为什么收回"), rows=2, limit=200, hint=_("会进入记录，请不要写姓名、电话。"))


def _add_sign(*, by, record, uploads):
    return file_commands.add_sign(by=by, venue=record, uploads=uploads)


def _publish_sign(*, by, record, sign):
    return file_commands.publish_attachment(by=by, attachment=sign)


def _withhold_sign(*, by, record, sign, why):
    return file_commands.withhold_attachment(by=by, attachment=sign, why=why)


def _may_publish_sign(by, venue):
    found = [sign for sign in signs_of(venue) if not sign.is_public]
    return file_policies.may_publish_attachment(by, found[0]) if found else allow(False, _("没有还未公开的门牌照片。"))


def _may_withhold_sign(by, venue):
    found = signs_of(venue, public_only=True)
    return file_policies.may_withhold_attachment(by, found[0]) if found else allow(False, _("没有公开的门牌照片。"))


def _yard(venue) -> bool:
    return venue.kind == Venue.Kind.COURTYARD


def _looked_after(venue) -> bool:
    return _yard(venue) and any(steward.until is None for steward in venue.stewards.all())


KIND = Kind(
    name="venue", plural="venues", icon="pin",
    listing=Listing(Venue, _("协商场所"), "code", "region", ("name", "code"), ("region",), "opened_on", late=False),
    columns=[], template="desk/place.html", page=lambda account, venue: {}, related=("region",),
    offered={
        "update_venue": lambda venue: venue.closed_on is None,
        "appoint_steward": lambda venue: _yard(venue) and venue.closed_on is None,
        "update_steward": _looked_after, "end_steward": _looked_after,
        "reveal_steward": lambda venue: any(steward.phone for steward in venue.stewards.all()),
        "erase_steward": lambda venue: any(steward.erased_on is None for steward in venue.stewards.all()),
    },
    grave=frozenset({"end_steward", "erase_steward", "withhold_sign"}),
    more=(
        ("add_sign", _("上传门牌照片"), SignForm, _add_sign, file_policies.may_add_sign, OPEN),
        ("publish_sign", _("公开门牌照片"), PublishSignForm, _publish_sign, _may_publish_sign, ANY),
        ("withhold_sign", _("收回门牌照片"), WithholdSignForm, _withhold_sign, _may_withhold_sign, ANY),
    ),
)  # fmt: skip


@for_roles(*policies.READERS)
@require_GET
def venue(request, pk):
    """One place with everything that is known of it."""
    return _one(request, _venue(request, pk))


@for_roles(*HANDLERS)
@require_POST
def issue_wall_code(request, pk):
    """Make a code for the wall."""
    found, form = _venue(request, pk), WallCodeForm(request.POST)
    if form.is_valid():
        try:
            wall_code = commands.issue_wall_code(by=request.user, venue=found, **form.cleaned_data)
            return redirect("venues:poster", pk=wall_code.pk)
        except Refused as refused:
            put_refusal(form, refused)
    return _one(request, found, form, status=422)


def _venue(request, pk):
    rows = Venue.objects.visible_to(request.user).select_related("region", "committee").prefetch_related("stewards")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _one(request, venue, code_form=None, status=200):
    # verbs.py builds its table from the kinds, this one among them: it is read when the page is asked for.
    from .show import sign
    from .verbs import verbs_for

    today = clock.today()
    known = list(venue.stewards.all())
    serving = [one for one in known if one.erased_on is None and (one.until is None or one.until >= today)]
    context = {
        "venue": venue, "kind": KIND, "today": today, "verbs": verbs_for(request.user, "venue", venue),
        "chain": chain(venue, today), "stewards": sorted(serving, key=lambda one: (one.post, one.since)),
        "signs": signs_of(venue), "visits": _visits(venue), "wall_codes": queries.wall_codes_of(venue),
        "may_keep": bool(policies.may_issue_wall_code(request.user, venue)),
        "code_form": code_form or WallCodeForm(),
        "timeline": [sign(line) for line in timeline_of(venue, *known)],
    }  # fmt: skip
    return render(request, "desk/place.html", context, status=status)


def _visits(venue):
    """The days of the latest visits."""
    return list(Visit.objects.made().filter(venue=venue).order_by("-on").values_list("on", flat=True)[:5])
