"""The author's steps: begin, rewrite, hand in, take back, and hear what became of it."""

from django.conf import settings
from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal import once
from ...journal.record import command, record
from ...people.roles import Role
from ...shared import clock, sealed
from ...shared.lifecycle import move
from ...shared.refusals import Refused, require
from ...voices.commands import turn_to_info
from ...voices.models import Voice
from .. import events, policies
from ..measures import PARTS, characters, plain, refuse_longer
from ..models import Brief, BriefSource
from ..queries import SOURCES, sources_for


@command
def begin(
    *, by, committee, title, category, situation, analysis="", advice="", author=None, reporter="", may_name=False,
    no_name_why="", region=None, told="", key="", **sources,
):
    """Begin a draft, from records of ``sources`` (voice, visit, point, proposal, consultation) or from none.

    A member writes in the own name; others name a member or an informant. A voice that is still being screened is
    turned to information with the words ``told``, in the same transaction. Raises Refused beyond one sheet, for a
    source that the actor may not read, and without an author. The same key gives the same brief again.
    """
    require(policies.may_begin(by, committee))
    named = {name: sources[name] for name in SOURCES if sources.get(name)}
    author, reporter = _whose(by, committee, author, reporter)
    texts = dict(zip(PARTS, map(plain, (situation, analysis, advice)), strict=True))
    body = [title, category, *texts.values(), author and author.pk, reporter, *(str(row.pk) for row in named.values())]
    made = once.made(key, body, Brief)
    if made:
        return made
    _check_text(committee.pk, title, category, texts)
    _check_sources(by, named)
    if "voice" in named:
        _turn(by, named["voice"], told)
    brief = Brief.objects.create(
        committee=committee, title=title.strip(), category=category, author=author, entered_by=by,
        reporter=sealed.seal(settings.CONTACT_KEY, reporter), by_reporter=author is None, may_name=may_name,
        no_name_why="" if may_name else no_name_why, region=region or _place(named), case=_case(named),
        drafted_on=clock.today(), **texts,
    )  # fmt: skip
    kinds = [BriefSource.Kind(name) for name in named] or [BriefSource.Kind.OWN]
    for kind in kinds:
        row = {str(kind): named[kind]} if kind in named else {}
        BriefSource.objects.create(committee=committee, brief=brief, kind=kind, **row)
    if key:
        once.remember(key, body, brief)
    source = "、".join(str(kind.label) for kind in kinds)
    record(events.BriefBegun(title=brief.title, source=source), about=brief, by=by)
    return brief


def _whose(by, committee, author, reporter) -> tuple:
    """(member, informant): a member's own name goes without saying; exactly one of the two is the author."""
    reporter = reporter.strip()
    if by.member_id and not author and not reporter:
        author = by.member
    for_others = by.has(*policies.EDITORS, Role.LIAISON, Role.STUDIO_LEAD, committee_id=committee.pk)
    own = author is not None and author.pk == by.member_id
    require(own or for_others, _("委员只能用自己的名义起草。"), field="author")
    require(author or reporter, _("请选是哪位委员的，或写信息员姓名。"), field="author")
    require(not (author and reporter), _("委员和信息员只填一个。"), field="reporter")
    require(author is None or author.committee_id == committee.pk, _("请选本届政协的委员。"), field="author")
    return author, reporter


def _check_text(committee_id, title, category, texts) -> None:
    require(title.strip(), _("请写题目。"), field="title")
    require(category in Brief.Category.values, _("请选择类别。"), field="category")
    require(texts["situation"], _("请写情况。"), field="situation")
    refuse_longer(committee_id, **texts)
    refuse_personal(title=title)


def _check_sources(by, named) -> None:
    for name, row in named.items():
        require(
            sources_for(by, name).filter(pk=row.pk).exists(), _("找不到这个来源，或不在您的职责范围内。"), field=name
        )


def _turn(by, voice, told) -> None:
    """The voice goes on as information; one that is there already stays."""
    if voice.state in Voice.SCREENABLE:
        require(told.strip(), _("请写一句告诉反映人的话。"), field="told")
        try:
            turn_to_info(by=by, voice=voice, words=told.strip())
        except Refused as refusal:
            raise Refused(refusal.sentence, field="told" if refusal.field else None) from refusal
        return
    require(
        voice.state == Voice.State.INFO,
        _("这条民声现在是“%(state)s”，不能再转为社情民意信息。") % {"state": voice.get_state_display()},
    )


def _case(named):
    return next((named[name].case for name in ("voice", "consultation", "proposal") if name in named), None)


def _place(named):
    """Where the matter is, as far as its sources know."""
    if "voice" in named:
        return named["voice"].region
    venue = next((named[name].venue for name in ("visit", "consultation") if name in named), None)
    if venue is None and "point" in named:
        venue = named["point"].salon.venue
    return venue.region if venue else None


@command
def rewrite(
    *, by, brief, title, category, situation, analysis="", advice="", may_name=False, no_name_why="", region=None,
):  # fmt: skip
    """Write the draft anew; what was handed in can no longer be rewritten."""
    require(policies.may_rewrite(by, brief))
    texts = dict(zip(PARTS, map(plain, (situation, analysis, advice)), strict=True))
    _check_text(brief.committee_id, title, category, texts)
    moved = move(
        brief, "rewrite", title=title.strip(), category=category, may_name=may_name, region=region or brief.region,
        no_name_why="" if may_name else no_name_why, **texts,
    )  # fmt: skip
    record(events.BriefRewritten(title=brief.title), about=brief, by=by, moved=moved)


@command
def submit(*, by, brief):
    """Hand the brief in: all three parts are there and fit on one sheet; from now on the original stays as it is."""
    require(policies.may_submit(by, brief))
    words = {name: getattr(brief, name) for name in PARTS}
    titles = {"situation": _("情况"), "analysis": _("分析"), "advice": _("建议")}
    for name, text in words.items():
        require(text, _("“%(part)s”还没有写，请先改写补上。") % {"part": titles[name]}, field=name)
    refuse_longer(brief.committee_id, **words)
    moved = move(brief, "submit", submitted_on=clock.today(), returned_why="", unheard=False)
    submitted = events.BriefSubmitted(title=brief.title, characters=characters(*words.values()))
    record(submitted, about=brief, by=by, moved=moved)


@command
def withdraw(*, by, brief, why):
    """Take the brief back before it is edited."""
    require(policies.may_withdraw(by, brief))
    require(why.strip(), _("请写明为什么撤回。"), field="why")
    moved = move(brief, "withdraw", unheard=False)
    record(events.BriefWithdrawn(), about=brief, by=by, why=why, moved=moved)


@command
def hear(*, by, brief):
    """Say that the last step is known; it leaves the list of what waits."""
    require(policies.may_hear(by, brief))
    rows = Brief.objects.filter(pk=brief.pk, unheard=True)
    require(rows.update(unheard=False), _("没有新的进展。"))
    brief.unheard = False
    record(events.BriefHeard(state=brief.get_state_display()), about=brief, by=by)


@command
def forget_reporter(*, by, brief, why):
    """Erase the name of an invited informant (PIPL art. 47); the words of the brief stay."""
    require(policies.may_forget_reporter(by, brief))
    require(brief.reporter, _("这里没有留下信息员的姓名。"))
    Brief.objects.filter(pk=brief.pk).update(reporter="")
    brief.reporter = ""
    once.forget(brief)
    record(events.BriefReporterForgotten(), about=brief, by=by, why=why)
