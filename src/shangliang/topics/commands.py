"""Proposing, reviewing, approving and pooling topics."""

from django.utils.translation import gettext as _

from ..cases.commands import open_case
from ..cases.masking import refuse_personal
from ..journal.record import command, record
from ..people.actors import CLOCK
from ..rules.commands import end_clock, start_clock
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import Refused, require
from ..voices.commands import hand_to_topic, return_from_topic
from ..voices.models import Voice
from ..voices.reasons import GROUNDS
from . import events, policies
from .models import Approval, Exclusion, Topic, TopicSource


@command
def propose(*, by, title, summary, category, voices=(), region=None, venue=None, source=None):
    """Put a topic forward from one or more voices, or from a member, unit, leader or the Party committee.

    ``source`` is a pair (TopicSource.Kind, record or None) when no voice stands behind it. The topic continues the
    case of its first voice. Raises Refused without any source.
    """
    voices = list(dict.fromkeys(voices))
    first = voices[0] if voices else None
    region = region or (first and first.region)
    require(region, _("请选择地点。"), field="region")
    require(policies.may_propose(by, region))
    require(title.strip(), _("请写议题名称。"), field="title")
    refuse_personal(title=title, summary=summary)
    require(voices or source, _("议题至少要有一个来源。"))
    committee = first.committee if first else by.committee
    case = first.case if first else open_case(by=by, committee=committee, region=region, venue=venue)
    topic = Topic.objects.create(
        committee=committee, case=case, title=title.strip(), summary=summary, category=category,
        region=region, venue=venue or (first and first.venue), proposed_on=clock.today(),
    )
    topic.deadline = start_clock(by=by, about=topic, key="topic.review")
    topic.save(update_fields=["deadline"])
    for voice in voices:
        _add_source(topic, TopicSource.Kind.VOICE, voice)
    if source:
        _add_source(topic, *source)
    proposed = events.TopicProposed(title=topic.title, sources=len(voices) + bool(source))
    record(proposed, about=topic, by=by)
    for voice in voices:
        hand_to_topic(by=by, voice=voice)
    return topic


def _add_source(topic, kind, record_=None):
    named = {str(kind): record_} if record_ is not None else {}
    TopicSource.objects.create(
        committee=topic.committee, topic=topic, kind=kind, added_on=clock.today(), **named
    )


@command
def add_voice(*, by, topic, voice):
    """Let another voice about the same matter become a source of the topic."""
    require(policies.may_add_voice(by, topic))
    require(
        topic.state in topic.JOINABLE,
        _("议题已进入协商，请把民声归并到原来的民声。"), field="voice",
    )
    if not topic.sources.filter(voice=voice).exists():
        _add_source(topic, TopicSource.Kind.VOICE, voice)
    record(events.TopicVoiceAdded(voice=voice.case_no), about=topic, by=by)
    hand_to_topic(by=by, voice=voice)


@command
def start_review(*, by, topic):
    """Take the topic up for review."""
    require(policies.may_start_review(by, topic))
    moved = move(topic, "start_review")
    record(events.TopicReviewStarted(), about=topic, by=by, moved=moved)


@command
def exclude(*, by, topic, ground, note):
    """Flag a ground of the negative list; the topic cannot be pooled until it is cleared."""
    require(policies.may_exclude(by, topic))
    require(ground in GROUNDS, _("请选择一条理由。"), field="ground")
    require(topic.state in topic.EARLY, _("议题已过入库环节，不能再标记。"))
    Exclusion.objects.create(
        committee=topic.committee, topic=topic, ground=ground, note=note, raised_on=clock.today()
    )
    excluded = events.TopicExcluded(ground=GROUNDS[ground].title)
    record(excluded, about=topic, by=by, why=note)


@command
def clear_exclusion(*, by, topic, why):
    """Clear the open flags of the negative list with a reason."""
    require(policies.may_clear_exclusion(by, topic))
    require(why, _("请写明为什么不适用。"), field="why")
    flags = list(Exclusion.objects.filter(topic=topic, cleared_on=None))
    require(flags, _("没有待解除的标记。"))
    for flag in flags:
        flag.cleared_on, flag.cleared_why = clock.today(), why
        flag.save()
        cleared = events.TopicExclusionCleared(ground=GROUNDS[flag.ground].title)
        record(cleared, about=topic, by=by, why=why)


@command
def pool(*, by, topic):
    """Accept the topic into the pool; the clock of review ends. Needs a source and no open flag."""
    require(policies.may_pool(by, topic))
    _check_sources_and_flags(topic)
    end_clock(by=by, deadline=topic.deadline)
    moved = move(topic, "pool")
    record(events.TopicPooled(), about=topic, by=by, moved=moved)


def _check_sources_and_flags(topic):
    require(topic.sources.exists(), _("议题至少要有一个来源。"))
    if topic.exclusions.filter(cleared_on=None).exists():
        raise Refused(_("还有负面清单标记没有解除，不能入库，也不能报审。"))


@command
def send_back(*, by, topic, why):
    """Return the topic for rewording."""
    require(policies.may_send_back(by, topic))
    require(why, _("请写明需要修改什么。"), field="why")
    moved = move(topic, "send_back", review_note=why)
    record(events.TopicSentBack(), about=topic, by=by, why=why, moved=moved)


@command
def resubmit(*, by, topic, title, summary):
    """Bring the reworded topic back to review."""
    require(policies.may_resubmit(by, topic))
    require(title.strip(), _("请写议题名称。"), field="title")
    moved = move(topic, "resubmit", title=title.strip(), summary=summary)
    record(events.TopicResubmitted(), about=topic, by=by, moved=moved)


