"""Random people take random steps in any order: the product refuses in words or does the whole step, nothing between.

Some tries are blind (any verb, by anybody, on any record), others are what comes next on the road, so that threads
get as far as their rating.
"""

import datetime as dt
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shangliang.agreements.models import Agreement
from shangliang.cases.models import Case
from shangliang.consultations import commands as consultations
from shangliang.consultations.models import Consultation
from shangliang.journal.models import Entry
from shangliang.journal.verify import verify
from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import ANYONE, CLOCK, ReceiptHolder
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Task
from shangliang.tick import work
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice

from .. import factories
from ..agreements import test_moves as of_agreements
from ..consultations import test_moves as of_consultations
from ..journeys import walk
from ..tasks import test_moves as of_tasks
from ..topics import test_moves as of_topics
from ..voices import test_moves as of_voices

MODELS = [Voice, Topic, Consultation, Agreement, Task, Case]
#: Steps that other commands and listeners take; their own tables are tried in each app's test_moves.
INNER = {
    "begin_screening", "hand_to_topic", "return_from_topic", "confirm_voice", "work_again", "schedule", "unschedule",
    "consulted", "close", "reserve", "ask_village", "assign", "implement", "redo", "verify",
}


class World:
    """The records and people of one county."""

    def __init__(self, committee, venue, unit, helper, people):
        self.committee, self.venue, self.unit, self.helper, self.people = committee, venue, unit, helper, people
        self.reports = 0
        self.acts = {
            Voice: {
                **_plain(of_voices.ACTS, "into", self.other(Voice), but={"confirm"}),
                "propose": self.propose, "add_voice": self.add_voice, "rate": self.rate,
                "erase_person": lambda by, v: voices.erase_person(by=by, voice=v),
                "reveal_contact": lambda by, v: voices.reveal_contact(by=by, voice=v, why="回访"),
            },
            Topic: {**_plain(of_topics.ACTS, "into", self.other(Topic)), "plan": self.plan},
            Consultation: {
                **of_consultations.ACTS, "expect": self.expect, "check_in": self.check_in, "confirm": self.confirm,
                "item": self.item,
            },
            Agreement: {
                **_plain(of_agreements.ACTS, "into", self.other(Agreement)),
                "give": lambda by, item: walk.assigned(by, item, self.unit),
            },
            Task: {**_plain(of_tasks.ACTS, "unit", self.another_unit), "reply": self.reply},
            Case: {},
        }
        self.names = [(model, verb) for model, acts in self.acts.items() for verb in acts if verb not in INNER]

    def other(self, model):
        return lambda: model.objects.order_by("-pk").first()

    def another_unit(self):
        return self.helper

    def report(self):
        self.reports += 1
        key = f"any-{self.reports}"
        walk.report(self.committee, self.venue, key=key, text=key, phone="13812345678")

    def propose(self, by, voice):
        return topics.propose(by=by, title="路灯", summary="", category="service", voices=[voice])

    def add_voice(self, by, voice):
        topic = Topic.objects.order_by("-pk").first() or self.propose(by, voice)
        topics.add_voice(by=by, topic=topic, voice=voice)

    def rate(self, by, voice):
        value = "not" if voice.pk % 2 and not voice.reopened else "satisfied"
        outcomes.rate(by=by, voice=voice, value=value, note="电话")

    def plan(self, by, topic):
        consultations.plan(
            by=by, topic=topic, venue=self.venue, carrier="courtyard", host=by, starts_at=clock.now()
        )

    def expect(self, by, meeting):
        name = f"群众{meeting.attendances.count()}"
        consultations.register(by=by, consultation=meeting, role="stakeholder", name=name)

    def check_in(self, by, meeting):
        consultations.check_in(by=by, consultation=meeting, present=list(meeting.attendances.all()))

    def confirm(self, by, meeting):
        latest = meeting.minutes.order_by("version").last()
        done = latest.confirmations.values_list("side", flat=True) if latest else []
        side = next((s for s in ("host", "residents", "responsible") if s not in done), "host")
        consultations.confirm(by=by, consultation=meeting, side=side, name="某人", method="signed")

    def item(self, by, meeting):
        kind = ["consensus", "self_help", "reserved", "suggestion"][meeting.agreements.count() % 4]
        walk.item(by, meeting, unit=self.unit, kind=kind)

    def reply(self, by, task):
        more = [
            {"grade": "A", "photos": [walk.picture()]}, {"grade": "C", "would_change": "有资金"},
            {"grade": "B", "promise": "装完", "promise_due": clock.today() + dt.timedelta(days=9)},
        ][task.pk % 3]
        tasks.reply(by=by, task=task, text="办了", **more)

    def onward(self):
        """(model, verb, record) of what comes next for every record that is under way."""
        return [
            (model, verb, record)
            for model in ROAD
            for record in model.objects.filter(state__in=ROAD[model]).order_by("pk")
            for verb in ROAD[model][record.state]
        ]


def _plain(acts, name, find, but=()):
    return {
        verb: partial(_with, act, name, find) for verb, act in acts.items() if verb not in but
    }


def _with(act, name, find, by, record):
    return act(by, record, **{name: find()})


