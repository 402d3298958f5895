"""Small pictures (SVG) for other pages: how a case stands, what comes next at a place; they load nothing."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..cases.masking import mask
from ..shared.formats import day
from .cases import published
from .places import known, next_sitting

#: The most letters of a name; a badge is one line.
LONGEST = 24


def picture(request, name: str, words: str):
    """A badge with a name on the left and what there is to say on the right; kept for ten minutes by caches."""
    short = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    context = {"name": short, "words": words, "wide": [_width(short), _width(words)]}
    answer = render(request, "portal/badge.svg", context, content_type="image/svg+xml")
    answer["Cache-Control"], answer["Access-Control-Allow-Origin"] = "public, max-age=600", "*"
    return answer


def _width(text) -> int:
    """Pixels that a text of 13 takes at most, with a margin of ten on both sides."""
    return 20 + sum(14 if ord(letter) > 0x2E7F else 8 for letter in text)


@published(".svg")
def of_case(request, page):
    """A published case and how far it has come."""
    return picture(request, mask(page.case.title), page.case.get_stage_display())


@require_safe
def of_place(request, code):
    """A place and the day of its next sitting."""
    venue = known(request, code)
    sitting = next_sitting(venue)
    words = _("下一次协商 %(day)s") % {"day": day(sitting.starts_at)} if sitting else _("还没有排下一次协商")
    return picture(request, venue.name, _("已停用") if venue.closed_on else words)