@command
def submit(*, by, topic):
    """Lay the topic before the Party committee of its level."""
    require(policies.may_submit(by, topic))
    _check_sources_and_flags(topic)
    moved = move(topic, "submit")
    record(events.TopicSubmitted(), about=topic, by=by, moved=moved)


@command
def approve(*, by, topic, body, decided_on, paper_no="", opinion=""):
    """Enter the Party committee's approval: which body, on which day, by which paper.

    A topic that was deferred and came back is approved anew; the journal keeps the first approval.
    """
    require(policies.may_approve(by, topic))
    require(body, _("请写明是哪一级党委审定的。"), field="body")
    require(decided_on <= clock.today(), _("审定日期不能在将来。"), field="decided_on")
    moved = move(topic, "approve")
    Approval.objects.update_or_create(
        topic=topic,
        defaults={
            "committee": topic.committee, "body": body, "decided_on": decided_on,
            "paper_no": paper_no, "opinion": opinion,
        },
    )
    approved = events.TopicApproved(body=body, decided_on=str(decided_on), paper_no=paper_no)
    record(approved, about=topic, by=by, why=opinion, moved=moved)


@command
def study(*, by, topic):
    """Begin the field study before the session."""
    require(policies.may_study(by, topic))
    moved = move(topic, "study")
    record(events.TopicStudyStarted(), about=topic, by=by, moved=moved)


@command
def schedule(*, by, topic):
    """Enter that a consultation is being prepared (called by consultations)."""
    require(policies.may_schedule(by, topic))
    moved = move(topic, "schedule")
    record(events.TopicScheduled(), about=topic, by=by, moved=moved)


@command
def unschedule(*, by, topic, why):
    """Enter that the prepared consultation was cancelled (called by consultations)."""
    require(policies.may_unschedule(by, topic))
    moved = move(topic, "unschedule")
    record(events.TopicUnscheduled(), about=topic, by=by, why=why, moved=moved)


@command
def consulted(*, by, topic):
    """Enter that the consultation was held (called by consultations)."""
    require(policies.may_consulted(by, topic))
    moved = move(topic, "consulted")
    record(events.TopicConsulted(), about=topic, by=by, moved=moved)


@command
def reconsult(*, by, topic, why):
    """Consult once more, because no consensus was reached."""
    require(policies.may_reconsult(by, topic))
    require(why, _("请写明为什么需要再协商。"), field="why")
    moved = move(topic, "reconsult")
    record(events.TopicReconsulted(), about=topic, by=by, why=why, moved=moved)


@command
def defer(*, by, topic, until, why):
    """Put the topic off until a day on which it must be looked at again; the clock of review ends."""
    require(policies.may_defer(by, topic))
    require(until > clock.today(), _("复议日期要在今天之后。"), field="until")
    require(why, _("请写明为什么缓议。"), field="why")
    end_clock(by=by, deadline=topic.deadline)
    moved = move(topic, "defer", review_on=until, review_note=why)
    record(events.TopicDeferred(until=str(until)), about=topic, by=by, why=why, moved=moved)


@command
def resume(*, by, topic):
    """Return a deferred topic to the pool, under the same conditions as any other."""
    require(policies.may_resume(by, topic))
    _check_sources_and_flags(topic)
    moved = move(topic, "resume")
    record(events.TopicResumed(), about=topic, by=by, moved=moved)


@command
def decline(*, by, topic, why):
    """Leave the topic out with a reason; its voices go back to be answered and every proposer is told."""
    require(policies.may_decline(by, topic))
    require(why, _("请写明不纳入的理由，提出人会看到。"), field="why")
    end_clock(by=by, deadline=topic.deadline)
    moved = move(topic, "decline", review_note=why)
    record(events.TopicDeclined(), about=topic, by=by, why=why, moved=moved)
    for voice in _voices(topic).filter(state=Voice.State.TOPIC):
        return_from_topic(by=CLOCK, voice=voice, why=why)


@command
def merge(*, by, topic, into, why):
    """Let the topic follow another one; its sources become sources of that one too."""
    require(policies.may_merge(by, topic))
    require(into.pk != topic.pk, _("不能归并到自己。"), field="into")
    alive = into.committee_id == topic.committee_id and into.state in Topic.JOINABLE
    require(alive, _("那个议题已经进入协商或已经结束，不能再归并进去。"), field="into")
    require(why, _("请写明为什么是同一件事。"), field="why")
    end_clock(by=by, deadline=topic.deadline)
    moved = move(topic, "merge", merged_into=into)
    for source in topic.sources.exclude(voice__in=into.sources.values("voice").exclude(voice=None)):
        _add_source(into, source.kind, getattr(source, source.kind, None))
    record(events.TopicMerged(into=into.title), about=topic, by=by, why=why, moved=moved)


@command
def withdraw(*, by, topic, why):
    """Take the topic back; its voices go back to be answered."""
    require(policies.may_withdraw(by, topic))
    require(why, _("请写明为什么撤回。"), field="why")
    end_clock(by=by, deadline=topic.deadline)
    moved = move(topic, "withdraw")
    record(events.TopicWithdrawn(), about=topic, by=by, why=why, moved=moved)
    for voice in _voices(topic).filter(state=Voice.State.TOPIC):
        return_from_topic(by=CLOCK, voice=voice, why=why)


@command
def close(*, by, topic):
    """Close the topic (outcomes calls this when every agreement is closed)."""
    require(policies.may_close(by, topic))
    moved = move(topic, "close")
    record(events.TopicClosed(), about=topic, by=by, moved=moved)


def _voices(topic):
    return Voice.objects.filter(topic_sources__topic=topic)
