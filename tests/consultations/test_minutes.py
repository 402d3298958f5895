"""Minutes: versions, confirmation of all three sides on the very version that is issued, dissent kept."""

import pytest

from shangliang.agreements import commands as agreements
from shangliang.consultations import commands as consultations
from shangliang.consultations.models import Confirmation, Consultation
from shangliang.journal.models import Entry, PersonalValue
from shangliang.shared.refusals import Refused

from ..journeys import walk

SIDES = list(Confirmation.Side)


@pytest.fixture
def circulated(held, liaison):
    """The first version is with the three sides."""
    consultations.draft_minutes(by=liaison, consultation=held, situation="看过", positions="装六盏")
    consultations.circulate(by=liaison, consultation=held)
    return held


def confirm(by, consultation, side, **fields):
    consultations.confirm(by=by, consultation=consultation, side=side, name="某人", method="signed", **fields)


def test_minutes_tell_the_situation_and_a_report_its_reader(held, circulated, liaison):
    for situation in ("", "  "):
        with pytest.raises(Refused, match="请写情况通报"):
            consultations.draft_minutes(by=liaison, consultation=held, situation=situation, positions="")
    for side in SIDES:
        confirm(liaison, circulated, side)
    consultations.issue(by=liaison, consultation=circulated)
    with pytest.raises(Refused, match="报送给谁"):
        consultations.report(by=liaison, consultation=circulated, to=" ")


@pytest.mark.parametrize("left_out", SIDES)
def test_minutes_are_issued_only_when_every_side_has_confirmed(left_out, circulated, liaison):
    for side in SIDES:
        if side != left_out:
            confirm(liaison, circulated, side)
    with pytest.raises(Refused, match=f"还缺确认：{left_out.label}。"):
        consultations.issue(by=liaison, consultation=circulated)
    confirm(liaison, circulated, left_out)
    consultations.issue(by=liaison, consultation=circulated)
    assert Consultation.objects.get().issued_on is not None
    assert Consultation.objects.get().deadline.ended_on is not None


def test_a_new_version_after_circulation_must_be_confirmed_anew(circulated, liaison):
    for side in SIDES:
        confirm(liaison, circulated, side)
    second = consultations.draft_minutes(by=liaison, consultation=circulated, situation="改了", positions="装八盏")
    assert second.version == 2
    with pytest.raises(Refused, match="现在的状态"):
        confirm(liaison, circulated, "host")
    consultations.circulate(by=liaison, consultation=circulated)
    with pytest.raises(Refused, match="还缺确认：主持人、群众一方、责任单位一方"):
        consultations.issue(by=liaison, consultation=circulated)
    assert [m.situation for m in circulated.minutes.all()] == ["看过", "改了"]
    assert Confirmation.objects.filter(minutes__version=1).count() == 3


def test_after_circulation_no_item_changes_until_the_minutes_are_drafted_again(held, liaison, unit):
    item = walk.item(liaison, held, unit=unit)
    consultations.draft_minutes(by=liaison, consultation=held, situation="看过", positions="")
    consultations.circulate(by=liaison, consultation=held)
    item.consultation = held
    with pytest.raises(Refused, match="不能再增改"):
        walk.item(liaison, held, unit=unit)
    with pytest.raises(Refused, match="不能再增改"):
        agreements.revise(by=liaison, agreement=item, text="少装两盏")
    consultations.draft_minutes(by=liaison, consultation=held, situation="再写", positions="")
    agreements.revise(by=liaison, agreement=item, text="多装两盏")
    assert Entry.objects.get(event="agreements.revised").fields["before"] != "多装两盏"


def test_dissent_is_kept_with_the_confirmation_and_only_committed_to_in_the_journal(circulated, liaison):
    confirm(liaison, circulated, "residents", dissent="我家门口也要一盏")
    assert Confirmation.objects.get().dissent == "我家门口也要一盏"
    entry = Entry.objects.get(event="consultations.confirmed")
    assert "门口" not in entry.data
    assert PersonalValue.objects.get(entry=entry).value == "我家门口也要一盏"


def test_a_unit_confirms_for_its_own_side_alone(circulated, unit_clerk):
    confirm(unit_clerk, circulated, "responsible")
    for side in ("host", "residents"):
        with pytest.raises(Refused, match="只能代表责任单位一方"):
            confirm(unit_clerk, circulated, side)
    assert Confirmation.objects.get().side == "responsible"


def test_a_unit_that_was_not_there_confirms_nothing(circulated, strangers):
    with pytest.raises(Refused):
        confirm(strangers["clerk of another unit"], circulated, "responsible")


@pytest.mark.parametrize(("fields", "says"), [({"side": "nobody"}, "哪一方"), ({"name": " "}, "确认人姓名")])
def test_a_confirmation_names_its_side_and_its_person(fields, says, circulated, liaison):
    fields = {"side": "host", "name": "某人", "method": "signed", **fields}
    with pytest.raises(Refused, match=says):
        consultations.confirm(by=liaison, consultation=circulated, **fields)
