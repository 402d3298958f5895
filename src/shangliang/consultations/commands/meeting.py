"""Planning, convening and holding consultations."""

from django.conf import settings
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...people.actors import CLOCK
from ...people.keys import person_key
from ...rules.commands import start_clock
from ...rules.queries import rules_of
from ...shared import clock, sealed
from ...shared.lifecycle import move
from ...shared.refusals import Refused, require
from ...topics.commands import consulted, schedule, unschedule
from .. import events, policies
from ..agenda import offered
from ..models import AgendaItem, Attendance, Consultation
from ..queries import enough_stakeholders, roll, shortcomings


def _day(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


@command
def plan(*, by, topic, venue, starts_at, carrier, host, recorder=None, agenda=()):
    """Prepare a consultation on a topic; a start in the past marks it as entered late (补录).

    ``agenda`` is a list of (title, minutes).
    """
    require(policies.may_plan(by, topic))
    require(
        timezone.localdate(starts_at) >= topic.case.opened_on,
        _("协商时间不能早于这件事提出的日子。"), field="starts_at",
    )
    consultation = Consultation.objects.create(
        committee=topic.committee, case=topic.case, topic=topic, venue=venue, carrier=carrier,
        starts_at=starts_at, convener=by, host=host, recorder=recorder or by,
        entered_late=starts_at < clock.now(),
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            committee=topic.committee, consultation=consultation, order=n, title=title, minutes=time
        )
        for n, (title, time) in enumerate(agenda, 1)
    )
    planned = events.ConsultationPlanned(day=_day(starts_at), place=venue.full_name)
    record(planned, about=consultation, by=by)
    schedule(by=by, topic=topic)
    return consultation


@command
def take_statements(*, by, consultation, statements):
    """Put statements of the rounds on this topic on the agenda, each with its result in words as it stands now."""
    require(policies.may_take_statements(by, consultation))
    known = offered(consultation)
    rows = [known[statement.pk] for statement in statements if statement.pk in known]
    require(rows and len(rows) == len(statements), _("请选择还没有列入议程的观点。"), field="statements")
    moved = move(consultation, "take_statements")
    last = consultation.agenda.aggregate(last=Max("order"))["last"] or 0
    AgendaItem.objects.bulk_create(
        AgendaItem(
            committee=consultation.committee, consultation=consultation, order=n, title=statement.text,
            statement=statement, said=said,
        )
        for n, (statement, said) in enumerate(rows, last + 1)
    )  # fmt: skip
    record(events.StatementsTaken(number=len(rows)), about=consultation, by=by, moved=moved)


@command
def register(*, by, consultation, role, member=None, unit=None, name="", note=""):
    """Expect somebody in a role: a member by record, others by name (kept sealed).

    Raises Refused when the person is registered already.
    """
    require(policies.may_register(by, consultation))
    require(
        consultation.state in Consultation.BEFORE | {"in_session", "adjourned"},
        _("会已开完，不能再登记参会人。"),
    )
    require(role in Attendance.Role.values, _("请选择身份。"), field="role")
    require(member or name.strip(), _("请选择委员或填写姓名。"), field="name")
    person = _person_key(consultation, member, unit, name.strip())
    if Attendance.objects.filter(consultation=consultation, person=person).exists():
        raise Refused(_("这个人已经登记过了。"), field="name")
    attendance = Attendance.objects.create(
        committee=consultation.committee, consultation=consultation, role=role, member=member,
        unit=unit, name=sealed.seal(settings.CONTACT_KEY, name.strip()), person=person, note=note,
    )
    told = events.AttendanceRegistered(role=Attendance.Role(role).label)
    record(told, about=consultation, by=by)
    return attendance


def _person_key(consultation, member, unit, name) -> str:
    """The same person at another consultation of the same place has the same key; nobody can read a name from it."""
    home = unit.pk if unit else consultation.venue.region.code
    said = f"member:{member.pk}" if member else f"{home}:{name}"
    return person_key(said)


@command
def check_in(*, by, consultation, present, excused=()):
    """Enter who came and who asked to be excused; everybody else who was invited is absent."""
    require(policies.may_check_in(by, consultation))
    require(
        consultation.state in {"convened", "in_session"}, _("只有已通知或进行中的协商可以登记到会。")
    )
    came, asked = {a.pk for a in present}, {a.pk for a in excused}
    require(not came & asked, _("同一个人不能又到会又请假。"), field="excused")
    for attendance in consultation.attendances.order_by("pk"):
        status = Attendance.Status.ABSENT
        if attendance.pk in came:
            status = Attendance.Status.PRESENT
        elif attendance.pk in asked:
            status = Attendance.Status.EXCUSED
        if attendance.status != status:
            attendance.status = status
            attendance.save(update_fields=["status"])
            checked = events.AttendanceChecked(
                role=Attendance.Role(attendance.role).label, status=Attendance.Status(status).label
            )
            record(checked, about=consultation, by=by)


