"""What the public pages are tested with: a browser, a reported voice, a rated and published case."""

import datetime as dt

import pytest
from django.test import Client

from shangliang.cases import commands as cases
from shangliang.cases.models import Case
from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import ReceiptHolder
from shangliang.shared import clock
from shangliang.voices.models import Voice

from .. import factories
from ..journeys import walk

KEY = "a-key-of-the-form-0123456789-abcdef"


@pytest.fixture
def browser():
    """An anonymous browser that checks safety marks of forms as a real one must."""
    return Client()


@pytest.fixture
def voice(committee, courtyard):
    """A voice just reported at the courtyard; ``voice.code`` is its receipt code."""
    made, code = walk.report(committee, courtyard, key=KEY, name="毛某某", phone="13812345678")
    made = Voice.objects.get(pk=made.pk)
    made.code = code
    return made


@pytest.fixture
def visit(browser, voice):
    """The browser after the code was entered."""
    browser.post("/receipt/", {"code": voice.code})
    return browser


@pytest.fixture
def members(committee):
    return [factories.member(committee), factories.member(committee)]


@pytest.fixture
def lamp(committee, courtyard, liaison, party_approver, unit, unit_clerk, office_staff, reviewer, members):
    """The lamp thread, answered and published but not rated; ``case.voice``, ``case.code``."""
    with clock.at(dt.date(2023, 5, 12)):
        voice, code = walk.report(committee, courtyard, key=f"lamp-{KEY}", phone="13812345678")
        agreement = walk.agreed(liaison, party_approver, unit, members, courtyard, voice)
    with clock.at(dt.date(2023, 6, 12)):
        task = walk.assigned(office_staff, agreement, unit)
    with clock.at(dt.date(2023, 6, 20)):
        walk.answered(unit_clerk, task)
        walk.accepted(office_staff, task)
        case = Case.objects.get(pk=voice.case_id)
        cases.publish(by=reviewer, case=case, title="毛万二小院装上路灯", summary="院坝到大路没有路灯。")
    case.voice, case.code = Voice.objects.get(pk=voice.pk), code
    return case


@pytest.fixture
def rated(lamp):
    """The lamp thread rated 满意 and closed."""
    with clock.at(dt.date(2023, 6, 22)):
        outcomes.rate(by=ReceiptHolder(lamp.voice.pk), voice=lamp.voice, value="satisfied", comment="亮堂了")
    lamp.refresh_from_db()
    return lamp


@pytest.fixture
def published(committee, courtyard, reviewer):
    """Make published cases: ``published("title", n)``."""

    def make(title="路面坑洼", number=1, summary="一段路坑洼。"):
        made = []
        for each in range(number):
            voice, _code = walk.report(committee, courtyard, key=f"{title}-{each}", text=title)
            case = Case.objects.get(pk=voice.case_id)
            cases.publish(by=reviewer, case=case, title=f"{title}{each or ''}", summary=summary)
            made.append(case)
        return made

    return make


def text(response) -> str:
    """The page as text."""
    return response.content.decode()
