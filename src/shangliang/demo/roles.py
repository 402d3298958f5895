"""Who is who in the demo: each role with a fresh one-time link, receipts to try, and the codes on the wall."""

import json
from dataclasses import asdict, dataclass

from django.conf import settings
from rich.console import Console
from rich.table import Table

from ..desk.waiting import waiting_for
from ..people.actors import CLOCK
from ..people.commands import sign_in_link
from ..people.models import Account, Committee
from ..people.roles import Role
from ..people.tenancy import within
from ..shared import clock, receipts
from ..venues.codes import address
from ..venues.models import WallCode
from ..voices.models import Voice
from . import bodies
from .register import CODE
from .thread import KEY

#: Whoever is shown, in the order of the story; a unit by its name, everybody else by log-in name.
SHOWN = (
    "steward", "member", "liaison005", "liaison112", "liaison102", "studio", "staff", "office", "leader", "party",
    "party005", "party102", "安富街道办事处", "区水利局", "区交通运输委", "区住房城乡建委", "区农业农村委",
    "区城市管理局", "清流镇人民政府", "盘龙镇人民政府", "neighbour", "reviewer", "system", "security", "auditor",
)  # fmt: skip
#: The threads that the demo is known by.
CASES = ("lamp", "self_help", "road", "merged", "guided", "declined", "reopened", "objection", "twice")
RECEIPTS = ("lamp", "now-rating", "now-next-week")
LINK = "一次性登录链接（三十天内有效）"
#: The width of a terminal in which the links fit into the table.
WIDE = 170


@dataclass(frozen=True)
class Seat:
    """One account of the demo: its role and scope, what waits for it, and its way in."""

    role: str
    role_name: str
    name: str
    username: str
    scope: str
    waiting: int
    link: str


def print_roles(*, as_json=False) -> None:
    """Print the table with fresh links, or the same as one JSON document and nothing else."""
    committee = Committee.objects.get(code=CODE)
    with within(committee):
        seats = [_seat(account) for account in _accounts(committee)]
        found = {
            "address": settings.PUBLIC_ADDRESS,
            "roles": [asdict(seat) for seat in seats],
            "receipts": [_receipt(key) for key in RECEIPTS],
            "wall_codes": [
                {"place": code.venue.full_name, "address": address(code)}
                for code in WallCode.objects.filter(venue__name=bodies.MAO).select_related("venue__region")
            ],
            "cases": {key: _voice(key).case.no for key in CASES},
        }
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _show(found)


def _accounts(committee) -> list[Account]:
    """The accounts of SHOWN in its order."""
    known = {account.username: account for account in committee.accounts.all()}
    for account in committee.accounts.filter(grants__role=Role.UNIT_CLERK):
        known[account.current_grants[0].unit.name] = account
    return [known[name] for name in SHOWN]


def _seat(account) -> Seat:
    grant = account.current_grants[0]
    scope = grant.unit or grant.office or grant.region
    return Seat(
        grant.role, str(grant.get_role_display()), account.name, account.username,
        getattr(scope, "full_name", None) or str(scope or account.committee.short_name),
        len(waiting_for(account, clock.today())),
        settings.PUBLIC_ADDRESS + sign_in_link(by=CLOCK, account=account),
    )


def _code(key) -> str:
    return receipts.make(settings.RECEIPT_KEY, KEY.format(key))


def _voice(key) -> Voice:
    """The voice of a thread, found by its receipt as its owner would."""
    fingerprint = receipts.fingerprint(settings.RECEIPT_KEY, _code(key))
    return Voice.objects.select_related("case").get(receipt=fingerprint)


def _receipt(key) -> dict:
    voice = _voice(key)
    return {"case_no": voice.case_no, "code": _code(key), "state": voice.state}


def _show(found) -> None:
    """The table; in a narrow terminal the links follow it, each on a line that can be copied whole."""
    console = Console()
    wide = console.width >= WIDE
    table = Table(title=f"好商量演示 {found['address']}", title_justify="left")
    for title in ("角色", "范围", "待办", *([LINK] if wide else [])):
        table.add_column(title, no_wrap=True, justify="right" if title == "待办" else "left")
    for seat in found["roles"]:
        link = [seat["link"]] if wide else []
        table.add_row(seat["role_name"], seat["scope"], str(seat["waiting"] or ""), *link)
    console.print(table)
    for seat in [] if wide else found["roles"]:
        print(f"{seat['role_name']} {seat['scope']}\n  {seat['link']}")
    for row in found["receipts"]:
        print(f"查询码 {' '.join(receipts.groups(row['code']))}  {row['case_no']}  {found['address']}/receipt/")
    for row in found["wall_codes"]:
        print(f"墙上的码 {row['place']}  {row['address']}")
