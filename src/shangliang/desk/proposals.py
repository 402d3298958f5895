"""The desk's list and pages of proposals."""

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..people.roles import OFFICE, Role
from ..proposals import policies
from ..proposals.commands import draft
from ..proposals.forms import DraftForm
from ..proposals.models import Proposal, Signer
from ..proposals.reasons import GROUNDS
from ..rules.queries import explain, title_of, tone
from ..shared import clock
from ..tasks.models import Task
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60
_TONES = {"late": "late", "soon": "soon"}
_SHADES = {"done": "neutral", "ok": "neutral", "paused": "neutral", "soon": "waiting", "late": "late"}


def _signed(proposal) -> str:
    """Who signed besides the first proposer."""
    return "、".join(each.member.name for each in proposal.signers.all() if each.signed_on and not each.lead)


def _tasks(proposal) -> list:
    return [task for task in proposal.tasks.all() if task.state != Task.State.REASSIGNED]


def _units(proposal) -> str:
    return "、".join(task.unit.name for task in _tasks(proposal))


def _helpers(proposal) -> str:
    return "、".join(helper.unit.name for task in _tasks(proposal) for helper in task.helpers.all())


def _grades(proposal) -> str:
    return "、".join(task.grade for task in _tasks(proposal) if task.grade)


def _said(proposal) -> str:
    """The last evaluation, or that nobody gave one."""
    said = [str(each.get_value_display()) for each in proposal.evaluations.all()]
    return said[-1] if said else proposal.closed_how


#: Ledger 14 of domain.md 12, with the columns that older lists have, so that what goes out can come in again.
COLUMNS = [
    Column(_("编号"), lambda p: p.number_words or p.case.no, 16, kind="link"),
    Column(_("年度"), lambda p: p.year, 8, False, "number"),
    Column(_("案由"), lambda p: p.title, 50),
    Column(_("类型"), lambda p: str(p.get_kind_display()), 12, False),
    Column(_("第一提案人"), lambda p: p.who, 18),
    Column(_("联名人"), _signed, 30, False),
    Column(_("类别"), lambda p: str(p.get_category_display()), 16, False),
    Column(_("提出日期"), lambda p: p.submitted_on or p.drafted_on, kind="date"),
    Column(_("立案日期"), lambda p: p.filed_on, 14, False, "date"),
    Column(_("主办单位"), _units, 24),
    Column(_("协办单位"), _helpers, 24, False),
    Column(_("状态"), lambda p: str(p.get_state_display()), kind="state"),
    Column(_("办理结果"), _grades, 10),
    Column(_("答复日期"), lambda p: p.replied_on, 14, False, "date"),
    Column(_("评价"), _said, 12),
    Column(_("补录"), lambda p: str(_("补录")) if p.entered_late else "", 8, False),
]


def _page(account, proposal) -> dict:
    """Signers, tasks, evaluations and what was merged into it, each in one query."""
    signers = list(proposal.signers.select_related("member", "came_from"))
    tasks = Task.objects.visible_to(account).filter(proposal=proposal).select_related("unit", "deadline", "case")
    running = proposal.deadline if proposal.deadline_id and proposal.deadline.ended_on is None else None
    return {
        "signers": signers,
        "news": [each.news for each in signers if each.member_id == account.member_id and not each.heard_on],
        "tasks": list(tasks.prefetch_related("helpers__unit").order_by("pk")),
        "evaluations": list(proposal.evaluations.all()),
        "merged": list(proposal.merged.order_by("pk")),
        "ground": GROUNDS[proposal.ground].title if proposal.ground in GROUNDS else "",
        "running": running,
        "running_title": title_of(running) if running else "",
        "running_rows": explain(running) if running else [],
        "running_tone": _TONES.get(tone(running, clock.today()), "neutral") if running else "",
        "may_brief": proposal.state == Proposal.State.CONVERTED and bool(policies.may_review(account, proposal)),
    }  # fmt: skip


def _thing(proposal, days, title=None, deadline=None, due=None) -> Waiting:
    running = deadline if deadline and deadline.ended_on is None else None
    shade = _SHADES[tone(running, days.today, days.soon)] if running else "neutral"
    return Waiting(
        "proposal", proposal.number_words or proposal.case.no, title or proposal.title,
        str(proposal.get_state_display()), proposal.who, running.due_on if running else due, shade,
        f"/desk/proposals/{proposal.pk}/",
    )  # fmt: skip


def _to_decide(account, days):
    """To review and to give out."""
    rows = Proposal.objects.filter(state__in=["submitted", "pre_review", "filed"])
    rows = rows.select_related("case", "proposer", "deadline").order_by("submitted_on", "pk")
    return [_thing(each, days, deadline=each.deadline) for each in rows[:MOST]]


def _to_sign(account, days):
    """Invitations that have not run out."""
    rows = Signer.objects.filter(
        member=account.member_id, signed_on=None, declined_on=None, expires_on__gte=days.today, proposal__state="draft"
    )
    rows = rows.select_related("proposal__case", "proposal__proposer").order_by("expires_on")
    words = _t("请签名联名：%(title)s")
    return [
        _thing(each.proposal, days, words % {"title": each.proposal.title}, due=each.expires_on) for each in rows[:MOST]
    ]


def _own(account, days):
    """Drafts that were begun or sent back, and answers to evaluate."""
    mine = Q(proposer=account.member_id or 0) | Q(drafted_by=account)
    rows = Proposal.objects.filter(mine, state__in=["draft", "replied"]).select_related("case", "proposer")
    return [_thing(each, days) for each in rows.order_by("drafted_on", "pk")[:MOST]]


def _news(account, days):
    """What became of proposals that I signed."""
    rows = Signer.objects.filter(member=account.member_id, heard_on=None).exclude(news="")
    rows = rows.exclude(Q(lead=True, proposal__state__in=["draft", "replied"]))
    rows = rows.select_related("proposal__case", "proposal__proposer").order_by("pk")
    return [_thing(each.proposal, days, f"{each.news}：{each.proposal.title}") for each in rows[:MOST]]


KIND = Kind(
    name="proposal",
    plural="proposals",
    icon="topic",
    listing=Listing(
        Proposal, _("提案"), "-drafted_on", "", ("title", "case__no", "proposer__name", "group_name"),
        ("case", "proposer", "deadline"), "drafted_on",
        counted=lambda rows, today: rows.prefetch_related(
            "signers__member", "tasks__unit", "tasks__helpers__unit", "evaluations"
        ),
    ),
    columns=COLUMNS,
    template="desk/proposal.html",
    page=_page,
    related=("case", "proposer", "deadline", "merged_into", "topic__case", "voice__case", "point__salon"),
    begin=Begin(_("写提案"), DraftForm, draft, policies.may_draft),
    offered={"hear": lambda proposal: True},
    main=frozenset({"sign", "submit", "take_review", "file", "distribute", "evaluate"}),
    grave=frozenset({"decline", "withdraw", "decline_signing"}),
    piles=(
        ((Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF), _to_decide),
        ((Role.MEMBER,), _to_sign),
        ((Role.MEMBER,), _own),
        ((Role.MEMBER,), _news),
    ),
    seen_by=(*OFFICE, Role.MEMBER, Role.UNIT_CLERK, Role.REVIEWER),
    group="counsel",
)  # fmt: skip
