"""How a result travels back up the thread: to the voices, the agreed item and the topic."""

from django.utils.translation import gettext_lazy as _

from ..agreements import commands as agreements
from ..agreements.models import Agreement
from ..journal.record import as_stored
from ..people.actors import CLOCK
from ..proposals import commands as proposals
from ..proposals.models import Proposal
from ..tasks import commands as tasks
from ..tasks.models import Task
from ..topics import commands as topics
from ..topics.models import Topic
from ..voices import commands as voices
from ..voices.models import Voice
from . import commands
from .models import Rating


def tell_result(*, event, entry, about):
    """An accepted answer: the item is carried out, and once no task of the topic is open the people are told.

    A C answer carries nothing out: its item stays where it is until the task is closed.
    """
    if about.agreement_id is None:
        return
    agreement = Agreement.objects.get(pk=about.agreement_id)
    if agreement.state == Agreement.State.ASSIGNED and about.grade != Task.Grade.C:
        agreements.implement(by=CLOCK, agreement=agreement)
    topic = agreement.consultation.topic
    open_tasks = Task.objects.filter(agreement__consultation__topic=topic).exclude(
        state__in=[*Task.FINISHED, Task.State.AWAITING_EVALUATION, Task.State.JOINT_REVIEW]
    )
    if not open_tasks.exists():
        _tell_voices(topic, about.result_words)


def _tell_voices(topic, words):
    for voice in _voices(topic).filter(state=Voice.State.TOPIC):
        voices.give_result(by=CLOCK, voice=voice, words=words)


def _voices(topic):
    return Voice.objects.filter(topic_sources__topic=topic)


def evaluate_task(*, event, entry, about):
    """A rating by who raised the matter settles the tasks that wait for it: closed, or worked on again."""
    if about.voice_id is None:
        return
    value = as_stored(Rating.Value(about.value).label)
    waiting = Task.objects.filter(
        agreement__consultation__topic__sources__voice=about.voice_id,
        state=Task.State.AWAITING_EVALUATION,
    )
    for task in waiting.select_related("deadline", "step_deadline").order_by("pk").distinct():
        if about.value == Rating.Value.NOT:
            tasks.return_rated(by=CLOCK, task=task, why=value)
        else:
            tasks.close(by=CLOCK, task=task, how=value)


def take_up_again(*, event, entry, about):
    """A task returned after 不满意: its item is worked on again and its voices wait for a new result."""
    if about.agreement_id is None:
        return
    agreement = about.agreement
    if agreement.state == Agreement.State.IMPLEMENTED:
        agreements.redo(by=CLOCK, agreement=agreement, why=entry.why)
    for voice in _voices(agreement.consultation.topic).filter(state=Voice.State.CONFIRMED):
        voices.work_again(by=CLOCK, voice=voice)


def settle_agreement(*, event, entry, about):
    """A closed task settles its item: verified and closed, or not adopted when the answer was C."""
    if about.agreement_id is None:
        return
    agreement = Agreement.objects.get(pk=about.agreement_id)
    if about.grade == Task.Grade.C:
        if agreement.state in agreement.MOVES["not_adopt"][0]:
            agreements.not_adopt(by=CLOCK, agreement=agreement, why=about.result_words)
    elif agreement.state == Agreement.State.IMPLEMENTED:
        agreements.verify(by=CLOCK, agreement=agreement)
        agreements.close(by=CLOCK, agreement=agreement)


def end_voices(*, event, entry, about):
    """After the last joint review of a topic the voices that were not satisfied end too, as rated."""
    if about.agreement_id is None:
        return
    topic = about.agreement.consultation.topic
    reviews = Task.objects.filter(
        agreement__consultation__topic=topic, state=Task.State.JOINT_REVIEW
    )
    if not reviews.exists():
        for voice in _voices(topic).filter(state=Voice.State.CONFIRMED):
            voices.close(by=CLOCK, voice=voice)


def settle_topic(*, event, entry, about):
    """When the last item of a topic has ended, the topic is closed."""
    _settle(about.consultation.topic_id)


def settle_reported(*, event, entry, about):
    """Reported minutes without any item still to be done (none, or reserved opinions alone) end the topic.

    Until they are reported the topic can be consulted on once more.
    """
    _settle(about.topic_id)


def _settle(topic_id):
    topic = Topic.objects.get(pk=topic_id)
    items = Agreement.objects.filter(consultation__topic=topic)
    if topic.state == topic.State.CONSULTED and not items.exclude(state__in=Agreement.ENDED).exists():
        _tell_voices(topic, _outcome(items))
        topics.close(by=CLOCK, topic=topic)


def _outcome(items) -> str:
    """How the items ended, in at most 200 characters, for those whose matter had no task."""
    told = [
        f"{as_stored(Agreement.State(item.state).label)}：{item.outcome_words or item.text}"
        for item in items.order_by("pk")
    ]
    return ("；".join(told) or as_stored(_("协商后没有形成需要交办的约定。")))[:200]


def follow_answers(*, event, entry, about):
    """Once every task of a proposal has an accepted answer, kept promises or not, its proposer evaluates it."""
    if about.proposal_id is None:
        return
    proposal = Proposal.objects.select_related("case").get(pk=about.proposal_id)
    states = Task.State
    answered = [*Task.FINISHED, states.AWAITING_EVALUATION, states.TRACKING, states.PROMISE_DONE, states.JOINT_REVIEW]
    open_tasks = proposal.tasks.exclude(state__in=answered)
    if proposal.state in proposal.MOVES["replied"][0] and not open_tasks.exists():
        proposals.replied(by=CLOCK, proposal=proposal)


def settle_proposal(*, event, entry, about):
    """When the last task of a proposal has ended, rated or not, the proposal is closed."""
    if about.proposal_id is None or about.proposal.tasks.exclude(state__in=Task.FINISHED).exists():
        return
    proposal = Proposal.objects.select_related("case").get(pk=about.proposal_id)
    if proposal.state in proposal.MOVES["close"][0]:
        proposals.close(by=CLOCK, proposal=proposal, how=about.closed_how)


def forget_comments(*, event, entry, about):
    """An erased person's comments go too."""
    commands.forget_comments(by=CLOCK, voice=about)
