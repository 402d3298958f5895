"""How a result travels back up the thread: to the voices, the agreed item and the topic."""

from ..agreements import commands as agreements
from ..agreements.models import Agreement
from ..people.actors import CLOCK
from ..tasks import commands as tasks
from ..tasks.models import Task
from ..topics import commands as topics
from ..voices import commands as voices
from ..voices.models import Voice
from .models import Rating


def tell_result(*, event, entry, about):
    """An accepted answer: the item is carried out, and once no task of the topic is open the people are told."""
    agreement = Agreement.objects.get(pk=about.agreement_id)
    if agreement.state == Agreement.State.ASSIGNED:
        agreements.implement(by=CLOCK, agreement=agreement)
    topic = agreement.consultation.topic
    open_tasks = Task.objects.filter(agreement__consultation__topic=topic).exclude(
        state__in=[*Task.FINISHED, Task.State.AWAITING_EVALUATION, Task.State.JOINT_REVIEW]
    )
    if open_tasks.exists():
        return
    for voice in Voice.objects.filter(topic_sources__topic=topic, state=Voice.State.TOPIC):
        voices.give_result(by=CLOCK, voice=voice, words=about.result_words)


def evaluate_task(*, event, entry, about):
    """A rating by who raised the matter settles the tasks that wait for it: closed, or worked on again."""
    if about.voice_id is None:
        return
    waiting = Task.objects.filter(case=about.case, state=Task.State.AWAITING_EVALUATION)
    for task in waiting.select_related("deadline", "step_deadline"):
        if about.value == Rating.Value.NOT:
            tasks.return_rated(by=CLOCK, task=task, why=str(about.get_value_display()))
        else:
            tasks.close(by=CLOCK, task=task, how=str(about.get_value_display()))


def take_up_again(*, event, entry, about):
    """A task returned after 不满意: its item is worked on again and its voices wait for a new result."""
    agreement = about.agreement
    if agreement.state == Agreement.State.IMPLEMENTED:
        agreements.redo(by=CLOCK, agreement=agreement, why=entry.why)
    sources = Voice.objects.filter(topic_sources__topic=agreement.consultation.topic)
    for voice in sources.filter(state=Voice.State.CONFIRMED):
        voices.work_again(by=CLOCK, voice=voice)


def settle_agreement(*, event, entry, about):
    """A closed task settles its item: verified and closed, or not adopted when the answer was C."""
    agreement = Agreement.objects.get(pk=about.agreement_id)
    if about.grade == Task.Grade.C:
        if agreement.state == Agreement.State.IMPLEMENTED:
            agreements.not_adopt(by=CLOCK, agreement=agreement, why=about.result_words)
        return
    if agreement.state == Agreement.State.IMPLEMENTED:
        agreements.verify(by=CLOCK, agreement=agreement)
        agreements.close(by=CLOCK, agreement=agreement)


def settle_topic(*, event, entry, about):
    """A topic whose items have all ended is closed."""
    topic = about.consultation.topic
    items = Agreement.objects.filter(consultation__topic=topic)
    if topic.state == topic.State.CONSULTED and not items.exclude(state__in=Agreement.ENDED).exists():
        topics.close(by=CLOCK, topic=topic)
