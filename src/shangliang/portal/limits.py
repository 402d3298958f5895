"""Limits per address: generous, because a whole village may share one, and never in the way of a receipt."""

from django.conf import settings
from django.core.cache import cache

#: Seconds in which the limit counts.
WINDOW = 600
REPORTS = 120
WRONG_CODES = 40


def address_of(request) -> str:
    """The visitor's address; behind a TLS proxy the one that the proxy itself put last."""
    if settings.SECURE:
        forwarded = request.headers.get("X-Forwarded-For", "")
        return forwarded.rsplit(",", 1)[-1].strip() or request.META["REMOTE_ADDR"]
    return request.META["REMOTE_ADDR"]


def spent(request, what: str, most: int) -> bool:
    """Whether this address has used up what it may do in the window."""
    return cache.get(_key(request, what), 0) >= most


def count(request, what: str) -> None:
    """Note one more."""
    key = _key(request, what)
    if not cache.add(key, 1, WINDOW):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two calls
            cache.add(key, 1, WINDOW)


def _key(request, what: str) -> str:
    return f"limit:{what}:{address_of(request)}"
