"""When the demo may be built, and what is left of a build that was interrupted."""

import pytest
from django.conf import settings

from shangliang.demo import build
from shangliang.journal.models import Entry
from shangliang.people.models import Committee
from shangliang.shared.refusals import Refused

MARK = settings.HOME / "demo"


@pytest.fixture(autouse=True)
def _no_mark(settings):
    """Each test begins in an installation that is no demo, and leaves none behind."""
    settings.IS_DEMO = False
    yield
    MARK.unlink(missing_ok=True)


def test_a_real_committee_is_never_made_a_demo(committee):
    with pytest.raises(Refused, match="正式的政协委员会"):
        build.ensure(quiet=True)
    assert not MARK.exists() and not settings.IS_DEMO


def test_a_real_committee_behind_the_mark_of_a_demo_is_refused_too(committee, settings):
    settings.IS_DEMO = True
    with pytest.raises(Refused, match="正式的政协委员会"):
        build.ensure(quiet=True)


def test_an_interrupted_build_leaves_nothing_behind(db, monkeypatch):
    def interrupted(*args):
        assert Committee.objects.exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "fill", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build.ensure(quiet=True)
    assert not Committee.objects.exists() and not Entry.objects.exists()
    assert MARK.exists() and settings.IS_DEMO
