"""A committee of its own for the proof: one place with a wall code, one officer, all in a temporary home."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHANGLIANG = Path(sys.executable).with_name("shangliang")
COUNTY, VILLAGE = "500153", "500153005200"


@dataclass(frozen=True)
class Installation:
    """Where people report, and how the officer is known to the server."""

    home: Path
    port: int
    wall: str
    officer: dict


def run(*words) -> subprocess.CompletedProcess:
    """One command of the product on this installation, to its end."""
    return subprocess.run([SHANGLIANG, *words], capture_output=True, text=True, timeout=600)


def establish(home: Path, port: int) -> Installation:
    """Make the home and start Django on it in this process too, for the check; call it once in a process."""
    os.environ |= {
        "SHANGLIANG_HOME": str(home), "SHANGLIANG_STATIC": str(home.with_name("static")), "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "shangliang.settings",
    }  # fmt: skip
    for other in ("SHANGLIANG_DATABASE", "SHANGLIANG_ADDRESS", "SHANGLIANG_HOSTS"):
        os.environ.pop(other, None)
    import django

    django.setup()
    from django.core.management import call_command

    from shangliang.setup import establish as establish_committee

    call_command("collectstatic", interactive=False, verbosity=0)
    establish_committee("SL", "政协荣昌区委员会", "荣昌区政协", COUNTY, "023-00000000", "anquan")
    return Installation(home, port, *_place_and_officer())


def _place_and_officer() -> tuple[str, dict]:
    from shangliang.people import commands as people
    from shangliang.people.models import Account, Committee
    from shangliang.people.roles import Role
    from shangliang.people.tenancy import within
    from shangliang.regions.models import Region
    from shangliang.venues import codes
    from shangliang.venues import commands as venues
    from shangliang.venues.models import Venue

    committee = Committee.objects.get()
    guard = Account.objects.get(username="anquan")
    with within(committee):
        officer = people.open_account(by=guard, committee=committee, username="bangongshi", name="政协办公室")
        people.grant_role(by=guard, account=officer, role=Role.COMMITTEE_OFFICE)
        courtyard = venues.open_venue(
            by=officer, committee=committee, code="XY1", kind=Venue.Kind.COURTYARD, name="毛万二小院",
            region=Region.objects.get(code=VILLAGE),
        )  # fmt: skip
        wall = codes.token(venues.issue_wall_code(by=officer, venue=courtyard))
    return f"/q/{wall}/report/", _session(officer)


def _session(account) -> dict:
    """The cookie of a signed-in browser."""
    from django.conf import settings
    from django.test import Client

    browser = Client()
    browser.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return {settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value}
