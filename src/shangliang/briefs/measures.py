"""How long a brief may be: one sheet. Every character counts, also marks; white space at both ends of a part does not."""

from django.utils.translation import gettext as _

from ..rules.queries import rule
from ..shared.refusals import Refused

#: The three parts of the sheet, in their order.
PARTS = ("situation", "analysis", "advice")


def plain(text: str) -> str:
    """A part as it is stored and counted: a line end is one character, whatever the browser sends."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def characters(*parts: str) -> int:
    """So many characters have the parts together."""
    return sum(len(plain(part)) for part in parts)


def most(committee_id: int) -> int:
    """The limit of the committee (rule ``info.max_chars``)."""
    return rule(committee_id, "info.max_chars")


def refuse_longer(committee_id: int, **parts: str) -> None:
    """Raise Refused beside the longest part when the three together are longer than one sheet may be."""
    limit, count = most(committee_id), characters(*parts.values())
    if count > limit:
        longest = max(parts, key=lambda name: len(plain(parts[name])))
        sentence = _("三部分合起来是 %(count)s 字，上限是 %(limit)s 字，请再减 %(over)s 字。")
        words = sentence % {"count": count, "limit": limit, "over": count - limit}
        raise Refused(words, field=longest)
