"""The operator's list of sensitive words: a hit calls a person, it never drops anything."""

from functools import lru_cache

from django.conf import settings


@lru_cache(maxsize=1)
def _listed(modified: float) -> tuple:
    path = settings.HOME / "sensitive-words.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if modified else []
    return tuple(word.strip() for word in lines if word.strip())


def flags(text: str) -> str:
    """The listed words that occur in the text, joined, at most 200 characters."""
    path = settings.HOME / "sensitive-words.txt"
    words = _listed(path.stat().st_mtime if path.exists() else 0)
    return "、".join(word for word in words if word in text)[:200]
