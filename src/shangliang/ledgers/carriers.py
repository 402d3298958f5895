"""Ledgers 9–12 (domain: 台账): supervision and appraisal, studios, salons and conversions, neighbours."""

from django.utils.translation import gettext_lazy as _

from ..conversions.models import Conversion
from ..conversions.queries import UNREADABLE, origins, with_origins
from ..outcomes.models import Evaluation, Rating
from ..partnerships.models import Activity as JointActivity
from ..partnerships.models import Conference, Decision, Matter, PlanItem, Tracking
from ..partnerships.policies import READERS as JOINT_READERS
from ..people.roles import OFFICE, Role
from ..proposals.models import Proposal
from ..salons.models import Guest, Point, Salon
from ..studios.models import Activity, LogEntry, Participant, Reception, Seat, Studio
from ..studios.queries import for_ledger
from .columns import Column
from .shape import Ledger, Sheet, count_of, serial
from .thread import case_no, readable, state, within


def _of_office(model):
    """All records, for those who read the whole committee's; nobody else finds any."""
    return lambda account, today: model.objects.all() if account.has(*OFFICE) else model.objects.none()


SUPERVISION = Ledger(
    9, _("民主监督评议台账"),
    _("对两地商定的事怎么监督、视察、评议的，群众对办理结果怎么评价，提案人对提案办理怎么评价。评价的人不写姓名。"),
    (
        Sheet(
            "trackings", _("监督视察评议"), (
                serial(), Column(_("日期"), lambda t: t.on, kind="date"),
                Column(_("事项"), lambda t: t.matter.title, 40, kind="title"),
                Column(_("形式"), lambda t: str(t.get_kind_display())), Column(_("地点"), lambda t: t.place, 24),
                Column(_("发现和意见"), lambda t: t.finding, 50),
            ),
            within(Tracking, Matter, "matter"), "on", state="kind", text=("finding", "place", "matter__title"),
            order=("-on",), related=("matter",), stands=lambda t: t.matter,
        ),
        Sheet(
            "ratings", _("群众评价"), (
                serial(), case_no(), Column(_("评价时间"), lambda r: r.rated_at, kind="date"),
                Column(_("地点"), lambda r: r.case.region.full_name, 24),
                Column(_("评价"), lambda r: str(r.get_value_display())),
                Column(_("怎么评的"), lambda r: str(r.get_said_display()), 16),
                Column(_("评语"), lambda r: r.comment, 50),
            ),
            _of_office(Rating), "rated_at", "case__region", "value", ("case__no",), ("-rated_at",), ("case__region",),
            stands=lambda r: r.case,
        ),
        Sheet(
            "evaluations", _("提案办理评价"), (
                serial(), Column(_("提案"), lambda e: e.proposal.title, 44, kind="title"),
                Column(_("提案编号"), lambda e: e.proposal.number_words, 18, kind="code"),
                Column(_("评价日期"), lambda e: e.evaluated_on, kind="date"),
                Column(_("对办理结果"), lambda e: str(e.get_value_display())),
                Column(_("对办理态度"), lambda e: str(e.get_attitude_display()) if e.attitude else ""),
                Column(_("意见"), lambda e: e.comment, 44),
            ),
            within(Evaluation, Proposal, "proposal"), "evaluated_on", state="value", text=("proposal__title",),
            order=("-evaluated_on",), related=("proposal",), stands=lambda e: e.proposal,
        ),
    ), OFFICE,
)  # fmt: skip


def _took_part(activities: list, asked) -> None:
    """How many members and people of the studio took part; one query."""
    count_of(activities, "took_part", Participant.objects.all(), "activity")


