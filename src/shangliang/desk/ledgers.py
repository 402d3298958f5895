"""The customary columns of the lists, for the page and for Excel alike; nothing is typed twice."""

import io

from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook

from ..ledgers.columns import Column, write

__all__ = ["COLUMNS", "Column", "workbook"]


def _state(record):
    return str(record.get_state_display())


def _due(record):
    return record.deadline.due_on if record.deadline_id else None


COLUMNS = {
    "voices": [
        Column(_("编号"), lambda v: v.case.no, kind="link"),
        Column(_("内容"), lambda v: v.text[:60], 50),
        Column(_("地点"), lambda v: v.region.full_name + (v.venue.name if v.venue_id else ""), 28),
        Column(_("来源"), lambda v: str(v.get_channel_display())),
        Column(_("反映时间"), lambda v: v.reported_at, 18, kind="date"),
        Column(_("状态"), _state, kind="state"),
        Column(_("期限"), _due, kind="date"),
        Column(_("结果"), lambda v: v.result_words or v.outcome_words, 40, False),
    ],
    "topics": [
        Column(_("编号"), lambda t: t.case.no, kind="link"),
        Column(_("议题"), lambda t: t.title, 40),
        Column(_("类别"), lambda t: str(t.get_category_display())),
        Column(_("地点"), lambda t: t.region.full_name, 24),
        Column(_("提出日期"), lambda t: t.proposed_on, kind="date"),
        Column(_("状态"), _state, kind="state"),
        Column(_("期限"), _due, kind="date"),
    ],
    "consultations": [
        Column(_("编号"), lambda c: c.case.no, kind="link"),
        Column(_("议题"), lambda c: c.topic.title, 40),
        Column(_("平台"), lambda c: str(c.get_carrier_display())),
        Column(_("地点"), lambda c: c.venue.full_name, 28),
        Column(_("时间"), lambda c: c.starts_at, 18, kind="date"),
        Column(_("状态"), _state, kind="state"),
        Column(_("补录"), lambda c: str(_("补录")) if c.entered_late else "", 8, False),
    ],
    "agreements": [
        Column(_("编号"), lambda a: a.case.no, kind="link"),
        Column(_("项"), lambda a: a.number, 6, kind="number"),
        Column(_("约定"), lambda a: a.text, 50),
        Column(_("类别"), lambda a: str(a.get_kind_display()), 20, False),
        Column(_("责任方"), lambda a: a.unit.name if a.unit_id else str(a.get_party_display()), 20),
        Column(_("完成时限"), lambda a: a.due_on, kind="date"),
        Column(_("状态"), _state, kind="state"),
        Column(_("资金来源"), lambda a: a.funding_source, 24, False),
        Column(_("资金（元）"), lambda a: a.funding_yuan, 14, False, "number"),
        Column(_("村民出资（元）"), lambda a: a.villagers_yuan, 14, False, "number"),
        Column(_("村民投工（工日）"), lambda a: a.villagers_days, 14, False, "number"),
    ],
    "cases": [
        Column(_("编号"), lambda c: c.no, kind="link"),
        Column(_("公开标题"), lambda c: c.title or str(_("（未公开）")), 40),
        Column(_("地点"), lambda c: c.region.full_name, 24),
        Column(_("到哪一步"), lambda c: str(c.get_stage_display())),
        Column(_("公开"), _state, kind="state"),
        Column(_("开立日期"), lambda c: c.opened_on, kind="date"),
    ],
}


def workbook(title: str, columns, records) -> bytes:
    """An .xlsx file with one sheet; every text is written as text, so that nothing a person typed becomes a formula."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(title[:31])
    head = book.add_format({"bold": True, "bg_color": "#E8EFEC", "border": 1})
    sheet.freeze_panes(1, 1)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, str(column.title), head)
        sheet.set_column(number, number, column.width)
    for line, record in enumerate(records, 1):
        for number, column in enumerate(columns):
            write(sheet, line, number, line if column.kind == "serial" else column.cell(record))
    book.close()
    return out.getvalue()