@command
def mark_joint(*, by, consultation, joint):
    """Say that it is a sitting held together with a neighbouring committee, under the identity both sides use."""
    require(policies.may_mark_joint(by, consultation))
    require(len(joint) == 32, _("联合场次的编号不对。"))
    consultation.joint = joint
    consultation.save(update_fields=["joint"])
    record(events.ConsultationJoint(joint=joint), about=consultation, by=by)


@command
def count_guests(*, by, consultation, present, concerned):
    """How many came whom the neighbouring side registers, and how many of them are directly concerned.

    They sit in the room, so the share of those concerned counts them; our attendances never do.
    """
    require(policies.may_count_guests(by, consultation))
    require(consultation.joint, _("这不是与毗邻方的联合场次。"))
    require(concerned <= present, _("利益相关方不会多于到会人数。"), field="concerned")
    consultation.guests_present, consultation.guests_concerned = present, concerned
    consultation.save(update_fields=["guests_present", "guests_concerned"])
    record(events.GuestsCounted(present=present, concerned=concerned), about=consultation, by=by)


@command
def convene(*, by, consultation, override=""):
    """Tell everybody when and where.

    What falls short of the rules (notice, members, responsible unit, stakeholders) is refused with the list of
    shortcomings until ``override`` says why it must be so.
    """
    require(policies.may_convene(by, consultation))
    missing = shortcomings(consultation, clock.today())
    if missing and not override:
        raise Refused(
            _("%(list)s如仍要召开，请写明理由。") % {"list": "".join(str(m) for m in missing)},
            field="override",
        )
    moved = move(consultation, "convene", override_reason=override)
    told = events.ConsultationConvened(
        day=_day(consultation.starts_at), place=consultation.venue.full_name,
        warnings=_warnings(consultation),
    )
    record(told, about=consultation, by=by, why=override, moved=moved)


def _warnings(consultation) -> str:
    """What fell short, in the installation's language, for the record."""
    with translation.override(settings.LANGUAGE_CODE):
        return "".join(shortcomings(consultation, clock.today()))


@command
def open(*, by, consultation):
    """Begin."""
    require(policies.may_open(by, consultation))
    moved = move(consultation, "open")
    record(events.ConsultationOpened(), about=consultation, by=by, moved=moved)


@command
def hold(*, by, consultation, ends_at=None):
    """Enter that the consultation took place.

    Refused when those directly concerned are fewer than the rule's share of those present
    (《“渝里乡商”基层议事协商改革实施方案》, 2025-03: at least half).
    """
    require(policies.may_hold(by, consultation))
    day = timezone.localdate(consultation.starts_at)
    require(day <= clock.today(), _("还没到开会的日子，不能登记为已召开。"))
    present = roll(consultation)
    require(present.attendances, _("还没有登记到会人员。"))
    rules = rules_of(consultation.committee_id)
    share = rules["session.stakeholder_ratio"]
    everybody = present.with_guests(consultation)
    if rules["session.stakeholder_hard"] and not enough_stakeholders(everybody, share):
        raise Refused(
            _("到会 %(all)s 人次中利益相关方只有 %(some)s 人，不到 %(share)d%%，按规则不能算作协商。")
            % {"all": everybody.attendances, "some": everybody.stakeholders, "share": share * 100}
        )
    started = start_clock(by=by, about=consultation, key="minutes.issue")
    moved = move(consultation, "hold", ends_at=ends_at or clock.now(), deadline=started)
    held = events.ConsultationHeld(
        present=present.attendances, stakeholders=present.stakeholders, members=present.members
    )
    record(held, about=consultation, by=by, moved=moved)
    consulted(by=CLOCK, topic=consultation.topic)


@command
def adjourn(*, by, consultation, why, starts_at):
    """Break off and sit again on another day."""
    require(policies.may_adjourn(by, consultation))
    require(starts_at > clock.now(), _("新的时间要在现在之后。"), field="starts_at")
    require(why, _("请写明为什么休会。"), field="why")
    moved = move(consultation, "adjourn", starts_at=starts_at)
    record(events.ConsultationAdjourned(), about=consultation, by=by, why=why, moved=moved)


@command
def postpone(*, by, consultation, starts_at, why):
    """Move the consultation to a later day; everybody is told anew."""
    require(policies.may_postpone(by, consultation))
    require(starts_at > clock.now(), _("新的时间要在现在之后。"), field="starts_at")
    require(why, _("请写明为什么延期。"), field="why")
    moved = move(consultation, "postpone", starts_at=starts_at)
    told = events.ConsultationPostponed(day=_day(starts_at))
    record(told, about=consultation, by=by, why=why, moved=moved)


@command
def cancel(*, by, consultation, why):
    """Call the consultation off; the reason is public and the topic waits again."""
    require(policies.may_cancel(by, consultation))
    require(why, _("请写明为什么取消，理由会公开。"), field="why")
    moved = move(consultation, "cancel")
    record(events.ConsultationCancelled(), about=consultation, by=by, why=why, moved=moved)
    unschedule(by=CLOCK, topic=consultation.topic, why=why)
