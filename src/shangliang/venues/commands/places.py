"""Places and the codes on their walls: opened, corrected, closed; issued, revoked."""

from django.utils.translation import gettext as _

from ...journal.record import as_stored, command, record
from ...shared import clock
from ...shared.refusals import require
from .. import codes, events, policies
from ..models import Venue, WallCode
from ..words import FIELDS


@command
def open_venue(
    *, by, committee, code, kind, name, region, address="", group_no="", households=None, phone="", opened_on=None
):
    """Register a place of a kind of Venue.Kind; ``code`` is the committee's own short number for it.

    Raises Refused when the number is taken or the same place stands in the register already.
    """
    require(policies.may_open_venue(by, committee, region))
    code, name = code.strip(), name.strip()
    require(code, _("请填写场所编号。"), field="code")
    require(name, _("请填写场所名称。"), field="name")
    taken = Venue.objects.filter(committee=committee, code=code).exists()
    require(not taken, _("这个编号已有场所使用。"), field="code")
    twice = Venue.objects.filter(region=region, kind=kind, name=name).exists()
    require(not twice, _("这个地方已登记过同名的场所。"), field="name")
    venue = Venue.objects.create(
        committee=committee, code=code, kind=kind, name=name, region=region, address=address, group_no=group_no.strip(),
        households=households, phone=phone, opened_on=opened_on or clock.today(),
    )
    told = events.VenueOpened(name=name, kind=kind, place=region.full_name)
    record(told, about=venue, by=by)
    return venue


@command
def update_venue(*, by, venue, address, group_no, households, phone, latitude, longitude, why):
    """Correct what is registered of a place, with the reason; latitude and longitude are WGS-84, both or neither."""
    require(policies.may_update_venue(by, venue))
    require(why.strip(), _("请写明为什么改。"), field="why")
    both = (latitude is None) == (longitude is None)
    require(both, _("纬度和经度要么都填，要么都不填。"), field="longitude" if longitude is None else "latitude")
    require(latitude is None or -90 <= latitude <= 90, _("纬度应在 -90 到 90 之间。"), field="latitude")
    require(longitude is None or -180 <= longitude <= 180, _("经度应在 -180 到 180 之间。"), field="longitude")
    require(households is None or households > 0, _("户数应是正数。"), field="households")
    given = {
        "address": address.strip(), "group_no": group_no.strip(), "households": households, "phone": phone.strip(),
        "latitude": latitude, "longitude": longitude,
    }  # fmt: skip
    changed = [name for name, value in given.items() if getattr(venue, name) != value]
    require(changed, _("和原来登记的一样，没有要改的。"))
    for name in changed:
        setattr(venue, name, given[name])
    venue.save(update_fields=changed)
    told = events.VenueUpdated(venue=venue.name, changed="、".join(as_stored(FIELDS[name]) for name in changed))
    record(told, about=venue, by=by, why=why)


@command
def close_venue(*, by, venue, on=None, why=""):
    """Stop using a place from a day on; the codes on its walls are revoked with it."""
    require(policies.may_close_venue(by, venue))
    on = on or clock.today()
    require(on >= venue.opened_on, _("停用日期早于启用日期。"), field="on")
    changed = Venue.objects.filter(pk=venue.pk, closed_on=None).update(closed_on=on)
    require(changed, _("这个场所已经停用。"))
    venue.closed_on = on
    record(events.VenueClosed(name=venue.name, on=on.isoformat()), about=venue, by=by, why=why)
    for wall_code in venue.wall_codes.filter(revoked_on=None):
        revoke_wall_code(by=by, wall_code=wall_code, why=why)


@command
def issue_wall_code(*, by, venue, expires_on=None):
    """Make a new code for a wall of an open place; ``expires_on`` is its last good day."""
    require(policies.may_issue_wall_code(by, venue))
    require(venue.closed_on is None, _("这个场所已经停用，不能再发二维码。"))
    in_time = expires_on is None or expires_on >= clock.today()
    require(in_time, _("有效期要在今天以后。"), field="expires_on")
    wall_code = WallCode.objects.create(
        committee=venue.committee, venue=venue, serial=codes.new_serial(),
        issued_on=clock.today(), expires_on=expires_on,
    )
    told = events.WallCodeIssued(venue=venue.name, serial=wall_code.serial)
    record(told, about=wall_code, by=by)
    return wall_code


@command
def revoke_wall_code(*, by, wall_code, why=""):
    """Make a code on a wall worthless, at once."""
    require(policies.may_revoke_wall_code(by, wall_code))
    good = WallCode.objects.filter(pk=wall_code.pk, revoked_on=None)
    require(good.update(revoked_on=clock.today()), _("这个二维码已经作废。"))
    wall_code.revoked_on = clock.today()
    told = events.WallCodeRevoked(venue=wall_code.venue.name, serial=wall_code.serial)
    record(told, about=wall_code, by=by, why=why)
