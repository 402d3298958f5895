"""Hostile pictures: refused in plain words, or made harmless."""

import io

import pytest
from PIL import Image

from shangliang.files import pictures
from shangliang.shared.refusals import Refused

from . import samples


def ready(body, name="路灯.jpg", **options):
    return pictures.make_ready([samples.upload(body, name)], **options)[0]


def refusal(body, name="路灯.jpg", **options) -> str:
    with pytest.raises(Refused) as caught:
        ready(body, name, **options)
    return str(caught.value)


def test_the_place_the_maker_and_every_other_trace_are_gone_and_the_picture_stands_upright():
    made = ready(samples.phone_jpeg(orientation=6))
    for body in (made.body, made.thumbnail):
        picture = Image.open(io.BytesIO(body))
        assert not picture.getexif() and not {"exif", "xmp", "icc_profile", "comment"} & set(
            picture.info
        )
        assert samples.SECRET.encode() not in body and b"Exif" not in body
        assert picture.height > picture.width
    upright = Image.open(io.BytesIO(made.body))
    # Turned clockwise by a quarter, the red left half is on top.
    assert upright.getpixel((100, 20))[0] > 200 > upright.getpixel((100, 620))[0]
    assert (made.width, made.height) == (480, 640)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_of_the_usual_kinds_become_jpeg_of_at_most_1600_pixels(kind):
    made = ready(samples.encoded(samples.photo(2400, 1200), kind))
    whole, small = Image.open(io.BytesIO(made.body)), Image.open(io.BytesIO(made.thumbnail))
    assert (whole.format, whole.size, small.size) == ("JPEG", (1600, 800), (480, 240))
    assert whole.info["progressive"] and made.media_type == "image/jpeg"


def test_an_iphone_picture_is_taken():
    made = ready(samples.heic(), "IMG_0001.HEIC")
    assert (made.width, made.height) == (640, 480) and made.body.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGBA", "PNG"), ("P", "PNG"), ("I;16", "PNG"), ("1", "PNG"), ("CMYK", "JPEG")],
)
def test_unusual_pixels_become_plain_ones(mode, kind):
    made = ready(samples.encoded(Image.new(mode, (60, 40)), kind))
    assert Image.open(io.BytesIO(made.body)).mode == "RGB"


def test_what_is_transparent_becomes_white():
    made = ready(samples.encoded(Image.new("RGBA", (60, 40), (0, 0, 0, 0)), "PNG"))
    assert Image.open(io.BytesIO(made.body)).getpixel((5, 5)) == (255, 255, 255)


def test_a_page_hidden_behind_a_picture_does_not_survive():
    made = ready(samples.jpeg() + samples.HTML)
    assert b"<script>" not in made.body + made.thumbnail


def test_a_bomb_of_144_million_pixels_is_refused_in_words():
    body = samples.bomb()
    assert len(body) < 20_000
    assert "尺寸太大" in refusal(body)


@pytest.mark.parametrize("body", [samples.SVG, samples.HTML, samples.PDF, b"GIF89a" + b"\0" * 50])
def test_what_only_pretends_to_be_a_photo_is_refused_whatever_its_name(body):
    assert "不是照片" in refusal(body, "好看.jpg")


@pytest.mark.parametrize(
    "body",
    [samples.jpeg()[:1500], samples.heic()[:-80], samples.encoded(samples.photo(), "PNG")[:90]],
)
def test_a_picture_cut_off_on_its_way_is_told_apart_from_no_picture(body):
    assert "打不开" in refusal(body)


def test_an_empty_file_is_named():
    assert refusal(b"", "空.jpg") == "“空.jpg”是空文件，请重新选一个。"


def test_a_file_above_the_limit_is_refused_by_what_it_holds_and_not_by_what_it_claims():
    huge = samples.upload(samples.jpeg() + b"\0" * pictures.MAX_MB * 1024 * 1024)
    huge.size = 10
    with pytest.raises(Refused, match="太大了，最大 12 MB"):
        pictures.make_ready([huge])


def test_more_than_six_files_are_refused_before_any_is_decoded():
    with pytest.raises(Refused, match="您选了 7 个"):
        pictures.make_ready([samples.upload(b"not even read")] * 7)


def test_a_decoder_that_dies_means_a_broken_picture(monkeypatch, tmp_path):
    dead = tmp_path / "dead.py"
    dead.write_text("import os; os.kill(os.getpid(), 9)")
    monkeypatch.setattr(pictures, "DECODER", dead)
    assert "打不开" in refusal(samples.jpeg())


def test_a_decoder_that_never_ends_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pictures, "DECODER", slow)
    monkeypatch.setattr(pictures, "PATIENCE", 0.2)
    assert "打不开" in refusal(samples.jpeg())


def test_the_decoder_gives_up_memory_time_and_the_right_to_write(monkeypatch, tmp_path):
    greedy = tmp_path / "greedy.py"
    greedy.write_text(
        f"import sys; sys.path.insert(0, {str(pictures.DECODER.parent)!r})\n"
        "import decoder, json; decoder.take_limits()\n"
        "try:\n    bytearray(2 * 1024**3); error = 'none'\n"
        "except MemoryError: error = 'too_many_pixels'\n"
        "print(json.dumps({'error': error}))\n"
    )
    monkeypatch.setattr(pictures, "DECODER", greedy)
    assert "尺寸太大" in refusal(samples.jpeg())


def test_a_paper_is_taken_only_where_papers_are_asked_for():
    made = ready(samples.PDF, "纪要.pdf", papers=True)
    assert (made.media_type, made.body, made.thumbnail) == ("application/pdf", samples.PDF, b"")
    assert "也不是 PDF" in refusal(samples.HTML, "纪要.pdf", papers=True)


def test_the_shown_name_is_short_visible_and_no_path():
    assert pictures.shown_name("../../etc/pass\0wd") == "passwd"
    assert pictures.shown_name("C:\\照片\\灯\u202egpj.exe") == "灯gpj.exe"
    assert len(pictures.shown_name("长" * 300 + ".jpg")) == 24
    assert pictures.shown_name("\u200b") == pictures.shown_name(None) == "没有名字的文件"


def test_the_same_picture_gives_the_same_digest_and_is_not_decoded_twice():
    first, second = ready(samples.jpeg()), ready(samples.jpeg())
    assert first.sha256 == second.sha256 and len(first.sha256) == 64
    assert pictures.make_ready([first])[0] is first
