"""No page of the desk offers a link that then says no."""

import re

import pytest

from shangliang.desk.kinds import KINDS
from shangliang.people.roles import Role
from tests import factories


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LIAISON, Role.LEADER, Role.STUDIO_LEAD, Role.STEWARD, Role.COMMITTEE_OFFICE])
def test_every_link_of_rail_and_lists_opens(role, committee, village, client_as):
    scope = {"region": village.parent} if role == Role.LIAISON else {}
    if role == Role.MEMBER:
        scope["member"] = factories.member(committee)
    client = client_as(factories.account(role, committee=committee, **scope))
    start = client.get("/desk/").content.decode()
    links = set(re.findall(r'href="(/[^"#?]*)', start))
    for kind in KINDS:
        if f"/desk/{kind.plural}/" in links:
            links |= set(re.findall(r'href="(/[^"#?]*)', client.get(f"/desk/{kind.plural}/").content.decode()))
    assert len(links) > 5
    closed = [link for link in sorted(links) if not link.startswith("/static/") and client.get(link).status_code >= 400]
    assert closed == []
