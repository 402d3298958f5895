"""The ledger of tasks has the columns that units know, filled from the records, in a fixed number of queries."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import ReceiptHolder
from shangliang.shared import clock
from shangliang.tasks import commands as tasks
from tests.journeys import walk

#: domain: the customary columns of 交办督办台账, in their order; 状态 is ours.
HEADINGS = [
    "序号", "编号", "来源", "事项", "具体要求", "主办", "协办", "交办日期", "签收日期", "时限", "延期", "进展", "状态", "办理结果",
    "佐证", "答复日期", "评价", "回头看", "销号日期", "备注",
]  # fmt: skip


def sheet(client):
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/desk/tasks/?format=xlsx").content))
    return book.get_sheet_by_index(0).to_python()


@pytest.fixture
def finished(lamp, unit_clerk, office_staff):
    """The lamps with an extension, progress, a reply with pictures, and a rating."""
    voice, task = lamp
    with clock.at(dt.date(2023, 6, 14)):
        tasks.acknowledge(by=unit_clerk, task=task)
        tasks.progress(by=unit_clerk, task=task, text="灯杆已到，等晴天安装")
        tasks.request_extension(by=unit_clerk, task=task, days=10, reason="缺货")
        tasks.grant_extension(by=office_staff, task=task)
    with clock.at(dt.date(2023, 6, 20)):
        tasks.reply(by=unit_clerk, task=task, grade="A", text="六盏灯装好了。", photos=[walk.picture()])
        walk.accepted(office_staff, task)
    with clock.at(dt.date(2023, 6, 22)):
        voice.refresh_from_db()
        outcomes.rate(by=ReceiptHolder(voice.pk), voice=voice, value="satisfied", comment="")
    return task


def test_the_sheet_has_the_customary_columns_filled_from_the_records(finished, client_as, office_staff):
    head, row = sheet(client_as(office_staff))
    assert head == HEADINGS
    told = dict(zip(head, row, strict=True))
    assert (told["序号"], told["延期"], told["办理结果"], told["评价"]) == (1, 10, "A", "满意")
    assert told["进展"] == "灯杆已到，等晴天安装" and told["佐证"] == 1 and told["答复日期"] == dt.date(2023, 6, 20)


def test_the_sheet_takes_as_many_queries_for_much_as_for_little(finished, client_as, office_staff):
    client = client_as(office_staff)
    client.get("/desk/tasks/?format=xlsx")
    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/tasks/?format=xlsx")
    assert len(asked) <= 14
