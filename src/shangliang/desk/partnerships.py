"""The desk's lists and pages of partnerships, joint conferences, the plan, activities and joint studios."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ..partnerships import commands, forms, policies, queries
from ..partnerships.models import Activity, Conference, JointStudio, Partnership, PlanItem
from ..people.roles import OFFICE, Role
from ..shared import clock
from ..shared.calendar import DAY
from ..shared.lifecycle import verbs_from
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60
STAFF = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
READERS = (*OFFICE, Role.REVIEWER, Role.AUDITOR, Role.MEMBER, Role.STUDIO_LEAD)
#: A term that ends within so many days is told.
ENDING = 90 * DAY


def told(record) -> dict:
    """What every page of a joint record shows: its sides, and what each of them has said."""
    return {"sides": record.side_names, "statements": queries.statements(record), "ours": record.ours}


def page(account, partnership) -> dict:
    """The sides, whose turn it is, conferences, the plan, activities, studios and joint matters."""
    within = (CONFERENCES, PLAN, ACTIVITIES, STUDIOS)
    begins = [(kind.begin, f"/desk/{kind.plural}/new/?partnership={partnership.pk}") for kind in within]
    may = bool(policies.may_begin(account, partnership.committee))
    running = partnership.state == Partnership.State.ACTIVE
    matters = partnership.matters.select_related("topic__case").order_by("-raised_on", "-pk")
    return {
        **told(partnership), "turn": queries.next_host(partnership),
        "begins": [(begin.label, href) for begin, href in begins] if may and running else [],
        "conferences": partnership.conferences.prefetch_related("decisions").order_by("-starts_at"),
        "plan": partnership.items.order_by("-year", "due_on", "pk"),
        "activities": partnership.activities.order_by("-on", "-pk"),
        "studios": partnership.studios.order_by("pk"), "matters": matters, "sessions": queries.sessions(matters),
    }  # fmt: skip


def simple_page(account, record) -> dict:
    """What the smaller joint records show besides their facts."""
    return told(record)


def studio_page(account, studio) -> dict:
    """The seats of every side; names stand where the member agreed to it."""
    return {**told(studio), "seats": studio.seats.all()}


def conference_page(account, conference) -> dict:
    """The decisions with the side that sees to each."""
    return {**told(conference), "decisions": conference.decisions.all()}


def _pile(kind, rows, place=lambda row: row.lead_name, due=lambda row: None):
    return [
        Waiting(
            kind.name, "", str(row), str(row.get_state_display()), place(row), due(row),
            "late" if (last := due(row)) and last < clock.today() else "neutral", f"/desk/{kind.plural}/{row.pk}/",
        )
        for row in rows
    ]  # fmt: skip


def _ours(account):
    return account.committee.region.code


def _theirs(model, account, *states):
    rows = model.objects.filter(state__in=states).exclude(lead=_ours(account))
    return rows.select_related("committee__region").prefetch_related("partnership__sides").order_by("pk")[:MOST]


def to_accept(account, days) -> list[Waiting]:
    """Partnerships that wait for our signature."""
    rows = Partnership.objects.filter(state=Partnership.State.PROPOSED).exclude(lead=_ours(account))
    return _pile(PARTNERSHIPS, rows.prefetch_related("sides")[:MOST])


def conferences_waiting(account, days) -> list[Waiting]:
    """Conferences of other sides to be answered or confirmed, and ours to be held or minuted."""
    states = Conference.State
    rows = list(_theirs(Conference, account, states.PLANNED, states.MINUTED))
    ours = Conference.objects.filter(lead=_ours(account), state__in=[states.PLANNED, states.AGREED, states.HELD])
    rows += list(ours.prefetch_related("partnership__sides").order_by("starts_at")[:MOST])
    return _pile(CONFERENCES, rows, due=lambda row: localdate(row.starts_at) if row.state != states.MINUTED else None)


def plan_waiting(account, days) -> list[Waiting]:
    """Lines of the plan that wait for our assent, and ours that fall due."""
    rows = list(_theirs(PlanItem, account, PlanItem.State.PROPOSED))
    ours = PlanItem.objects.filter(lead=_ours(account), state__in=PlanItem.RUNNING, due_on__lte=days.soon)
    rows += list(ours.prefetch_related("partnership__sides").order_by("due_on")[:MOST])
    return _pile(PLAN, rows, due=lambda row: row.due_on if row.state in PlanItem.RUNNING else None)


def studios_waiting(account, days) -> list[Waiting]:
    """Studios that wait for us to join."""
    return _pile(STUDIOS, _theirs(JointStudio, account, JointStudio.State.PROPOSED))


def _lead():
    return Column(_("牵头（主办）方"), lambda row: row.lead_name, 16)


def _state():
    return Column(_("状态"), lambda row: str(row.get_state_display()), kind="state")


PARTNERSHIPS = Kind(
    name="partnership", plural="partnerships", icon="bridge", template="desk/partnership.html", page=page,
    listing=Listing(
        Partnership, _("毗邻合作"), "-since", "", ("title", "paper_title"), ("committee__region",), "since",
        late=False, counted=lambda rows, today: rows.prefetch_related("sides"),
    ),
    columns=[
        Column(_("合作"), lambda p: p.title, 40, kind="link"),
        Column(_("各方"), lambda p: "、".join(p.side_names.values()), 30),
        Column(_("文件"), lambda p: p.paper_title, 30),
        Column(_("签署日期"), lambda p: p.signed_on, kind="date"),
        Column(_("期限止"), lambda p: p.until, kind="date"), _state(),
    ],
    related=("committee__region",), group="carriers",
    begin=Begin(_("提出一项毗邻合作"), forms.ProposeForm, commands.propose, policies.may_begin),
    offered={
        "publish": lambda p: p.state in {"active", "ended"} and not p.published_on,
        "take_back": lambda p: bool(p.published_on),
    },
    main=frozenset({"accept"}), grave=frozenset({"decline", "end", "take_back"}),
    piles=((STAFF, to_accept),), seen_by=READERS,
    links=((_("联合日历"), "desk:joint_calendar", READERS),),
)  # fmt: skip
CONFERENCES = Kind(
    name="conference", plural="conferences", icon="consult", template="desk/conference.html", page=conference_page,
    listing=Listing(
        Conference, _("联席会议"), "-starts_at", "", ("place", "agenda"), ("committee__region", "partnership"),
        "starts_at", late=False, counted=lambda rows, today: rows.prefetch_related("partnership__sides"),
    ),
    columns=[
        Column(_("会议"), str, 24, kind="link"), _lead(),
        Column(_("时间"), lambda c: c.starts_at, 18, kind="date"), Column(_("地点"), lambda c: c.place, 28), _state(),
    ],
    related=("committee__region", "partnership"),
    begin=Begin(_("安排联席会议"), forms.ConferenceForm, commands.plan_conference, policies.may_begin),
    offered={"hold": lambda c: "hold" in verbs_from(c) and c.starts_at <= clock.now()},
    main=frozenset({"attend", "hold", "minute", "confirm"}), grave=frozenset({"cancel"}),
    piles=((STAFF, conferences_waiting),),
)  # fmt: skip
PLAN = Kind(
    name="planitem", plural="planitems", icon="calendar", template="desk/planitem.html", page=simple_page,
    listing=Listing(
        PlanItem, _("合作计划"), "-due_on", "", ("title",), ("committee__region", "partnership"), "due_on", late=False,
        counted=lambda rows, today: rows.prefetch_related("partnership__sides"),
    ),
    columns=[
        Column(_("内容"), lambda i: i.title, 44, kind="link"), Column(_("年度"), lambda i: i.year, 8),
        Column(_("类别"), lambda i: str(i.get_kind_display())), _lead(),
        Column(_("完成时限"), lambda i: i.due_on, kind="date"), _state(),
    ],
    related=("committee__region", "partnership"),
    begin=Begin(_("提出一项合作计划"), forms.PlanItemForm, commands.put_forward, policies.may_begin),
    main=frozenset({"agree", "progress"}), grave=frozenset({"refuse", "drop"}), piles=((STAFF, plan_waiting),),
)  # fmt: skip
ACTIVITIES = Kind(
    name="activity", plural="activities", icon="speaker", template="desk/activity.html", page=simple_page,
    listing=Listing(
        Activity, _("联合活动"), "-on", "", ("title", "place"), ("committee__region", "partnership"), "on", late=False,
        counted=lambda rows, today: rows.prefetch_related("partnership__sides"),
    ),
    columns=[
        Column(_("内容"), lambda a: a.title, 44, kind="link"),
        Column(_("合作机制"), lambda a: str(a.get_mechanism_display())), _lead(),
        Column(_("日期"), lambda a: a.on, kind="date"), Column(_("参加人次"), lambda a: a.people, 10), _state(),
    ],
    related=("committee__region", "partnership"),
    begin=Begin(_("安排一次联合活动"), forms.ActivityForm, commands.plan_activity, policies.may_begin),
    main=frozenset({"carry_out"}), grave=frozenset({"call_off"}),
)  # fmt: skip
STUDIOS = Kind(
    name="jointstudio", plural="jointstudios", icon="office", template="desk/jointstudio.html", page=studio_page,
    listing=Listing(
        JointStudio, _("共建工作室"), "-pk", "", ("title", "place"), ("committee__region", "partnership"), "pk",
        late=False, counted=lambda rows, today: rows.prefetch_related("partnership__sides"),
    ),
    columns=[
        Column(_("工作室"), lambda s: s.title, 30, kind="link"), Column(_("地点"), lambda s: s.place, 30), _lead(),
        _state(),
    ],
    related=("committee__region", "partnership", "studio"),
    begin=Begin(_("提出共建一个工作室"), forms.StudioForm, commands.set_up, policies.may_begin),
    offered={
        "take_back_seat": lambda s: s.state != "closed" and s.seats.filter(side=s.ours).exclude(name="").exists(),
    },
    main=frozenset({"join", "tell_seat"}), grave=frozenset({"take_back_seat", "close"}),
    piles=((STAFF, studios_waiting),),
)  # fmt: skip
