"""Putting down, confirming and following agreed items; the guard of villagers' money and labour."""

from django.utils.translation import gettext as _

from ..consultations.models import Consultation
from ..journal.record import command, record
from ..rules.queries import rules_of
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import Refused, require
from . import events, policies, quorum
from .models import Agreement, VillageDecision

OPEN_FOR_ITEMS = frozenset({Consultation.State.HELD, Consultation.State.MINUTES_DRAFT})


@command
def draft(*, by, consultation, kind, text, party, unit=None, co_units=(), due_on=None,
          funding_source="", funding_yuan=None, villagers_yuan=None, villagers_days=None):
    """Put an item down as data; possible only while the minutes are being written.

    Money is in yuan, labour in days of work.
    """
    require(policies.may_draft(by, consultation))
    require(
        consultation.state in OPEN_FOR_ITEMS, _("纪要已送确认，约定不能再增改；如需修改请先退回起草。")
    )
    _check(kind, text, party, unit, due_on, villagers_yuan, villagers_days)
    last = consultation.agreements.order_by("-number").first()
    agreement = Agreement.objects.create(
        committee=consultation.committee, case=consultation.case, consultation=consultation,
        number=last.number + 1 if last else 1, kind=kind, text=text.strip(), party=party, unit=unit,
        due_on=due_on, funding_source=funding_source, funding_yuan=funding_yuan,
        villagers_yuan=villagers_yuan, villagers_days=villagers_days,
    )
    agreement.co_units.set(co_units)
    drafted = events.AgreementDrafted(
        number=agreement.number, text=agreement.text, kind=str(kind), party=str(party),
        due_on=str(due_on or ""),
    )
    record(drafted, about=agreement, by=by)
    return agreement


def _check(kind, text, party, unit, due_on, villagers_yuan, villagers_days):
    require(text.strip(), _("请写约定内容。"), field="text")
    if party == Agreement.Party.UNIT:
        require(unit, _("请选择责任单位。"), field="unit")
    if due_on is not None:
        require(due_on >= clock.today(), _("完成时限不能早于今天。"), field="due_on")
    if (villagers_yuan or villagers_days) and kind != Agreement.Kind.SELF_HELP:
        raise Refused(
            _("村民出钱出工的约定，类别须选“村民自筹”，并经村民决议。"), field="kind"
        )


@command
def revise(*, by, agreement, text):
    """Reword an item that is still a draft; the former wording stays in the journal."""
    require(policies.may_revise(by, agreement))
    require(
        agreement.consultation.state in OPEN_FOR_ITEMS,
        _("纪要已送确认，约定不能再增改；如需修改请先退回起草。"),
    )
    require(text.strip(), _("请写约定内容。"), field="text")
    before = agreement.text
    moved = move(agreement, "revise", text=text.strip())
    revised = events.AgreementRevised(number=agreement.number, text=agreement.text, before=before)
    record(revised, about=agreement, by=by, moved=moved)


@command
def confirm(*, by, agreement):
    """Let the item stand, as the issued minutes say; self-help items go to the village for its decision."""
    require(policies.may_confirm(by, agreement))
    if agreement.kind == Agreement.Kind.RESERVED:
        moved = move(agreement, "reserve")
        kept = events.AgreementReserved(number=agreement.number, text=agreement.text)
        record(kept, about=agreement, by=by, moved=moved)
        return
    moved = move(agreement, "confirm")
    confirmed = events.AgreementConfirmed(
        number=agreement.number, text=agreement.text, due_on=str(agreement.due_on or "")
    )
    record(confirmed, about=agreement, by=by, moved=moved)
    if agreement.kind == Agreement.Kind.SELF_HELP:
        ask_village(by=by, agreement=agreement)


@command
def ask_village(*, by, agreement):
    """Wait for the statutory decision of the village (村民委员会组织法 art. 24)."""
    require(policies.may_ask_village(by, agreement))
    moved = move(agreement, "ask_village")
    asked = events.AgreementNeedsDecision(number=agreement.number)
    record(asked, about=agreement, by=by, moved=moved)


