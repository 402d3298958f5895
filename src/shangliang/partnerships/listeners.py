"""How our own thread speaks to the neighbours: its steps become our side's statements, in the same transaction."""

from django.utils.translation import gettext as _

from ..consultations.commands import count_guests
from ..consultations.models import Consultation
from ..consultations.queries import roll
from ..journal.record import as_stored
from ..people.actors import CLOCK
from ..shared.formats import day
from . import commands, queries
from .models import JointItem, Matter


def _matter(topic_id, step) -> Matter | None:
    """The matter of this topic, if it can take the step now; a matter that is not yet joint does not hinder ours."""
    found = Matter.objects.select_related("committee__region", "topic__case").filter(topic=topic_id).first()
    return found if found and found.state in Matter.MOVES[step][0] else None


def follow_approval(*, event, entry, about):
    """Our Party committee approved the topic."""
    if (matter := _matter(about.pk, "approve")) and not queries.has_said(matter, matter.ours, "approve"):
        commands.approve(by=CLOCK, matter=matter)


def follow_convened(*, event, entry, about):
    """We host, and the day is told (or told anew)."""
    matter = _matter(about.topic_id, "convene")
    if matter and matter.we_lead:
        commands.convene(by=CLOCK, matter=matter, consultation=about)


def follow_held(*, event, entry, about):
    """The joint sitting took place, as our register has it."""
    matter = _matter(about.topic_id, "meet") if about.joint else None
    if matter:
        present = roll(about)
        commands.meet(
            by=CLOCK, matter=matter, consultation=about, present=present.attendances,
            stakeholders=present.stakeholders, members=present.members,
        )


def follow_reported(*, event, entry, about):
    """Our papers went to our own Party committee and government."""
    matter = _matter(about.topic_id, "report") if about.joint else None
    if matter and not queries.has_said(matter, matter.ours, "report"):
        commands.report(by=CLOCK, matter=matter, to=event.to)


def follow_task(*, event, entry, about):
    """A task of one of our items moved."""
    if about.agreement_id is None:
        return
    item = JointItem.objects.filter(agreement=about.agreement_id).first()
    matter = item and _matter(item.agreement.consultation.topic_id, "advance")
    if matter:
        commands.advance(by=CLOCK, matter=matter, number=item.number, words=_words(event.name, about))


def _words(name, task) -> str:
    if name == "tasks.accepted":
        return task.result_words[:200]
    if name == "tasks.assigned":
        return as_stored(_("已交办，%(day)s前办结") % {"day": day(task.deadline.due_on)})
    return as_stored(task.get_state_display())


def follow_closed(*, event, entry, about):
    """The last of our items has ended: our side is done."""
    matter = _matter(about.pk, "finish")
    said = matter and queries.has_said(matter, matter.ours, "finish")
    if matter and not said and queries.has_said(matter, matter.ours, "report"):
        commands.finish(by=CLOCK, matter=matter)


def count_theirs(*, event, entry, about):
    """Another side told how many of its people came to the joint sitting: they sat in our room too."""
    own = Consultation.objects.filter(joint=event.sitting, state__in=["planned", "convened", "in_session"]).first()
    if own and entry.actor.startswith("side:"):
        count_guests(by=CLOCK, consultation=own, present=event.present, concerned=event.stakeholders)
