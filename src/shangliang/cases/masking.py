"""Masking: what looks like personal data in a text that is to be public (PIPL art. 25, 51)."""

import re

from django.utils.translation import gettext as _

from ..shared.refusals import Refused

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[- ]?\d)\d{3,4}(\d{3})(?!\d)")
_ID_CARD = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
_PLATE = re.compile(r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·• ]?[A-Z0-9]{5,6}")


def mask(text: str) -> str:
    """The text with phone numbers, identity numbers and number plates made unreadable."""
    text = _ID_CARD.sub(r"\1********\2", text)
    text = _PHONE.sub(r"\1****\3", text)
    text = _LANDLINE.sub(r"\1****\2", text)
    return _PLATE.sub(r"\1·*****", text)


def findings(text: str) -> list[str]:
    """The pieces of the text that :func:`mask` would change."""
    found = []
    for pattern in (_ID_CARD, _PHONE, _LANDLINE, _PLATE):
        found += [match.group(0) for match in pattern.finditer(text)]
    return found


def refuse_personal(**texts: str) -> None:
    """Raise Refused at the first text, by its field, that still holds what looks like personal data."""
    for field, text in texts.items():
        left = list(dict.fromkeys(findings(text)))
        if left:
            sentence = _("公开文字里还有疑似个人信息：%(found)s。请改写后再提交。")
            raise Refused(sentence % {"found": "、".join(left[:3])}, field=field)


def mask_name(name: str) -> str:
    """张三丰 → 张**; the family name alone stays."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"
