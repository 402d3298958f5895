"""Planning, holding, summing up and publishing salons."""

from django.conf import settings
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..files.commands import attach, publish_attachment, withhold_attachment
from ..files.models import Attachment
from ..files.queries import of
from ..journal import once
from ..journal.record import command, record
from ..people.models import Unit
from ..shared import clock, sealed
from ..shared.formats import iso
from ..shared.lifecycle import move
from ..shared.refusals import require
from . import events, policies
from .models import Guest, Point, Salon

#: In which role a unit is invited.
ROLE_OF_UNIT = {
    Unit.Kind.DEPARTMENT: Guest.Role.DEPARTMENT, Unit.Kind.TOWN: Guest.Role.TOWN, Unit.Kind.VILLAGE: Guest.Role.TOWN,
    Unit.Kind.OTHER: Guest.Role.ENTERPRISE,
}  # fmt: skip


@command
def plan(
    *, by, committee, series, theme, starts_at, question="", office=None, studio=None, host=None, venue=None, place="",
    key="",
):  # fmt: skip
    """Prepare a salon of a series on one theme; an office or a studio hosts it, at a venue or a place in words."""
    require(policies.may_plan(by, committee))
    require(series in Salon.Series.values, _("请选择系列。"), field="series")
    require(theme.strip(), _("请写主题。"), field="theme")
    require(office or studio, _("请选择由哪个委室或工作室承办。"), field="office")
    require(venue or place.strip(), _("请选择场所，或写明地点。"), field="place")
    refuse_personal(theme=theme, question=question, place=place)
    bodies = (office, studio, host, venue)
    asked = [str(series), theme, iso(starts_at), question, place, *(body.pk if body else None for body in bodies)]
    if made := once.made(key, asked, Salon):
        return made
    salon = Salon.objects.create(
        committee=committee, series=series, theme=theme.strip(), question=question.strip(), office=office,
        studio=studio, host=host, venue=venue, place=place.strip(), starts_at=starts_at,
    )  # fmt: skip
    if key:
        once.remember(key, asked, salon)
    planned = events.SalonPlanned(
        series=salon.get_series_display(), theme=salon.theme, starts_at=iso(starts_at), hosts=salon.hosts
    )
    record(planned, about=salon, by=by)
    return salon


@command
def invite(*, by, salon, members=(), units=(), others=()):
    """Put guests down: members, units, and ``others`` as pairs (role, name); who is down already stays so."""
    require(policies.may_invite(by, salon))
    moved = move(salon, "invite")
    known = {(guest.member_id, guest.unit_id) for guest in salon.guests.all()}
    rows = [{"role": Guest.Role.MEMBER, "member": m} for m in members if (m.pk, None) not in known]
    rows += [{"role": ROLE_OF_UNIT[unit.kind], "unit": unit} for unit in units if (None, unit.pk) not in known]
    named = {(guest.role, guest.called) for guest in salon.guests.all() if guest.is_private}
    for role, name in dict.fromkeys(others):
        require(name.strip() and role != Guest.Role.MEMBER, _("每位来宾都要写身份和称呼。"), field="others")
        if (role, name.strip()) not in named:
            rows.append({"role": role, "name": sealed.seal(settings.CONTACT_KEY, name.strip())})
    require(rows, _("请至少选一位还没有邀请的来宾。"), field="members")
    Guest.objects.bulk_create(Guest(committee=salon.committee, salon=salon, **row) for row in rows)
    record(events.SalonGuestsInvited(number=len(rows)), about=salon, by=by, moved=moved)


@command
def announce(*, by, salon):
    """Tell the guests; there must be some."""
    require(policies.may_announce(by, salon))
    guests = salon.guests.count()
    require(guests, _("还没有邀请来宾，请先邀请。"))
    moved = move(salon, "announce")
    record(events.SalonAnnounced(guests=guests), about=salon, by=by, moved=moved)


@command
def check_in(*, by, salon, present):
    """Tick who came, all at once; who is not ticked did not come. Not before the day."""
    require(policies.may_check_in(by, salon))
    moved = move(salon, "check_in")
    require(localdate(salon.starts_at) <= clock.today(), _("沙龙还没有到举办的日子，不能签到。"), field="present")
    ticked = {guest.pk for guest in present}
    own = set(salon.guests.values_list("pk", flat=True))
    require(ticked <= own, _("只能勾选本次沙龙的来宾。"), field="present")
    require(ticked, _("请至少勾选一位到场的来宾。"), field="present")
    Guest.objects.filter(salon=salon).update(attended=False)
    Guest.objects.filter(salon=salon, pk__in=ticked).update(attended=True)
    record(events.SalonCheckedIn(present=len(ticked)), about=salon, by=by, moved=moved)


@command
def hold(*, by, salon, photos=()):
    """Enter that the salon took place; at least one guest must have come."""
    require(policies.may_hold(by, salon))
    require(localdate(salon.starts_at) <= clock.today(), _("沙龙还没有到举办的日子。"))
    present = salon.guests.filter(attended=True).count()
    require(present, _("还没有一位来宾签到，不能登记为已举办。"))
    moved = move(salon, "hold")
    attach(by=by, about=salon, role=Attachment.Role.MEETING, uploads=photos)
    record(events.SalonHeld(present=present), about=salon, by=by, moved=moved)


