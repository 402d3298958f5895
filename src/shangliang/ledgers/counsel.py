"""Ledgers 13–17 (domain: 台账): briefs, proposals, members' duty files, press reports, and what left the house."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from ..briefs.models import Brief
from ..duties.lines import KINDS, lines_between
from ..federation.models import Outgoing
from ..journal.models import Entry
from ..journal.queries import moment, says
from ..newsroom.models import Snapshot
from ..newsroom.policies import READERS as NEWS_READERS
from ..people.models import Account, Member
from ..people.roles import OFFICE, Role
from ..proposals.models import Proposal
from ..shared import clock
from ..tasks.models import Task
from .columns import Column
from .shape import Ledger, Sheet, serial
from .thread import readable, state


def _adopted(brief, level) -> str:
    return "、".join(str(d.get_how_display()) for d in brief.dispatches.all() if d.level == level and d.how)


BRIEFS = Ledger(
    13, _("社情民意信息台账"), _("每一篇信息从撰写、签发、报送到采用、批示。批示只列谁批的，原话在信息的页面。"),
    (Sheet(
        "", _("社情民意信息"), (
            serial(), Column(_("标题"), str, 44, kind="title"), Column(_("作者"), lambda b: b.author, 12),
            Column(_("类别"), lambda b: str(b.get_category_display())),
            Column(_("撰写日期"), lambda b: b.written_on, kind="date"),
            Column(_("提交日期"), lambda b: b.submitted_on, 14, False, "date"),
            Column(_("签发日期"), lambda b: b.signed_on, 14, False, "date"),
            Column(_("报送"), lambda b: "、".join(d.to for d in b.dispatches.all()), 30, False),
            Column(_("区级采用"), lambda b: _adopted(b, "district"), 12), Column(_("市级采用"), lambda b: _adopted(b,
            "city"), 12),
            Column(_("全国采用"), lambda b: _adopted(b, "nation"), 12, False),
            Column(_("批示"), lambda b: "、".join(i.post for i in b.instructions.all()), 24, False),
            Column(_("期号"), lambda b: "、".join(str(item.issue) for item in b.printed.all()), 14, False),
            state(), Column(_("结果"), lambda b: b.result_words, 36, False),
        ),
        readable(Brief), "written_on", "region", "state", ("title", "edited_title", "member__name"), ("-written_on",),
        ("member", "case"), ("dispatches", "instructions", "printed__issue"),
    ),), (*OFFICE, Role.LIAISON, Role.MEMBER, Role.STUDIO_LEAD),
)  # fmt: skip


def _tasks(proposal) -> list:
    return [task for task in proposal.tasks.all() if task.state != Task.State.REASSIGNED]


def _signed(proposal) -> str:
    return "、".join(each.member.name for each in proposal.signers.all() if each.signed_on and not each.lead)


def _helping(proposal) -> str:
    return "、".join(helper.unit.name for task in _tasks(proposal) for helper in task.helpers.all())


def _said(proposal) -> str:
    said = [str(each.get_value_display()) for each in proposal.evaluations.all()]
    return said[-1] if said else proposal.closed_how


PROPOSALS = Ledger(
    14, _("提案台账"), _("每一件提案从提出、立案、交办到答复、评价，表头和以前的提案登记表一样。"),
    (Sheet(
        "", _("提案"), (
            serial(), Column(_("编号"), lambda p: p.number_words or p.case.no, 18, kind="link"),
            Column(_("案由"), lambda p: p.title, 46), Column(_("类型"), lambda p: str(p.get_kind_display()), 12, False),
            Column(_("第一提案人"), lambda p: p.who, 14),
            Column(_("联名人"), _signed, 28, False),
            Column(_("类别"), lambda p: str(p.get_category_display()), 16, False),
            Column(_("提出日期"), lambda p: p.submitted_on or p.drafted_on, kind="date"),
            Column(_("立案日期"), lambda p: p.filed_on, 14, False, "date"),
            Column(_("主办单位"), lambda p: "、".join(t.unit.name for t in _tasks(p)), 22),
            Column(_("协办单位"), _helping, 22, False),
            state(), Column(_("办理结果"), lambda p: "、".join(t.grade for t in _tasks(p) if t.grade), 10),
            Column(_("答复日期"), lambda p: p.replied_on, kind="date"), Column(_("评价"), _said, 12),
            Column(_("补录"), lambda p: str(_("补录")) if p.entered_late else "", 8, False),
        ),
        readable(Proposal), "drafted_on", state="state", text=("title", "case__no", "proposer__name", "group_name"),
        order=("-drafted_on",), related=("case", "proposer"),
        prefetch=("signers__member", "tasks__unit", "tasks__helpers__unit", "evaluations"),
    ),), (*OFFICE, Role.MEMBER, Role.UNIT_CLERK, Role.REVIEWER),
)  # fmt: skip


def _duties(members: list, asked) -> None:
    """How often each member did each kind of thing in the period (this year where none is asked for); 13 queries."""
    today = clock.today()
    whole = lines_between(asked.since or dt.date((asked.until or today).year, 1, 1), asked.until or today)
    for member in members:
        lines = whole.get(member.pk, [])
        member.times = {name: sum(line.kind == name for line in lines) for name in KINDS}


def _times(name):
    return Column(KINDS[name].title, lambda member: member.times[name], 10, kind="number")


DUTIES = Ledger(
    15, _("委员履职档案"),
    _("每位委员在所选时间（不选就是今年）做了哪些事，按姓名排列，只列事实。一件件的凭据在委员自己的档案里。"),
    (Sheet(
        "", _("委员履职"), (
            serial(), Column(_("姓名"), lambda m: m.name, 12), Column(_("界别"), lambda m: m.sector, 18),
            Column(_("届次"), lambda m: m.term, 8, False, "number"), *map(_times, KINDS),
        ),
        lambda account, today: Member.objects.all() if account.has(*OFFICE) else Member.objects.none(),
        text=("name", "sector"), order=("name",), complete=_duties, stands=lambda member: None, dated=True,
    ),), OFFICE,
)  # fmt: skip
PRESS = Ledger(
    16, _("媒体报道台账"), _("收录的每一篇报道：哪家媒体、什么时候、说的是哪件事。摘要值用来证明收录以后没有改过。"),
    (Sheet(
        "", _("媒体报道"), (
            serial(), Column(_("标题"), lambda s: s.title, 50, kind="title"),
            Column(_("原媒体"), lambda s: s.reprinted_from, 16),
            Column(_("来源"), lambda s: s.channel, 16), Column(_("署名"), lambda s: s.byline, 12, False),
            Column(_("发布时间"), lambda s: s.published_at, kind="date"),
            Column(_("收录时间"), lambda s: s.captured_at, kind="date"),
            Column(_("说到的事"), lambda s: "、".join(case.no for case in s.cases.all()), 20, kind="code"),
            Column(_("原文地址"), lambda s: s.origin_url, 40, False, "code"),
            Column(_("摘要值"), lambda s: s.digest, 30, False, "code"), state(),
        ),
        readable(Snapshot), "captured_at", state="state", text=("title", "channel", "reprinted_from"),
        order=("-captured_at",), prefetch=("cases",),
    ),), NEWS_READERS,
)  # fmt: skip

#: Events by which something left the house as a file, and by which sealed personal data was opened or erased.
EXPORTS = ("ledgers.exported", "ledgers.blank_filled")
PERSONAL = ("voices.contact_read", "voices.person_erased", "voices.contact_expired", "venues.steward_phone_read",
            "venues.steward_erased", "briefs.informant_erased", "files.erased", "newsroom.notifier_read",
            "newsroom.notifier_erased", "newsroom.contact_expired", "salons.guest_forgotten",
            "backfill.forgotten")  # fmt: skip


def _entries(*events):
    """The committee's own entries of these events, or of all."""
    of_events = {"event__in": events} if events else {}
    return lambda account, today: Entry.objects.filter(committee=account.committee_id, **of_events)


