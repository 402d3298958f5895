"""Receipt codes: 25 random digits (83 bits) and a check digit, because digits can be read aloud by everybody."""

import hashlib
import hmac

DIGITS = 25
# The quasigroup of Damm (2004): finds every single wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)


def make(key: str, submission_key: str) -> str:
    """The 26-digit code of a submission.

    It is derived (HMAC-SHA-256) from the installation's secret and the key of the form, so a repeated submission
    shows the same code although only a digest of it is stored.
    """
    raw = hmac.new(key.encode(), f"receipt\x00{submission_key}".encode(), hashlib.sha256).digest()
    number = str(int.from_bytes(raw, "big") % 10**DIGITS).zfill(DIGITS)
    return number + check_digit(number)


def check_digit(number: str) -> str:
    """Damm's check digit of a string of digits."""
    interim = "0"
    for digit in number:
        interim = _DAMM[int(interim)][int(digit)]
    return interim


def clean(typed: str) -> str | None:
    """The 26 digits of what a person typed (spaces, dashes, full-width digits allowed), or None if it is no code."""
    kept = []
    for char in typed[:200]:
        if char.isdecimal():
            kept.append(str(int(char)))
    digits = "".join(kept)
    if len(digits) != DIGITS + 1 or check_digit(digits[:-1]) != digits[-1]:
        return None
    return digits


def fingerprint(key: str, code: str) -> str:
    """What is stored instead of the code: HMAC-SHA-256 under the installation's secret, 64 hex digits."""
    return hmac.new(key.encode(), f"fingerprint\x00{code}".encode(), hashlib.sha256).hexdigest()


def groups(code: str) -> list[str]:
    """The code in groups of four for reading aloud; the last group has two digits."""
    return [code[start : start + 4] for start in range(0, len(code), 4)]
