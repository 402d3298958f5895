"""Which texts are the same, nearly the same, or about the same thing. Pure text work without Django."""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

#: Parameters that tell who clicked, not what is shown.
_TRACKING = re.compile(r"utm_.*|spm|from|share.*|scene|isappinstalled|nsukey|fbclid|gclid", re.I)
#: Nearly the same: so large a share of common shingles (Jaccard) of so many characters each.
NEAR, SHINGLE = 0.6, 4
#: Characters shown on each side of a keyword.
AROUND = 60


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, with its name before it."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def same_address(url: str) -> str:
    """An address without what does not matter: scheme, ``www.``, fragment, order of parameters, who clicked."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # for instance a bracket that never closes
        return ""
    if not parts.netloc:
        return ""
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    asked = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k))
    return urlunsplit(("", host, parts.path.rstrip("/") or "/", urlencode(asked), ""))


def shingles(text: str, size: int = SHINGLE) -> frozenset[str]:
    """All runs of ``size`` letters or figures; punctuation and spaces do not count."""
    plain = re.sub(r"[\W_]+", "", text)
    return frozenset(plain[n : n + size] for n in range(max(len(plain) - size + 1, 1))) if plain else frozenset()


def likeness(one: frozenset, other: frozenset) -> float:
    """Jaccard's index of two sets of shingles, 0 … 1."""
    return len(one & other) / len(one | other) if one or other else 0.0


def quoted(title: str) -> list[str]:
    """The words by which reports are found to be about the same thing: what the title puts in quotation marks."""
    return list(dict.fromkeys(re.findall(r"[“「『\"]([^”」』\"]{2,12})[”」』\"]", title)))


def in_context(text: str, word: str) -> str:
    """The first place of a word with AROUND characters on both sides, … where something is left out; "" for none."""
    at = text.find(word)
    if at < 0:
        return ""
    first, last = max(at - AROUND, 0), at + len(word) + AROUND
    shown = re.sub(r"\s+", " ", text[first:last])
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"
