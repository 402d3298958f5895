"""Taking part: joining a round, saying yes, no or pass, and typing in what was ticked on paper."""

from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies, queries, standing
from ..models import Participant, Round, Slip, Vote


@command
def join(*, by, round, key, home=None, source="", slip=None, own=None):
    """Let somebody take part and return the participant; the same key or the same slip is the same person.

    A slip makes the person verified. Without one the door decides: residents say where they live, those invited need
    their slip. ``own`` is the participant who answered without a slip and now holds this one: still one person, whose
    answers stay.
    """
    require(policies.may_vote(by, round))
    queries.require_running(round)
    if slip:
        return _by_slip(round, slip, source, own)
    require(round.door != Round.Door.INVITED, _("这次征询请凭征询单上的码参加。"))
    if round.door == Round.Door.RESIDENTS:
        require(home and home.code.startswith(round.region.code), _("请选您住在哪个村（社区）。"), field="home")
    made, _new = Participant.objects.get_or_create(
        round=round, key=key,
        defaults={
            "committee": round.committee, "joined_at": clock.now(), "source": source,
            "home": home if round.door == Round.Door.RESIDENTS else None,
        },
    )
    return made


def _by_slip(round, slip, source, own):
    """The slip says who it is, not the device: its page may have made another participant with the same key before."""
    slip = Slip.objects.select_for_update().get(pk=slip.pk)
    require(slip.round_id == round.pk, _("这张征询单不是这次征询的。"), field="code")
    if slip.participant_id:
        said = _("这张征询单已经有人用过了。在别处答过的，那边的算；要改，请用那部手机，或者找代录的人。")
        require(own is None or own.pk == slip.participant_id, said, field="code")
        return slip.participant
    if own:
        own = Participant.objects.select_for_update().get(pk=own.pk)
        require(own.round_id == round.pk and not own.verified, _("您已经凭另一张征询单参加了。"), field="code")
        own.verified = True
        own.save(update_fields=["verified"])
    slip.participant = own or Participant.objects.create(
        committee=round.committee, round=round, key=queries.key_of(f"slip:{slip.fingerprint}"), verified=True,
        joined_at=clock.now(), source=source,
    )  # fmt: skip
    slip.save(update_fields=["participant"])
    return slip.participant


@command
def vote(*, by, round, participant, statement, value):
    """One person's yes (1), no (−1) or pass (0) to one statement; the last one counts.

    Single votes are not entries of the journal; the digest of all of them is, at the close.
    """
    require(policies.may_vote(by, round))
    queries.require_running(round)
    require(participant.round_id == round.pk and statement.round_id == round.pk, _("这条观点不在这次征询里。"))
    require(statement.state == statement.State.SHOWN, _("这条观点已经不再展示，请看下一条。"))
    _keep(round, participant, {statement.pk: value})


def _keep(round, participant, answers):
    """Store {statement: value}. The round is locked for the moment, so that whoever closes it waits for this vote or
    this vote finds it closed: none is acknowledged behind the seal. What is said once more is no new vote."""
    require(all(value in (-1, 0, 1) for value in answers.values()), _("请选赞成、反对或者说不好。"))
    now = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    require(now.state == Round.State.OPEN, _("这次征询刚刚截止。"))
    before = queries.answers_of(participant)
    answers = {pk: value for pk, value in answers.items() if before.get(pk) != value}
    if changed := list(before.keys() & answers.keys()):
        Vote.objects.filter(participant=participant, statement__in=changed).delete()
    Vote.objects.bulk_create(
        Vote(
            committee=round.committee, round=round, participant=participant, statement_id=pk, value=value,
            at=clock.now(),
        )
        for pk, value in answers.items()
    )  # fmt: skip
    drawing = queries.drawing_of(round)
    group = standing.place(drawing, before | answers).group if drawing else None
    if group != participant.group:
        participant.group = group
        participant.save(update_fields=["group"])


@command
def enter_sheet(*, by, round, slip, answers):
    """Type in what somebody ticked on the paper of this number: {statement: 1, 0 or −1}, blanks left out."""
    require(policies.may_enter_sheet(by, round))
    queries.require_running(round)
    row = Slip.objects.select_for_update().filter(round=round, number=slip).first()
    require(row, _("没有印过这个号的征询单。"), field="slip")
    if row.participant_id and row.participant.votes.exists():
        by_phone = row.participant.way == Participant.Way.PHONE
        said = _("这个号已经在手机上表过态，以本人的为准。") if by_phone else _("这张征询单已经录过了。")
        require(False, said, field="slip")
    require(answers, _("这张纸上一条也没有勾，不用录。"))
    # Who opened the slip on a phone and gave up there may still tick the paper.
    row.participant, _new = Participant.objects.update_or_create(
        round=round, key=row.participant.key if row.participant_id else queries.key_of(f"slip:{row.fingerprint}"),
        defaults={"committee": round.committee, "verified": True, "way": Participant.Way.PAPER, "entered_by": by},
        create_defaults={
            "committee": round.committee, "verified": True, "way": Participant.Way.PAPER, "entered_by": by,
            "joined_at": clock.now(),
        },
    )  # fmt: skip
    row.save(update_fields=["participant"])
    shown = set(round.statements.filter(state="shown", pk__in=list(answers)).values_list("pk", flat=True))
    require(shown == set(answers), _("有一条观点刚刚撤下，请再看一遍这张单子。"))
    moved = move(round, "enter_sheet")
    _keep(round, row.participant, answers)
    record(events.SheetEntered(slip=slip, answers=len(answers)), about=round, by=by, moved=moved)
