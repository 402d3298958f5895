"""What people write in cells: days, numbers, words for proofs and platforms. Pure text work without Django's models."""

import datetime as dt
import re
import unicodedata

from django.utils.translation import gettext as _

from ..shared.refusals import Refused, require

_DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*[日号]?(?:[\sT(].*)?")
_MONTH = re.compile(r"\d{4}\s*[-年./]\s*\d{1,2}\s*月?(?:份)?")
_NUMBER = re.compile(r"(?:约|近|大约|大概)?\s*(\d{1,6})\s*[余多来]?\s*(?:个|项|条|人次|人|名|位|件)?\s*(?:左右|余|多)?")
_ROUGH = re.compile(r"约|近|大概|左右|余|多|来")
_SIGNS = "〇一二三四五六七八九"
EARLIEST = dt.date(1949, 10, 1)
#: Excel counts days from here.
EPOCH = dt.date(1899, 12, 30)
#: Serial numbers of days that are meant: 1954 to 2119.
SERIALS = range(20_000, 80_001)


def plain(text: str) -> str:
    """Full-width signs as half-width ones, ends trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def day(written: str, today: dt.date) -> dt.date:
    """The day that was written: 2023.5.8, 2023年5月8日, 2023-05-08, 二〇二三年五月八日 or Excel's serial number.

    Raises Refused for what is no day, a month alone, a day in the future or before 1949.
    """
    text = _digits(plain(written))
    require(text, _("没有写日期。"))
    number = text.removesuffix(".0")
    if number.isascii() and number.isdecimal() and int(number[:9]) in SERIALS:
        found = EPOCH + dt.timedelta(days=int(number))
    else:
        require(not _MONTH.fullmatch(text), _("“%(words)s”只写到月份，请补上是哪一天。") % {"words": written[:20]})
        hit = _DAY.fullmatch(text)
        unclear = _("“%(words)s”看不出是哪一天，请写成 2023-05-08 的样子。") % {"words": written[:20]}
        require(hit, unclear)
        try:
            found = dt.date(int(hit[1]), int(hit[2]), int(hit[3]))
        except ValueError:
            raise Refused(_("没有“%(words)s”这一天。") % {"words": written[:20]}) from None
    require(EARLIEST <= found <= today, _("“%(words)s”在将来，或者太早。") % {"words": written[:20]})
    return found


def _digits(text: str) -> str:
    """二〇二三年五月十八日 with digits."""
    if not re.match(r"[〇零○一二三四五六七八九]{4}\s*年", text):
        return text
    text = re.sub("[零○]", "〇", text)
    text = re.sub(r"([一二三])?十([一二三四五六七八九])?", lambda m: f"{_ten(m[1], 1)}{_ten(m[2], 0)}", text)
    return "".join(str(_SIGNS.index(sign)) if sign in _SIGNS else sign for sign in text)


def _ten(sign, otherwise) -> int:
    return _SIGNS.index(sign) if sign else otherwise


def number(written: str) -> tuple[int, bool]:
    """(number, whether it is only about so many); nothing written is nought. Raises Refused for what is no number."""
    text = plain(written).replace(",", "").removesuffix(".0")
    if text in ("", "-", "—", "/", "无"):
        return 0, False
    hit = _NUMBER.fullmatch(text)
    unclear = _("“%(words)s”看不出是多少，请写数字。") % {"words": written[:20]}
    require(hit and int(hit[1]) <= 100_000, unclear)
    return int(hit[1]), bool(_ROUGH.search(text))


#: Word → value, the first that stands in what was written.
PROOFS = {
    "纪要": "minutes", "签字": "minutes", "签到": "minutes", "照片": "photo", "图片": "photo", "影像": "photo",
    "报道": "press", "新闻": "press", "媒体": "press", "说明": "statement", "口述": "statement", "回忆": "statement",
}  # fmt: skip
CARRIERS = {
    "小院": "courtyard", "院坝": "courtyard", "毗邻": "joint_room", "工作室": "studio", "沙龙": "salon",
    "议事室": "room", "议政厅": "room",
}  # fmt: skip


def meant(written: str, words: dict) -> str:
    """The value of the first word that stands in what was written; nothing where none does."""
    return next((value for word, value in words.items() if word in written), "")
