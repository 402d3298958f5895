"""Notices that a report should be closed: anybody sends one, the other side may answer, a reviewer decides."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from ...journal import once
from ...journal.erase import erase_personal
from ...journal.record import command, record
from ...shared import clock, receipts, sealed
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Snapshot, Takedown
from ..opening import close_all, open_again

#: So many reports a day are closed by a notice alone; what comes after waits for a person.
AT_ONCE_PER_DAY = 10


@command
def notify(*, by, snapshot, key, ground, name, contact, statement, at_once=True):
    """Take a complete notice in and close the report and its copies at once, within bounds; gives the notice.

    It waits for a person instead when ``at_once`` is false (this visitor sent many), when AT_ONCE_PER_DAY notices
    have closed something in the last 24 hours, or when the report was opened again after an earlier notice (art. 17).
    The same key gives the same notice. Raises Refused for a report that is not public or an incomplete notice.
    """
    asked = [snapshot.pk, ground, name, contact, statement]
    if made := once.made(key, asked, Takedown):
        return made
    require(policies.may_notify(by, snapshot))
    _require_complete(name, contact, statement)
    code = receipts.make(settings.RECEIPT_KEY, key)
    made = Takedown.objects.create(
        committee=snapshot.committee, snapshot=snapshot, ground=ground, name=_seal(name), contact=_seal(contact),
        statement=statement.strip(), received_at=clock.now(),
        receipt=receipts.fingerprint(settings.RECEIPT_KEY, code),
    )  # fmt: skip
    once.remember(key, asked, made)
    record(events.NoticeReceived(ground_words=_ground(made)), about=made, by=by)
    if at_once and _may_close_by_itself(snapshot):
        _close(by, made, at_once=True)
    return made


def _require_complete(name, contact, statement):
    """Name, contact and proof (art. 14)."""
    require(name.strip(), _("请写您的姓名或单位名称。"), field="name")
    require(contact.strip(), _("请留下联系方式，对方有说明时要告诉您。"), field="contact")
    require(len(statement.strip()) >= 10, _("请写明凭什么：哪些内容、您有什么证明，至少十个字。"), field="statement")


def _ground(notice):
    return str(dict(Takedown.Ground.choices)[notice.ground])


def _seal(text):
    return sealed.seal(settings.CONTACT_KEY, text.strip())


def _may_close_by_itself(snapshot) -> bool:
    day_ago = clock.now() - dt.timedelta(days=1)
    lately = Takedown.objects.filter(at_once=True, received_at__gt=day_ago).count()
    earlier = Takedown.objects.filter(closed=snapshot, state=Takedown.State.REOPENED).exists()
    return lately < AT_ONCE_PER_DAY and not earlier


def _close(by, notice, at_once, why=""):
    moved = move(notice, "heed", at_once=at_once, decision=why)
    closed = close_all(by, notice.snapshot, why or _("收到通知，先下架再核实。"))
    notice.closed.set(closed)
    record(events.NoticeHeeded(reports=len(closed)), about=notice, by=by, why=why, moved=moved)


@command
def heed(*, by, takedown, why):
    """Close the report that a waiting notice is about."""
    require(policies.may_heed(by, takedown))
    require(why.strip(), _("请写明理由。"), field="why")
    snapshot = takedown.snapshot
    require(snapshot.state == Snapshot.State.PUBLISHED, _("这篇报道现在没有公开，不用再下架。"))
    _close(by, takedown, at_once=False, why=why.strip())


@command
def turn_away(*, by, takedown, why):
    """Leave the report open: the notice proves nothing."""
    require(policies.may_turn_away(by, takedown))
    _decide(by, takedown, "turn_away", events.NoticeTurnedAway(), why)


@command
def counter(*, by, takedown, statement, name="", contact=""):
    """Enter what the other side says against a notice (art. 16); a reviewer then decides."""
    require(policies.may_counter(by, takedown))
    require(len(statement.strip()) >= 10, _("请写明为什么不该下架，至少十个字。"), field="statement")
    require(not takedown.counter_statement, _("已经收到过对方的说明，正在核实。"), field="statement")
    moved = move(
        takedown, "counter", counter_statement=statement.strip(), counter_name=_seal(name),
        counter_contact=_seal(contact),
    )  # fmt: skip
    record(events.NoticeCountered(), about=takedown, by=by, moved=moved)


@command
def uphold(*, by, takedown, why):
    """Let the report stay closed."""
    require(policies.may_uphold(by, takedown))
    _decide(by, takedown, "uphold", events.NoticeUpheld(), why)


@command
def reopen(*, by, takedown, why):
    """Open what the notice closed again (art. 17); further notices about it wait for a person."""
    require(policies.may_reopen(by, takedown))
    _decide(by, takedown, "reopen", events.NoticeUndone(), why)
    # What another notice that still holds has closed as well stays closed.
    holding = Takedown.objects.filter(state__in=Takedown.HOLDING)
    for snapshot in takedown.closed.filter(state=Snapshot.State.TAKEN_DOWN).exclude(pk__in=holding.values("closed")):
        open_again(by, snapshot, why.strip())


def _decide(by, takedown, verb, event, why):
    require(why.strip(), _("请写明理由：提出的人会看到。"), field="why")
    moved = move(takedown, verb, decision=why.strip()[:400], decided_on=clock.today())
    record(event, about=takedown, by=by, why=why.strip(), moved=moved)


@command
def reveal_contact(*, by, takedown, why):
    """``(name, contact)`` of whoever sent the notice, then of the other side; the reading is entered with its reason
    (PIPL art. 51)."""
    require(policies.may_reveal_contact(by, takedown))
    require(why.strip(), _("请写明为什么需要查看。"), field="why")
    record(events.NotifierRead(), about=takedown, by=by, why=why.strip())
    kept = [getattr(takedown, name) for name in Takedown.CONTACTS]
    return tuple(sealed.unseal(settings.CONTACT_KEY, each) for each in kept)


@command
def erase_contact(*, by, takedown, why):
    """Erase both sides' names, contacts and words from a notice (PIPL art. 47); that there was one stays."""
    require(policies.may_erase_contact(by, takedown))
    blank = dict.fromkeys((*Takedown.CONTACTS, "statement", "counter_statement"), "")
    moved = move(takedown, "erase_contact", **blank, erased_on=clock.today())
    erase_personal(subject="newsroom.takedown", subject_ids=[takedown.pk])
    once.forget(takedown)
    record(events.NotifierErased(), about=takedown, by=by, why=why.strip(), moved=moved)


@command
def expire_contact(*, by, takedown):
    """Delete both sides' names and contacts of a notice decided long enough ago (rule ``pii.retention``, PIPL art. 19).

    What they said stays, as the words of a voice do, until somebody asks for its erasure.
    """
    require(policies.may_expire_contact(by, takedown))
    moved = move(takedown, "expire_contact", **dict.fromkeys(Takedown.CONTACTS, ""))
    once.forget(takedown)
    record(events.NoticeContactExpired(), about=takedown, by=by, moved=moved)
