"""What the package chinesecalendar knows of the notices of the State Council's office, year by year."""

import datetime as dt

from chinese_calendar.constants import holidays, workdays

FIRST = min(holidays).year
LAST = max(holidays).year

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


def year_of(day: dt.date, name: str) -> int:
    """The year whose notice names this day: December's days of 元旦 belong to the year that follows."""
    return day.year + (day.month == 12 and name == "元旦")


def days_of(first: int, last: int) -> list[tuple[int, dt.date, bool, str]]:
    """(year of the notice, day, is working, name of the holiday) for these years, in the order of the days."""
    rows = []
    for working, table in ((False, holidays), (True, workdays)):
        for day, english in table.items():
            name = NAMES[english]
            rows.append((year_of(day, name), day, working, name))
    return sorted((row for row in rows if first <= row[0] <= last), key=lambda row: row[1])
