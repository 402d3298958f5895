"""Days and times as people write them, in both languages."""

import datetime as dt

from django.utils import timezone, translation
from django.utils.translation import gettext as _

WEEKDAYS = "一二三四五六日"


def day(value) -> str:
    """A date as people write it: 2023年5月12日, or 12 May 2023 in English."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    if translation.get_language() == "en":
        return f"{value.day} {value:%b %Y}"
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value) -> str:
    """A date with the time of day in the installation's time zone."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"


def weekday(value) -> str:
    """周一 … 周日."""
    if translation.get_language() == "en":
        return f"{value:%a}"
    return f"周{WEEKDAYS[value.weekday()]}"


def size(number: int) -> str:
    """A size of so many bytes as people say it: 650 字节, 8.7 KB, 1.2 MB."""
    if number < 1024:
        return _("%(n)s 字节") % {"n": number}
    return f"{number / 1024:.1f} KB" if number < 1024**2 else f"{number / 1024**2:.1f} MB"


def iso(value) -> str:
    """The machine-readable form for <time datetime>."""
    return value.isoformat()
