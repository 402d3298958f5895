"""The buttons of the desk: computed from life cycle × policies, so that a page never offers what a command refuses.

A verb is found by convention: ``VERBS`` of the model names it, ``commands.<verb>`` does it, ``policies.may_<verb>``
allows it, ``forms.FORMS[<verb>]`` asks what it needs. Steps that open the next stage are listed below, because the
earlier stage does not know them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.utils.translation import gettext_lazy as _

from ..agreements import commands as agreement_commands
from ..agreements import policies as agreement_policies
from ..agreements.commands import OPEN_FOR_ITEMS
from ..agreements.forms import DraftForm
from ..agreements.models import Agreement
from ..briefs import commands as brief_commands
from ..briefs import policies as brief_policies
from ..briefs.forms import FromVoiceForm
from ..cases.models import Case
from ..consultations import commands as consultation_commands
from ..consultations import policies as consultation_policies
from ..consultations.forms import PlanForm
from ..consultations.models import Attendance, Consultation
from ..outcomes import commands as outcome_commands
from ..outcomes import policies as outcome_policies
from ..outcomes.forms import EvaluateProposalForm, RateAttendedForm, RateForm
from ..proposals.models import Proposal
from ..shared.lifecycle import verbs_from
from ..shared.refusals import allow
from ..tasks import commands as task_commands
from ..tasks import policies as task_policies
from ..tasks.forms import AssignForm, AssignProposalForm
from ..tasks.models import Task
from ..topics import commands as topic_commands
from ..topics.forms import ProposeForm
from ..topics.models import Topic
from ..voices import policies as voice_policies
from ..voices.models import Voice
from .kinds import BY_NAME, KINDS

#: The natural next step of each state; its button stands out.
MAIN = frozenset(
    {
        "hand_to_topic", "start_review", "pool", "submit", "approve", "plan", "convene", "open", "hold",
        "circulate", "issue", "report", "assign", "decide", "acknowledge", "reply", "take_review",
        "accept", "check_promise", "keep_promise", "resume", "resubmit", "supplement", "give_result",
        "settle_joint_review",
    }
)
MODELS = {
    "case": Case, "voice": Voice, "topic": Topic, "consultation": Consultation,
    "agreement": Agreement, "task": Task,
} | {kind.name: kind.model for kind in KINDS}
#: Verbs that people undo or that end something; they stand apart.
GRAVE = frozenset(
    {"not_accept", "decline", "withdraw", "cancel", "erase_person", "not_adopt", "take_back", "supersede"}
)


#: Steps after which one goes on with what they made.
LEADS_ON = frozenset({("voice", "hand_to_topic"), ("voice", "write_brief")})


@dataclass(frozen=True)
class Verb:
    """One button: its name in the address, its words, its form, and how to take the step."""

    kind: str
    name: str
    label: object
    form: type | None
    run: Callable
    may: Callable

    @property
    def main(self) -> bool:
        """Whether this is the natural next step."""
        return self.name in (BY_NAME[self.kind].main if self.kind in BY_NAME else MAIN)

    @property
    def leads_on(self) -> bool:
        """Whether the step makes the record of the next stage, to which the person is then led."""
        return (self.kind, self.name) in LEADS_ON

    @property
    def grave(self) -> bool:
        """Whether the step is hard to undo."""
        return self.name in (BY_NAME[self.kind].grave if self.kind in BY_NAME else GRAVE)


def _propose(*, by, record, **fields):
    return topic_commands.propose(by=by, voices=[record], **fields)


def _write_brief(*, by, record, **fields):
    fields.pop("sources", None)
    return brief_commands.draft(by=by, committee=record.committee, sources=[record], **fields)


def _plan(*, by, record, **fields):
    return consultation_commands.plan(by=by, topic=record, **fields)


def _draft(*, by, record, **fields):
    return agreement_commands.draft(by=by, consultation=record, **fields)


def _assign(*, by, record, **fields):
    return task_commands.assign(by=by, agreement=record, **fields)


def _distribute(*, by, record, **fields):
    return task_commands.assign_proposal(by=by, proposal=record, **fields)


def _evaluate(*, by, record, **fields):
    return outcome_commands.evaluate_proposal(by=by, proposal=record, **fields)


def _rate(*, by, record, **fields):
    return outcome_commands.rate(by=by, voice=record, **fields)


def _rate_attended(*, by, record, **fields):
    return outcome_commands.rate_attended(by=by, **fields)


def _may_rate(by, consultation):
    own = Attendance.objects.filter(consultation=consultation, status="present", ratings=None)
    if by.member_id and own.filter(member=by.member_id).exists():
        return allow(True)
    return consultation_policies.may_handle(by, consultation)


#: (kind, name, label, form, run, may, states in which it is offered)
NEXT_STAGE = [
    ("voice", "hand_to_topic", _("转为议题"), ProposeForm, _propose, voice_policies.may_handle,
     Voice.SCREENABLE),
    ("voice", "write_brief", _("写社情民意"), FromVoiceForm, _write_brief, brief_policies.may_draft_from,
     Voice.SCREENABLE | {Voice.State.INFO}),
    ("voice", "rate", _("登记回访评价"), RateForm, _rate, voice_policies.may_handle,
     {Voice.State.RESULT, Voice.State.ANSWERED}),
    ("topic", "plan", _("安排协商"), PlanForm, _plan, consultation_policies.may_plan,
     {Topic.State.APPROVED, Topic.State.STUDYING, Topic.State.RECONSULT}),
    ("consultation", "draft_item", _("写一项约定"), DraftForm, _draft, agreement_policies.may_draft,
     OPEN_FOR_ITEMS),
    ("consultation", "rate_attended", _("参会人评价"), RateAttendedForm, _rate_attended, _may_rate,
     {Consultation.State.ISSUED, Consultation.State.REPORTED, Consultation.State.ARCHIVED}),
    ("agreement", "assign", _("交办"), AssignForm, _assign, task_policies.may_assign,
     {Agreement.State.SUBMITTED, Agreement.State.INSTRUCTED}),
    ("proposal", "distribute", _("交办"), AssignProposalForm, _distribute, task_policies.may_assign_proposal,
     {Proposal.State.FILED, Proposal.State.DISTRIBUTED}),
    ("proposal", "evaluate", _("评价办理结果"), EvaluateProposalForm, _evaluate,
     outcome_policies.may_evaluate_proposal, {Proposal.State.REPLIED}),
] + [(kind.name, *row) for kind in KINDS for row in kind.more]
#: Verbs that are no moves: when they are offered.
ALWAYS = {
    # The result of a topic comes from its tasks, by itself.
    ("voice", "give_result"): lambda voice: voice.state in {"referred", "info"},
    ("voice", "reveal_contact"): lambda voice: hasattr(voice, "contact"),
    ("voice", "erase_person"): lambda voice: voice.erased_on is None,
    ("topic", "exclude"): lambda topic: topic.state in topic.EARLY,
    ("topic", "clear_exclusion"): lambda topic: any(not e.cleared_on for e in topic.exclusions.all()),
    ("topic", "add_voice"): lambda topic: topic.state in topic.EARLY | {"submitted", "approved"},
    ("consultation", "take_statements"): lambda c: (
        c.state in c.MOVES["take_statements"][0] and c.topic.rounds.exclude(state="cancelled").exists()
    ),
    ("consultation", "register"): lambda c: c.state in c.BEFORE | {"in_session", "adjourned"},
    ("consultation", "check_in"): lambda c: c.state in {"convened", "in_session"},
    ("consultation", "count_guests"): lambda c: c.joint and c.state in {"convened", "in_session"},
    ("agreement", "decide"): lambda item: item.state == "needs_decision",
    ("task", "co_reply"): lambda task: True,
    ("task", "contact_proposer"): lambda task: task.proposal_id and task.state in task.AT_WORK | {"assigned"},
} | {(kind.name, verb): when for kind in KINDS for verb, when in kind.offered.items()}


def _of_model(kind: str) -> dict[str, Verb]:
    app = MODELS[kind].__module__.rsplit(".", 1)[0]
    commands, policies, forms = (
        import_module(f"{app}.{part}") for part in ("commands", "policies", "forms")
    )
    found = {}
    for name, label in MODELS[kind].VERBS.items():
        run = _about(kind, getattr(commands, name))
        may = getattr(policies, f"may_{name}")
        found[name] = Verb(kind, name, label, forms.FORMS.get(name), run, may)
    return found


def _about(kind, command):
    """Let a command be called with ``record=``, whatever its own word for it."""

    def run(*, by, record, **fields):
        return command(by=by, **{kind: record}, **fields)

    return run


def _registry() -> dict:
    verbs = {kind: _of_model(kind) for kind in MODELS}
    for kind, name, label, form, run, may, _states in NEXT_STAGE:
        verbs[kind][name] = Verb(kind, name, label, form, run, may)
    return verbs


VERBS = _registry()
_OFFERED = {(kind, name): states for kind, name, *_rest, states in NEXT_STAGE}


def offered(kind: str, name: str, record) -> bool:
    """Whether the record's state offers the verb."""
    if (kind, name) in _OFFERED:
        return record.state in _OFFERED[kind, name]
    if (kind, name) in ALWAYS:
        return bool(ALWAYS[kind, name](record))
    return name in verbs_from(record)


def verbs_for(by, kind: str, record) -> list[Verb]:
    """The buttons this person sees on this record."""
    return [
        verb
        for name, verb in VERBS[kind].items()
        if offered(kind, name, record) and verb.may(by, record)
    ]
