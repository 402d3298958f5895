"""Drafting, editing, signing and sending briefs, and telling those who began it what came of them."""

from django.db.models import Max
from django.utils.translation import gettext as _

from ..journal import once
from ..journal.record import command, record
from ..rules.queries import rule
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import Refused, require
from ..voices.commands import give_result, turn_to_info
from ..voices.models import Voice
from ..voices.policies import may_turn_to_info
from . import events, policies
from .models import Brief, BriefSource, Dispatch, Instruction, Issue, IssueItem


def _count(*parts) -> int:
    """Characters of a brief: every one but blanks and line breaks, as a word processor counts 字数."""
    return sum(len("".join(part.split())) for part in parts)


def _check(committee_id, title, situation, analysis, advice):
    """A title, a situation and an advice there must be; all three parts together fit the rule's number."""
    require(title.strip(), _("请写标题。"), field="title")
    require(situation.strip(), _("请写情况。"), field="situation")
    require(advice.strip(), _("请写建议。"), field="advice")
    most, now = rule(committee_id, "info.max_chars"), _count(situation, analysis, advice)
    if now > most:
        words = _("情况、分析、建议合起来最多 %(most)s 字，现在是 %(now)s 字，多了 %(over)s 字。")
        raise Refused(words % {"most": most, "now": now, "over": now - most}, field="advice")
    return now


@command
def draft(
    *, by, committee, title, category, situation, advice, analysis="", member=None, informant="", named=True,
    sources=(), key="",
):
    """Begin a brief; its author is a member or an invited informant, the one or the other.

    ``sources`` are records (voice, visit, salon point, proposal). A voice still being screened becomes information
    by it. Raises Refused when the parts are missing or longer together than the rule allows.
    """
    require(policies.may_draft(by, committee))
    member = member or (None if informant.strip() else by.member)
    body = [title, category, situation, analysis, advice, member and member.pk, informant]
    made = once.made(key, body, Brief)
    if made:
        return made
    require(bool(member) != bool(informant.strip()), _("请写作者：一位委员，或一位特邀信息员。"), field="member")
    _check(committee.pk, title, situation, analysis, advice)
    voice = next((source for source in sources if isinstance(source, Voice)), None)
    case = voice.case if voice else next((s.case for s in sources if getattr(s, "case_id", None)), None)
    brief = Brief.objects.create(
        committee=committee, category=category, case=case, member=member, informant=informant.strip(),
        entered_by=by, written_on=clock.today(), title=title.strip(), situation=situation.strip(),
        analysis=analysis.strip(), advice=advice.strip(), named=named, changed_at=clock.now(), seen_at=clock.now(),
    )
    for source in sources:
        BriefSource.objects.create(committee=committee, brief=brief, **{_field_of(source): source})
    record(events.BriefDrafted(title=brief.title, sources=len(sources)), about=brief, by=by)
    _take_voices(by, brief)
    if key:
        once.remember(key, body, brief)
    return brief


def _take_voices(by, brief):
    """Voices behind the brief that are still being screened become information, by whoever may screen them."""
    rows = Voice.objects.filter(brief_sources__brief=brief, state__in=Voice.SCREENABLE)
    for voice in rows.select_related("case", "region", "deadline"):
        if may_turn_to_info(by, voice):
            turn_to_info(by=by, voice=voice, words=_("已写成社情民意信息，报上去以后有了回音会告诉您。"))


def _field_of(source) -> str:
    name = source._meta.model_name
    if name not in BriefSource.FIELDS:
        raise TypeError(f"a brief cannot come from a {name}")
    return name


@command
def rewrite(*, by, brief, title, category, situation, advice, analysis=""):
    """Change a draft; after it was handed in the original stays as it was."""
    require(policies.may_rewrite(by, brief))
    _check(brief.committee_id, title, situation, analysis, advice)
    moved = move(
        brief, "rewrite", title=title.strip(), category=category, situation=situation.strip(),
        analysis=analysis.strip(), advice=advice.strip(),
    )
    record(events.BriefRewritten(), about=brief, by=by, moved=moved)


