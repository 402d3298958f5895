"""What other programs may ask: the version, how it stands, and a number as a picture."""

import xml.etree.ElementTree as ElementTree

import pytest

from shangliang import __version__
from shangliang.figures.commands import recount
from shangliang.people.actors import CLOCK
from shangliang.people.tenancy import within
from shangliang.witness.commands import publish


def test_the_version_and_the_key_of_the_log(browser, committee):
    told = browser.get("/version.json").json()
    assert (told["name"], told["version"]) == ("shangliang", __version__) and "/log+" in told["log_key"]


def test_the_status_before_and_after_the_clock(browser, committee, rated, settings, tmp_path):
    settings.HOME = tmp_path
    told = browser.get("/status.json").json()
    assert told["figures"] is None and told["open_data"] is None and told["log"]["entries"] == 0
    with within(committee):
        recount(by=CLOCK, committee=committee)
        publish(by=CLOCK)
    told = browser.get("/status.json").json()
    assert told["figures"]["differing"] == [] and told["log"]["entries"] == told["journal"]["entries"] > 30


def test_an_installation_without_a_committee_has_a_status_too(browser, db):
    assert browser.get("/status.json").status_code == 200


def test_a_badge_is_a_picture_that_loads_nothing(browser, rated):
    answer = browser.get("/figures/attendances.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    tree = ElementTree.fromstring(answer.content)
    assert {part.tag.split("}")[1] for part in tree.iter()} == {"svg", "title", "rect", "path", "g", "text"}
    assert "7" in tree.attrib["aria-label"]
    assert not [name for part in tree.iter() for name in part.attrib if "href" in name or name.startswith("on")]


@pytest.mark.parametrize("path", ["/figures/none.svg", "/figures/voices.png"])
def test_there_is_no_picture_of_what_is_not_counted(browser, committee, path):
    assert browser.get(path).status_code == 404
