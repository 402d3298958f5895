"""The wall code: an https address with a 128-bit number and its signature, which opens one place's page.

The number is looked up only after the signature holds, so that nobody can ask the database for made-up codes.
"""

import base64
import hashlib
import hmac
import io
import secrets

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from ..shared import clock
from ..shared.refusals import Refused
from .models import WallCode

#: 16 signs of base64url: 96 bits.
SIGNATURE_BYTES = 12


class BadCode(Refused):
    """A scanned code that opens nothing; ``cause`` is unknown, expired or revoked.

    ``wall_code`` is the code that once was good, or None, so that the page can name the committee's telephone.
    """

    def __init__(self, cause, sentence, wall_code=None):
        super().__init__(sentence)
        self.cause = cause
        self.wall_code = wall_code


def new_serial() -> str:
    """128 random bits as 22 signs of base64url."""
    return secrets.token_urlsafe(16)


def sign(serial: str) -> str:
    """The signature of a serial under this installation's key, 16 signs of base64url."""
    message = b"shangliang-wall-1\x00" + serial.encode("utf-8", "surrogatepass")
    mac = hmac.new(settings.WALL_KEY.encode(), message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:SIGNATURE_BYTES]).decode()


def token(wall_code) -> str:
    """What stands after ``/q/`` in the address."""
    return f"{wall_code.serial}.{sign(wall_code.serial)}"


def address(wall_code) -> str:
    """The whole address that the printed code holds."""
    return f"{settings.PUBLIC_ADDRESS}/q/{token(wall_code)}"


def resolve(token: str, today=None) -> WallCode:
    """The wall code of a scanned token, with venue, region and committee read in one query.

    Raises BadCode: unknown or forged, revoked, expired, each with its own sentence.
    """
    serial, _dot, signature = token.partition(".")
    given = signature.encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(given, sign(serial).encode()):
        raise BadCode("unknown", _("没有认出这个二维码，它可能印坏了，或者不是本平台的。"))
    rows = WallCode.everywhere.select_related("venue__region", "committee__region")
    wall_code = rows.filter(serial=serial).first()
    if wall_code is None:
        raise BadCode("unknown", _("没有认出这个二维码，它可能印坏了，或者不是本平台的。"))
    if wall_code.revoked_on is not None:
        raise BadCode("revoked", _("这个二维码已经停用，请看墙上有没有新贴的。"), wall_code)
    if wall_code.expires_on is not None and wall_code.expires_on < (today or clock.today()):
        raise BadCode("expired", _("这个二维码已经过期，请联系村（社区）换新的。"), wall_code)
    return wall_code


def qr_svg(wall_code) -> str:
    """The code as an SVG drawing without a fixed size; a quarter of it may be damaged and it still reads."""
    out = io.BytesIO()
    code = segno.make(address(wall_code), error="q", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True, border=4)
    return out.getvalue().decode()
