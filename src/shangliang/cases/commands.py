"""Opening, joining and publishing case files."""

from django.utils.translation import gettext as _

from ..files.commands import publish_attachment, withhold_attachment
from ..files.queries import for_case
from ..journal.record import command, record
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import require
from . import events, policies
from .masking import refuse_personal
from .models import Case, CaseSerial


@command
def open_case(*, by, committee, region, venue=None):
    """Open a case file under the next number of the year; its first record's event tells of it."""
    today = clock.today()
    rows = CaseSerial.objects.select_for_update()
    serial, _made = rows.get_or_create(committee=committee, year=today.year)
    serial.last += 1
    serial.save()
    return Case.objects.create(
        committee=committee,
        no=f"{committee.code}-{today.year}-{serial.last:04d}",
        region=region,
        venue=venue,
        opened_on=today,
        updated_at=clock.now(),
    )


@command
def join(*, by, case, into, why):
    """Let a case continue under another number; the old number keeps resolving there."""
    require(case.pk != into.pk, _("不能并入自己。"))
    into = into.joined_to or into
    require(case.pk != into.pk, _("不能并入自己。"))
    Case.objects.filter(joined_to=case).update(joined_to=into)
    case.joined_to = into
    case.save(update_fields=["joined_to"])
    record(events.CaseJoined(into=into.no), about=case, by=by, why=why)


@command
def publish(*, by, case, title, summary, photos=()):
    """Open the public page with words from which personal data has been taken out, and with the chosen pictures.

    Raises Refused while the words still hold something that looks like a phone, identity or plate number.
    """
    require(policies.may_publish(by, case))
    refuse_personal(title=title, summary=summary)
    moved = move(case, "publish", title=title, summary=summary, published_on=clock.today())
    record(events.CasePublished(title=title), about=case, by=by, moved=moved)
    for photo in photos:
        if not photo.is_public:
            publish_attachment(by=by, attachment=photo)


@command
def take_back(*, by, case, why):
    """Close the public page and make its pictures private again."""
    require(policies.may_take_back(by, case))
    moved = move(case, "take_back")
    record(events.CaseTakenBack(), about=case, by=by, why=why, moved=moved)
    for photo in for_case(case.no, public_only=True):
        withhold_attachment(by=by, attachment=photo, why=why)
