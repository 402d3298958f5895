"""The minutes: drafting, confirming, issuing and reporting them."""

from django.conf import settings
from django.utils.translation import gettext as _

from ...journal.digest import canonical, digest
from ...journal.record import command, record
from ...people.keys import person_key
from ...rules.commands import end_clock
from ...shared import clock, sealed
from ...shared.lifecycle import move
from ...shared.refusals import Refused, require
from .. import events, policies
from ..models import Confirmation, Minutes
from ..queries import current_minutes, missing_sides


@command
def draft_minutes(*, by, consultation, situation, positions, cited=()):
    """Write the next version of the minutes; confirmations of an earlier version do not carry over.

    ``cited`` are points of the agenda that people voted on before; their words are under the digest as well.
    """
    require(policies.may_draft_minutes(by, consultation))
    require(situation.strip(), _("请写情况通报。"), field="situation")
    latest = current_minutes(consultation)
    version = latest.version + 1 if latest else 1
    cited = sorted(cited, key=lambda item: item.order)
    own = all(item.consultation_id == consultation.pk and item.statement_id for item in cited)
    require(own, _("只能引用列入本次议程的观点。"), field="cited")
    body = [situation, positions, *[[item.title, item.said] for item in cited]]
    minutes = Minutes.objects.create(
        committee=consultation.committee, consultation=consultation, version=version,
        situation=situation, positions=positions, drafted_at=clock.now(),
        digest=digest(canonical(body)),
    )
    minutes.cited.set(cited)
    moved = move(consultation, "draft_minutes")
    drafted = events.MinutesDrafted(version=version, text_digest=minutes.digest)
    record(drafted, about=consultation, by=by, moved=moved)
    return minutes


@command
def circulate(*, by, consultation):
    """Send the latest version to the host and both sides; its items cannot change from here on."""
    require(policies.may_circulate(by, consultation))
    moved = move(consultation, "circulate")
    told = events.MinutesCirculated(version=current_minutes(consultation).version)
    record(told, about=consultation, by=by, moved=moved)


@command
def confirm(*, by, consultation, side, name, method, dissent=""):
    """Enter that one side confirmed the latest version; its dissent is attached and kept."""
    require(policies.may_confirm(by, consultation))
    require(side in Confirmation.Side.values, _("请选择是哪一方。"), field="side")
    own_side = side == Confirmation.Side.RESPONSIBLE or bool(policies.may_handle(by, consultation))
    require(own_side, _("承办单位只能代表责任单位一方确认。"), field="side")
    require(name.strip(), _("请写确认人姓名。"), field="name")
    minutes, signer = current_minutes(consultation), person_key(f"signer:{name.strip()}")
    moved = move(consultation, "confirm")
    known = minutes.confirmations.filter(side=side, signer=signer)
    require(not known.exists(), _("这个人已经确认过这一稿了。"), field="name")
    Confirmation.objects.create(
        signer=signer,
        committee=consultation.committee, minutes=minutes, side=side, method=method,
        name=sealed.seal(settings.CONTACT_KEY, name.strip()), dissent=dissent,
        confirmed_at=clock.now(),
    )
    confirmed = events.MinutesConfirmed(
        side=Confirmation.Side(side).label, version=minutes.version, method=method,
        dissent=dissent,
    )
    record(confirmed, about=consultation, by=by, moved=moved)


@command
def issue(*, by, consultation):
    """Make the minutes final; refused until the host and both sides have confirmed this very version."""
    require(policies.may_issue(by, consultation))
    missing = missing_sides(consultation)
    if missing:
        raise Refused(
            _("还缺确认：%(sides)s。") % {"sides": "、".join(str(side) for side in missing)}
        )
    end_clock(by=by, deadline=consultation.deadline)
    moved = move(consultation, "issue", issued_on=clock.today())
    issued = events.MinutesIssued(version=current_minutes(consultation).version)
    record(issued, about=consultation, by=by, moved=moved)


@command
def report(*, by, consultation, to):
    """Enter that the minutes went to the Party committee and government."""
    require(policies.may_report(by, consultation))
    require(to.strip(), _("请写明报送给谁。"), field="to")
    moved = move(consultation, "report", reported_to=to.strip())
    record(events.ConsultationReported(to=to.strip()), about=consultation, by=by, moved=moved)


@command
def archive(*, by, consultation):
    """Close the file of the consultation."""
    require(policies.may_archive(by, consultation))
    moved = move(consultation, "archive")
    record(events.ConsultationArchived(), about=consultation, by=by, moved=moved)
