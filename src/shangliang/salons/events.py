"""What can happen to a salon; no entry holds the name of a guest."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("salons.planned", says=_("筹备%(series)s沙龙：%(theme)s"))
class SalonPlanned:
    """A salon is being prepared: series, theme, day and who hosts it."""

    series: str
    theme: str
    starts_at: str
    hosts: str


@event("salons.guests_invited", says=_("邀请来宾 %(number)s 位"))
class SalonGuestsInvited:
    """Guests were put down, each in a role; the entry holds their number alone."""

    number: int


@event("salons.announced", says=_("沙龙通知已发出，来宾 %(guests)s 位"), tone="info")
class SalonAnnounced:
    """The day and the theme were told to the guests."""

    guests: int


@event("salons.checked_in", says=_("签到：到场 %(present)s 位"))
class SalonCheckedIn:
    """Who came was ticked."""

    present: int


@event("salons.held", says=_("沙龙已举办，到场 %(present)s 位"), tone="info")
class SalonHeld:
    """The salon took place."""

    present: int


@event("salons.points_added", says=_("记下%(kind)s %(number)s 条"))
class SalonPointsAdded:
    """Points made at the salon were written down and numbered."""

    kind: str
    number: int


@event("salons.point_revised", says=_("%(label)s改了文字"))
class SalonPointRevised:
    """The words of one point were mended."""

    label: str
    text: str


@event("salons.summarised", says=_("写出小结和下一步"))
class SalonSummarised:
    """What was said and what follows was summed up."""


@event("salons.archived", says=_("沙龙归档"), tone="done")
class SalonArchived:
    """The salon's papers are complete."""


@event("salons.published", says=_("沙龙公开"), tone="done")
class SalonPublished:
    """A reviewer opened the public page of the salon."""

    theme: str


@event("salons.taken_back", says=_("沙龙撤回公开"), tone="waiting")
class SalonTakenBack:
    """The public page was closed again."""


@event("salons.guest_forgotten", says=_("抹去一位%(role)s的姓名"))
class SalonGuestForgotten:
    """The name of a private guest was erased; role and attendance stay as a number."""

    role: str


@event("salons.cancelled", says=_("沙龙取消"), tone="stopped")
class SalonCancelled:
    """The salon does not take place."""
