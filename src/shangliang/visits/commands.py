"""Every change to visits: planning and writing them, with their voices, and keeping what was promised."""

import re

from django.utils.translation import gettext as _

from ..files.commands import attach
from ..files.models import Attachment
from ..journal import once
from ..journal.record import as_stored, command, record
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import Refused, require
from ..voices.commands import receive
from ..voices.models import Voice
from . import events, policies
from .models import Promise, Visit, VisitKind, VisitMember, VisitVoice

#: A receipt is worked out from its key, so a key must be long enough that nobody can guess it.
KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
MAX_WORDS, MAX_PROMISE, MAX_HOUSEHOLDS = 1000, 200, 2000


@command
def plan_visit(*, by, committee, venue, on, members, key="", purpose=""):
    """Put down that members intend to visit a place on a day, today or later."""
    members = list(members)
    require(policies.may_plan_visit(by, venue, members))
    body = ["plan", venue.pk, str(on), [member.pk for member in members], purpose]
    visit = once.made(key, body, Visit)
    if visit:
        return visit
    require(on >= clock.today(), _("计划的日期要在今天或以后；已经走访过的，请直接填走访记录。"), field="on")
    _check_place(committee, venue, on)
    _check_members(committee, members, on)
    visit = Visit.objects.create(committee=committee, venue=venue, on=on, purpose=purpose.strip(), entered_by=by)
    _put_members(visit, members)
    if key:
        once.remember(key, body, visit)
    record(events.VisitPlanned(place=venue.full_name, on=str(on), members=len(members)), about=visit, by=by)
    return visit


@command
def write_visit(
    *, by, committee, venue, on, members, kinds, key="", households=None, explained="", noted="", promises=(),
    voices=(), photos=(),
):
    """Enter a visit that took place, with its promises and the voices raised in it: ``(visit, receipt codes)``.

    ``promises`` are dicts with text and due_on; ``voices`` dicts with key, text and perhaps name, phone, place_note.
    The same key again returns the same visit and the same codes. All is stored, or nothing.
    """
    members, kinds, promises, voices = list(members), list(kinds), list(promises), list(voices)
    require(policies.may_write(by, venue, members))
    body = [
        "write", venue.pk, str(on), [member.pk for member in members], kinds, households, explained, noted,
        [[promise["text"], str(promise["due_on"])] for promise in promises],
        # Each voice is known by its own key, so that nothing a person said is fingerprinted twice.
        [voice["key"] for voice in voices], len(photos),
    ]  # fmt: skip
    visit = once.made(key, body, Visit)
    if visit:
        return visit, [_receive(by, visit, n, voice)[1] for n, voice in enumerate(voices, 1)]
    _check_keys(key, voices)
    _check_place(committee, venue, on)
    _check_members(committee, members, on)
    visit = Visit.objects.create(
        committee=committee, venue=venue, on=on, state=Visit.State.MADE, entered_by=by,
        **_told(on, kinds, households, explained, noted),
    )
    _put_members(visit, members)
    codes = _keep(by, visit, kinds, promises, voices, photos)
    if key:
        once.remember(key, body, visit)
    record(_made(visit, kinds, members, promises, voices), about=visit, by=by)
    return visit, codes


@command
def make(
    *, by, visit, kinds, on=None, members=None, households=None, explained="", noted="", promises=(), voices=(),
    photos=(),
):
    """Enter what came of a planned visit; day and members may have changed. Returns the codes of its voices."""
    require(policies.may_make(by, visit))
    on, kinds, promises, voices = on or visit.on, list(kinds), list(promises), list(voices)
    going = [row.member for row in visit.members.select_related("member").order_by("pk")]
    members = going if members is None else list(members)
    _check_keys("", voices)
    _check_place(visit.committee, visit.venue, on)
    _check_members(visit.committee, members, on)
    moved = move(visit, "make", on=on, **_told(on, kinds, households, explained, noted))
    if members != going:
        VisitMember.objects.filter(visit=visit).delete()
        _put_members(visit, members)
    codes = _keep(by, visit, kinds, promises, voices, photos)
    record(_made(visit, kinds, members, promises, voices), about=visit, by=by, moved=moved)
    return codes


@command
def cancel(*, by, visit, why):
    """A planned visit will not take place."""
    require(policies.may_cancel(by, visit))
    require(why.strip(), _("请写明为什么取消。"), field="why")
    moved = move(visit, "cancel")
    record(events.VisitCancelled(), about=visit, by=by, why=why, moved=moved)


@command
def promise(*, by, visit, text, due_on):
    """Add a promise that was made at a visit."""
    require(policies.may_promise(by, visit))
    moved = move(visit, "promise")
    _promise(by, visit, text, due_on, "", moved)


@command
def keep_promise(*, by, visit, promise, report, kept_on=None, photos=()):
    """Enter on which day and how a promise was kept."""
    require(policies.may_keep_promise(by, visit))
    require(promise.visit_id == visit.pk, _("这项承诺不是这次走访作出的。"), field="promise")
    kept_on, report = kept_on or clock.today(), report.strip()
    require(report, _("请写一句怎样兑现的。"), field="report")
    require(kept_on >= visit.on, _("兑现日期不能早于走访日期。"), field="kept_on")
    require(kept_on <= clock.today(), _("兑现日期不能在将来。"), field="kept_on")
    moved = move(visit, "keep_promise")
    rows = Promise.objects.filter(pk=promise.pk, kept_on=None)
    require(rows.update(kept_on=kept_on, report=report), _("这项承诺已经登记过兑现。"), field="promise")
    attach(by=by, about=visit, role=Attachment.Role.VISIT, uploads=photos, captions=[promise.text] * len(photos))
    record(events.VisitPromiseKept(words=report, kept_on=str(kept_on)), about=visit, by=by, moved=moved)


