"""Ledgers 1–8 (domain: 台账): courtyards, visits, and the thread from what was heard to what was promised."""

from django.utils.translation import gettext_lazy as _

from ..agreements.models import Agreement
from ..cases.masking import mask_name
from ..consultations.models import Attendance, Consultation
from ..people.models import ContactLink
from ..people.roles import OFFICE, Role
from ..studios.models import Promise as StudioPromise
from ..studios.models import Studio
from ..tasks.models import Promise as TaskPromise
from ..tasks.models import Task
from ..topics.models import Topic
from ..venues.models import Steward, Venue
from ..venues.policies import READERS as VENUE_READERS
from ..visits.models import Promise as VisitPromise
from ..visits.models import Visit
from ..voices.models import Voice
from . import tasks
from .columns import Column
from .shape import Ledger, Sheet, count_of, serial

STAFF = (*OFFICE, Role.LIAISON, Role.REVIEWER, Role.PARTY_APPROVER)


def readable(model):
    """The records of a model that an account may read, by its own app's policy."""
    return lambda account, today: model.objects.visible_to(account)


def state():
    """The column 状态."""
    return Column(_("状态"), lambda row: str(row.get_state_display()), kind="state")


def case_no(of=lambda row: row.case.no):
    """The number of the matter, which leads to its file."""
    return Column(_("编号"), of, 16, kind="link")


def _courtyards(account, today):
    return Venue.objects.visible_to(account).filter(kind=Venue.Kind.COURTYARD)


def _yard_people(yards: list, asked) -> None:
    """Who looks after each courtyard, which members serve it, and what took place there; four queries."""
    by_pk = {yard.pk: yard for yard in yards}
    for yard in yards:
        yard.heads, yard.keepers, yard.serving = [], [], []
    for steward in Steward.objects.filter(venue__in=by_pk, until=None, erased_on=None).order_by("pk"):
        yard = by_pk[steward.venue_id]
        names = yard.heads if steward.post == Steward.Post.HEAD else yard.keepers
        names.append(steward.name if steward.shown else mask_name(steward.name))
    links = ContactLink.objects.filter(venue__in=by_pk, kind=ContactLink.Kind.MEMBER_COURTYARD, until=None)
    for venue, name in links.order_by("pk").values_list("venue", "member__name"):
        by_pk[venue].serving.append(name)
    count_of(yards, "visited", Visit.objects.made(), "venue")
    count_of(yards, "consulted", Consultation.objects.filter(state__in=Consultation.HELD), "venue")


def _attendance(meetings: list, asked) -> None:
    """How many came, of them members, and those concerned; how many items were agreed; four queries."""
    present = Attendance.objects.filter(status=Attendance.Status.PRESENT)
    count_of(meetings, "present", present, "consultation")
    count_of(meetings, "members_present", present.filter(role=Attendance.Role.MEMBER), "consultation")
    concerned = present.filter(role__in=[Attendance.Role.STAKEHOLDER, Attendance.Role.RESIDENT])
    count_of(meetings, "people_present", concerned, "consultation")
    count_of(meetings, "items", Agreement.objects.exclude(state="draft"), "consultation")


def within(model, parent, path):
    """The records of a model whose parent the account may read."""
    return lambda account, today: model.objects.filter(
        **{f"{path}__in": parent.objects.visible_to(account).values("pk")}
    )


def _sources(topic) -> str:
    return "、".join(str(source.get_kind_display()) for source in topic.sources.all())


def _promise(key, name, rows, where, stands, **more) -> Sheet:
    """A sheet of promises: where, what, until when, and how each was kept."""
    columns = (
        serial(), Column(_("承诺来自"), where, 36, kind="title"), Column(_("承诺内容"), lambda p: p.text, 50),
        Column(_("办结时限"), lambda p: p.due_on, kind="date"), Column(_("兑现日期"), lambda p: p.kept_on, kind="date"),
        Column(_("兑现情况"), lambda p: p.report, 40),
    )  # fmt: skip
    return Sheet(key, name, columns, rows, "due_on", order=("-due_on",), stands=stands, **more)


