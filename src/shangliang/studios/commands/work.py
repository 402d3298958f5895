"""What a studio does: receiving people, activities, the log, promises."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...consultations.models import Attendance, Consultation
from ...files.commands import attach
from ...files.models import Attachment
from ...journal import once
from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from ...voices.commands import receive
from ...voices.models import Voice
from .. import events, policies
from ..models import Activity, LogEntry, Participant, Promise, Reception

MOST_PEOPLE = 9999


def _check_day(studio, on):
    """A day of work is neither in the future nor before the studio opened."""
    require(on, _("请填写日期。"), field="on")
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    opened = studio.opened_on
    require(opened is None or on >= opened, _("日期早于工作室启用的日期。"), field="on")


@command
def receive_visitor(
    *, by, studio, matter, on=None, visitors=1, answered_on_spot=False, outcome="", raise_voice=False, name="",
    phone="", photos=(), key="",
):  # fmt: skip
    """Enter that somebody came; with ``raise_voice`` the matter becomes a voice with a receipt code of its own.

    Returns ``(reception, code)``, the code being "" without a voice; the same key again returns the same. Who came is
    never stored here: a name or number goes to the voice's sealed contact alone.
    """
    require(policies.may_receive_visitor(by, studio))
    on, matter, outcome = on or clock.today(), matter.strip(), outcome.strip()
    _check_reception(studio, on, matter, visitors, answered_on_spot, outcome, raise_voice)
    require(raise_voice or not (name or phone), _("不登记民声时不记姓名和电话。"), field="name")
    require(not raise_voice or key, _("页面不完整，请重新打开再填。"))
    mine, body = f"r:{key}"[:64] if key else "", [studio.pk, on.isoformat(), matter, visitors, outcome]
    made = once.made(mine, body, Reception)
    moved = move(studio, "receive_visitor") if not made else None
    voice, code = None, ""
    if raise_voice:
        voice, code = receive(
            by=by, committee=studio.committee, key=key, channel=Voice.Channel.MEMBER, text=matter,
            region=studio.region, venue=studio.venue, name=name, phone=phone, photos=photos, on_behalf=True,
        )
    if made:
        return made, code
    made = Reception.objects.create(
        committee=studio.committee, studio=studio, on=on, visitors=visitors, matter="" if voice else matter,
        answered_on_spot=answered_on_spot, outcome=outcome, voice=voice, received_by=by,
    )
    if mine:
        once.remember(mine, body, made)
    said = _("，转为民声%(no)s") % {"no": voice.case_no} if voice else ""
    told = events.VisitorReceived(on=on.isoformat(), visitors=visitors, answered=answered_on_spot, voice=said)
    record(told, about=studio, by=by, moved=moved)
    return made, code


def _check_reception(studio, on, matter, visitors, answered, outcome, raise_voice):
    _check_day(studio, on)
    require(matter, _("请写下是什么事，一两句话就可以。"), field="matter")
    require(len(matter) <= 400, _("请写在 400 字以内。"), field="matter")
    require(1 <= visitors <= MOST_PEOPLE, _("请填写来了几个人。"), field="visitors")
    require(outcome or raise_voice, _("请写怎样处理的；要继续办的请选“登记为民声”。"), field="outcome")
    require(not answered or outcome, _("当场答复的，请写答复了什么。"), field="outcome")
    # What is written here is kept without an end: names and numbers belong to the voice's sealed contact.
    refuse_personal(outcome=outcome, **({} if raise_voice else {"matter": matter}))


@command
def add_activity(
    *, by, studio, kind="", on=None, title="", summary="", people=None, team=(), guests=(), consultation=None,
    photos=(), key="",
):  # fmt: skip
    """Enter what the studio did: ``team`` are seats of the studio, ``guests`` members of ours who do not sit there.

    A ``consultation`` held at the studio's place is linked: its day, title and number of people are its own. The
    activity is public only after :func:`publish_activity`.
    """
    require(policies.may_add_activity(by, studio))
    if consultation is not None:
        kind, on, title, people = _told_by(studio, consultation)
    _check_day(studio, on)
    require(kind in Activity.Kind.values, _("请选择活动类别。"), field="kind")
    require(title.strip(), _("请写活动名称。"), field="title")
    require(len(title.strip()) <= 80, _("活动名称请写在 80 字以内。"), field="title")
    require(people is None or 0 < people <= MOST_PEOPLE, _("人数要在 1 到 9999 之间。"), field="people")
    strange = any(seat.studio_id != studio.pk for seat in team)
    require(not strange, _("他不在本工作室任职，请选在“其他委员”里。"), field="team")
    body = [studio.pk, on.isoformat(), str(kind), title.strip()]
    made = once.made(key, body, Activity)
    if made:
        return made
    moved = move(studio, "add_activity")
    made = Activity.objects.create(
        committee=studio.committee, studio=studio, kind=kind, on=on, title=title.strip(), summary=summary.strip(),
        people=people, consultation=consultation, added_by=by,
    )
    _take_part(made, team, guests)
    attach(by=by, about=made, role=Attachment.Role.ACTIVITY, uploads=photos)
    if key:
        once.remember(key, body, made)
    told = events.ActivityAdded(on=on.isoformat(), kind=str(made.get_kind_display()), title=made.title)
    record(told, about=studio, by=by, moved=moved)
    return made


def _told_by(studio, consultation) -> tuple:
    """Kind, day, title and number of people as the consultation's own record has them."""
    here = consultation.venue_id == studio.venue_id and consultation.state in Consultation.HELD
    require(here, _("请选择在本工作室开过的协商。"), field="consultation")
    linked = Activity.objects.filter(consultation=consultation).exists()
    require(not linked, _("这次协商已经关联过，不用再登记。"), field="consultation")
    present = consultation.attendances.filter(status=Attendance.Status.PRESENT).count()
    return Activity.Kind.CONSULTING, localdate(consultation.starts_at), consultation.topic.title, present or None


