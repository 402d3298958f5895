"""Establishing a committee on an installation: regions, rules, calendar and the first security administrator."""

from django.conf import settings
from django.core.management import call_command

from .people import commands as people
from .people.actors import CLOCK
from .people.models import Committee
from .people.roles import Role
from .people.tenancy import within
from .regions.commands import load
from .regions.models import Region
from .rules import commands as rules
from .shared.refusals import require
from .studios.commands import seed_checklists


def establish(code, name, short_name, region_code, phone, security_admin) -> str:
    """Make the committee and return the one-time link of its first security administrator."""
    call_command("migrate", interactive=False, verbosity=0)
    require(not Committee.objects.filter(code=code).exists(), f"委员会 {code} 已经建立。")
    if not Region.objects.filter(code=region_code).exists():
        load(by=CLOCK, codes=[region_code])
    committee = people.establish_committee(
        by=CLOCK, code=code, name=name, short_name=short_name, phone=phone,
        region=Region.objects.get(code=region_code),
    )
    rules.seed_calendar(by=CLOCK)
    with within(committee):
        rules.seed_rules(by=CLOCK, committee=committee)
        seed_checklists(by=CLOCK, committee=committee)
        account = people.open_account(
            by=CLOCK, committee=committee, username=security_admin, name="安全管理员"
        )
        people.grant_role(by=CLOCK, account=account, role=Role.SECURITY_ADMIN)
        return settings.PUBLIC_ADDRESS + people.sign_in_link(by=CLOCK, account=account)