def _activities(key, name, kind=None) -> Sheet:
    """A sheet of what studios did, of one kind or of all."""
    of_kind = {"kind": kind} if kind else {}
    columns = (
        serial(), Column(_("日期"), lambda a: a.on, kind="date"),
        Column(_("工作室"), lambda a: a.studio.name, 26, kind="title"),
        Column(_("类别"), lambda a: str(a.get_kind_display())), Column(_("内容"), lambda a: a.title, 40),
        Column(_("情况"), lambda a: a.summary, 50, False),
        Column(_("参加委员"), lambda a: a.took_part, 10, kind="number"),
        Column(_("参加群众（人次）"), lambda a: a.people, 12, kind="number"),
    )  # fmt: skip
    return Sheet(
        key, name, columns,
        lambda account, today: Activity.objects.filter(
            studio__in=Studio.objects.visible_to(account).values("pk"), **of_kind
        ),
        "on", "studio__venue__region", "" if kind else "kind", ("title", "studio__name"), ("-on",),
        ("studio",), complete=_took_part, stands=lambda a: a.studio,
    )  # fmt: skip


_KINDS = Activity.Kind
STUDIOS = Ledger(
    10, _("委员工作室台账"),
    _("工作室的档案、成员、活动、接待、社情民意、会议、学习和工作日志，各成一张。来访的人不登记姓名；"
      "接待中转成民声的只列编号。"),
    (
        Sheet(
            "files", _("档案"), (
                serial(), Column(_("编号"), lambda s: s.venue.code, 10, kind="link"),
                Column(_("名称"), lambda s: s.name, 30),
                Column(_("类别"), lambda s: str(s.get_kind_display()), 16),
                Column(_("地点"), lambda s: s.venue.region.full_name, 24),
                Column(_("领衔委员"), lambda s: s.lead_name or "", 12),
                Column(_("委员人数"), lambda s: s.team, 10, kind="number"),
                Column(_("本年活动"), lambda s: s.done, 10, kind="number"),
                Column(_("本年接待（次）"), lambda s: s.received, 10, kind="number"),
                Column(_("联系服务的委室"), lambda s: s.office.name if s.office_id else "", 22, False),
                Column(_("启用日期"), lambda s: s.opened_on, kind="date"),
                Column(_("撤销日期"), lambda s: s.closed_on, 14, False, "date"), state(),
            ),
            lambda account, today: for_ledger(Studio.objects.visible_to(account), today), "opened_on", "venue__region",
            "state", ("name", "venue__code"), ("venue__code",), ("venue__region", "office"),
        ),
        Sheet(
            "seats", _("成员"), (
                serial(), Column(_("工作室"), lambda s: s.studio.name, 26, kind="title"),
                Column(_("姓名"), lambda s: s.person, 12),
                Column(_("身份"), lambda s: str(s.get_role_display())), Column(_("层级"), lambda s: s.level_words, 10),
                Column(_("界别或单位"), lambda s: s.from_words, 24), Column(_("到任"), lambda s: s.since, kind="date"),
                Column(_("离任"), lambda s: s.until, kind="date"),
            ),
            within(Seat, Studio, "studio"), "since", "studio__venue__region", "role", ("studio__name",),
            ("studio__venue__code",), ("studio", "member"), stands=lambda s: s.studio,
        ),
        _activities("activities", _("活动")),
        Sheet(
            "receptions", _("接待"), (
                serial(), Column(_("日期"), lambda r: r.on, kind="date"),
                Column(_("工作室"), lambda r: r.studio.name, 26, kind="title"),
                Column(_("来访人数"), lambda r: r.visitors, 10, kind="number"),
                Column(_("反映事项"), lambda r: r.voice.case.no if r.voice_id else r.matter, 50),
                Column(_("当场答复"), lambda r: str(_("是")) if r.answered_on_spot else "", 10),
                Column(_("处理情况"), lambda r: r.outcome, 36),
                Column(_("接待人"), lambda r: r.received_by.name, 12, False),
            ),
            within(Reception, Studio, "studio"), "on", "studio__venue__region", text=("matter", "outcome",
            "studio__name"),
            order=("-on",), related=("studio", "voice__case", "received_by"), stands=lambda r: r.studio,
        ),
        _activities("collecting", _("社情民意"), _KINDS.COLLECTING), _activities("meetings",
        _("会议"), _KINDS.CONSULTING),
        _activities("learning", _("学习"), _KINDS.LEARNING),
        Sheet(
            "log", _("工作日志"), (
                serial(), Column(_("日期"), lambda e: e.on, kind="date"),
                Column(_("工作室"), lambda e: e.studio.name, 26, kind="title"),
                Column(_("工作内容"), lambda e: e.text, 60), Column(_("记录人"), lambda e: e.written_by.name, 12),
            ),
            within(LogEntry, Studio, "studio"), "on", "studio__venue__region", text=("text", "studio__name"),
            order=("-on",), related=("studio", "written_by"), stands=lambda e: e.studio,
        ),
    ), (*OFFICE, Role.LIAISON, Role.STUDIO_LEAD, Role.MEMBER),
)  # fmt: skip


