"""Reading consultations: the roll in persons and attendances, what falls short, the minutes and who confirmed."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from ..rules.queries import rules_of
from ..rules.ratios import at_least
from ..shared import sealed
from .models import Attendance, Confirmation, Minutes


@dataclass(frozen=True)
class Roll:
    """Who was there: attendances (人次), persons (人) and the shares by role."""

    attendances: int
    persons: int
    stakeholders: int
    members: int
    by_role: tuple

    @property
    def stakeholder_share(self) -> Decimal:
        """Stakeholders among those present, 0 … 1; 0 when nobody was."""
        return Decimal(self.stakeholders) / self.attendances if self.attendances else Decimal(0)

    def with_guests(self, consultation) -> "Roll":
        """The same with those of the neighbouring side, who sat in the room and stand in the other register."""
        return replace(
            self, attendances=self.attendances + consultation.guests_present,
            stakeholders=self.stakeholders + consultation.guests_concerned,
        )  # fmt: skip


def roll(consultation, status=Attendance.Status.PRESENT) -> Roll:
    """The roll of those present, or of those with another ``status``; None counts everybody registered."""
    people = consultation.attendances.filter(status=status) if status else consultation.attendances.all()
    rows = list(people.values_list("role", "person").order_by("pk"))
    count = {role: sum(1 for r, _p in rows if r == role) for role in Attendance.Role.values}
    return Roll(
        attendances=len(rows),
        persons=len({person for _role, person in rows}),
        stakeholders=count[Attendance.Role.STAKEHOLDER],
        members=count[Attendance.Role.MEMBER],
        by_role=tuple((Attendance.Role(role).label, n) for role, n in count.items() if n),
    )


def enough_stakeholders(found: Roll, ratio) -> bool:
    """Whether those directly concerned reach the rule's share of the roll; a share of nought asks nothing."""
    return not ratio or at_least(found.stakeholders, found.attendances, ratio)


def people_counts(consultations) -> tuple[int, int]:
    """(attendances 人次, persons 人) over a queryset of consultations; one query."""
    rows = Attendance.objects.filter(
        consultation__in=consultations, status=Attendance.Status.PRESENT
    ).aggregate(times=Count("pk"), persons=Count("person", distinct=True))
    return rows["times"], rows["persons"]


def shortcomings(consultation, today) -> list:
    """What a convening lacks by the rule set, one sentence each; empty when all is well."""
    rules = rules_of(consultation.committee_id)
    # After an adjournment those who were there are no longer "invited", yet they are expected again.
    invited = roll(consultation, None)
    roles = {label for label, _n in invited.by_role}
    responsible = {Attendance.Role.DEPARTMENT.label, Attendance.Role.TOWN.label}
    found = []
    days = (timezone.localdate(consultation.starts_at) - today).days
    if days < rules["session.notice"]:
        found.append(_("通知时间不足 %(n)d 天。") % {"n": rules["session.notice"]})
    if invited.members < rules["session.min_members"]:
        found.append(_("委员不足 %(n)d 人。") % {"n": rules["session.min_members"]})
    if not roles & responsible:
        found.append(_("没有责任单位参加。"))
    # At a joint sitting those concerned may stand in the other side's register; the roll on the day counts everybody.
    if not consultation.joint and not enough_stakeholders(invited, rules["session.stakeholder_ratio"]):
        found.append(_("利益相关方不到规定比例。"))
    return found


def current_minutes(consultation) -> Minutes | None:
    """The latest version of the minutes."""
    return consultation.minutes.order_by("-version").first()


def missing_sides(consultation) -> list:
    """Which of the three sides have not confirmed the latest version."""
    latest = current_minutes(consultation)
    if latest is None:
        return [side.label for side in Confirmation.Side]
    confirmed = set(latest.confirmations.values_list("side", flat=True))
    return [side.label for side in Confirmation.Side if side not in confirmed]


def attendee_name(attendance) -> str:
    """The name as the desk shows it."""
    if attendance.member:
        return attendance.member.name
    return sealed.unseal(settings.CONTACT_KEY, attendance.name)
