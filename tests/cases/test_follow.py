"""A case follows its thread to the end and stays there."""

import datetime as dt

from shangliang.cases.models import Case
from shangliang.consultations.models import Attendance
from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import ReceiptHolder
from shangliang.shared import clock
from shangliang.voices.models import Voice
from tests import factories
from tests.journeys import walk


def test_a_rating_from_the_table_after_the_end_does_not_open_the_case_again(
    committee, courtyard, liaison, party_approver, unit, unit_clerk, office_staff
):
    members = [factories.member(committee), factories.member(committee)]
    with clock.at(dt.date(2023, 5, 12)):
        voice, _code = walk.report(committee, courtyard)
        agreement = walk.agreed(liaison, party_approver, unit, members, courtyard, voice)
    with clock.at(dt.date(2023, 6, 20)):
        task = walk.assigned(office_staff, agreement, unit)
        walk.answered(unit_clerk, task)
        walk.accepted(office_staff, task)
        outcomes.rate(by=ReceiptHolder(voice.pk), voice=Voice.objects.get(pk=voice.pk), value="satisfied")
    assert Case.objects.get(pk=voice.case_id).stage == Case.Stage.ENDED
    attendance = Attendance.objects.filter(member=members[0]).select_related("consultation__venue__region").get()
    later = dt.datetime(2023, 6, 27, 9, tzinfo=dt.UTC)
    with clock.at(later):
        outcomes.rate_attended(by=office_staff, attendance=attendance, value="satisfied", note="电话回访")
    case = Case.objects.get(pk=voice.case_id)
    assert (case.stage, case.updated_at) == (Case.Stage.ENDED, later)
