"""What our people do with a joint topic or supervision project."""

from django.utils.translation import gettext as _

from ...agreements.commands import OPEN_FOR_ITEMS
from ...agreements.commands import draft as draft_agreement
from ...agreements.models import Agreement
from ...cases.masking import refuse_personal
from ...consultations.commands import count_guests, mark_joint
from ...consultations.commands import plan as plan_consultation
from ...consultations.models import Consultation
from ...journal import once
from ...journal.digest import canonical, digest
from ...journal.record import as_stored, command, record
from ...people.actors import CLOCK
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from ...topics.commands import propose as propose_topic
from ...topics.models import Topic, TopicSource
from .. import events, policies, queries
from ..models import Matter, Partnership
from ..saying import begin, speak


@command
def raise_matter(
    *, by, committee, partnership, kind, lead, topic=None, title="", summary="", category="", region=None, key=""
):  # fmt: skip
    """Propose a joint matter to the other sides: from a topic of ours, or a new one made with it.

    ``lead`` is the code of the side that hosts it. Our own Party committee approves our topic in its usual way.
    """
    require(policies.may_begin(by, committee))
    require(partnership.state == Partnership.State.ACTIVE, _("这项合作还没有各方签署，或已结束。"), field="partnership")
    require(kind in Matter.Kind.values, _("请选择类别。"), field="kind")
    require(lead in partnership.side_names, _("请选择主办方。"), field="lead")
    asked = [partnership.joint, str(kind), lead, topic.pk if topic else None, title, summary]
    if made := once.made(key, asked, Matter):
        return made
    if topic is None:
        require(region, _("请选择地点。"), field="region")
        topic = _own_topic(by, title, summary, category, region)
    require(not Matter.objects.filter(topic=topic).exists(), _("这个议题已经是协同事项。"), field="topic")
    require(topic.state in Topic.JOINABLE, _("议题已进入协商，不能再转为协同事项。"), field="topic")
    made = begin(
        events.MatterRaised, by=by, committee=committee, partnership=partnership.joint, kind=str(kind),
        kind_words=as_stored(Matter.Kind(kind).label), title=topic.title, summary=topic.summary,
        category=str(topic.category), lead=lead, case_no=topic.case.no, bind=lambda matter: _bind(matter, topic),
    )
    _tell_approval(made)
    if key:
        once.remember(key, asked, made)
    return made


def _own_topic(by, title, summary, category, region):
    return propose_topic(
        by=by, title=title, summary=summary, category=category, region=region, source=(TopicSource.Kind.PARTNER, None)
    )


def _bind(matter, topic):
    """From here on our own thread and the matter know each other."""
    matter.topic = topic
    matter.save(update_fields=["topic"])


def _tell_approval(matter):
    """What our Party committee approved before it became a joint matter is told at once."""
    approval = queries.approval_of(matter.topic)
    if approval:
        speak(matter, events.MatterApproved, by=CLOCK, **approval)


@command
def take_up(*, by, matter, region, topic=None):
    """Take another side's proposal up as a topic of ours, under our own number; an open topic of ours may be it."""
    require(policies.may_take_up(by, matter))
    require(matter.topic_id is None, _("已经立为本方议题。"))
    topic = topic or _own_topic(by, matter.title, matter.summary, matter.category, region)
    require(not Matter.objects.filter(topic=topic).exists(), _("这个议题已经是协同事项。"), field="topic")
    _bind(matter, topic)
    speak(matter, events.MatterTakenUp, by=by, case_no=topic.case.no)
    _tell_approval(matter)


@command
def turn_down(*, by, matter, why):
    """Do not take part, and say why; not once our own side has approved it."""
    require(policies.may_turn_down(by, matter))
    _leave(by, matter, events.MatterTurnedDown, why)


@command
def withdraw(*, by, matter, why):
    """Take our proposal back; not once our own side has approved it."""
    require(policies.may_withdraw(by, matter))
    _leave(by, matter, events.MatterWithdrawn, why)


@command
def defer(*, by, matter, why):
    """Put it off; not once our own side has approved it."""
    require(policies.may_defer(by, matter))
    _leave(by, matter, events.MatterDeferred, why)


def _leave(by, matter, event, why):
    require(why.strip(), _("请写理由。"), field="why")
    approved = queries.has_said(matter, matter.ours, "approve")
    require(not approved, _("我方党委已经审定同意；不再一起办，请用“转为分别办理”。"))
    speak(matter, event, by=by, reason=why.strip())


@command
def resume(*, by, matter):
    """Take it up again after having put it off."""
    require(policies.may_resume(by, matter))
    require(queries.stance(matter, matter.ours) == "defer", _("不是我方提出的缓议，由对方恢复。"))
    speak(matter, events.MatterResumed, by=by)


@command
def schedule(*, by, matter, due_on):
    """Enter it in the cooperation plan; every side has approved it, so the line needs no further assent."""
    require(policies.may_schedule(by, matter))
    require(due_on >= clock.today(), _("完成时限不能早于今天。"), field="due_on")
    speak(matter, events.MatterScheduled, by=by, due_on=str(due_on))


@command
def study(*, by, matter, on, place, findings):
    """Enter a joint field study: when, where, and what was seen."""
    require(policies.may_study(by, matter))
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    require(place.strip() and findings.strip(), _("请写地点和看到的情况。"), field="findings")
    refuse_personal(place=place, findings=findings)
    speak(matter, events.MatterStudied, by=by, on=str(on), place=place.strip(), findings=findings.strip())


