"""A real browser before a real server: people open pages, fill in forms and press buttons, as they do."""

import os
import shutil

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright

from tests import factories
from tests.journeys.conftest import members

__all__ = ["members"]

# Playwright's own loop runs in this thread; Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, one for the session."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium, live_server):
    """``open_as(account)`` gives a signed-in page on a desk screen; without an account a villager's phone.

    Every page fails its test when it asks another host for anything or a script breaks.
    """
    contexts, faults = [], []

    def open_page(account=None, *, size=None, mode="normal", scripts=True):
        context = chromium.new_context(
            viewport=size or (DESK if account else PHONE), base_url=live_server.url, locale="zh-CN",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        cookies = [{"name": "mode", "value": mode, "url": live_server.url}]
        if account:
            client = Client()
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            cookies += [
                {"name": name, "value": cookie.value, "url": live_server.url}
                for name, cookie in client.cookies.items()
            ]
        context.add_cookies(cookies)
        page = context.new_page()
        page.set_default_timeout(20_000)  # journeys run two at a time, one of them with a crowd
        page.on("request", lambda request: _watch(request, live_server.url, faults))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def _watch(request, home, faults):
    if not request.url.startswith((home, "data:", "blob:")):
        faults.append(f"asked another host: {request.url}")


@pytest.fixture
def town(live_server, committee, courtyard, liaison, party_approver, unit, unit_clerk, office_staff, reviewer, members):
    """Everybody of the lamp thread, in a database that the server's threads see."""
    from types import SimpleNamespace

    factories.unit(committee, name="区城市管理局", kind="department")
    return SimpleNamespace(
        committee=committee, courtyard=courtyard, liaison=liaison, party=party_approver, unit=unit,
        clerk=unit_clerk, office=office_staff, reviewer=reviewer, members=members,
    )