def _people(entries: list, asked) -> None:
    """Who each entry's account is; one query."""
    keys = {int(entry.actor[8:]) for entry in entries if entry.actor.startswith("account:")}
    names = dict(Account.objects.filter(pk__in=keys).values_list("pk", "name"))
    for entry in entries:
        entry.person = names.get(int(entry.actor[8:]), "") if entry.actor.startswith("account:") else ""


def _told(name):
    return lambda entry: entry.fields.get(name, "")


def _register(key, name, rows, *columns) -> Sheet:
    """A sheet of entries of the journal: when, who, in which capacity, and what."""
    return Sheet(
        key, name, (
            serial(), Column(_("时间"), lambda e: f"{moment(e.at):%Y-%m-%d %H:%M}", 18, kind="code"),
            Column(_("经办人"), lambda e: e.person, 12), Column(_("身份"), lambda e: e.actor_role, 20), *columns,
            Column(_("记录号"), lambda e: e.seq, 10, kind="number"),
            Column(_("记录摘要"), lambda e: e.digest, 30, False, "code"),
        ),
        rows, "at", text=("data", "actor_role"), order=("-seq",), complete=_people, stands=lambda e: None,
    )  # fmt: skip


LEAVING = Ledger(
    17, _("审计与导出登记"),
    _("谁在什么时候导出了什么、查看或删除了谁也不该随便看的信息、给毗邻方送出了什么，以及全部的审计记录。"
      "个人信息不在这里。"),
    (
        _register("exports", _("导出登记"), _entries(*EXPORTS), Column(_("导出内容"), _told("title"), 36),
                  Column(_("条数"), _told("rows"), 10, kind="number"), Column(_("范围"), _told("part"), 44)),
        _register("personal", _("个人信息查看和删除"), _entries(*PERSONAL), Column(_("事"), lambda e: says(e, {}), 50),
                  Column(_("案卷"), lambda e: e.case_no, 16, kind="code"), Column(_("理由"), lambda e: e.why, 30)),
        Sheet(
            "outgoing", _("数据送出"), (
                serial(), Column(_("时间"), lambda o: o.queued_at, kind="date"),
                Column(_("送给"), lambda o: o.peer.name, 24),
                Column(_("内容"), lambda o: o.event, 30, kind="code"),
                Column(_("第几号"), lambda o: o.seq, 8, kind="number"),
                Column(_("经本人同意送出的个人信息"), lambda o: o.consents, 20),
                Column(_("签收日期"), lambda o: o.acked_at, kind="date"),
            ),
            lambda account, today: Outgoing.objects.all(), "queued_at", text=("event", "peer__name"),
            order=("-queued_at",), related=("peer",), stands=lambda o: None,
        ),
        _register("audit", _("审计记录"), _entries(), Column(_("事"), lambda e: says(e, {}), 50),
                  Column(_("案卷"), lambda e: e.case_no, 16, kind="code"),
                  Column(_("理由"), lambda e: e.why, 30, False)),
    ), (Role.AUDITOR,),
)  # fmt: skip
LEDGERS = (BRIEFS, PROPOSALS, DUTIES, PRESS, LEAVING)