@command
def join_sitting(*, by, matter, sitting, venue, host):
    """Put our own consultation down for the joint sitting that the host told us of: one session, two registers."""
    require(policies.may_join_sitting(by, matter))
    move(matter, "join_sitting")
    require(matter.topic_id, _("请先立为本方议题。"))
    known = Consultation.objects.filter(joint=sitting.sitting)
    require(not known.exists(), _("这一场已经登记为本方协商活动。"), field="sitting")
    made = plan_consultation(
        by=by, topic=matter.topic, venue=venue, starts_at=sitting.starts_at, host=host,
        carrier=Consultation.Carrier.JOINT_ROOM,
    )
    mark_joint(by=by, consultation=made, joint=sitting.sitting)
    record(events.SittingJoined(sitting=sitting.sitting), about=matter, by=by)
    if sitting.present is not None:
        count_guests(by=CLOCK, consultation=made, present=sitting.present, concerned=sitting.stakeholders)
    return made


@command
def opine(*, by, matter, text, items):
    """Draft the joint opinion, or a new version of it; ``items`` are rows (side, unit, due day or None, text)."""
    require(policies.may_opine(by, matter))
    require(text.strip(), _("请写联合意见。"), field="text")
    require(items, _("请至少写一项由谁来做什么。"), field="items")
    owners, units, dues, texts = (list(column) for column in zip(*items, strict=True))
    refuse_personal(text=text, items="\n".join([*units, *texts]))
    dues = [str(due or "") for due in dues]
    speak(
        matter, events.MatterOpinion, by=by, text=text.strip(), texts=texts, owners=owners, units=units, dues=dues,
        count=len(texts), version=digest(canonical([text.strip(), texts, owners, units, dues])),
    )


@command
def endorse(*, by, matter):
    """Agree to the version of the joint opinion that lies before us."""
    require(policies.may_endorse(by, matter))
    require(matter.version, _("主办方还没有起草联合意见。"))
    speak(matter, events.MatterEndorsed, by=by, version=matter.version)


@command
def object(*, by, matter, why):
    """Ask for another version, and say what should be different."""
    require(policies.may_object(by, matter))
    require(matter.version, _("主办方还没有起草联合意见。"))
    require(why.strip(), _("请写哪里不同意、建议怎么改。"), field="why")
    speak(matter, events.MatterObjected, by=by, version=matter.version, reason=why.strip())


@command
def take_items(*, by, matter, units):
    """Let our items of the joint opinion become agreed items of our own consultation; ``units``: number → our unit."""
    require(policies.may_take_items(by, matter))
    sitting = Consultation.objects.filter(topic=matter.topic_id, state__in=OPEN_FOR_ITEMS).order_by("-pk").first()
    require(sitting, _("本方协商活动的纪要要在起草中，才能写入约定。"))
    mine = matter.items.filter(owner=matter.ours, agreement=None)
    require(mine.exists(), _("联合意见里没有还要由本方落实的事项。"))
    moved = move(matter, "take_items")
    for item in mine:
        require(units.get(item.number), _("请为每一项选择本方承办单位。"), field=f"unit_{item.number}")
        item.agreement = draft_agreement(
            by=by, consultation=sitting, kind=Agreement.Kind.CONSENSUS, text=item.text, party=Agreement.Party.UNIT,
            unit=units[item.number], due_on=item.due_on,
        )
        item.save(update_fields=["agreement"])
    record(events.ItemsTaken(count=len(mine)), about=matter, by=by, moved=moved)


@command
def track(*, by, matter, kind, on, place, finding):
    """Enter a look at how it is carried out, on either side of the border."""
    require(policies.may_track(by, matter))
    words = queries.tracking_words(kind)
    require(words, _("请选择跟踪方式。"), field="kind")
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    require(place.strip() and finding.strip(), _("请写地点和看到的情况。"), field="finding")
    refuse_personal(place=place, finding=finding)
    speak(
        matter, events.MatterTracked, by=by, kind=str(kind), kind_words=words, on=str(on), place=place.strip(),
        finding=finding.strip(),
    )


@command
def review(*, by, matter, words):
    """Enter that the joint conference was told how it stands."""
    require(policies.may_review(by, matter))
    require(words.strip(), _("请写通报的内容。"), field="words")
    refuse_personal(words=words)
    speak(matter, events.MatterReviewed, by=by, words=words.strip())


@command
def finish(*, by, matter, words=""):
    """Enter that our side is done: its tasks are closed, or what is left open is explained."""
    require(policies.may_finish(by, matter))
    require(not queries.has_said(matter, matter.ours, "finish"), _("我方已经登记办完。"))
    require(queries.has_said(matter, matter.ours, "report"), _("我方还没有报送党委政府。"))
    closed, left = queries.own_tasks(matter)
    require(not left or words.strip(), _("我方还有 %(n)s 项没有办结，请写明原因。") % {"n": left}, field="words")
    refuse_personal(words=words)
    words = words.strip() or as_stored(_("本方任务全部办结"))
    speak(matter, events.MatterFinished, by=by, closed=closed, open=left, words=words)


@command
def split(*, by, matter, why):
    """Go on separately: each side keeps its own thread, and the joint handling ends here."""
    require(policies.may_split(by, matter))
    require(why.strip(), _("请写理由。"), field="why")
    require(not queries.has_said(matter, matter.ours, "finish"), _("我方已经登记办完。"))
    speak(matter, events.MatterSplit, by=by, reason=why.strip())
