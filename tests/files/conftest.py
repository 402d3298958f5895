"""Files of one case."""

import pytest

from shangliang.cases.commands import open_case
from shangliang.files import commands
from shangliang.people.actors import ANYONE

from . import samples


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def case(committee, village):
    """A case in 普陀村."""
    return open_case(by=ANYONE, committee=committee, region=village)


@pytest.fixture
def attachment(case):
    """A private picture of that case."""
    return commands.attach(
        by=ANYONE, about=case, role="report", uploads=[samples.upload(samples.jpeg())]
    )[0]


@pytest.fixture
def paper(case):
    """A private PDF of that case."""
    return commands.attach(
        by=ANYONE, about=case, role="paper", uploads=[samples.upload(samples.PDF, "纪要.pdf")]
    )[0]