def _salon_numbers(salons: list, asked) -> None:
    """How many came and how many points were made; two queries."""
    count_of(salons, "came", Guest.objects.filter(attended=True), "salon")
    count_of(salons, "made", Point.objects.all(), "salon")


#: The field of an origin by which it is told.
_TOLD = {"report": "title", "point": "text"}


def _source(conversion) -> str:
    """What is being converted: the title of a report or the words of a point, for those who may read it; else its kind.

    The titles of briefs and proposals are personal while they are drafts, so that only their kind stands here.
    """
    told = []
    for name, kind, origin in origins(conversion):
        field = _TOLD.get(name)
        told.append(
            str(kind) if field is None else getattr(origin, field) if origin else str(UNREADABLE) % {"kind": kind}
        )
    return "；".join(told)


SALONS = Ledger(
    11, _("沙龙与成果转化台账"),
    _("每一次沙龙、沙龙上提的每一条建议，和建议、报告、信息、提案后来转化成了什么。来宾只写人数。"),
    (
        Sheet(
            "salons", _("沙龙"), (
                serial(), Column(_("时间"), lambda s: s.starts_at, kind="date"),
                Column(_("主题"), lambda s: s.theme, 40, kind="title"),
                Column(_("系列"), lambda s: str(s.get_series_display())), Column(_("地点"), lambda s: s.where, 26),
                Column(_("承办"), lambda s: s.hosts, 26),
                Column(_("主持"), lambda s: s.host.name if s.host_id else "", 12, False),
                Column(_("到场人数"), lambda s: s.came, 10, kind="number"),
                Column(_("建议（条）"), lambda s: s.made, 10, kind="number"),
                Column(_("小结"), lambda s: s.summary, 50, False), state(),
            ),
            readable(Salon), "starts_at", state="state", text=("theme",), order=("-starts_at",),
            related=("office", "studio", "host", "venue"), complete=_salon_numbers,
        ),
        Sheet(
            "points", _("建议条目"), (
                serial(), Column(_("沙龙"), lambda p: p.salon.theme, 36, kind="title"),
                Column(_("时间"), lambda p: p.salon.starts_at, kind="date"), Column(_("条目"), lambda p: p.label, 10),
                Column(_("内容"), lambda p: p.text, 60),
            ),
            within(Point, Salon, "salon"), "salon__starts_at", state="kind", text=("text", "salon__theme"),
            order=("-salon__starts_at", "kind", "number"), related=("salon",), stands=lambda p: p.salon,
        ),
        Sheet(
            "conversions", _("成果转化"), (
                serial(), Column(_("成果"), lambda c: c.title, 40, kind="title"), Column(_("来自"), _source, 36, False),
                Column(_("渠道"), lambda c: str(c.get_channel_display()) if c.channel else ""),
                Column(_("登记日期"), lambda c: c.identified_on, kind="date"),
                Column(_("最近一步"), lambda c: c.moved_on, kind="date"),
                Column(_("采纳文号"), lambda c: c.adopted_paper, 24, kind="code"),
                Column(_("落实举措"), lambda c: "；".join(m.name for m in c.measures.all()), 40, False), state(),
            ),
            lambda account, today: with_origins(Conversion.objects.visible_to(account), account),
            "identified_on", state="state", text=("title", "adopted_paper"),
            order=("-identified_on",), related=("report", "point"), prefetch=("measures",),
        ),
    ), (*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.MEMBER, Role.STUDIO_LEAD),
)  # fmt: skip
_LEAD = Column(_("牵头（主办）方"), lambda row: row.lead_name, 16)
_JOINT = {"related": ("committee__region", "partnership"), "prefetch": ("partnership__sides",)}