#: The road from a voice to its rating: what comes next in each state; several verbs take turns by chance.
ROAD = {
    Voice: {
        "screening": ["propose"], "reopened": ["propose"], "need_info": ["supplement"], "result": ["rate"],
        "answered": ["rate"], "referred": ["give_result"], "info": ["give_result"],
    },
    Topic: {
        "proposed": ["start_review"], "reviewing": ["pool"], "returned": ["resubmit"], "pooled": ["submit"],
        "submitted": ["approve"], "approved": ["plan"], "studying": ["plan"], "reconsult": ["plan"],
        "deferred": ["resume"],
    },
    Consultation: {
        "planned": ["expect", "convene"], "postponed": ["convene"], "adjourned": ["convene"],
        "convened": ["expect", "open"], "in_session": ["check_in", "hold"], "held": ["item", "item", "draft_minutes"],
        "minutes_draft": ["item", "circulate"], "minutes_confirm": ["confirm", "confirm", "issue"],
        "issued": ["report"], "reported": ["archive"],
    },
    Agreement: {
        "needs_decision": ["adopt_decision", "reject_decision"], "decided": ["submit"], "submitted": ["give", "instruct"],
        "instructed": ["give"],
    },
    Task: {
        "assigned": ["acknowledge", "object"], "acknowledged": ["reply", "request_extension"], "in_progress": ["reply"],
        "returned": ["reply"], "objected": ["deny_objection", "uphold_objection"],
        "extension_requested": ["grant_extension", "deny_extension"], "replied": ["take_review"],
        "under_review": ["accept", "accept", "send_back"], "tracking": ["keep_promise"],
        "promise_done": ["check_promise", "reject_promise"], "joint_review": ["settle_joint_review"],
        "suspended": ["resume"],
    },
}


def states():
    """(model, pk) → state of every record."""
    return {
        (model._meta.label_lower, pk): state
        for model in MODELS for pk, state in model.objects.values_list("pk", "state")
    }


def machine_of(world):
    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            self.day = dt.date(2023, 3, 1)
            with clock.at(self.day):
                world.report()

        def teardown(self):
            try:
                assert verify().whole
            finally:
                transaction.set_rollback(True)
                self.atomic.__exit__(None, None, None)

        @rule(name=st.sampled_from(world.names), who=st.sampled_from(sorted(world.people)), nth=st.integers(0, 3))
        def anybody_tries_anything(self, name, who, nth):
            model, verb = name
            records = list(model.objects.order_by("-pk")[: nth + 1])
            if records:
                self._try(world.acts[model][verb], world.people[who], records[-1])

        @rule(chances=st.lists(st.integers(0, 10**6), min_size=3, max_size=6))
        def the_thread_goes_on(self, chances):
            for chance in chances:
                steps = world.onward()
                if not steps:
                    return
                model, verb, record = steps[chance % len(steps)]
                holder = [ReceiptHolder(record.pk)] if model is Voice else []
                for by in (*holder, *world.people.values()):
                    if self._try(world.acts[model][verb], by, model.objects.get(pk=record.pk)):
                        break

        @rule(days=st.integers(1, 9))
        def days_pass(self, days):
            self.day += dt.timedelta(days=days)
            with clock.at(self.day):
                work()

        @rule()
        def somebody_reports(self):
            with clock.at(self.day):
                world.report()

        def _try(self, act, by, record):
            before, last = states(), Entry.objects.count()
            with clock.at(self.day):
                try:
                    act(by, record)
                    done = True
                except Refused as refusal:
                    assert str(refusal)
                    done = False
            new = list(Entry.objects.filter(seq__gt=last).order_by("seq"))
            after = states()
            if not done:
                assert new == [] and after == before
            for thing, state in after.items():
                moved = [e for e in new if (e.subject, e.subject_id) == thing and e.verb]
                path = [before.get(thing, moved[0].source if moved else state), *(e.target for e in moved)]
                assert [e.source for e in moved] == path[:-1] and path[-1] == state, (thing, path, state)
            return done

        @invariant()
        def the_stage_of_a_case_is_the_last_that_its_entries_declared(self):
            for case in Case.objects.all():
                stage = "voice"
                for entry in Entry.objects.filter(case_no=case.no).order_by("seq"):
                    declared = entry.kind.stage
                    if declared and not (declared == "rating" and stage == "ended"):
                        stage = declared
                assert case.stage == stage

    return Machine


@pytest.fixture
def world(
    committee, courtyard, unit, liaison, office_staff, party_approver, unit_clerk, member_account, other_committee, county
):
    """One county and everybody who may try something in it."""
    helper = factories.unit(committee, name="区城管局", kind="department")
    people = {
        "liaison": liaison, "office": office_staff, "party": party_approver, "unit": unit_clerk,
        "helper": factories.account("unit_clerk", committee=committee, unit=helper), "member": member_account,
        "anybody": ANYONE, "clock": CLOCK, "receipt": ReceiptHolder(1),
        "other office": factories.clerk_of_register(other_committee),
        "other liaison": factories.account("liaison", committee=committee, region=county.at["500153112"]),
    }
    return World(committee, courtyard, unit, helper, people)


def run_machine(machine, examples, steps):
    """Let random people walk: so many lives of so many steps, the same in every run."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )


def test_whatever_anybody_tries_the_record_stays_whole(world):
    before = Entry.objects.count()
    run_machine(machine_of(world), examples=4, steps=60)
    assert Entry.objects.count() == before
    assert verify().whole
