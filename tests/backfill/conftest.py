"""A year on paper, as an office keeps it: titles, merged cells, three kinds of days, a doubled row, a total."""

import datetime as dt
import io

import pytest
import xlsxwriter

from shangliang.backfill import commands, intake
from shangliang.backfill.queries import proposed
from shangliang.people.roles import Role


@pytest.fixture
def office(account, committee):
    return account(Role.COMMITTEE_OFFICE)


def messy(places=("毛万二小院", "普陀村", "马草村", "普托村")) -> bytes:
    """An xlsx with four meetings (one twice, one at a misspelt place) of 30 + 25 + 9 + 12 people, and its total."""
    yard, village, other, misspelt = places
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("2022年")
        sheet.merge_range("A1:F1", "2022年协商活动台账")
        sheet.merge_range("A2:F2", "填报单位：政协办公室")
        rows = [
            ["协商日期", "协商地点", "协商议题", "参会人数", "约定事项", "凭据"],
            ["2022.5.8", yard, "装路灯", "30", 1, "签字纪要"],
            ["2022年6月9日", village, "修水渠", "25人", 2, "照片"],
            [dt.datetime(2022, 7, 10), other, "清淤", "９", "", "日报报道"],
            ["2022.5.8", yard, "装路灯", "30", 1, "签字纪要"],
            [44790, misspelt, "建停车场", 12, 1, ""],
            ["合计", "", "", 76, 5, ""],
        ]
        for number, row in enumerate(rows, 2):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(number, column, cell, day)
                elif cell != "":
                    sheet.write(number, column, cell)
    return raw.getvalue()


@pytest.fixture
def bring(office, committee):
    """Read something in and map its columns as proposed: ``bring("visit", text=…)``."""

    def run(kind="consultation", **what):
        batch = intake.read(by=office, committee=committee, kind=kind, **what)
        head, columns = proposed(batch)
        commands.map_columns(by=office, batch=batch, head=head, columns=columns)
        return batch

    return run


@pytest.fixture
def year(bring, courtyard, other_village):
    """The messy year, mapped."""
    return bring(name="2022.xlsx", raw=messy())
