"""Refusing nonsense before it is stored: rule values, and the days of a holiday notice."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ..shared.calendar import WEEKDAYS
from ..shared.refusals import Refused, require
from .models import Rule
from .sample import SAMPLES

#: Holidays of fixed date in 《全国年节及纪念日放假办法》 art. 2; a notice without them was entered by halves.
FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"))


def rule_value(rule: Rule, value) -> Decimal:
    """The value as a number within the rule's bounds; raises Refused with a sentence otherwise."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise Refused(_("“%(value)s”不是数。") % {"value": value}, field="value") from None
    require(number.is_finite(), _("“%(value)s”不是数。") % {"value": value}, field="value")
    ratio = rule.counted == Rule.Counted.RATIO
    if not ratio and number != number.to_integral_value():
        raise Refused(_("“%(title)s”要填整数。") % {"title": rule.title}, field="value")
    number = number.quantize(Decimal("0.001")) if abs(number) < 10**5 else number
    sample = SAMPLES.get(rule.key)
    least, most = (sample.least, sample.most) if sample else (0, 1 if ratio else 3650)
    if not least <= number <= most:
        words = {"title": rule.title, "least": least, "most": most, "basis": rule.basis}
        raise Refused(_("“%(title)s”只能在 %(least)s 到 %(most)s 之间（%(basis)s）。") % words, field="value")
    return number


def notice(year: int, days: dict, source: str) -> None:
    """Raise Refused unless these days can be the holiday notice of the year."""
    require(isinstance(year, int) and 2000 <= year <= 2100, _("年份不对。"), field="year")
    require(source.strip(), _("请写明通知的名称或文号。"), field="source")
    for day, (works, name) in sorted(days.items()):
        _check_day(year, day, works, name)
    for month, number, name in FIXED:
        works, _name = days.get(dt.date(year, month, number), (True, ""))
        if works:
            words = {"name": name, "month": month, "day": number}
            raise Refused(
                _("通知里没有%(name)s（%(month)s月%(day)s日）的放假，请核对是否录全。") % words,
                field="days",
            )


def _check_day(year, day, works, name) -> None:
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        words = {"day": day, "year": year}
        raise Refused(_("%(day)s 不在 %(year)s 年的放假安排里。") % words, field="days")
    if works and day.weekday() < 5:
        words = {"day": day, "weekday": WEEKDAYS[day.weekday()]}
        raise Refused(_("%(day)s 是%(weekday)s，本来就上班，不用录成调休。") % words, field="days")
    require(name.strip(), _("%(day)s 没有写节日名称。") % {"day": day}, field="days")
    require(len(name) <= 40, _("%(day)s 的节日名称太长。") % {"day": day}, field="days")
