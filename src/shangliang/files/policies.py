"""Who may read, publish, withhold and erase a file."""

from django.utils.translation import gettext_lazy as _

from ..people.actors import CLOCK, ReceiptHolder
from ..people.roles import OFFICE, Role
from ..shared.refusals import YES, Verdict, allow, no
from ..venues.policies import may_update_venue

#: Those of the committee who work with case files and may see the pictures of any of them.
READERS = (*OFFICE, Role.REVIEWER, Role.PARTY_APPROVER, Role.MEMBER, Role.UNIT_CLERK)


def may_read(by, attachment) -> Verdict:
    """Public: anybody. Otherwise the committee's own people, a liaison or a studio's lead within their place."""
    if attachment.is_public or by.has(*READERS, committee_id=attachment.committee_id):
        return YES
    place = attachment.region_code
    local = (Role.LIAISON, Role.STUDIO_LEAD)
    return allow(place and by.has(*local, committee_id=attachment.committee_id, region=place))


def may_add_sign(by, venue) -> Verdict:
    """Whoever keeps the register of the place."""
    return may_update_venue(by, venue)


def may_publish_attachment(by, attachment) -> Verdict:
    """The reviewer or the committee's office, once."""
    if attachment.is_public:
        return no(_("这个文件已经公开了。"))
    return _may_review(by, attachment)


def may_withhold_attachment(by, attachment) -> Verdict:
    """The reviewer or the committee's office, while it is public."""
    if not attachment.is_public:
        return no(_("这个文件没有公开。"))
    return _may_review(by, attachment)


def may_erase_files(by, attachment) -> Verdict:
    """The office, the clock at the end of keeping, or whoever handed it in with a voice."""
    if by == CLOCK:
        return YES
    if isinstance(by, ReceiptHolder):
        own = attachment.subject == "voices.voice" and attachment.subject_id == by.voice_id
        return allow(own)
    # Whoever brings the past in also forgets it, with the papers that prove it.
    staff = (Role.OFFICE_STAFF,) if attachment.subject == "backfill.batch" else ()
    return allow(by.has(Role.COMMITTEE_OFFICE, *staff, committee_id=attachment.committee_id))


def _may_review(by, attachment) -> Verdict:
    return allow(
        by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=attachment.committee_id),
        _("照片和文件由公开审核员或政协办公室决定是否公开。"),
    )
