"""The story of the lamp is true: all it names exists, and it leaves out nothing that happens."""

import datetime as dt
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import resolve

from shangliang.journal.events import EVENTS
from shangliang.journal.models import Entry
from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import ReceiptHolder
from shangliang.shared import clock
from shangliang.voices.models import Voice
from tests.journeys import walk
from tests.journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]

ROOT = Path(__file__).resolve().parents[2]
STORY = (ROOT / "docs" / "one-story.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([^`\n]+)`", STORY)))
PATHS = [name for name in NAMED if re.fullmatch(r"[\w/.-]+\.(py|typ|html|md)", name)]
ADDRESSES = [name for name in NAMED if name.startswith("/")]
STATES = [name for name in NAMED if re.fullmatch(r"[A-Z]\w+\.[A-Z]\w+\.[A-Z_]+", name)]
DOTTED = [name for name in NAMED if re.fullmatch(r"[a-z_]+(\.\w+)+", name) and name not in PATHS]


def found(name: str):
    """What ``module.function`` means, below the package; None when there is no such thing."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            thing = import_module("shangliang." + ".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            thing = getattr(thing, part, None)
        return thing
    return None


@pytest.mark.parametrize("path", PATHS)
def test_every_file_of_the_story_exists(path):
    assert (ROOT / path).is_file() or (ROOT / "src" / "shangliang" / path).is_file()


@pytest.mark.parametrize("name", DOTTED)
def test_every_function_and_event_of_the_story_exists(name):
    assert name in EVENTS or found(name) is not None


@pytest.mark.parametrize("name", STATES)
def test_every_state_of_the_story_exists(name):
    model, kind, value = name.split(".")
    models = {each.__name__: each for each in apps.get_models()}
    assert value in getattr(models[model], kind).__members__


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_of_the_story_leads_somewhere(address):
    assert resolve(address)


def test_every_link_of_the_story_leads_to_a_file():
    links = re.findall(r"\]\(([^)#]+)\)", STORY)
    assert links and all((ROOT / "docs" / link).exists() for link in links)


def test_the_story_names_enough_to_follow_it():
    assert len(DOTTED) > 60 and len(PATHS) > 8 and len(STATES) > 8


def test_nothing_happens_to_the_lamp_that_the_story_does_not_tell(lamp, unit_clerk, office_staff):
    voice, task = lamp
    with clock.at(dt.date(2023, 6, 20)):
        walk.answered(unit_clerk, task)
        walk.accepted(office_staff, task)
    with clock.at(dt.date(2023, 6, 22)):
        voice = Voice.objects.get(pk=voice.pk)
        outcomes.rate(by=ReceiptHolder(voice.pk), voice=voice, value="satisfied")
    happened = list(Entry.objects.filter(case_no=voice.case_no).order_by("seq").values_list("event", flat=True))
    assert len(happened) > 40
    assert set(happened) - set(NAMED) == set()
