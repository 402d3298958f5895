"""Finding the letters: which Chinese fonts this machine has, and which characters they can draw."""

import functools
import os
from dataclasses import dataclass

import typst
from django.utils.translation import gettext as _
from PIL import ImageFont

from ..shared.refusals import Refused

SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Source Han Sans CN")
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Source Han Serif CN")
#: A font that draws these is a font for simplified Chinese.
SPECIMEN = "事议协办"
#: Characters every such font has: looking at each of them would only cost time.
COMMON = frozenset(map(chr, (*range(0x20, 0x7F), *range(0x4E00, 0x9FA6), *range(0xFF01, 0xFF5F))))


@dataclass(frozen=True)
class Case:
    """The letters a paper is set in; the name is the old printers' word for their drawer of type."""

    fonts: typst.Fonts
    sans: str
    serif: str
    file: str
    index: int

    def draws(self, char: str) -> bool:
        """Whether the paper can show this character."""
        return char in COMMON or _draws(self.file, self.index, char)


@functools.cache
def found(folder: str) -> Case | None:
    """The letters of this machine and of one more folder, or None when no font knows Chinese."""
    # The fonts inside typst are Latin only: a paper set in two kinds of figures is not calm.
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=[folder] if folder else [])
    by_family = {}
    for font in fonts.fonts():
        if font.path and 300 <= font.weight <= 500:
            by_family.setdefault(font.family, font)
    sans = _first(by_family, SANS) or _any_chinese(by_family)
    if sans is None:
        return None
    serif = _first(by_family, SERIF) or sans
    return Case(fonts, sans.family, serif.family, sans.path, sans.index)


def case() -> Case:
    """The letters to print with; SHANGLIANG_FONTS may name a folder of fonts beside the system's.

    Raises Refused when there are none, because a paper of empty boxes is worse than no paper.
    """
    letters = found(os.environ.get("SHANGLIANG_FONTS", ""))
    if letters is None:
        raise Refused(
            _(
                "这台服务器上没有中文字体，暂时不能打印。"
                "请管理员安装 fonts-noto-cjk，或用 SHANGLIANG_FONTS 指明字体文件夹。"
            )
        )
    return letters


def _first(by_family, names):
    return next((by_family[name] for name in names if name in by_family), None)


def _any_chinese(by_family):
    for _family, font in sorted(by_family.items()):
        if all(_draws(font.path, font.index, char) for char in SPECIMEN):
            return font
    return None


@functools.lru_cache(maxsize=8)
def _face(file: str, index: int):
    return ImageFont.truetype(file, 24, index=index, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=4096)
def _draws(file: str, index: int, char: str) -> bool:
    """Whether the font has a picture of its own for the character, unlike that of a non-character."""
    try:
        face = _face(file, index)
        drawn, missing = face.getmask(char), face.getmask("\U0010ffff")
    except OSError:  # a file that is no usable font
        return False
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))
