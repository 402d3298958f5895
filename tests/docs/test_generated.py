"""The documents written from the code say what the code says."""

import re

import pytest
from django.utils import translation

from tools import docs


def test_every_model_and_choice_has_its_word():
    assert docs.missing_words() == []


def test_the_generated_documents_are_up_to_date():
    assert docs.stale() == [], "run: .venv/bin/python -m tools.docs"


def test_the_language_of_the_shell_changes_nothing():
    with translation.override("en"):
        assert docs.stale() == []


def test_every_link_of_the_glossary_leads_to_a_file():
    text = (docs.ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    links = set(re.findall(r"\]\((src/[^)#]+)\)", text))
    assert links
    assert [link for link in links if not (docs.ROOT / link).is_file()] == []


def test_a_forgotten_word_is_named(monkeypatch):
    known = docs.words()
    del known["choices"]["Voice.State.SCREENING"]
    known["models"]["voices.Ghost"] = "鬼"
    monkeypatch.setattr(docs, "words", lambda: known)
    assert docs.missing_words() == [
        '[models] has "voices.Ghost", which is gone',
        '[choices] lacks "Voice.State.SCREENING" 审看中',
    ]
    with pytest.raises(docs.Missing):
        docs.glossary()
