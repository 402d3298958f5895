"""The cooperation plan of a year and the joint activities."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...files.commands import attach
from ...files.models import Attachment
from ...journal import once
from ...journal.record import command
from ...shared import clock
from ...shared.refusals import require
from .. import events, policies
from ..models import Activity, Partnership, PlanItem
from ..saying import begin, speak


@command
def put_forward(*, by, committee, partnership, kind, title, due_on, key=""):
    """Put a line of the cooperation plan forward, to be led by our side; it stands once the others agree."""
    require(policies.may_begin(by, committee))
    require(partnership.state == Partnership.State.ACTIVE, _("这项合作还没有各方签署，或已结束。"), field="partnership")
    require(title.strip(), _("请写内容。"), field="title")
    require(due_on >= clock.today(), _("完成时限不能早于今天。"), field="due_on")
    refuse_personal(title=title)
    asked = [partnership.joint, str(kind), title, str(due_on)]
    if made := once.made(key, asked, PlanItem):
        return made
    made = begin(
        events.PlanItemProposed, by=by, committee=committee, partnership=partnership.joint, year=due_on.year,
        kind=str(kind), title=title.strip(), due_on=str(due_on),
    )
    if key:
        once.remember(key, asked, made)
    return made


@command
def agree(*, by, planitem):
    """Agree to a line that another side put forward."""
    require(policies.may_agree(by, planitem))
    speak(planitem, events.PlanItemAgreed, by=by)


@command
def refuse(*, by, planitem, why):
    """Do not agree, and say why."""
    require(policies.may_refuse(by, planitem))
    require(why.strip(), _("请写理由。"), field="why")
    speak(planitem, events.PlanItemRefused, by=by, reason=why.strip())


@command
def progress(*, by, planitem, on, text):
    """Tell how far our side has come with it."""
    require(policies.may_progress(by, planitem))
    require(text.strip(), _("请写进展。"), field="text")
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    refuse_personal(text=text)
    speak(planitem, events.PlanItemProgressed, by=by, on=str(on), text=text.strip())


@command
def complete(*, by, planitem, text):
    """Enter that it is done, with what came of it."""
    require(policies.may_complete(by, planitem))
    require(text.strip(), _("请写结果。"), field="text")
    refuse_personal(text=text)
    speak(planitem, events.PlanItemCompleted, by=by, text=text.strip())


@command
def drop(*, by, planitem, why):
    """Give it up, and say why."""
    require(policies.may_drop(by, planitem))
    require(why.strip(), _("请写理由。"), field="why")
    speak(planitem, events.PlanItemDropped, by=by, reason=why.strip())


@command
def plan_activity(*, by, committee, partnership, mechanism, title, on, place, key=""):
    """Plan a joint activity that our side hosts."""
    require(policies.may_begin(by, committee))
    require(partnership.state == Partnership.State.ACTIVE, _("这项合作还没有各方签署，或已结束。"), field="partnership")
    require(mechanism in Activity.Mechanism.values, _("请选择机制。"), field="mechanism")
    require(title.strip() and place.strip(), _("请写内容和地点。"), field="title")
    refuse_personal(title=title, place=place)
    asked = [partnership.joint, str(mechanism), title, str(on), place]
    if made := once.made(key, asked, Activity):
        return made
    made = begin(
        events.ActivityPlanned, by=by, committee=committee, partnership=partnership.joint, mechanism=str(mechanism),
        title=title.strip(), on=str(on), place=place.strip(),
    )
    if key:
        once.remember(key, asked, made)
    return made


@command
def carry_out(*, by, activity, text, people, photos=()):
    """Enter what came of it and how many took part (人次)."""
    require(policies.may_carry_out(by, activity))
    require(activity.on <= clock.today(), _("还没到举办的日子。"))
    require(text.strip(), _("请写办得怎么样。"), field="text")
    refuse_personal(text=text)
    speak(activity, events.ActivityHeld, by=by, text=text.strip(), people=people)
    attach(by=by, about=activity, role=Attachment.Role.MEETING, uploads=photos)


@command
def call_off(*, by, activity, why):
    """Call it off."""
    require(policies.may_call_off(by, activity))
    require(why.strip(), _("请写理由。"), field="why")
    speak(activity, events.ActivityCancelled, by=by, reason=why.strip())
