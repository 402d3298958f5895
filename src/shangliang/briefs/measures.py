"""How long a brief may be, the three parts together, and what must stand in it."""

from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..rules.queries import rule
from ..shared.refusals import Refused, require

#: The three parts of the sheet, in their order.
PARTS = ("situation", "analysis", "advice")


def count(*parts) -> int:
    """Characters of a brief: every one but blanks and line breaks, as a word processor counts 字数."""
    return sum(len("".join(part.split())) for part in parts)


def check(committee_id, title, situation, analysis, advice) -> int:
    """The length of a brief with a title, a situation and an advice; Refused when it is longer than the rule allows."""
    require(title.strip(), _("请写标题。"), field="title")
    require(situation.strip(), _("请写情况。"), field="situation")
    require(advice.strip(), _("请写建议。"), field="advice")
    refuse_personal(title=title)
    most, now = rule(committee_id, "info.max_chars"), count(situation, analysis, advice)
    if now > most:
        words = _("情况、分析、建议合起来最多 %(most)s 字，现在是 %(now)s 字，多了 %(over)s 字。")
        raise Refused(words % {"most": most, "now": now, "over": now - most}, field="advice")
    return now