def _decided(conferences: list, asked) -> None:
    """How many decisions each conference took; one query."""
    count_of(conferences, "decided", Decision.objects.all(), "conference")


def _matters(key, name, kind) -> Sheet:
    """A sheet of joint topics or of joint supervision projects."""
    columns = (
        serial(), Column(_("名称"), lambda m: m.title, 40, kind="title"),
        Column(_("本方编号"), lambda m: m.case_no, 16, kind="code"), _LEAD,
        Column(_("提出日期"), lambda m: m.raised_on, kind="date"), Column(_("情况"), lambda m: m.summary, 50, False),
        Column(_("联合意见"), lambda m: m.opinion, 50, False), state(),
    )  # fmt: skip
    return Sheet(
        key, name, columns, lambda account, today: Matter.objects.visible_to(account).filter(kind=kind), "raised_on",
        state="state", text=("title",), order=("-raised_on",), prefetch=("partnership__sides",),
        related=("committee__region", "partnership", "topic__case"),
    )  # fmt: skip


NEIGHBOURS = Ledger(
    12, _("毗邻协同台账"), _("和毗邻方的联席会议、合作计划、协同议题、联合监督项目和联合活动。"),
    (
        Sheet(
            "conferences", _("联席会议"), (
                serial(), Column(_("会议"), str, 24, kind="title"), _LEAD,
                Column(_("时间"), lambda c: c.starts_at, kind="date"),
                Column(_("地点"), lambda c: c.place, 28), Column(_("议程"), lambda c: c.agenda, 44, False),
                Column(_("决定（项）"), lambda c: c.decided, 10, kind="number"), state(),
            ),
            readable(Conference), "starts_at", state="state", text=("place", "agenda"), order=("-starts_at",),
            complete=_decided, **_JOINT,
        ),
        Sheet(
            "plan", _("合作计划"), (
                serial(), Column(_("年度"), lambda i: i.year, 8, kind="number"),
                Column(_("内容"), lambda i: i.title, 44, kind="title"),
                Column(_("类别"), lambda i: str(i.get_kind_display())), _LEAD,
                Column(_("完成时限"), lambda i: i.due_on, kind="date"),
                Column(_("完成情况"), lambda i: i.outcome, 40, False), state(),
            ),
            readable(PlanItem), "due_on", state="state", text=("title",), order=("-due_on",), **_JOINT,
        ),
        _matters("topics", _("协同议题"), Matter.Kind.TOPIC), _matters("supervision",
        _("监督项目"), Matter.Kind.SUPERVISION),
        Sheet(
            "activities", _("联合活动"), (
                serial(), Column(_("日期"), lambda a: a.on, kind="date"),
                Column(_("内容"), lambda a: a.title, 44, kind="title"),
                Column(_("合作机制"), lambda a: str(a.get_mechanism_display())), _LEAD,
                Column(_("地点"), lambda a: a.place, 24, False),
                Column(_("参加人次"), lambda a: a.people, 10, kind="number"),
                Column(_("成效"), lambda a: a.outcome, 40, False), state(),
            ),
            readable(JointActivity), "on", state="state", text=("title", "place"), order=("-on",), **_JOINT,
        ),
    ), JOINT_READERS,
)  # fmt: skip
LEDGERS = (SUPERVISION, STUDIOS, SALONS, NEIGHBOURS)
