"""What everybody sees of neighbours: the cooperation, the public log, and who witnessed it beside the figures."""

import json

import pytest

from shangliang.cases import commands as cases
from shangliang.partnerships import commands as joint
from shangliang.people.actors import CLOCK
from shangliang.witness import commands, note, queries
from shangliang.witness.verify import VERIFIER
from tests.federation.conftest import post
from tests.partnerships.conftest import active, agreed, sides
from tests.witness.conftest import Neighbour

__all__ = ["active", "agreed", "post", "sides"]


def test_a_partnership_is_public_when_a_reviewer_says_so(sides, post, active, agreed, client):
    assert "还没有公开的毗邻合作" in client.get("/partners/").content.decode()
    joint.publish(by=sides.rc.office, partnership=active)
    page = client.get("/partners/").content.decode()
    assert "荣昌—隆昌共商平台" in page
    assert "三合村" not in page  # the case itself is not public yet
    cases.publish(by=sides.rc.office, case=agreed.topic.case, title="三合村灌溉用水", summary="两地一起商量")
    assert "三合村灌溉用水" in client.get("/partners/").content.decode()
    active.refresh_from_db()
    joint.take_back(by=sides.rc.office, partnership=active, why="更正")
    assert "荣昌—隆昌共商平台" not in client.get("/partners/").content.decode()


def test_the_log_page_is_designed_for_nothing_and_for_something(committee, client):
    assert "账本还是空的" in client.get("/log/").content.decode()
    commands.publish(by=CLOCK)
    page = client.get("/log/").content.decode()
    assert "条记录在账上" in page and "还没有毗邻地区见证" in page and "verify_log.py" in page


@pytest.mark.parametrize("path", ["/platforms/", "/results/", "/log/", "/places/XY001/"])
def test_figures_say_who_witnessed_them(committee, courtyard, client, path):
    commands.publish(by=CLOCK)
    neighbour, newest = Neighbour(), queries.latest()
    state = note.read_note(newest.note).checkpoint
    watched = neighbour.watched()
    line = note.cosigned(state, neighbour.name, neighbour.WITNESS, 1_683_511_380)
    path = path.replace("XY001", courtyard.code)
    if path != "/log/":
        assert "尚无毗邻地区见证" in client.get(path).content.decode()
    assert commands.keep(by=CLOCK, watched=watched, size=newest.size, line=line)
    page = client.get(path).content.decode()
    assert "内江市政协" in page and "2023年5月8日" in page


def test_the_lines_of_a_public_case_are_proved_to_stand_in_the_log(sides, post, active, agreed, client, tmp_path):
    cases.publish(by=sides.rc.office, case=agreed.topic.case, title="三合村灌溉用水", summary="两地一起商量")
    commands.publish(by=CLOCK)
    told = client.get(f"/cases/{agreed.case_no}/proof.json").json()
    assert len(told["lines"]) > 3 and told["not_yet"] == 0
    from shangliang.witness.export import export

    export(tmp_path)
    (tmp_path / "case").write_text(json.dumps(told), encoding="utf-8")
    import subprocess
    import sys

    run = [sys.executable, "-I", VERIFIER, tmp_path, "--case", tmp_path / "case"]
    assert subprocess.run(run, capture_output=True).returncode == 0
    told["lines"][0]["digest"] = told["lines"][1]["digest"]
    (tmp_path / "case").write_text(json.dumps(told), encoding="utf-8")
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 1 and "L9" in done.stderr
