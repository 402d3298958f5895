"""The legal quorum of village decisions: 村民委员会组织法 (2018) arts 21, 22, 26, 28; notice by Chongqing's rule.

The shares and days are the committee's rules village.*, whose bounds keep them at or above the law.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..rules.ratios import at_least, more_than


@dataclass(frozen=True)
class Body:
    """A deciding body: its name, the rule of the share that must be present, and the rule of its days of notice."""

    title: object
    share: str
    exceeds: bool
    notice: str


BODIES = {
    "assembly_adults": Body(
        gettext_lazy("村民会议（十八周岁以上村民）"), "village.meeting.adults", True, "village.meeting.notice"
    ),
    "assembly_households": Body(
        gettext_lazy("村民会议（户代表）"), "village.meeting.households", False, "village.meeting.notice"
    ),
    "delegates": Body(
        gettext_lazy("村民代表会议（经村民会议授权）"), "village.delegates.present", False, "village.delegates.notice"
    ),
    "group_adults": Body(gettext_lazy("村民小组会议（十八周岁以上村民）"), "village.group.present", False, ""),
    "group_households": Body(gettext_lazy("村民小组会议（户代表）"), "village.group.present", False, ""),
}


def fault(
    body: str, entitled: int, present: int, in_favour: int, noticed: dt.date, held: dt.date, *, rules: dict
) -> str:
    """Why these figures are not a valid meeting by the rules, as a sentence; empty when the meeting is valid.

    Counts are persons or households. The law asks more than half of the adults, or two thirds of the households or
    delegates, to be present.
    """
    known = BODIES[body]
    if not 0 < present <= entitled or not 0 <= in_favour <= present:
        return _("人数对不上：应到、实到、同意三个数要依次不增。")
    reaches = more_than if known.exceeds else at_least
    if not reaches(present, entitled, rules[known.share]):
        return _("到会 %(present)d / 应到 %(entitled)d，达不到法定人数（%(body)s）。") % {
            "present": present, "entitled": entitled, "body": known.title,
        }
    if held < noticed:
        return _("开会日期不能早于通知日期。")
    days = rules[known.notice] if known.notice else 0
    if (held - noticed).days < days:
        return _("会议应提前 %(days)d 天通知。") % {"days": days}
    return ""


def passes(present: int, in_favour: int, *, rules: dict) -> bool:
    """More than half of those present were in favour (arts 22, 26 and 28), or what the rule asks beyond it."""
    return more_than(in_favour, present, rules["village.pass"])
