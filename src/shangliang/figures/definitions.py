"""The definitions: every number that a page may show, with its words, its unit and the records behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..agreements.models import Agreement
from ..cases.models import Case
from ..consultations.models import Attendance, Consultation
from ..conversions.models import Conversion
from ..outcomes.models import Rating
from ..salons.models import Salon
from ..studios.models import Studio
from ..studios.queries import public_places
from ..tasks.models import Task
from ..topics.models import Topic
from ..visits.models import Visit
from ..voices.models import Voice
from . import lines

#: Ratings that count as solved (办好了).
GOOD = (Rating.Value.SATISFIED, Rating.Value.MOSTLY)
#: Fewer people than this are never shown for a part of the whole: they could be recognised.
LEAST = 5


@dataclass(frozen=True)
class Figure:
    """A number with everything needed to count it again.

    ``rows()`` gives its records within the committee in scope, one row for each unit counted; ``when`` is the path to
    the day or moment by which a period chooses them ("" for what stands at the moment of asking), ``region`` the path
    to the region and ``carrier`` to the carrier by which they can be told apart ("" for none). ``distinct`` is the
    path that is counted once however often it occurs (人, not 人次). ``case`` is the path to the case whose entries in
    the journal tell of every change of such a record ("" where it has none). ``labels`` are the values that
    the path ``carrier`` may lead to. ``line(record)`` shows a record to everybody, without a name. ``earlier`` holds
    (version, until, words) of definitions that no longer hold.
    """

    key: str
    name: object
    unit: object
    words: object
    rows: Callable
    line: Callable
    when: str = ""
    region: str = ""
    carrier: str = ""
    distinct: str = ""
    case: str = ""
    labels: tuple = tuple(Consultation.Carrier.values)
    related: tuple = ()
    least: int = 0
    version: int = 1
    earlier: tuple = ()


def _solved():
    return Case.objects.filter(pk__in=Rating.objects.filter(value__in=GOOD).values("case"))


def _silent():
    return Voice.objects.filter(state=Voice.State.CLOSED, ratings=None)


def _present():
    held = Consultation.HELD
    return Attendance.objects.filter(status=Attendance.Status.PRESENT, consultation__state__in=held)


FIGURES = [
    Figure(
        "voices", _("收到反映"), _("件"),
        _("群众通过任何渠道反映的事，一件算一件；归并的也各算一件，同一件事几个人说就是几件。按反映的日期算。"),
        lambda: Voice.objects.all(), lines.voice, "reported_at", "region", case="case", related=("case", "region"),
    ),
    Figure(
        "topics", _("立为议题"), _("个议题"),
        _("经初核进入议题库的议题；退回、不纳入和撤回的不算。按提出的日期算。"),
        lambda: Topic.objects.filter(state__in=Topic.ACCEPTED), lines.topic, "proposed_on", "region",
        case="case", related=("case", "region"),
    ),
    Figure(
        "consultations", _("协商场次"), _("场"),
        _("实际召开、登记了到会人员的协商活动，休会再议的仍是一场；与毗邻方联合召开的，两方各计一场，几方合计时只计一场。按开会的日期算。"),
        lambda: Consultation.objects.filter(state__in=Consultation.HELD), lines.consultation, "starts_at",
        "venue__region", "carrier", case="case", related=("case", "topic", "venue__region"),
    ),
    Figure(
        "attendances", _("到会人次"), _("人次"),
        _("每一场协商的到会登记，一个人来几场算几次；毗邻方登记的人由对方计，这里不算。按开会的日期算。"),
        _present, lines.attendance, "consultation__starts_at", "consultation__venue__region", "consultation__carrier",
        case="consultation__case", related=("consultation__case", "consultation__venue__region"),
    ),
    Figure(
        "persons", _("到会人数"), _("人"),
        _("到过会的人，不管来过几场只算一个；靠登记时生成的编码认出同一个人，不用看名字。"),
        _present, lines.attendance, "consultation__starts_at", "consultation__venue__region", "consultation__carrier",
        distinct="person", case="consultation__case", related=("consultation__case", "consultation__venue__region"),
        least=LEAST,
    ),
    Figure(
        "agreements", _("约定事项"), pgettext_lazy("unit", "项"),
        _("协商中各方确认的约定，一项算一项；保留意见和草稿不算。按所在协商开会的日期算。"),
        lambda: Agreement.objects.exclude(state__in=["draft", "reserved"]), lines.agreement,
        "consultation__starts_at", "case__region", "consultation__carrier",
        case="case", related=("case__region", "consultation", "unit"),
    ),
    Figure(
        "tasks", _("交办事项"), _("件"),
        _("交给承办单位去办的事，改派的只算改派以后的一件。按交办的日期算。"),
        lambda: Task.objects.exclude(state=Task.State.REASSIGNED), lines.task, "assigned_on", "case__region",
        case="case", related=("case__region", "unit", "agreement", "proposal"),
    ),
    Figure(
        "closed_tasks", _("已销号"), _("件"), _("交办事项中已经办完、核实并销号的。按销号的日期算。"),
        lambda: Task.objects.filter(state=Task.State.CLOSED), lines.closed_task, "closed_on", "case__region",
        case="case", related=("case__region", "unit", "agreement", "proposal"),
    ),
    Figure(
        "solved", _("群众说办好了"), _("件"),
        _("至少有一个反映人或参会人评价“满意”或“基本满意”的事；没有人评价的不算，单位自己说办好了也不算。按立案的日期算。"),
        _solved, lines.case, "opened_on", "region", case="pk", related=("region",),
    ),
    Figure(
        "silent", _("到期没有评价"), _("件"),
        _("告知结果以后，到期反映人没有评价的反映。不说话不算满意，所以单独列出。按反映的日期算。"),
        _silent, lines.voice, "reported_at", "region", case="case", related=("case", "region"),
    ),
    Figure(
        "published", _("公开的案例"), _("件"), _("经审核公开、谁都能打开看的事。按公开的日期算。"),
        lambda: Case.objects.published(), lines.published_case, "published_on", "region", case="pk",
        related=("region",),
    ),
    Figure(
        "visits", _("委员走访"), _("次"), _("委员到小院走访并写下记录的次数。按走访的日期算。"),
        lambda: Visit.objects.filter(state=Visit.State.MADE), lines.visit, "on", "venue__region",
        related=("venue__region",),
    ),
    Figure(
        "places", _("协商的地方"), _("处"),
        _("现在开着的协商议政厅、议事室、小院、工作室等场所；还在筹建、没有启用的工作室不算。"),
        lambda: public_places().filter(closed_on=None), lines.venue, region="region", related=("region",),
    ),
    Figure(
        "studios", _("委员工作室"), _("个工作室"), _("现在开着的委员工作室。"),
        lambda: Studio.objects.filter(state=Studio.State.OPEN), lines.studio, region="venue__region",
        related=("venue__region",),
    ),
    Figure(
        "salons", _("委员沙龙"), _("场"), _("已经举办的委员沙龙。按举办的日期算。"),
        lambda: Salon.objects.exclude(state__in=[*Salon.BEFORE, Salon.State.CANCELLED]), lines.salon, "starts_at",
    ),
    Figure(
        "results", _("公开的成果"), pgettext_lazy("unit", "项"),
        _("报告、建议被研究采纳、经审核公开的成果转化。按公开的日期算。"),
        lambda: Conversion.objects.published(), lines.conversion, "published_on",
    ),
]  # fmt: skip
BY_KEY = {figure.key: figure for figure in FIGURES}
