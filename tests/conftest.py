"""Fixtures of the whole suite: one county with its people, no network, no real mail."""

import socket

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings

from shangliang.people.actors import CLOCK
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.rules import commands as rules

from . import factories
from .remembered import memory, remembered

# A busy machine turns no test red.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

#: Modules that take a minute or more, the longest first.
LONG = (
    "demo/test_build", "proof/test_neighbours", "journal/test_fresh_database", "partnerships/test_agreeing",
    "figures/test_columns", "demo/test_neighbours", "proof/test_kill", "architecture/test_doors",
    "docs/test_first_feature", "browser/test_neighbours", "browser/test_lamp", "browser/test_screens", "browser/test_round", "browser/test_studio_quarter",
    "browser/test_salon_to_policy",
)  # fmt: skip


#: Modules that never touch the database of the run: one run of them is enough.
ONCE = (
    "docs/test_documents", "docs/test_first_feature", "docs/test_generated", "docs/test_translation",
    "partnerships/test_agreeing", "architecture/test_house", "opinions/test_cluster", "opinions/test_explain",
    "opinions/test_lineage", "opinions/test_live", "opinions/test_map", "opinions/test_order", "opinions/test_passes",
    "opinions/test_sensitivity", "opinions/test_signs", "opinions/test_votes",
)  # fmt: skip


def pytest_collection_modifyitems(config, items):
    """Begin with the long modules, so that two workers end together; what needs no database runs on SQLite alone."""
    if connection.vendor != "sqlite":
        left = {item for item in items if item.path.with_suffix("").as_posix().endswith(ONCE)}
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]
    order = {name: number for number, name in enumerate(LONG)}

    def place(item):
        path = item.path.with_suffix("").as_posix()
        return next((number for name, number in order.items() if path.endswith(f"tests/{name}")), len(LONG))

    items.sort(key=place)


_real_connect = socket.socket.connect
_real_connect_ex = socket.socket.connect_ex


def _is_near(address) -> bool:
    """Unix sockets and this very machine."""
    if not isinstance(address, tuple):
        return True
    return str(address[0]) in {"127.0.0.1", "::1", "localhost"}


def _guarded(real):
    def connect(self, address):
        if not _is_near(address):
            raise AssertionError(f"a test tried to reach {address}: the suite has no network")
        return real(self, address)

    return connect


socket.socket.connect = _guarded(_real_connect)
socket.socket.connect_ex = _guarded(_real_connect_ex)


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Rate limits of one test do not reach the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def _set_up_from_memory(request):
    """Makers may put back what they made before, as long as the test's own transaction is the only one."""
    marker = request.node.get_closest_marker("django_db")
    names = set(request.fixturenames)
    if "db" not in names or names & {"transactional_db", "live_server"} or (marker and marker.kwargs):
        yield
        return
    request.getfixturevalue("db")
    with memory.of_a_test():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call():
    """The body of a test meets no memory."""
    memory.history = None
    return (yield)


@pytest.fixture
def county(db):
    """荣昌区 with two towns and their villages, and a neighbour across the border; ``county.at[code]`` finds one."""
    at = factories.divisions()
    region = at["500153"]
    region.at = at
    return region


@pytest.fixture
def village(county):
    """普陀村 of 安富街道."""
    return county.at["500153005200"]


@pytest.fixture
def other_village(county):
    """马草村 of 清流镇."""
    return county.at["500153112201"]


@pytest.fixture
def calendar(db):
    """The seeded working-day calendar, of the years in which tests live."""
    _seed_calendar()


@remembered
def _seed_calendar():
    rules.seed_calendar(by=CLOCK, first=2022)


@pytest.fixture
def committee(county, calendar):
    """荣昌区政协 with its rules, in scope for the whole test."""
    made = factories.committee(county)
    with within(made):
        _seed_rules(made)
        yield made


@pytest.fixture
def other_committee(county):
    """隆昌市政协: another tenant, never in scope by itself."""
    made = factories.committee(county.at["511083"], code="LC", name="政协隆昌市委员会")
    with within(made):
        _seed_rules(made)
    return made


@remembered
def _seed_rules(committee):
    rules.seed_rules(by=CLOCK, committee=committee)


@pytest.fixture
def account(request):
    """Make an account: ``account(Role.LIAISON, region=village)``; 荣昌区政协 unless a committee is named."""

    def make(role, region=None, unit=None, office=None, committee=None, **fields):
        committee = committee or request.getfixturevalue("committee")
        return factories.account(
            role, committee=committee, region=region, unit=unit, office=office, **fields
        )

    return make


@pytest.fixture
def security_admin(committee):
    """The committee's first security administrator."""
    return factories.security_admin(committee)


@pytest.fixture
def office_staff(committee):
    """The committee's own office (政协办公室)."""
    return factories.clerk_of_register(committee)


@pytest.fixture
def liaison(account, village):
    """The liaison officer of 安富街道."""
    return account(Role.LIAISON, region=village.parent, name="联络员")


@pytest.fixture
def unit(committee, village):
    """安富街道办事处, a body that takes on tasks."""
    return factories.unit(committee, region=village.parent)


@pytest.fixture
def unit_clerk(account, unit):
    """Who works for the unit."""
    return account(Role.UNIT_CLERK, unit=unit, name="经办人")


@pytest.fixture
def member_account(account, committee):
    """A member of the committee with an account."""
    member = factories.member(committee, name="委员甲")
    return account(Role.MEMBER, member=member, name=member.name)


@pytest.fixture
def party_approver(account):
    """The post of the Party committee that approves topics."""
    return account(Role.PARTY_APPROVER, name="审定岗")


@pytest.fixture
def reviewer(account):
    """Who reads a page before the public does."""
    return account(Role.REVIEWER, name="公开审核员")


@pytest.fixture
def courtyard(committee, village):
    """毛万二小院 in 普陀村."""
    return factories.courtyard(village, committee=committee)


@pytest.fixture
def client_as():
    """A browser signed in as an account; administrators have an authenticator unless ``mfa=False``."""

    def sign_in(account, *, mfa=True):
        if mfa and account.is_administrator:
            TOTP.activate(account, generate_totp_secret())
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def count_queries():
    """``count_queries(act)``: how many statements the database was asked while ``act`` ran."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act) -> int:
        with CaptureQueriesContext(connection) as asked:
            act()
        return len(asked)

    return count
