"""What members said about their duty files, and a scheme that is only tried."""

from decimal import Decimal

from ..duties import commands as duties
from ..duties.queries import duty_file
from ..shared.calendar import DAY


def threads(cast, today) -> list:
    """The generators of this module."""
    return [_appeals(cast, today), _scheme(cast, today)]


def _appeals(cast, today):
    """The demo's member finds a line that is wrong and a thing that is missing; the office answers both."""
    member, office = cast.accounts["member"], cast.accounts["office"]
    yield today - 20 * DAY
    when = today - 20 * DAY
    lines = [line for line in duty_file(member.member, when.year).counting if line.kind == "visit"]
    wrong = None
    if lines:
        wrong = duties.appeal(
            by=member, committee=cast.committee, year=when.year, line=lines[0].key, words="这一天我在外地开会，没有去。"
        )
    missing = duties.appeal(
        by=member, committee=cast.committee, year=when.year, words="年初参加了区里的水库调研，没有记上。"
    )
    yield today - 15 * DAY
    if wrong:
        duties.deny(by=office, appeal=wrong, words="签到表上有您的签名，村里的同志也记得您来过。")
    duties.uphold(
        by=office, appeal=missing, words="核对了调研通知和照片，属实。", on=when.replace(month=1, day=18),
        added="参加水库安全调研", proof="农业农村委员会一月十八日调研通知和合影",
    )  # fmt: skip


def _scheme(cast, today):
    """A draft that the office tries and nobody is touched by."""
    yield today - 40 * DAY
    office = cast.accounts["office"]
    scheme = duties.draft_scheme(by=office, committee=cast.committee, name="试算一稿（演示）", year=today.year)
    for kind, value, cap in (("consult", 5, 30), ("visit", 2, 20), ("brief", 3, 15), ("proposal", 10, 20)):
        duties.set_rule(by=office, scheme=scheme, kind=kind, value=Decimal(value), cap=Decimal(cap))
