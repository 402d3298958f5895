"""The committee's reports: one on each whole year, settled in January and open to all, and a draft at the desk."""

import datetime as dt

from ..reports import commands as reports
from ..reports.filling import Period
from ..reports.wording import TO_WRITE
from ..shared.calendar import DAY

FIRST = 2023
#: What people wrote where the customary text leaves it to them, in its order.
WRITTEN = (
    "和毗邻的隆昌市一起商量了河道和道路的事，办成的、没办成的都在各自的案卷里。",
    "没有办好的，多数卡在钱由谁出没有说定，或者单位之间分工不清；这些事仍在账上，没有销号。",
    "约定时先写明谁出钱、谁牵头；没有开过会的镇街，先去走访再定议题。",
)


def threads(cast, today) -> list:
    """The generators of this module."""
    return [_yearly(cast, year) for year in range(FIRST, today.year)] + [_draft(cast, today)]


def _yearly(cast, year):
    """Begun after the new year, written, settled and opened a week later."""
    office = cast.accounts["office"]
    yield dt.date(year + 1, 1, 10)
    report = reports.begin(by=office, committee=cast.committee, year=year)
    written = iter(WRITTEN)
    lines = [next(written) if TO_WRITE in line else line for line in report.draft.splitlines()]
    reports.write(by=office, workreport=report, draft="\n".join(lines))
    yield dt.date(year + 1, 1, 17)
    reports.settle(by=office, workreport=report)
    reports.publish(by=office, workreport=report)


def _draft(cast, today):
    """The report on the last quarter that has ended, still with places to be written."""
    yield today - 3 * DAY
    quarter = (today.month - 1) // 3
    period = Period(today.year, quarter) if quarter else Period(today.year - 1, 4)
    reports.begin(by=cast.accounts["office"], committee=cast.committee, year=period.year, quarter=period.quarter)