def _take_part(activity, team, guests):
    members = dict.fromkeys([*(seat.member_id for seat in team if seat.member_id), *(member.pk for member in guests)])
    rows = [Participant(committee=activity.committee, activity=activity, member_id=pk) for pk in members]
    outside = [seat for seat in dict.fromkeys(team) if not seat.member_id]
    rows += [Participant(committee=activity.committee, activity=activity, seat=seat) for seat in outside]
    Participant.objects.bulk_create(rows)


@command
def write_log(*, by, studio, text, on=None):
    """Add a line to the work log, for the desk alone."""
    require(policies.may_write_log(by, studio))
    on = on or clock.today()
    _check_day(studio, on)
    require(text.strip(), _("请写一句做了什么。"), field="text")
    require(len(text.strip()) <= 1000, _("日志请写在 1000 字以内。"), field="text")
    moved = move(studio, "write_log")
    made = LogEntry.objects.create(committee=studio.committee, studio=studio, on=on, text=text.strip(), written_by=by)
    record(events.Logged(on=on.isoformat(), text=made.text), about=studio, by=by, moved=moved)
    return made


@command
def promise(*, by, studio, text, due_on):
    """Promise the people around the studio something by a day from today on."""
    require(policies.may_promise(by, studio))
    require(text.strip(), _("请写承诺什么。"), field="text")
    require(len(text.strip()) <= 200, _("承诺请写在 200 字以内。"), field="text")
    require(due_on and due_on >= clock.today(), _("请写今天以后的兑现日期。"), field="due_on")
    moved = move(studio, "promise")
    made = Promise.objects.create(
        committee=studio.committee, studio=studio, text=text.strip(), made_on=clock.today(), due_on=due_on
    )
    record(events.Promised(text=made.text, due=due_on.isoformat()), about=studio, by=by, moved=moved)
    return made


@command
def keep_promise(*, by, studio, promise, report, on=None):
    """Say how and on which day a promise was kept."""
    require(policies.may_keep_promise(by, studio))
    on = on or clock.today()
    require(promise.studio_id == studio.pk, _("这不是本工作室的承诺。"), field="promise")
    require(report.strip(), _("请写兑现情况。"), field="report")
    require(promise.made_on <= on <= clock.today(), _("兑现日期要在作出承诺以后、今天以前。"), field="on")
    moved = move(studio, "keep_promise")
    rows = Promise.objects.filter(pk=promise.pk, kept_on=None)
    changed = rows.update(kept_on=on, report=report.strip())
    require(changed, _("这项承诺已经报告过兑现。"), field="promise")
    promise.kept_on, promise.report = on, report.strip()
    record(events.PromiseKept(report=promise.report, on=on.isoformat()), about=studio, by=by, moved=moved)
