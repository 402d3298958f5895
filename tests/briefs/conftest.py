"""A member who writes, an office that edits, and a brief of the right shape."""

import pytest

from shangliang.briefs import commands as briefs
from shangliang.people.roles import Role

WORDS = {
    "title": "三个村村道没有路灯", "category": "rural", "situation": "普陀等三个村的村道没有路灯，老人晚上不敢出门。",
    "analysis": "电费没有人出。", "advice": "建议区城市管理局装太阳能路灯。",
}


@pytest.fixture
def draft(committee, member_account):
    """Begin a brief as the member; any field may be given otherwise."""

    def make(by=None, **fields):
        return briefs.draft(by=by or member_account, committee=committee, **{**WORDS, **fields})

    return make


@pytest.fixture
def leader(account):
    """A leader of the committee."""
    return account(Role.LEADER)


@pytest.fixture
def signed(draft, member_account, office_staff):
    """A brief that was handed in, edited and signed."""
    brief = draft()
    briefs.submit(by=member_account, brief=brief)
    briefs.take_edit(by=office_staff, brief=brief)
    briefs.edit(
        by=office_staff, brief=brief, title="村道照明亟待改善", situation="三个村没有路灯。", analysis="电费无着。",
        advice="建议安装太阳能路灯。",
    )
    briefs.sign(by=office_staff, brief=brief, post="秘书长")
    brief.refresh_from_db()
    return brief
