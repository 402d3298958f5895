"""What our side says by itself, following what happened in our own thread: nothing is entered twice."""

import hashlib

from ...consultations.commands import mark_joint
from ...journal.record import command
from ...people.actors import CLOCK
from ...shared.formats import iso
from ...shared.refusals import require
from .. import events, policies, queries
from ..saying import speak


@command
def approve(*, by, matter):
    """Our own Party committee approved our topic: our side has approved the matter."""
    require(policies.may_approve(by, matter))
    speak(matter, events.MatterApproved, by=by, **queries.approval_of(matter.topic))


@command
def convene(*, by, matter, consultation):
    """We host and have told everybody day and place: the other sides hear of it under one identity of the sitting."""
    require(policies.may_convene(by, matter))
    sitting = consultation.joint or hashlib.sha256(f"{matter.joint}:{consultation.pk}".encode()).hexdigest()[:32]
    if not consultation.joint:
        mark_joint(by=CLOCK, consultation=consultation, joint=sitting)
    speak(
        matter, events.MatterConvened, by=by, sitting=sitting, starts_at=iso(consultation.starts_at),
        place=consultation.venue.full_name,
    )


@command
def meet(*, by, matter, consultation, present, stakeholders, members):
    """The joint sitting took place, as our own register has it: our number, and how many of ours came."""
    require(policies.may_meet(by, matter))
    speak(
        matter, events.MatterMet, by=by, sitting=consultation.joint, case_no=consultation.case.no, present=present,
        stakeholders=stakeholders, members=members,
    )


@command
def report(*, by, matter, to):
    """Our papers went to our own Party committee and government."""
    require(policies.may_report(by, matter))
    speak(matter, events.MatterReported, by=by, to=to)


@command
def advance(*, by, matter, number, words):
    """How far an item of ours is, in words that name nobody."""
    require(policies.may_advance(by, matter))
    speak(matter, events.MatterAdvanced, by=by, number=number, words=words)
