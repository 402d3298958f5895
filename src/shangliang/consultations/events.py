"""What can happen to a consultation."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("consultations.planned", says=_("拟于 %(day)s 在%(place)s协商"), stage="consultation")
class ConsultationPlanned:
    """A consultation on a topic is being prepared."""

    day: str
    place: str


@event("consultations.registered", says=_("登记参会：%(role)s"))
class AttendanceRegistered:
    """Somebody is expected in a role."""

    role: str


@event("consultations.checked_in", says=_("登记到会：%(role)s %(status)s"))
class AttendanceChecked:
    """It was entered whether somebody came."""

    role: str
    status: str


@event(
    "consultations.convened", says=_("发出协商通知：%(day)s，%(place)s"), public=True,
    stage="consultation",
)
class ConsultationConvened:
    """Everybody concerned was told when and where."""

    day: str
    place: str
    warnings: str


@event("consultations.made_joint", says=_("与毗邻方联合召开，两方各计一场，合计只计一场"), public=True)
class ConsultationJoint:
    """The sitting has one identity on both sides of the border."""

    joint: str


@event("consultations.guests_counted", says=_("对方到会 %(present)s 人次，其中利益相关方 %(concerned)s 人"))
class GuestsCounted:
    """How many came whom the neighbouring side has in its register."""

    present: int
    concerned: int


@event("consultations.opened", says=_("协商开始"))
class ConsultationOpened:
    """The consultation began."""


@event(
    "consultations.held", says=_("召开协商：到会 %(present)s 人次，其中利益相关方 %(stakeholders)s 人"),
    public=True, stage="consultation", tone="info",
)
class ConsultationHeld:
    """The consultation took place with so many present in the required roles."""

    present: int
    stakeholders: int
    members: int


@event("consultations.adjourned", says=_("休会再议"), public=True, tone="waiting")
class ConsultationAdjourned:
    """The consultation will sit again."""


@event("consultations.postponed", says=_("协商延期至 %(day)s"), public=True, tone="waiting")
class ConsultationPostponed:
    """The consultation moved to a later day."""

    day: str


@event("consultations.cancelled", says=_("协商取消"), public=True, tone="stopped")
class ConsultationCancelled:
    """The consultation will not take place; the reason is public."""


@event("consultations.statements_taken", says=_("把征询的观点 %(number)s 条列入议程"), public=True)
class StatementsTaken:
    """Statements that people voted on before the sitting became points of its agenda."""

    number: int


@event("consultations.minutes_drafted", says=_("起草纪要第 %(version)s 稿"))
class MinutesDrafted:
    """A version of the minutes was written."""

    version: int
    text_digest: str


@event("consultations.circulated", says=_("纪要第 %(version)s 稿送各方确认"))
class MinutesCirculated:
    """The minutes went to the host and both sides."""

    version: int


@event(
    "consultations.confirmed", says=_("%(side)s确认纪要第 %(version)s 稿"),
    personal=("dissent",), public=True,
)
class MinutesConfirmed:
    """One side confirmed the minutes, with or without dissent."""

    side: str
    version: int
    method: str
    dissent: str


@event("consultations.issued", says=_("签发协商纪要"), public=True, stage="agreement", tone="info")
class MinutesIssued:
    """The host and both sides have confirmed; the minutes are final."""

    version: int


@event("consultations.reported", says=_("纪要报送%(to)s"), public=True)
class ConsultationReported:
    """The minutes went to the Party committee and government."""

    to: str


@event("consultations.archived", says=_("归档"))
class ConsultationArchived:
    """The file of the consultation is complete."""
