"""The legal quorum of village decisions: 村民委员会组织法 (2018) arts 21, 22, 26, 28; notice by Chongqing's rule."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Body:
    """A deciding body: its name, the share of those entitled that must be present, and the days of notice."""

    title: object
    share: Fraction
    more_than: bool
    notice_days: int


BODIES = {
    "assembly_adults": Body(gettext_lazy("村民会议（十八周岁以上村民）"), Fraction(1, 2), True, 10),
    "assembly_households": Body(gettext_lazy("村民会议（户代表）"), Fraction(2, 3), False, 10),
    "delegates": Body(gettext_lazy("村民代表会议（经村民会议授权）"), Fraction(2, 3), False, 3),
    "group_adults": Body(gettext_lazy("村民小组会议（十八周岁以上村民）"), Fraction(2, 3), False, 0),
    "group_households": Body(gettext_lazy("村民小组会议（户代表）"), Fraction(2, 3), False, 0),
}


def fault(body: str, entitled: int, present: int, in_favour: int, noticed: dt.date, held: dt.date) -> str:
    """Why these figures are not a valid meeting, as a sentence; empty when the meeting is valid.

    Counts are persons or households. The law asks more than half of the adults, or two thirds of the households or
    delegates, to be present.
    """
    rule = BODIES[body]
    if not 0 < present <= entitled or not 0 <= in_favour <= present:
        return _("人数对不上：应到、实到、同意三个数要依次不增。")
    reached = Fraction(present, entitled)
    if not (reached > rule.share if rule.more_than else reached >= rule.share):
        return _("到会 %(present)d / 应到 %(entitled)d，达不到法定人数（%(body)s）。") % {
            "present": present, "entitled": entitled, "body": rule.title,
        }
    if (held - noticed).days < rule.notice_days:
        return _("会议应提前 %(days)d 天通知。") % {"days": rule.notice_days}
    return ""


def passes(present: int, in_favour: int) -> bool:
    """More than half of those present were in favour (arts 22 and 28)."""
    return 2 * in_favour > present
