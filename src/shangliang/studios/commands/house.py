"""The studio itself: registering it at a place, opening, closing and correcting it, the picture of its sign."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...files.commands import attach
from ...files.models import Attachment
from ...journal import once
from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from ...venues.commands import open_venue
from ...venues.models import Venue
from .. import events, policies
from ..models import Studio
from .standards import seed_checklists

#: How the numbers of places begin that are made together with their studio.
PREFIX = "GZ"


@command
def establish(
    *, by, committee, name, kind, purpose="", office=None, venue=None, region=None, address="", phone="", photos=(),
    key="",
):  # fmt: skip
    """Register a studio at a place of kind STUDIO, or make the place at once from the same name and a region.

    One studio stands at one place. A committee older than the lists of standards gets them now. The same ``key``
    again returns the same studio. Raises Refused for a place of another kind, one that is closed or taken, and for
    words that hold what looks like personal data.
    """
    require(policies.may_establish(by, committee))
    body = [name.strip(), str(kind), venue and venue.pk, region and region.code]
    made = once.made(key, body, Studio)
    if made:
        return made
    name = name.strip() or (venue.name if venue else "")
    _check_words(name, purpose)
    require(kind in Studio.Kind.values, _("请选择类别。"), field="kind")
    if venue is None:
        require(region, _("请选择已有的场所，或填写在哪个镇街、村。"), field="region")
        venue = open_venue(
            by=by, committee=committee, code=_next_code(committee), kind=Venue.Kind.STUDIO, name=name, region=region,
            address=address.strip(), phone=phone.strip(),
        )
    _check_place(venue, committee)
    seed_checklists(by=by, committee=committee)
    studio = Studio.objects.create(
        committee=committee, venue=venue, name=name, kind=kind, purpose=purpose.strip(), office=office
    )
    attach(by=by, about=studio, role=Attachment.Role.SIGN, uploads=photos)
    if key:
        once.remember(key, body, studio)
    told = events.StudioEstablished(name=name, kind=str(kind), place=venue.region.full_name, venue=venue.pk)
    record(told, about=studio, by=by)
    return studio


def _check_words(name, purpose):
    require(name, _("请填写工作室名称。"), field="name")
    require(len(name) <= 60, _("名称请写在 60 字以内。"), field="name")
    require(len(purpose.strip()) <= 400, _("定位请写在 400 字以内。"), field="purpose")
    refuse_personal(name=name, purpose=purpose)


def _check_place(venue, committee):
    require(venue.committee_id == committee.pk, _("这个场所不属于本政协。"), field="venue")
    require(venue.kind == Venue.Kind.STUDIO, _("请选择类别为委员工作室的场所。"), field="venue")
    require(venue.closed_on is None, _("这个场所已经停用。"), field="venue")
    require(not Studio.objects.filter(venue=venue).exists(), _("这个场所已经登记了工作室。"), field="venue")


def _next_code(committee) -> str:
    """The next free number of the committee's studios; the unique constraint is the judge when two ask at once."""
    used = set(Venue.objects.filter(committee=committee, code__startswith=PREFIX).values_list("code", flat=True))
    number = len(used) + 1
    while f"{PREFIX}{number:03}" in used:
        number += 1
    return f"{PREFIX}{number:03}"


@command
def open(*, by, studio, on=None):
    """Open the door, from a day not in the future; a studio without a lead is not opened."""
    require(policies.may_open(by, studio))
    on = on or clock.today()
    require(on <= clock.today(), _("启用日期不能在将来。"), field="on")
    require(on >= studio.venue.opened_on, _("启用日期早于场所启用的日期。"), field="on")
    require(studio.lead, _("请先登记领衔委员，再启用。"))
    require(studio.venue.closed_on is None, _("场所已经停用，不能启用工作室。"))
    moved = move(studio, "open", opened_on=on)
    record(events.StudioOpened(on=on.isoformat()), about=studio, by=by, moved=moved)


@command
def close(*, by, studio, why):
    """End the studio today; everybody who sits there leaves with it, and its pages say so."""
    require(policies.may_close(by, studio))
    require(why.strip(), _("请写明为什么撤销。"), field="why")
    moved = move(studio, "close", closed_on=clock.today())
    seats = studio.seats.filter(until=None).update(until=clock.today())
    studio.forget_seats()
    record(events.StudioClosed(seats=seats), about=studio, by=by, why=why, moved=moved)


@command
def reopen(*, by, studio, why):
    """Open a closed studio again; who sits there has to be entered anew."""
    require(policies.may_reopen(by, studio))
    require(why.strip(), _("请写明为什么恢复。"), field="why")
    require(studio.venue.closed_on is None, _("场所已经停用，请另行登记工作室。"))
    opened_on = studio.opened_on or clock.today()
    moved = move(studio, "reopen", closed_on=None, opened_on=opened_on)
    record(events.StudioReopened(), about=studio, by=by, why=why, moved=moved)


@command
def revise(*, by, studio, name, kind, purpose="", office=None):
    """Correct what the sign says and who serves the studio; the office answers for it, because it is public."""
    require(policies.may_revise(by, studio))
    name = name.strip()
    _check_words(name, purpose)
    require(kind in Studio.Kind.values, _("请选择类别。"), field="kind")
    moved = move(studio, "revise", name=name, kind=kind, purpose=purpose.strip(), office=office)
    record(events.StudioRevised(name=name), about=studio, by=by, moved=moved)


@command
def hang_sign(*, by, studio, photos):
    """Add pictures of the sign at the door; they are public only after the reviewer has seen them."""
    require(policies.may_hang_sign(by, studio))
    require(photos, _("请选一张门牌照片。"), field="photos")
    moved = move(studio, "hang_sign")
    kept = attach(by=by, about=studio, role=Attachment.Role.SIGN, uploads=photos)
    record(events.SignHung(photos=len(kept)), about=studio, by=by, moved=moved)
