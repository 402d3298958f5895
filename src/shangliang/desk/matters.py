"""The desk's list and page of joint topics and supervision projects."""

from django.utils.translation import gettext_lazy as _

from ..partnerships import commands, matter_forms, policies, queries
from ..partnerships.models import Matter
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column
from .partnerships import MOST, READERS, STAFF, told

_STATE = Matter.State


def page(account, matter) -> dict:
    """Both numbers, both approvals, studies, sittings, the joint opinion's items, tracking, and our own thread."""
    shared, meetings = told(matter), queries.meetings(matter)
    return {
        **shared, "lanes": lanes(matter, shared, meetings), "meetings": meetings,
        "studies": queries.field_studies(matter), "trackings": matter.trackings.all(),
        "items": matter.items.select_related("agreement__case"), "case_no": matter.case_no,
    }  # fmt: skip


def lanes(matter, shared, meetings) -> list[dict]:
    """How far each side is, one row for each: number, approval, people who came, opinion, report, done."""
    numbers, approvals = queries.numbers(matter), queries.approvals(matter)
    said: dict[tuple, object] = {}
    for row in shared["statements"]:
        if row.step != "endorse" or row.about == matter.version:
            said[row.side, row.step] = row.said_at
    came = {row.side: row.present for meeting in meetings for row in meeting.sides if row.present is not None}
    return [
        {
            "name": name, "ours": code == shared["ours"], "lead": code == matter.lead, "no": numbers.get(code, ""),
            "approval": approvals.get(code), "came": came.get(code),
            "opinion": said.get((code, "opine" if code == matter.lead else "endorse")),
            "reported": said.get((code, "report")), "finished": said.get((code, "finish")),
        }
        for code, name in shared["sides"].items()
    ]  # fmt: skip


def waiting(account, days) -> list[Waiting]:
    """Matters that wait for a step of our side."""
    rows = Matter.objects.exclude(state__in=[_STATE.CLOSED, _STATE.DECLINED, _STATE.SPLIT])
    rows = rows.select_related("committee__region").prefetch_related("partnership__sides", "items")
    found = [(row, step) for row in rows.order_by("raised_on", "pk")[:MOST] if (step := next_step(row))]
    return [
        Waiting(
            "matter", "", f"{row.title}：{step}", str(row.get_state_display()), row.lead_name, None, "neutral",
            f"/desk/matters/{row.pk}/",
        )
        for row, step in found
    ]  # fmt: skip


def next_step(matter) -> str:
    """What our side has to do now, in words; "" when it is the other side's turn or our own thread goes on."""
    if matter.state in {_STATE.PROPOSED, _STATE.COUNTER_REVIEW} and matter.topic_id is None:
        return str(_("对方提出，请研究"))
    if matter.state == _STATE.AGREED and matter.we_lead:
        return str(_("请列入合作计划或安排联合协商"))
    if matter.state == _STATE.CONSULTED:
        if matter.we_lead and not matter.version:
            return str(_("请起草联合意见"))
        return "" if matter.we_lead or not matter.version else str(_("请看联合意见稿"))
    untaken = any(item.owner == matter.ours and item.agreement_id is None for item in matter.items.all())
    if matter.state == _STATE.JOINT_OPINION and untaken:
        return str(_("请把我方事项落到约定"))
    if matter.state in {_STATE.DUAL_REPORTED, _STATE.TRACKING} and matter.we_lead:
        return str(_("跟踪后在联席会议通报"))
    return ""


MATTERS = Kind(
    name="matter", plural="matters", icon="merge", template="desk/matter.html", page=page, group="carriers",
    listing=Listing(
        Matter, _("协同议题和监督"), "-raised_on", "", ("title", "summary"),
        ("committee__region", "partnership", "topic__case"), "raised_on", late=False,
        counted=lambda rows, today: rows.prefetch_related("partnership__sides"),
    ),
    columns=[
        Column(_("名称"), lambda m: m.title, 40, kind="link"), Column(_("类别"), lambda m: str(m.get_kind_display())),
        Column(_("本方编号"), lambda m: m.case_no), Column(_("主办方"), lambda m: m.lead_name, 16),
        Column(_("提出日期"), lambda m: m.raised_on, kind="date"),
        Column(_("状态"), lambda m: str(m.get_state_display()), kind="state"),
    ],
    related=("committee__region", "partnership", "topic__case", "plan_item"),
    begin=Begin(_("提出协同事项"), matter_forms.RaiseForm, commands.raise_matter, policies.may_begin),
    offered={
        "take_up": lambda m: m.state in Matter.EARLY and m.topic_id is None,
        "turn_down": lambda m: m.state in Matter.EARLY and not queries.has_said(m, m.ours, "approve"),
        "withdraw": lambda m: m.state in Matter.EARLY and not queries.has_said(m, m.ours, "approve"),
        "defer": lambda m: m.state in {"proposed", "counter_review"} and not queries.has_said(m, m.ours, "approve"),
        "resume": lambda m: m.state == _STATE.DEFERRED and queries.stance(m, m.ours) == "defer",
        "join_sitting": lambda m: m.state in Matter.MOVES["join_sitting"][0] and queries.open_sittings(m).exists(),
        "endorse": lambda m: m.state == _STATE.CONSULTED and bool(m.version),
        "object": lambda m: m.state == _STATE.CONSULTED and bool(m.version),
        "take_items": lambda m: m.state == _STATE.JOINT_OPINION and queries.untaken(m).exists(),
        "finish": lambda m: m.state in Matter.FOLLOWING and queries.may_finish_now(m),
        "split": lambda m: m.state in Matter.MOVES["split"][0] and not queries.has_said(m, m.ours, "finish"),
    },
    main=frozenset({"take_up", "schedule", "join_sitting", "opine", "endorse", "take_items", "track"}),
    grave=frozenset({"turn_down", "withdraw", "defer", "split"}),
    piles=((STAFF, waiting),), seen_by=READERS,
)  # fmt: skip
