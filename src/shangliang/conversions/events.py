"""What can happen to a conversion."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("conversions.identified", says=_("拟转化：%(title)s"))
class ConversionIdentified:
    """An output was chosen to be carried further."""

    title: str


@event("conversions.submitted", says=_("%(on)s 以%(channel)s提交%(to)s"), tone="info")
class ConversionSubmitted:
    """It went through a channel to whom may decide."""

    channel: str
    to: str
    on: str


@event("conversions.considered", says=_("%(on)s %(meeting)s研究"), tone="info")
class ConversionConsidered:
    """A meeting looked at it."""

    meeting: str
    on: str
    minutes_no: str


@event("conversions.adopted", says=_("%(body)s采纳，%(paper_no)s"), tone="done")
class ConversionAdopted:
    """A body adopted it by a paper."""

    body: str
    on: str
    paper_no: str


@event("conversions.adopted_part", says=_("%(body)s部分采纳，%(paper_no)s"), tone="done")
class ConversionAdoptedPart:
    """A body adopted a part of it by a paper."""

    body: str
    on: str
    paper_no: str


@event("conversions.not_adopted", says=_("%(body)s未采纳"), tone="stopped")
class ConversionNotAdopted:
    """A body decided against it; the reason stands beside."""

    body: str
    on: str


@event("conversions.put_in_force", says=_("%(on)s 出台实施，%(paper_no)s"), tone="done")
class ConversionPutInForce:
    """What was adopted is in force."""

    on: str
    paper_no: str


@event("conversions.effect_recorded", says=_("%(on)s 记录成效"), tone="done")
class ConversionEffectRecorded:
    """What it did was written down."""

    on: str


@event("conversions.measure_added", says=_("落实举措：%(kind)s“%(title)s”"))
class ConversionMeasureAdded:
    """Something was set up or issued to carry it out."""

    kind: str
    title: str
    on: str
    paper_no: str


@event("conversions.clause_mapped", says=_("报告第 %(sentence)s 句对应《%(policy)s》%(clause)s"))
class ConversionClauseMapped:
    """A sentence of the report was tied to the clause it became."""

    sentence: int
    policy: str
    clause: str


@event("conversions.benefit_added", says=_("效益：%(amount)s（来源：%(source)s）"))
class ConversionBenefitAdded:
    """A figure of what came of it, with its source and period."""

    kind: str
    amount: str
    source: str
    period: str


@event("conversions.benefit_withdrawn", says=_("撤销效益：%(amount)s"), tone="waiting")
class ConversionBenefitWithdrawn:
    """A figure was withdrawn; it stays on the page, crossed out."""

    amount: str


@event("conversions.closed", says=_("成果转化办结"), tone="done")
class ConversionClosed:
    """Nothing more is expected."""


@event("conversions.published", says=_("成果公开：%(title)s"), tone="done")
class ConversionPublished:
    """A reviewer opened its public page."""

    title: str


@event("conversions.taken_back", says=_("成果撤回公开"), tone="waiting")
class ConversionTakenBack:
    """The public page was closed again."""
