"""The made-up county of the benchmarks is a county like any other."""

import datetime as dt

from django.test import Client

from bench.county import cases as county
from bench.county import register
from shangliang.cases.models import Case
from shangliang.journal.models import Entry
from shangliang.journal.verify import verify
from shangliang.shared import clock
from shangliang.tasks.models import Task
from shangliang.voices.models import Voice

FIRST, LAST = dt.date(2022, 3, 1), dt.date(2026, 3, 2)


def test_fifty_cases_are_filled_in_with_a_journal_that_holds(committee):
    with clock.at(FIRST):
        kept = register.fill_in(committee)
    told = []
    county.fill(kept, 50, FIRST, LAST, told.append)
    assert told[-1] == Case.objects.count() == Voice.objects.count() == 50
    assert Case.objects.published().count() > 15
    assert Task.objects.exists()
    assert Entry.objects.filter(case_no=Case.objects.first().no).exists()
    finding = verify()
    assert finding.whole, finding.reason


def test_the_pages_show_the_cases_that_were_filled_in(committee):
    with clock.at(FIRST):
        kept = register.fill_in(committee)
    county.fill(kept, 50, FIRST, LAST)
    shown = Case.objects.published().filter(stage=Case.Stage.ENDED).first()
    page = Client().get(f"/cases/{shown.no}/").content.decode()
    assert shown.title in page
    assert shown.no in Client().get(f"/cases/?q={shown.no}").content.decode()

