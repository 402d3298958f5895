"""Keyed digests by which the same person is recognised and no name can be read."""

import hashlib
import hmac

from django.conf import settings


def person_key(said: str) -> str:
    """A keyed digest by which the same words are recognised and not read."""
    return hmac.new(settings.CONTACT_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
