"""Studios run by several committees together."""

from django.utils.translation import gettext as _

from ...journal import once
from ...journal.record import command
from ...shared.refusals import require
from .. import events, policies
from ..models import JointStudio, Partnership
from ..saying import begin, speak


@command
def set_up(*, by, committee, partnership, studio, key=""):
    """Offer one of our open studios to be run together with the other sides."""
    require(policies.may_begin(by, committee))
    require(partnership.state == Partnership.State.ACTIVE, _("这项合作还没有各方签署，或已结束。"), field="partnership")
    asked = [partnership.joint, studio.pk]
    if made := once.made(key, asked, JointStudio):
        return made
    known = JointStudio.objects.filter(studio=studio).exclude(state=JointStudio.State.CLOSED)
    require(not known.exists(), _("这个工作室已经在共建。"), field="studio")
    made = begin(
        events.JointStudioSetUp, by=by, committee=committee, partnership=partnership.joint, title=studio.name,
        place=studio.venue.full_name,
    )
    made.studio = studio
    made.save(update_fields=["studio"])
    if key:
        once.remember(key, asked, made)
    return made


@command
def join(*, by, jointstudio):
    """Join a studio that another side offers."""
    require(policies.may_join(by, jointstudio))
    speak(jointstudio, events.JointStudioJoined, by=by)


@command
def tell_seat(*, by, jointstudio, member, consented=False):
    """Tell the other sides that a member of ours sits there: level and sector, and the name if the member agreed.

    Providing a name to another handler needs the person's separate consent (个人信息保护法 art. 23).
    """
    require(policies.may_tell_seat(by, jointstudio))
    mine = jointstudio.seats.filter(side=jointstudio.ours)
    numbers = list(mine.values_list("number", flat=True))
    jointstudio.consenting = frozenset({"name"}) if consented else frozenset()
    speak(
        jointstudio, events.JointSeatTold, by=by, number=max(numbers, default=0) + 1, level=str(member.level),
        sector=member.sector, name=member.name if consented else "",
    )


@command
def take_back_seat(*, by, jointstudio, seat):
    """Take a member's name back everywhere, because the consent was withdrawn; the seat itself stays counted."""
    require(policies.may_take_back_seat(by, jointstudio))
    require(seat.side == jointstudio.ours and seat.name, _("请选择我方已告知姓名的一席。"), field="seat")
    speak(jointstudio, events.JointSeatTakenBack, by=by, number=seat.number)


@command
def close(*, by, jointstudio, why):
    """End running it together."""
    require(policies.may_close(by, jointstudio))
    require(why.strip(), _("请写理由。"), field="why")
    speak(jointstudio, events.JointStudioClosed, by=by, reason=why.strip())
