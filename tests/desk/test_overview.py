"""The leaders' page: what is said, agreed, stuck and at whose desk, in as many queries whatever there is."""

import datetime as dt

import pytest

from shangliang.people.roles import Role
from shangliang.shared import clock
from tests.journeys import walk
from tests.journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]


@pytest.fixture
def leader(account):
    """A leader of the committee."""
    return account(Role.LEADER)


def test_a_late_task_stands_at_its_units_desk_and_nobody_is_named(lamp, leader, unit, client_as):
    _voice, task = lamp
    with clock.at(task.deadline.due_on + dt.timedelta(days=9)):
        page = client_as(leader).get("/desk/overview/?days=90").content.decode()
    stuck = page.split('id="stuck"')[1].split('id="came"')[0]
    assert unit.name in stuck
    assert "9 天" in stuck
    assert f"#task-{task.pk}" in stuck


def test_what_people_say_is_masked_and_counted_by_town(committee, courtyard, leader, client_as):
    for n in range(3):
        walk.report(committee, courtyard, text=f"水沟堵了{n}，打13812345678找我。", key=f"said{n}")
    page = client_as(leader).get("/desk/overview/").content.decode()
    said = page.split('id="said"')[1].split('id="agreed"')[0]
    assert "安富街道" in said
    assert "13812345678" not in said
    assert "三件以上的村（社区）" in said


@pytest.mark.parametrize("days", ["30", "365", "", "x", "99999", "-1"])
def test_whatever_period_is_asked_for_the_page_opens(leader, client_as, days):
    assert client_as(leader).get(f"/desk/overview/?days={days}").status_code == 200


def test_the_page_costs_the_same_for_one_matter_as_for_many(
    committee, courtyard, leader, client_as, django_assert_max_num_queries
):
    client, counts = client_as(leader), []
    for more in (1, 6):
        for n in range(more):
            walk.report(committee, courtyard, text=f"第{more}-{n}件。", key=f"many{more}-{n}")
        client.get("/desk/overview/")
        with django_assert_max_num_queries(30) as asked:
            client.get("/desk/overview/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