COURTYARDS = Ledger(
    1, _("小院台账"),
    _("每个小院的登记、院长管家、联系委员，和在那里走访、协商的次数。院长管家没有同意公开姓名的只写姓；电话不进台账，"
      "在小院的页面查看并留下记录。"),
    (Sheet(
        "", _("小院"), (
            serial(), Column(_("编号"), lambda v: v.code, 10, kind="link"), Column(_("小院名称"), lambda v: v.name, 24),
            Column(_("镇街村（社区）"), lambda v: v.region.full_name, 26),
            Column(_("村民小组"), lambda v: v.group_no, 12, False),
            Column(_("地址"), lambda v: v.address, 26, False),
            Column(_("户数"), lambda v: v.households, 8, kind="number"),
            Column(_("院长"), lambda v: "、".join(v.heads), 10),
            Column(_("管家"), lambda v: "、".join(v.keepers), 16, False),
            Column(_("联系委员"), lambda v: "、".join(v.serving), 20),
            Column(_("走访次数"), lambda v: v.visited, 10, kind="number"),
            Column(_("协商场次"), lambda v: v.consulted, 10, kind="number"),
            Column(_("启用日期"), lambda v: v.opened_on, kind="date"),
            Column(_("停用日期"), lambda v: v.closed_on, 14, False, "date"),
        ),
        _courtyards, "opened_on", "region", text=("name", "code", "region__full_name"), order=("code",),
        related=("region",), complete=_yard_people,
    ),), VENUE_READERS,
)  # fmt: skip
VISITS = Ledger(
    2, _("走访台账"),
    _("委员每一次走访：去了哪里、谁去的、做了什么、听到哪些事、答应了什么。户主姓名不登记，所以没有这一栏。"),
    (Sheet(
        "", _("走访"), (
            serial(), Column(_("日期"), lambda v: v.on, kind="date"),
            Column(_("地点"), lambda v: v.venue.full_name, 30, kind="title"),
            Column(_("走访委员"), lambda v: "、".join(m.name for m in v.members.all()), 24),
            Column(_("走访内容"), lambda v: "、".join(str(kind) for kind in v.kinds.all()), 26),
            Column(_("户数"), lambda v: v.households, 8, kind="number"),
            Column(_("宣讲的政策"), lambda v: v.explained, 36, False),
            Column(_("走访记录"), lambda v: v.noted, 50, False),
            Column(_("收集民声"), lambda v: "、".join(link.voice.case.no for link in v.raised.all()), 20, kind="code"),
            Column(_("承诺事项"), lambda v: "；".join(p.text for p in v.promises.all()), 40),
            Column(_("已兑现"), lambda v: sum(p.kept_on is not None for p in v.promises.all()), 8, kind="number"),
            state(),
        ),
        readable(Visit), "on", "venue__region", "state", ("venue__name", "noted", "explained"), ("-on",),
        ("venue__region",), ("members", "kinds", "promises", "raised__voice__case"),
    ),), (*OFFICE, Role.LIAISON, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD),
)  # fmt: skip
VOICES = Ledger(
    3, _("民声台账"),
    _("群众反映的每一件事和它的去向。谁反映的、电话多少封存在别处，台账里没有；内容里像电话、证件号的已经遮住。"),
    (Sheet(
        "", _("民声"), (
            serial(), case_no(), Column(_("反映时间"), lambda v: v.reported_at, kind="date"),
            Column(_("来源"), lambda v: str(v.get_channel_display())),
            Column(_("地点"), lambda v: v.region.full_name + (v.venue.name if v.venue_id else ""), 28),
            Column(_("反映内容"), lambda v: v.text, 50),
            Column(_("答复或去向"), lambda v: v.outcome_words, 36, False),
            Column(_("转往"), lambda v: v.referred_to, 20, False),
            Column(_("外单位编号"), lambda v: v.external_no, 18, False, "code"),
            Column(_("办理期限"), lambda v: v.deadline.due_on if v.deadline_id else None, kind="date"), state(),
            Column(_("结果"), lambda v: v.result_words, 36, False),
        ),
        readable(Voice), "reported_at", "region", "state", ("text", "case__no"), ("-reported_at",),
        ("case", "region", "venue", "deadline"),
    ),), (*STAFF, Role.MEMBER),
)  # fmt: skip
_TOPIC = (
    serial(), case_no(), Column(_("议题"), lambda t: t.title, 40),
    Column(_("类别"), lambda t: str(t.get_category_display())),
    Column(_("镇街村（社区）"), lambda t: t.region.full_name, 24),
)  # fmt: skip
TOPICS = Ledger(
    4, _("议题库和年度协商计划"), _("进过议题库的全部议题；经党委审定的另成一张，就是年度协商计划。"),
    (
        Sheet(
            "pool", _("议题库"), (
                *_TOPIC, Column(_("议题来源"), _sources, 20),
                Column(_("提出日期"), lambda t: t.proposed_on, kind="date"),
                Column(_("初核日期"), lambda t: t.review_on, 14, False, "date"),
                Column(_("初核意见"), lambda t: t.review_note, 30, False), state(),
            ),
            readable(Topic), "proposed_on", "region", "state", ("title", "case__no"), ("-proposed_on",),
            ("case", "region"), ("sources",),
        ),
        Sheet(
            "plan", _("年度协商计划"), (
                *_TOPIC, Column(_("审定机关"), lambda t: t.approval.body, 24),
                Column(_("审定日期"), lambda t: t.approval.decided_on, kind="date"),
                Column(_("文号"), lambda t: t.approval.paper_no, 20, kind="code"),
                Column(_("审定意见"), lambda t: t.approval.opinion, 30, False), state(),
            ),
            lambda account, today: Topic.objects.visible_to(account).filter(approval__isnull=False),
            "approval__decided_on", "region", "state", ("title", "case__no"), ("-approval__decided_on",),
            ("case", "region", "approval"),
        ),
    ), (*STAFF, Role.MEMBER),
)  # fmt: skip
CONSULTATIONS = Ledger(
    5, _("协商活动台账"), _("一议题一档：每一场协商一行，点编号看这件事的全部材料。到会只写人数，不写姓名。"),
    (Sheet(
        "", _("协商活动"), (
            serial(), case_no(), Column(_("协商时间"), lambda c: c.starts_at, kind="date"),
            Column(_("平台"), lambda c: str(c.get_carrier_display())),
            Column(_("地点"), lambda c: c.venue.full_name, 28),
            Column(_("议题"), lambda c: c.topic.title, 40), Column(_("召集人"), lambda c: c.convener.name, 12, False),
            Column(_("主持人"), lambda c: c.host.name, 12, False),
            Column(_("记录人"), lambda c: c.recorder.name, 12, False),
            Column(_("到会人次"), lambda c: c.present, 10, kind="number"),
            Column(_("其中委员"), lambda c: c.members_present, 10, False, "number"),
            Column(_("其中群众和利益相关方"), lambda c: c.people_present, 12, False, "number"),
            Column(_("意见（项）"), lambda c: c.items, 10, kind="number"),
            Column(_("报送"), lambda c: c.reported_to, 24, False),
            Column(_("印发日期"), lambda c: c.issued_on, 14, False, "date"),
            state(), Column(_("补录"), lambda c: str(_("补录")) if c.entered_late else "", 8, False),
        ),
        readable(Consultation), "starts_at", "venue__region", "state", ("topic__title", "case__no"), ("-starts_at",),
        ("case", "topic", "venue__region", "convener", "host", "recorder"), complete=_attendance,
    ),), (*STAFF, Role.MEMBER),
)  # fmt: skip
AGREEMENTS = Ledger(
    6, _("协商意见清单"), _("协商中各方确认的每一项：谁办、什么时候办完、钱从哪里来，以及保留的意见。"),
    (Sheet(
        "", _("协商意见"), (
            serial(), case_no(), Column(_("项"), lambda a: a.number, 6, kind="number"),
            Column(_("协商时间"), lambda a: a.consultation.starts_at, kind="date"),
            Column(_("议题"), lambda a: a.consultation.topic.title, 32, False),
            Column(_("意见内容"), lambda a: a.text, 50),
            Column(_("类别"), lambda a: str(a.get_kind_display()), 16, False),
            Column(_("责任方"), lambda a: a.unit.name if a.unit_id else str(a.get_party_display()), 20),
            Column(_("配合单位"), lambda a: "、".join(unit.name for unit in a.co_units.all()), 20, False),
            Column(_("完成时限"), lambda a: a.due_on, kind="date"),
            Column(_("资金来源"), lambda a: a.funding_source, 20, False),
            Column(_("资金（元）"), lambda a: a.funding_yuan, 12, False, "number"),
            Column(_("村民出资（元）"), lambda a: a.villagers_yuan, 14, False, "number"),
            Column(_("村民投工（工日）"), lambda a: a.villagers_days, 14, False, "number"), state(),
            Column(_("办理答复"), lambda a: a.outcome_words, 30, False),
        ),
        readable(Agreement), "consultation__starts_at", "case__region", "state", ("text", "case__no"),
        ("-consultation__starts_at", "number"), ("case__region", "unit", "consultation__topic"), ("co_units",),
    ),), (*STAFF, Role.UNIT_CLERK),
)  # fmt: skip
TASKS = Ledger(
    7, _("交办督办台账"),
    _("交给各单位办的每一件，从签收到销号，和各单位用的表头一样。“回头看”没有单独的记录，留空，打印后手填。"),
    (Sheet(
        "", _("交办事项"), tuple(tasks.COLUMNS), readable(Task), "assigned_on", "case__region", "state",
        ("agreement__text", "proposal__title", "case__no", "unit__name"), ("-assigned_on",),
        ("case__region", "agreement__consultation__topic", "proposal", "unit", "deadline"),
        complete=lambda rows, asked: tasks.complete(rows),
    ),), (*STAFF, Role.UNIT_CLERK),
)  # fmt: skip
PROMISES = Ledger(
    8, _("承诺事项台账"),
    _("委员走访时、单位答复时、工作室开展活动时答应的事，什么时候要办到、办到没有。时间按办结时限选。"),
    (
        _promise("visits", _("走访承诺"), within(VisitPromise, Visit, "visit"), lambda p: p.visit.venue.full_name,
                 lambda p: p.visit, town="visit__venue__region", text=("text",), related=("visit__venue__region",)),
        _promise("tasks", _("交办答复承诺"), within(TaskPromise, Task, "task"),
                 lambda p: f"{p.task.case.no} {p.task.unit.name}",
                 lambda p: p.task, town="task__case__region", text=("text", "task__unit__name"),
                 related=("task__case", "task__unit")),
        _promise("studios", _("工作室承诺"), within(StudioPromise, Studio, "studio"), lambda p: p.studio.name,
                 lambda p: p.studio, town="studio__venue__region", text=("text",), related=("studio",)),
    ), (*OFFICE, Role.LIAISON, Role.MEMBER, Role.STUDIO_LEAD, Role.UNIT_CLERK),
)  # fmt: skip
LEDGERS = (COURTYARDS, VISITS, VOICES, TOPICS, CONSULTATIONS, AGREEMENTS, TASKS, PROMISES)