@command
def decide(*, by, agreement, body, noticed_on, held_on, entitled, present, in_favour, resolution):
    """Enter the village's decision; refused when its quorum or notice does not meet the law.

    Counts are persons or households according to ``body`` (a key of quorum.BODIES).
    """
    require(policies.may_decide(by, agreement))
    require(agreement.kind == Agreement.Kind.SELF_HELP, _("这一项不需要村民决议。"))
    require(body in quorum.BODIES, _("请选择决议的形式。"), field="body")
    require(held_on <= clock.today(), _("开会日期不能在将来。"), field="held_on")
    rules = rules_of(agreement.committee_id)
    fault = quorum.fault(body, entitled, present, in_favour, noticed_on, held_on, rules=rules)
    require(not fault, fault, field="present")
    require(resolution.strip(), _("请写决议内容。"), field="resolution")
    passed = quorum.passes(present, in_favour, rules=rules)
    verb, kept = ("adopt_decision", {"decided_on": held_on}) if passed else ("reject_decision", {})
    moved = move(agreement, verb, **kept)
    VillageDecision.objects.create(
        committee=agreement.committee, agreement=agreement, body=body, noticed_on=noticed_on,
        held_on=held_on, entitled=entitled, present=present, in_favour=in_favour,
        resolution=resolution,
    )
    decided = events.VillageDecided(
        body=quorum.BODIES[body].title, held_on=str(held_on), entitled=entitled,
        present=present, in_favour=in_favour,
    )
    record(decided, about=agreement, by=by, moved=moved)


@command
def submit(*, by, agreement):
    """Lay the item before the Party committee and government."""
    require(policies.may_submit(by, agreement))
    moved = move(agreement, "submit")
    record(events.AgreementSubmitted(number=agreement.number), about=agreement, by=by, moved=moved)


@command
def instruct(*, by, agreement, instruction):
    """Enter a leader's written instruction (批示)."""
    require(policies.may_instruct(by, agreement))
    require(instruction.strip(), _("请写批示内容。"), field="instruction")
    moved = move(agreement, "instruct", instruction=instruction.strip())
    told = events.AgreementInstructed(number=agreement.number, instruction=agreement.instruction)
    record(told, about=agreement, by=by, moved=moved)


@command
def assign(*, by, agreement):
    """Make the item the task of a unit (tasks calls this); a self-help item needs its valid village decision."""
    require(policies.may_assign(by, agreement))
    if agreement.kind == Agreement.Kind.SELF_HELP:
        decision = VillageDecision.objects.filter(agreement=agreement).first()
        require(
            decision and agreement.decided_on,
            _("村民出工出钱的约定，没有达到法定人数的村民决议，不能交办。"),
        )
    moved = move(agreement, "assign")
    record(events.AgreementAssigned(number=agreement.number), about=agreement, by=by, moved=moved)


@command
def implement(*, by, agreement):
    """Enter that the unit's work was accepted."""
    require(policies.may_implement(by, agreement))
    moved = move(agreement, "implement")
    done = events.AgreementImplemented(number=agreement.number)
    record(done, about=agreement, by=by, moved=moved)


@command
def redo(*, by, agreement, why):
    """Work on the item again, because the result did not satisfy."""
    require(policies.may_redo(by, agreement))
    moved = move(agreement, "redo")
    again = events.AgreementRedone(number=agreement.number)
    record(again, about=agreement, by=by, why=why, moved=moved)


@command
def verify(*, by, agreement):
    """Enter that those concerned have seen the result."""
    require(policies.may_verify(by, agreement))
    moved = move(agreement, "verify")
    record(events.AgreementVerified(number=agreement.number), about=agreement, by=by, moved=moved)


@command
def close(*, by, agreement):
    """Close the item."""
    require(policies.may_close(by, agreement))
    moved = move(agreement, "close")
    record(events.AgreementClosed(number=agreement.number), about=agreement, by=by, moved=moved)


@command
def adopt_part(*, by, agreement, why):
    """Enter that only a part will be done; those who agreed are told why."""
    require(policies.may_adopt_part(by, agreement))
    require(why, _("请写明采纳哪一部分、为什么。"), field="why")
    moved = move(agreement, "adopt_part", outcome_words=why)
    told = events.AgreementAdoptedPart(number=agreement.number)
    record(told, about=agreement, by=by, why=why, moved=moved)


@command
def not_adopt(*, by, agreement, why):
    """Enter that the item will not be done; those who agreed are told why."""
    require(policies.may_not_adopt(by, agreement))
    require(why, _("请写明为什么不能采纳。"), field="why")
    moved = move(agreement, "not_adopt", outcome_words=why)
    told = events.AgreementNotAdopted(number=agreement.number)
    record(told, about=agreement, by=by, why=why, moved=moved)


@command
def supersede(*, by, agreement, into, why):
    """Let a later item of the same topic take this one's place; both stay readable side by side."""
    require(policies.may_supersede(by, agreement))
    require(into.pk != agreement.pk, _("请选择另一项约定。"), field="into")
    alive = into.case_id == agreement.case_id and into.state not in Agreement.ENDED
    require(alive, _("只能由同一议题里仍有效的约定取代。"), field="into")
    require(why, _("请写明为什么取代。"), field="why")
    moved = move(agreement, "supersede", superseded_by=into)
    told = events.AgreementSuperseded(number=agreement.number, by_text=into.text)
    record(told, about=agreement, by=by, why=why, moved=moved)