@command
def add_points(*, by, salon, kind, points, made_by=""):
    """Write down points of one kind, each line one; they are numbered on from the last, and may become public.

    ``made_by`` says in which role they were made (企业代表), never by whom.
    """
    require(policies.may_add_points(by, salon))
    require(kind in Point.Kind.values, _("请选择是措施还是建议。"), field="kind")
    lines = [line.strip() for line in points if line.strip()]
    require(lines, _("请至少写一条要点，每行一条。"), field="points")
    require(all(len(line) <= 400 for line in lines), _("每条要点最多 400 字。"), field="points")
    refuse_personal(points="\n".join(lines), made_by=made_by)
    moved = move(salon, "add_points")
    rows = Point.objects.filter(salon=salon, kind=kind)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    Point.objects.bulk_create(
        Point(committee=salon.committee, salon=salon, kind=kind, number=n, text=line, made_by=made_by.strip())
        for n, line in enumerate(lines, last + 1)
    )
    added = events.SalonPointsAdded(kind=Point.Kind(kind).label, number=len(lines))
    record(added, about=salon, by=by, moved=moved)


@command
def revise_point(*, by, salon, point, text):
    """Mend the words of one point; its number stays."""
    require(policies.may_revise_point(by, salon))
    require(point.salon_id == salon.pk, _("请选择本次沙龙的要点。"), field="point")
    require(text.strip(), _("请写要点。"), field="text")
    refuse_personal(text=text)
    moved = move(salon, "revise_point")
    point.text = text.strip()
    point.save(update_fields=["text"])
    record(events.SalonPointRevised(label=point.label, text=point.text), about=salon, by=by, moved=moved)


@command
def summarise(*, by, salon, summary, next_steps):
    """Sum up what was said and what follows."""
    require(policies.may_summarise(by, salon))
    require(summary.strip(), _("请写小结。"), field="summary")
    require(next_steps.strip(), _("请写下一步怎么办。"), field="next_steps")
    refuse_personal(summary=summary, next_steps=next_steps)
    moved = move(salon, "summarise", summary=summary.strip(), next_steps=next_steps.strip())
    record(events.SalonSummarised(), about=salon, by=by, moved=moved)


@command
def archive(*, by, salon):
    """Close the papers of the salon."""
    require(policies.may_archive(by, salon))
    moved = move(salon, "archive")
    record(events.SalonArchived(), about=salon, by=by, moved=moved)


@command
def publish(*, by, salon, theme, summary, next_steps, question="", photos=()):
    """Open the public page with words read once more, and the chosen pictures; guests stay a number by role."""
    require(policies.may_publish(by, salon))
    require(not salon.is_public, _("这次沙龙已经公开了。"))
    require(theme.strip(), _("请写主题。"), field="theme")
    require(summary.strip(), _("请写小结。"), field="summary")
    refuse_personal(theme=theme, question=question, summary=summary, next_steps=next_steps)
    refuse_personal(summary="\n".join(salon.points.values_list("text", flat=True)))
    words = {"theme": theme, "question": question, "summary": summary, "next_steps": next_steps}
    words = {name: text.strip() for name, text in words.items()}
    moved = move(salon, "publish", published_on=clock.today(), **words)
    record(events.SalonPublished(theme=salon.theme), about=salon, by=by, moved=moved)
    for photo in photos:
        if not photo.is_public:
            publish_attachment(by=by, attachment=photo)


@command
def take_back(*, by, salon, why):
    """Close the public page and make its pictures private again."""
    require(policies.may_take_back(by, salon))
    require(salon.is_public, _("这次沙龙没有公开。"))
    require(why.strip(), _("请写明为什么撤回。"), field="why")
    moved = move(salon, "take_back", published_on=None)
    record(events.SalonTakenBack(), about=salon, by=by, why=why, moved=moved)
    for photo in of(salon):
        if photo.is_public:
            withhold_attachment(by=by, attachment=photo, why=why)


@command
def forget_guest(*, by, salon, guest, why):
    """Erase the name of a private guest (PIPL art. 47); role and attendance stay."""
    require(policies.may_forget_guest(by, salon))
    require(guest.salon_id == salon.pk and guest.is_private, _("只能抹去群众、企业、专家的姓名。"), field="guest")
    require(guest.name, _("这位来宾的姓名已经抹去了。"), field="guest")
    moved = move(salon, "forget_guest")
    guest.name, guest.erased_on = "", clock.today()
    guest.save(update_fields=["name", "erased_on"])
    record(events.SalonGuestForgotten(role=guest.get_role_display()), about=salon, by=by, why=why, moved=moved)


@command
def cancel(*, by, salon, why):
    """Call the salon off, with a reason."""
    require(policies.may_cancel(by, salon))
    require(why.strip(), _("请写明为什么取消。"), field="why")
    moved = move(salon, "cancel")
    record(events.SalonCancelled(), about=salon, by=by, why=why, moved=moved)
