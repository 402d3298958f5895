"""The papers: one page, equal bytes for equal values, and deaf to whatever citizens write."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import segno

from shangliang.papers import fonts, press, receipt_slip, result_card, wall_poster
from shangliang.shared.refusals import Refused

from . import examples
from .conftest import needs_fonts

pytestmark = needs_fonts
A4 = (794, 1123)


def is_white(page, box) -> bool:
    return page.crop(box).getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (result_card, examples.card(before=examples.photo(), after=examples.photo())),
        (receipt_slip, examples.slip()),
        (wall_poster, examples.poster()),
        (wall_poster, examples.poster(paper="a5")),
    ],
)
def test_a_paper_is_a_pdf_made_within_a_second_and_the_same_every_time(make, values):
    make(values)
    start = time.perf_counter()
    first = make(values)
    assert time.perf_counter() - start < 1
    assert first.startswith(b"%PDF-") and first == make(values)


def test_another_process_prints_the_same_bytes():
    code = (
        "import sys, hashlib\n"
        "from tests.papers import examples\n"
        "from shangliang.papers import result_card\n"
        "sys.stdout.write(hashlib.sha256(result_card(examples.card())).hexdigest())\n"
    )
    digests = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(digests) == 1 and len(digests.pop()) == 64


@pytest.mark.parametrize("text", examples.HOSTILE)
def test_whatever_is_written_the_card_is_one_page_of_a4_with_its_foot_free(seen, text):
    page = seen(result_card, examples.hostile_card(text))
    assert page.size == A4
    # The lowest 8 mm are margin: nothing was pushed over the edge.
    assert is_white(page, (0, 1123 - 30, 794, 1123))


@pytest.mark.parametrize("text", examples.HOSTILE)
def test_slip_and_poster_bear_it_too(seen, text):
    page = seen(receipt_slip, examples.slip(committee=text, place=text, phone=text, ask_at=text))
    assert page.width == 302
    poster = examples.poster(committee=text, place=text, phone=text, short_address=text)
    assert seen(wall_poster, poster).size == A4


def test_instructions_in_a_value_are_printed_and_not_obeyed(seen):
    obeyed = seen(result_card, examples.card(title="1 + 1"))
    written = seen(result_card, examples.card(title="#(1 + 1)"))
    assert obeyed.tobytes() != written.tobytes()


def test_values_never_become_source(monkeypatch):
    sources = {}

    def spy(path, **options):
        folder = press.Path(options["root"])
        sources.update({f.name: f.read_text() for f in folder.glob("*.typ")})
        return b"%PDF-"

    monkeypatch.setattr(press.typst, "compile", spy)
    result_card(examples.card(title="独一无二的题目"))
    assert sources.keys() == {"house.typ", "result_card.typ"}
    assert "独一无二的题目" not in "".join(sources.values())


def test_a_template_can_read_nothing_outside_its_folder(tmp_path, monkeypatch):
    (tmp_path / "house.typ").write_text("")
    (tmp_path / "spy.typ").write_text('#read("/etc/passwd")')
    monkeypatch.setattr(press, "TEMPLATES", tmp_path)
    with pytest.raises(press.typst.TypstError, match="not found"):
        press.printed("spy.typ", {})


def test_the_code_on_the_poster_is_the_address_module_by_module(seen):
    page = seen(wall_poster, examples.poster()).convert("L")
    modules = [list(row) for row in segno.make(examples.ADDRESS, error="m").matrix]
    millimetre = page.width / 210
    side, left = 92 * millimetre, (210 - 92) / 2 * millimetre
    module = side / len(modules)

    def dark(x, y) -> bool:
        return page.getpixel((int(x), int(y))) < 128

    sheet = next(y for y in range(page.height) if not dark(2, y))  # below the poster's dark head
    top = next(y for y in range(sheet, page.height) if dark(left + module / 2, y))
    middles = [(n + 0.5) * module for n in range(len(modules))]
    read = [[int(dark(left + x, top + y)) for x in middles] for y in middles]
    assert read == modules


def test_short_words_are_printed_larger_than_long_ones(seen):
    short = seen(result_card, examples.card(raised="路太窄。", done="", agreed=()))
    assert short.tobytes() != seen(result_card, examples.card()).tobytes()


def test_pictures_appear_when_they_are_given(seen):
    plain = seen(result_card, examples.card())
    shown = seen(result_card, examples.card(after=examples.photo((10, 200, 10))))
    green = [c for _n, c in shown.getcolors(1 << 20) if c[1] > 150 > 60 > max(c[0], c[2])]
    assert green and not [c for _n, c in plain.getcolors(1 << 20) if c[1] > 150 > 60 > max(c[0], c[2])]


@pytest.mark.parametrize("body", [b"", b"no picture", examples.photo()[:200]])
def test_a_broken_picture_is_refused_in_words(body):
    with pytest.raises(Refused, match="照片打不开"):
        result_card(examples.card(after=body))


def test_an_address_too_long_for_a_code_is_refused_in_words():
    with pytest.raises(Refused, match="网址太长"):
        wall_poster(examples.poster(address="https://a.cn/" + "x" * 4000))


def test_without_a_chinese_font_nothing_is_printed(monkeypatch):
    monkeypatch.setattr(fonts, "found", lambda folder: None)
    with pytest.raises(Refused, match="没有中文字体"):
        result_card(examples.card())


def test_emoji_vanish_and_rare_characters_stay_or_leave_a_mark():
    letters = fonts.case()
    assert press._printable("路灯😀亮\u202e了\n吗", letters) == "路灯亮了 吗"
    assert press._printable("\U0002ebe0", letters) in ("\U0002ebe0", press.MISSING)
    assert letters.draws("灯") and not letters.draws("😀")


def test_a_folder_of_fonts_may_be_named_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("SHANGLIANG_FONTS", str(tmp_path / "none"))
    assert fonts.case().sans == fonts.found("").sans


def test_several_threads_print_at_once():
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _n: result_card(examples.card()), range(8)))
    assert len(made) == 1
