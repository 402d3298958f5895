"""Papers as pixels, so that a test can look at what the wall will show."""

import functools
import io

import pytest
from PIL import Image

from shangliang.papers import fonts, press
from shangliang.shared.refusals import Refused

try:
    fonts.case()
    HAS_FONTS = True
except Refused:
    HAS_FONTS = False

needs_fonts = pytest.mark.skipif(not HAS_FONTS, reason="no Chinese font on this machine")


@pytest.fixture
def seen(monkeypatch):
    """``seen(make, values)``: the one page that a paper fills, as a picture at 96 dots per inch."""

    def look(make, values):
        with monkeypatch.context() as patch:
            patch.setattr(press, "printed", functools.partial(press.printed, kind="png"))
            page = make(values)
        assert isinstance(page, bytes), "the paper has more than one page"
        return Image.open(io.BytesIO(page)).convert("RGB")

    return look
