"""What can happen to an agreed item."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("agreements.drafted", says=_("拟定第 %(number)s 项：%(text)s"))
class AgreementDrafted:
    """An item was put on paper."""

    number: int
    text: str
    kind: str
    party: str
    due_on: str


@event("agreements.revised", says=_("修改第 %(number)s 项：%(text)s（原为：%(before)s）"))
class AgreementRevised:
    """An item was reworded before it was confirmed; both wordings are kept."""

    number: int
    text: str
    before: str


@event("agreements.confirmed", says=_("约定第 %(number)s 项：%(text)s"), public=True, stage="agreement", tone="info")
class AgreementConfirmed:
    """The item stands: the host and both sides have confirmed it."""

    number: int
    text: str
    due_on: str


@event("agreements.reserved", says=_("第 %(number)s 项作为保留意见记录：%(text)s"), public=True)
class AgreementReserved:
    """A disagreement is kept and published as such."""

    number: int
    text: str


@event(
    "agreements.village_asked", says=_("第 %(number)s 项涉及村民出工出钱，须先由村民决议"), public=True,
    tone="waiting",
)
class AgreementNeedsDecision:
    """Villagers' money or labour needs a statutory decision first (村民委员会组织法 art. 24)."""

    number: int


@event(
    "agreements.decided",
    says=_("%(body)s：应到 %(entitled)s，到会 %(present)s，同意 %(in_favour)s"), public=True, tone="info",
)
class VillageDecided:
    """The village decided on the item, with its counts."""

    body: str
    held_on: str
    entitled: int
    present: int
    in_favour: int


@event("agreements.submitted", says=_("第 %(number)s 项报送"), stage="agreement")
class AgreementSubmitted:
    """The item was laid before the Party committee and government."""

    number: int


@event("agreements.instructed", says=_("第 %(number)s 项有批示"), public=True)
class AgreementInstructed:
    """A leader gave a written instruction on the item."""

    number: int
    instruction: str


@event("agreements.assigned", says=_("第 %(number)s 项交办"), stage="task")
class AgreementAssigned:
    """The item became the task of a unit."""

    number: int


@event("agreements.implemented", says=_("第 %(number)s 项已落实，待核实"), stage="result")
class AgreementImplemented:
    """The unit's work on the item was accepted by the office."""

    number: int


@event("agreements.redone", says=_("第 %(number)s 项重新办理"), public=True, stage="task", tone="waiting")
class AgreementRedone:
    """The result did not satisfy; the item is worked on again."""

    number: int


@event("agreements.verified", says=_("第 %(number)s 项核实完成"), public=True, tone="done")
class AgreementVerified:
    """Those concerned have seen the result."""

    number: int


@event("agreements.closed", says=_("第 %(number)s 项办结"), tone="done")
class AgreementClosed:
    """The item is done."""

    number: int


@event("agreements.adopted_part", says=_("第 %(number)s 项部分采纳"), public=True, tone="waiting")
class AgreementAdoptedPart:
    """Only a part of the item will be done; the reason is public."""

    number: int


@event("agreements.not_adopted", says=_("第 %(number)s 项未采纳"), public=True, tone="stopped")
class AgreementNotAdopted:
    """The item will not be done; the reason is public."""

    number: int


@event("agreements.superseded", says=_("第 %(number)s 项被新的约定取代"), public=True, tone="stopped")
class AgreementSuperseded:
    """A later item takes this one's place; both wordings stay readable."""

    number: int
    by_text: str
