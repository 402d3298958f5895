"""Records to be counted: the threads of the public pages."""

from tests.portal.conftest import browser, lamp, members, rated, voice  # noqa: F401