@command
def submit(*, by, brief):
    """Hand the brief in."""
    require(policies.may_submit(by, brief))
    characters = _check(brief.committee_id, brief.title, *brief.parts)
    moved = move(brief, "submit", submitted_on=clock.today(), changed_at=clock.now(), back_words="")
    record(events.BriefSubmitted(characters=characters), about=brief, by=by, moved=moved)


@command
def take_edit(*, by, brief):
    """Take the brief up; the edited wording starts from the original."""
    require(policies.may_take_edit(by, brief))
    moved = move(
        brief, "take_edit", changed_at=clock.now(), edited_title=brief.edited_title or brief.title,
        edited_situation=brief.edited_situation or brief.situation,
        edited_analysis=brief.edited_analysis or brief.analysis, edited_advice=brief.edited_advice or brief.advice,
    )
    record(events.BriefEditBegun(), about=brief, by=by, moved=moved)
    _take_voices(by, brief)


@command
def edit(*, by, brief, title, situation, advice, analysis=""):
    """Change the office's wording; the author's stays beside it."""
    require(policies.may_edit(by, brief))
    characters = _check(brief.committee_id, title, situation, analysis, advice)
    moved = move(
        brief, "edit", edited_title=title.strip(), edited_situation=situation.strip(),
        edited_analysis=analysis.strip(), edited_advice=advice.strip(),
    )
    record(events.BriefEdited(characters=characters), about=brief, by=by, moved=moved)


@command
def send_back(*, by, brief, words):
    """Return the brief to its author with what is missing."""
    require(policies.may_send_back(by, brief))
    require(words.strip(), _("请写明需要补什么。"), field="words")
    moved = move(brief, "send_back", back_words=words.strip(), changed_at=clock.now())
    record(events.BriefSentBack(words=words.strip()), about=brief, by=by, moved=moved)


@command
def keep(*, by, brief, words):
    """Keep the brief without sending it on; the author reads why."""
    require(policies.may_keep(by, brief))
    require(words.strip(), _("请写明为什么留存，作者会看到。"), field="words")
    moved = move(brief, "keep", back_words=words.strip(), changed_at=clock.now())
    record(events.BriefKept(), about=brief, by=by, why=words.strip(), moved=moved)


@command
def sign(*, by, brief):
    """Sign the edited wording."""
    require(policies.may_sign(by, brief))
    require(brief.edited_situation and brief.edited_advice, _("还没有编辑稿，不能签发。"))
    moved = move(brief, "sign", signed_on=clock.today(), changed_at=clock.now())
    record(events.BriefSigned(), about=brief, by=by, moved=moved)


@command
def send(*, by, brief, level, to, on):
    """Enter that the brief was sent up: to which level, to whom, on which day."""
    require(policies.may_send(by, brief))
    require(level in Dispatch.Level.values, _("请选择报送哪一级。"), field="level")
    require(to.strip(), _("请写报送给谁。"), field="to")
    _check_day(on, brief.signed_on, _("报送日期早于签发日期。"))
    moved = move(brief, "send", changed_at=clock.now())
    made = Dispatch.objects.create(committee=brief.committee, brief=brief, level=level, to=to.strip(), on=on)
    told = events.BriefSent(level=str(made.get_level_display()), to=made.to, on=str(on))
    record(told, about=brief, by=by, moved=moved)


@command
def adopt(*, by, brief, dispatch, how, on, paper_no=""):
    """Enter that a level adopted the brief; ``dispatch`` is the sending it answers."""
    require(policies.may_adopt(by, brief))
    require(how in Dispatch.How.values, _("请选择单篇采用还是综合采用。"), field="how")
    require(dispatch.brief_id == brief.pk, _("请选择这一篇的一次报送。"), field="dispatch")
    _check_day(on, dispatch.on, _("采用日期早于报送日期。"))
    moved = move(brief, "adopt", changed_at=clock.now())
    rows = Dispatch.objects.filter(pk=dispatch.pk, how="")
    entered = rows.update(how=how, adopted_on=on, paper_no=paper_no.strip())
    require(entered, _("这次报送已登记过采用。"), field="dispatch")
    told = events.BriefAdopted(
        level=str(dispatch.get_level_display()), how=str(Dispatch.How(how).label), on=str(on), paper_no=paper_no
    )
    record(told, about=brief, by=by, moved=moved)


