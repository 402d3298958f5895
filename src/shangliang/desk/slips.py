"""The way to the receipt of a voice that was typed in for somebody: a signed cookie, good for a quarter of an hour."""

from django.conf import settings
from django.core.signing import TimestampSigner
from django.shortcuts import redirect

MOST_SECONDS = 900
_signer = TimestampSigner(salt="slip")


def to_slip(voice, key):
    """Lead on to the page that shows the receipt once; the cookie holds the key from which the code is made."""
    response = redirect("desk:slip")
    response.set_cookie(
        "slip", _signer.sign(f"{voice.pk}:{key}"), max_age=MOST_SECONDS, httponly=True, samesite="Strict",
        secure=settings.SECURE, path="/desk/voices/",
    )  # fmt: skip
    return response


def opened(request) -> list:
    """[primary key of the voice, key]; raises BadSignature or ValueError when there is none or it is too old."""
    return _signer.unsign(request.COOKIES.get("slip", ""), max_age=MOST_SECONDS).split(":", 1)
