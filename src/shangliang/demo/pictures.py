"""Drawn pictures that stand in for photographs, each marked 演示图: no real place and no real person is shown."""

import io
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

from ..files.pictures import Ready, make_ready
from . import scenes

SIZE = scenes.SIZE
#: 演示图 as strokes on a grid of 20: no machine needs a Chinese font for the mark.
MARK = (
    ("2,3 4,5", "1,8 3,10", "1,17 4,12", "12,1 12,3", "7,6 7,4 18,4 17,6", "8,7 17,7", "8,10 17,10 17,16 8,16 8,10",
     "12.5,7 12.5,16", "8,13 17,13", "10,17 7,19", "15,17 18,19"),
    ("4,3 16,3", "2,8 18,8", "10,8 10,18 8,17", "6,11 3,16", "14,11 17,16"),
    ("2,2 18,2 18,18 2,18 2,2", "8,4 5,8", "7,6 14,6 11,9.5 5,13", "7,7 10,9.5 16,12.5", "9,12 12,13.5", "7,15 12,17"),
)  # fmt: skip


@cache
def photo(scene: str, *, after: bool) -> Ready:
    """A picture of one of :data:`scenes.SCENES` before or after the work, as the files app would keep it."""
    canvas = Image.new("RGB", SIZE)
    scenes.SCENES[scene](canvas, after)
    canvas = _mark(canvas.filter(ImageFilter.GaussianBlur(0.6)))
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=88)
    name = f"{scene}-{'after' if after else 'before'}.jpg"
    return make_ready([SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")])[0]


def _mark(canvas):
    """The three characters in the lower right corner, light on a dark plate."""
    width, height = canvas.size
    unit, left, top = 1.5, width - 152, height - 62
    plate = Image.new("RGBA", canvas.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(plate)
    draw.rounded_rectangle((left - 16, top - 10, width - 16, height - 18), 10, fill=(10, 16, 28, 150))
    for n, strokes in enumerate(MARK):
        for stroke in strokes:
            points = [tuple(float(v) * unit for v in point.split(",")) for point in stroke.split()]
            shifted = [(left + n * 40 + x, top + y) for x, y in points]
            draw.line(shifted, fill=(255, 255, 255, 220), width=3, joint="curve")
    return Image.alpha_composite(canvas.convert("RGBA"), plate).convert("RGB")
