"""The partnership itself and its yearly conference."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...files.commands import attach
from ...files.models import Attachment
from ...journal import once
from ...journal.digest import canonical, digest
from ...journal.record import command, record
from ...shared import clock
from ...shared.formats import iso
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies, queries
from ..models import Conference, Partnership
from ..saying import begin, speak


@command
def propose(
    *, by, committee, title, others, paper_title, signed_on, since, until, paper_no="", papers=(), key=""
):  # fmt: skip
    """Put a partnership before the other sides, with the signed document; ``others`` are rows (code, name, short name).

    The order of the sides is that of taking turns to host, ours first.
    """
    require(policies.may_begin(by, committee))
    require(title.strip() and paper_title.strip(), _("请写合作名称和签署的文件。"), field="title")
    require(since < until, _("合作期限的止期要晚于起期。"), field="until")
    require(others, _("请写明另一方是谁。"), field="others")
    asked = [title, others, paper_title, paper_no, str(signed_on), str(since), str(until)]
    if made := once.made(key, asked, Partnership):
        return made
    sides = [(committee.region.code, committee.name, committee.short_name), *others]
    codes, names, shorts = (list(column) for column in zip(*sides, strict=True))
    made = begin(
        events.PartnershipProposed, by=by, committee=committee, title=title.strip(), paper_title=paper_title.strip(),
        paper_no=paper_no.strip(), signed_on=str(signed_on), since=str(since), until=str(until), codes=codes,
        names=names, short_names=shorts,
    )
    attach(by=by, about=made, role=Attachment.Role.PAPER, uploads=papers)
    if key:
        once.remember(key, asked, made)
    return made


@command
def accept(*, by, partnership, signer):
    """Accept the document for our side, in the words of the post that signed it (主席)."""
    require(policies.may_accept(by, partnership))
    require(signer.strip(), _("请写签署人的职务。"), field="signer")
    speak(partnership, events.PartnershipAccepted, by=by, signer=signer.strip())


@command
def decline(*, by, partnership, why):
    """Do not sign, and say why."""
    require(policies.may_decline(by, partnership))
    require(why.strip(), _("请写理由。"), field="why")
    speak(partnership, events.PartnershipDeclined, by=by, reason=why.strip())


@command
def end(*, by, partnership, why):
    """End the cooperation; what was agreed stays on record on both sides."""
    require(policies.may_end(by, partnership))
    require(why.strip(), _("请写理由。"), field="why")
    speak(partnership, events.PartnershipEnded, by=by, reason=why.strip())


@command
def publish(*, by, partnership):
    """Open the public page of this cooperation: confirmed conferences, the plan, activities, published matters."""
    require(policies.may_publish(by, partnership))
    require(not partnership.published_on, _("已经公开。"))
    moved = move(partnership, "publish", published_on=clock.today())
    record(events.PartnershipPublished(), about=partnership, by=by, moved=moved)


@command
def take_back(*, by, partnership, why):
    """Close the public page again."""
    require(policies.may_take_back(by, partnership))
    require(partnership.published_on, _("还没有公开。"))
    moved = move(partnership, "take_back", published_on=None)
    record(events.PartnershipTakenBack(), about=partnership, by=by, why=why, moved=moved)


@command
def plan_conference(*, by, committee, partnership, year, starts_at, place, agenda, why="", key=""):
    """Plan the yearly conference with ourselves as host; out of turn only with a reason."""
    require(policies.may_begin(by, committee))
    require(partnership.state == Partnership.State.ACTIVE, _("这项合作还没有各方签署，或已结束。"), field="partnership")
    require(place.strip() and agenda.strip(), _("请写地点和议程。"), field="agenda")
    asked = [partnership.joint, year, iso(starts_at), place, agenda]
    if made := once.made(key, asked, Conference):
        return made
    turn = queries.next_host(partnership)
    ours = committee.region.code
    require(
        turn == ours or why.strip(),
        _("今年轮到%(side)s主办。如由我方主办，请写明理由。") % {"side": partnership.side_names.get(turn, turn)},
        field="why",
    )
    made = begin(
        events.ConferencePlanned, by=by, committee=committee, partnership=partnership.joint, year=year,
        starts_at=iso(starts_at), place=place.strip(), agenda=agenda.strip(),
    )
    if key:
        once.remember(key, asked, made)
    return made


@command
def attend(*, by, conference):
    """Say that our side comes."""
    require(policies.may_attend(by, conference))
    speak(conference, events.ConferenceAttended, by=by)


@command
def hold(*, by, conference, photos=()):
    """Enter that the conference took place; not before its day."""
    require(policies.may_hold(by, conference))
    require(conference.starts_at <= clock.now(), _("还没到开会的时间。"))
    speak(conference, events.ConferenceHeld, by=by)
    attach(by=by, about=conference, role=Attachment.Role.MEETING, uploads=photos)


@command
def minute(*, by, conference, minutes, decisions):
    """Write the minutes and the decisions, pairs (text, code of the side that sees to it, or "")."""
    require(policies.may_minute(by, conference))
    require(minutes.strip(), _("请写纪要。"), field="minutes")
    require(decisions, _("请至少写一项决定。"), field="decisions")
    texts, owners = (list(column) for column in zip(*decisions, strict=True))
    refuse_personal(minutes=minutes, decisions="\n".join(texts))
    speak(
        conference, events.ConferenceMinuted, by=by, minutes=minutes.strip(), decisions=texts, owners=owners,
        count=len(texts), version=digest(canonical([minutes.strip(), texts, owners])),
    )


@command
def confirm(*, by, conference):
    """Confirm the version of the minutes that lies before us."""
    require(policies.may_confirm(by, conference))
    speak(conference, events.ConferenceConfirmed, by=by, version=conference.version)


@command
def cancel(*, by, conference, why):
    """Call the conference off."""
    require(policies.may_cancel(by, conference))
    require(why.strip(), _("请写理由。"), field="why")
    speak(conference, events.ConferenceCancelled, by=by, reason=why.strip())