def _check_keys(key, voices):
    keys = [voice["key"] for voice in voices] + ([key] if key else [])
    good = all(KEY.fullmatch(each) for each in keys) and len(set(keys)) == len(keys)
    require(good, _("这张表不完整，请重新打开页面再填。"))


def _check_place(committee, venue, on):
    require(venue.committee_id == committee.pk, _("这个场所不在本政协的登记里。"), field="venue")
    require(on >= venue.opened_on, _("这个场所那天还没有启用，请核对日期。"), field="on")
    open_then = venue.closed_on is None or on < venue.closed_on
    require(open_then, _("这个场所那天已经停用，请核对日期。"), field="on")


def _check_members(committee, members, on):
    require(members, _("请选择去走访的委员。"), field="members")
    require(len({m.pk for m in members}) == len(members), _("同一位委员只填一次。"), field="members")
    for member in members:
        serves = member.term_from <= on and (member.term_to is None or on <= member.term_to)
        known = serves and member.committee_id == committee.pk
        require(known, _("%(name)s那天不是本届委员，请核对。") % {"name": member.name}, field="members")


def _told(on, kinds, households, explained, noted) -> dict:
    """What was told of the visit, checked, as the row keeps it."""
    require(on <= clock.today(), _("走访日期不能在将来；还没去的，请用“安排走访”。"), field="on")
    require(kinds, _("请至少选一项走访做了什么。"), field="kinds")
    known = set(kinds) <= set(VisitKind.Kind.values) and len(set(kinds)) == len(kinds)
    require(known, _("走访的内容只能从五项里选，每项一次。"), field="kinds")
    if households is not None:
        require(households >= 0, _("户数不能小于 0。"), field="households")
        require(households <= MAX_HOUSEHOLDS, _("户数太大了，请核对。"), field="households")
    for name, text in (("explained", explained), ("noted", noted)):
        require(len(text) <= MAX_WORDS, _("最多写 %(max)s 字。") % {"max": MAX_WORDS}, field=name)
    return {"households": households, "explained": explained.strip(), "noted": noted.strip()}


def _put_members(visit, members):
    VisitMember.objects.bulk_create(
        VisitMember(committee_id=visit.committee_id, visit=visit, member=member) for member in members
    )


def _keep(by, visit, kinds, promises, voices, photos) -> list[str]:
    """Store the parts of a visit that was made; returns the receipt codes of its voices."""
    VisitKind.objects.bulk_create(
        VisitKind(committee_id=visit.committee_id, visit=visit, kind=kind) for kind in kinds
    )
    attach(by=by, about=visit, role=Attachment.Role.VISIT, uploads=photos)
    for n, made in enumerate(promises, 1):
        _promise(by, visit, made["text"], made["due_on"], f"promise{n}_")
    codes = []
    for n, told in enumerate(voices, 1):
        voice, code = _receive(by, visit, n, told)
        taken = VisitVoice.objects.filter(voice=voice).exists()
        require(not taken, _("这张表已经提交过一次，内容却不同。请重新打开页面再填。"))
        VisitVoice.objects.create(committee_id=visit.committee_id, visit=visit, voice=voice)
        codes.append(code)
    return codes


def _receive(by, visit, number, told):
    """Take in one voice raised during the visit; a refusal names the field of that voice."""
    fields = {name: told.get(name) or "" for name in ("text", "name", "phone", "place_note")}
    try:
        return receive(
            by=by, committee=visit.committee, key=told["key"], channel=Voice.Channel.VISIT, on_behalf=True,
            region=visit.venue.region, venue=visit.venue, **fields,
        )
    except Refused as refusal:
        raise Refused(refusal.sentence, field=f"voice{number}_{refusal.field or 'text'}") from refusal


def _promise(by, visit, text, due_on, prefix, moved=None):
    text = text.strip()
    require(text, _("请写明承诺了什么。"), field=f"{prefix}text")
    require(len(text) <= MAX_PROMISE, _("承诺请写在 200 字以内。"), field=f"{prefix}text")
    require(due_on, _("请选择哪天前兑现。"), field=f"{prefix}due_on")
    require(due_on >= visit.on, _("承诺的日期不能早于走访日期。"), field=f"{prefix}due_on")
    Promise.objects.create(committee_id=visit.committee_id, visit=visit, text=text, due_on=due_on)
    record(events.VisitPromised(words=text, due_on=str(due_on)), about=visit, by=by, moved=moved)


def _made(visit, kinds, members, promises, voices):
    return events.VisitMade(
        place=visit.venue.full_name, on=str(visit.on), members=len(members), households=visit.households,
        kinds="、".join(as_stored(VisitKind.Kind(kind).label) for kind in kinds), voices=len(voices),
        promises=len(promises),
    )
