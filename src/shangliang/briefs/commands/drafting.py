"""The author's steps: draft, rewrite, hand in, take back, and see what became of it."""

from django.conf import settings
from django.utils.translation import gettext as _

from ...journal import once
from ...journal.record import command, record
from ...shared import clock, sealed
from ...shared.lifecycle import move
from ...shared.refusals import require
from ...voices.models import Voice
from .. import events, policies
from ..measures import check
from ..models import Brief, BriefSource
from ..sources import check_sources, place_of, take_voices


@command
def draft(
    *, by, committee, title, category, situation, advice, analysis="", member=None, informant="", named=False,
    unnamed_why="", region=None, sources=(), told="", key="",
):  # fmt: skip
    """Begin a brief; its author is a member or an invited informant, the one or the other.

    ``sources`` are records (voice, visit, salon point, proposal). A voice still being screened becomes information
    by it, if the author may screen it; ``told`` is what its reporter then reads. Raises Refused when parts are
    missing or longer together than the rule allows, for a voice that went another way, and for a source out of reach.
    """
    require(policies.may_draft(by, committee))
    member = member or (None if informant.strip() else by.member)
    body = [title, category, situation, analysis, advice, member and member.pk, informant]
    made = once.made(key, body, Brief)
    if made:
        return made
    _check_author(by, committee, member, informant.strip())
    check(committee.pk, title, situation, analysis, advice)
    check_sources(by, sources)
    voice = next((source for source in sources if isinstance(source, Voice)), None)
    case = voice.case if voice else next((s.case for s in sources if getattr(s, "case_id", None)), None)
    brief = Brief.objects.create(
        committee=committee, category=category, case=case, member=member, by_informant=member is None,
        informant=sealed.seal(settings.CONTACT_KEY, informant.strip()), entered_by=by, written_on=clock.today(),
        region=region or next(filter(None, map(place_of, sources)), None), title=title.strip(),
        situation=situation.strip(), analysis=analysis.strip(), advice=advice.strip(), named=named,
        unnamed_why="" if named else unnamed_why.strip(), changed_at=clock.now(), seen_at=clock.now(),
    )  # fmt: skip
    for source in sources:
        BriefSource.objects.create(committee=committee, brief=brief, **{source._meta.model_name: source})
    record(events.BriefDrafted(title=brief.title, sources=len(sources)), about=brief, by=by)
    take_voices(by, brief, told)
    if key:
        once.remember(key, body, brief)
    return brief


def _check_author(by, committee, member, informant):
    """One author, and a member who only is a member writes in the own name."""
    require(bool(member) != bool(informant), _("请写作者：一位委员，或一位特邀信息员。"), field="member")
    own = member is not None and member.pk == by.member_id
    for_others = by.has(*policies.FOR_OTHERS, committee_id=committee.pk)
    require(own or for_others, _("委员只能用自己的名义起草。"), field="member")


@command
def rewrite(*, by, brief, title, category, situation, advice, analysis=""):
    """Change a draft; after it was handed in the original stays as it was."""
    require(policies.may_rewrite(by, brief))
    check(brief.committee_id, title, situation, analysis, advice)
    moved = move(
        brief, "rewrite", title=title.strip(), category=category, situation=situation.strip(),
        analysis=analysis.strip(), advice=advice.strip(),
    )
    record(events.BriefRewritten(), about=brief, by=by, moved=moved)


@command
def submit(*, by, brief):
    """Hand the brief in."""
    require(policies.may_submit(by, brief))
    characters = check(brief.committee_id, brief.title, *brief.parts)
    moved = move(brief, "submit", submitted_on=clock.today(), changed_at=clock.now(), back_words="")
    record(events.BriefSubmitted(characters=characters), about=brief, by=by, moved=moved)


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
def forget_informant(*, by, brief, why):
    """Erase the name of an invited informant (PIPL art. 47); the words of the brief stay."""
    require(policies.may_forget_informant(by, brief))
    require(brief.informant, _("这里没有留下信息员的姓名。"))
    Brief.objects.filter(pk=brief.pk).update(informant="")
    brief.informant = ""
    once.forget(brief)
    record(events.BriefInformantErased(), about=brief, by=by, why=why)
