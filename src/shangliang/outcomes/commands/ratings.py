"""Rating results."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...consultations.models import Attendance
from ...journal.erase import erase_personal
from ...journal.record import command, record
from ...people.actors import CLOCK, ReceiptHolder
from ...shared import clock
from ...shared.refusals import Refused, require
from ...voices.commands import close, confirm
from .. import events, policies
from ..models import Rating


@command
def rate(*, by, voice, value, comment="", note=""):
    """Say whether the result is good, as the holder of the receipt or (with a note) told in a call-back.

    The rating stands; a change of mind is a reopening. Raises Refused when there is nothing to rate yet or it was
    rated already.
    """
    require(policies.may_rate(by, voice))
    require(value in Rating.Value.values, _("请选择满意、基本满意或不满意。"), field="value")
    by_receipt = isinstance(by, ReceiptHolder)
    require(by_receipt or note.strip(), _("代为登记评价，请写明何时、如何回访。"), field="note")
    if Rating.objects.filter(voice=voice, round=voice.reopened).exists():
        raise Refused(_("这件事已经评价过了，谢谢您。"))
    rating = Rating.objects.create(
        committee=voice.committee, case=voice.case, voice=voice, round=voice.reopened, value=value,
        said=Rating.Said.RECEIPT if by_receipt else Rating.Said.CALL_BACK, comment=comment.strip(),
        rated_at=clock.now(),
    )
    confirm(by=by, voice=voice)
    _tell(rating, gettext_lazy("反映人"), by, note)
    if value != Rating.Value.NOT:
        close(by=CLOCK, voice=voice)
    return rating


@command
def rate_attended(*, by, attendance, value, comment="", note=""):
    """Rate as somebody who was at the table, once per consultation."""
    require(policies.may_rate_attended(by, attendance))
    require(value in Rating.Value.values, _("请选择满意、基本满意或不满意。"), field="value")
    require(attendance.status == Attendance.Status.PRESENT, _("只有到会的人可以评价。"))
    own = by.member_id and by.member_id == attendance.member_id
    require(own or note.strip(), _("代为登记评价，请写明何时、如何回访。"), field="note")
    if Rating.objects.filter(attendance=attendance).exists():
        raise Refused(_("这件事已经评价过了，谢谢您。"))
    rating = Rating.objects.create(
        committee=attendance.committee, case=attendance.consultation.case, attendance=attendance,
        value=value, said=Rating.Said.ACCOUNT if own else Rating.Said.CALL_BACK,
        comment=comment.strip(), rated_at=clock.now(),
    )
    _tell(rating, Attendance.Role(attendance.role).label, by, note)
    return rating


def _tell(rating, who, by, note):
    rated = events.OutcomeRated(
        who=who, value=Rating.Value(rating.value).label, code=rating.value,
        said=Rating.Said(rating.said).label, comment=rating.comment,
    )
    record(rated, about=rating, by=by, why=note)


@command
def forget_comments(*, by, voice):
    """Erase what the person of a voice said with the ratings; the ratings themselves stay counted."""
    ratings = Rating.objects.filter(voice=voice)
    erase_personal(subject=Rating._meta.label_lower, subject_ids=ratings.values_list("pk", flat=True))
    ratings.update(comment="")
