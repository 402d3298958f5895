"""The English face is whole: every source string has a translation with the same placeholders."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from tools import messages

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdg%]")
#: Strings whose English must quote Chinese characters, because the reader types or sees them.
QUOTING = 15


def catalogue():
    with messages.TARGET.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def test_every_string_of_the_source_stands_in_the_catalogue():
    written = {message.id for message in catalogue()}
    found = {message.id for message in messages.collect() if message.id}
    assert found - written == set(), "run make messages and translate what is new"


def test_every_string_has_its_english_with_the_same_placeholders():
    empty = [m.id for m in catalogue() if not m.string]
    assert empty == []
    wrong = [
        m.id for m in catalogue()
        if sorted(PLACEHOLDER.findall(m.id)) != sorted(PLACEHOLDER.findall(m.string))
    ]
    assert wrong == []


def test_the_english_is_english():
    chinese = [m.id for m in catalogue() if re.search(r"[\u4e00-\u9fff]", m.string)]
    assert len(chinese) <= QUOTING, chinese