@command
def instruct(*, by, brief, post, on, words):
    """Enter a leader's instruction by the post, never by a name."""
    require(policies.may_instruct(by, brief))
    require(post.strip(), _("请写哪个职务批示的。"), field="post")
    require(words.strip(), _("请写批示内容。"), field="words")
    _check_day(on, brief.signed_on, _("批示日期早于签发日期。"))
    moved = move(brief, "instruct", changed_at=clock.now())
    Instruction.objects.create(
        committee=brief.committee, brief=brief, post=post.strip(), on=on, words=words.strip()
    )
    told = events.BriefInstructed(post=post.strip(), on=str(on), words=words.strip())
    record(told, about=brief, by=by, moved=moved)


@command
def follow(*, by, brief, words):
    """Enter what came of the instruction or the adoption so far."""
    require(policies.may_follow(by, brief))
    require(words.strip(), _("请写转给谁办、办得怎么样。"), field="words")
    moved = move(brief, "follow", changed_at=clock.now())
    record(events.BriefFollowed(words=words.strip()), about=brief, by=by, moved=moved)


@command
def close(*, by, brief, words):
    """End the brief in plain words: its author reads them, and so does whoever raised the matter behind it."""
    require(policies.may_close(by, brief))
    words = words.strip()
    require(words, _("请写一句看得懂的结果，作者和反映人都会看到。"), field="words")
    require(len(words) <= 200, _("结果请写在 200 字以内。"), field="words")
    moved = move(brief, "close", result_words=words, changed_at=clock.now())
    record(events.BriefClosed(words=words), about=brief, by=by, moved=moved)
    voices = Voice.objects.filter(brief_sources__brief=brief, state=Voice.State.INFO)
    for voice in voices.select_related("case", "region", "deadline"):
        give_result(by=by, voice=voice, words=words)


@command
def withdraw(*, by, brief, why):
    """Take the brief back before it is edited."""
    require(policies.may_withdraw(by, brief))
    moved = move(brief, "withdraw", changed_at=clock.now())
    record(events.BriefWithdrawn(), about=brief, by=by, why=why, moved=moved)


@command
def see(*, by, brief):
    """Remember that the author has seen what became of the brief; nothing for the journal."""
    require(policies.may_see(by, brief))
    Brief.objects.filter(pk=brief.pk).update(seen_at=clock.now())


@command
def make_issue(*, by, committee, on, signer, briefs, recipients, copies="", key=""):
    """Bring out the next issue of the year with signed briefs in their order."""
    require(policies.may_issue(by, committee))
    briefs = list(dict.fromkeys(briefs))
    body = ["issue", str(on), signer, [brief.pk for brief in briefs]]
    made = once.made(key, body, Issue)
    if made:
        return made
    require(briefs, _("请至少选一篇已签发的。"), field="briefs")
    require(all(brief.signed_on for brief in briefs), _("只有已签发的才能编入期刊。"), field="briefs")
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    issues = Issue.objects.select_for_update()
    last = issues.filter(year=on.year).aggregate(last=Max("number"))["last"] or 0
    total = (Issue.objects.aggregate(last=Max("total"))["last"] or 0) + 1
    issue = Issue.objects.create(
        committee=committee, year=on.year, number=last + 1, total=total, on=on, signer=signer.strip(),
        recipients=recipients.strip(), copies=copies.strip(),
    )
    for order, brief in enumerate(briefs, 1):
        IssueItem.objects.create(committee=committee, issue=issue, brief=brief, order=order)
    told = events.IssueMade(number=issue.number, total=issue.total, briefs=len(briefs))
    record(told, about=issue, by=by)
    if key:
        once.remember(key, body, issue)
    return issue


def _check_day(on, first, words):
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    require(first is None or on >= first, words, field="on")
