"""Those who look after a courtyard: appointed, corrected, ended, read with a reason, erased."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...journal.erase import erase_personal
from ...journal.record import as_stored, command, record
from ...people.roles import Role
from ...shared import clock, sealed
from ...shared.refusals import require
from .. import events, policies
from ..models import Steward, Venue


@command
def appoint_steward(*, by, venue, name, post, since=None, phone="", shown=False, account=None):
    """Enter who looks after a courtyard; it has one head at a time.

    ``shown`` is the person's consent to be named in public, ``account`` an account with the role of a steward.
    """
    require(policies.may_appoint_steward(by, venue))
    name, since = name.strip(), since or clock.today()
    require(venue.kind == Venue.Kind.COURTYARD, _("只有小院才登记院长和管家。"))
    require(venue.closed_on is None, _("这个小院已经停用。"))
    require(name, _("请填写姓名。"), field="name")
    require(since <= clock.today(), _("任职日期不能晚于今天。"), field="since")
    Venue.objects.select_for_update().get(pk=venue.pk)
    serving = Steward.objects.filter(venue=venue, until=None)
    if post == Steward.Post.HEAD:
        has_head = serving.filter(post=post).exists()
        require(not has_head, _("这个小院已有院长，请先登记原院长离任。"), field="post")
    require(not serving.filter(name=name, post=post).exists(), _("这位已经登记过了。"), field="name")
    _check_account(account, venue)
    steward = Steward.objects.create(
        committee=venue.committee, venue=venue, post=post, name=name, since=since, shown=shown, account=account,
        phone=sealed.seal(settings.CONTACT_KEY, phone.strip()),
    )
    told = events.StewardAppointed(venue=venue.name, post=_post(steward), person=name, since=since.isoformat())
    record(told, about=steward, by=by)
    return steward


@command
def update_steward(*, by, venue, steward, phone="", shown=None, account=None, unlink=False):
    """Correct telephone, consent or account; what is left empty stays, ``unlink`` takes the account away."""
    require(policies.may_update_steward(by, venue))
    _require_serving(steward, venue)
    _check_account(account, venue, steward)
    require(not (unlink and account), _("要么换一个账号，要么不再对应账号。"), field="account")
    changes = {"shown": shown, "account": account, "phone": sealed.seal(settings.CONTACT_KEY, phone.strip())}
    changes = {name: value for name, value in changes.items() if value not in (None, "")}
    if unlink:
        changes["account"] = None
    require(changes, _("没有要改的。"))
    changed = Steward.objects.filter(pk=steward.pk, until=None).update(**changes)
    require(changed, _("这位已经离任。"), field="steward")
    told = events.StewardUpdated(venue=venue.name, post=_post(steward), person=steward.name)
    record(told, about=steward, by=by)


@command
def end_steward(*, by, venue, steward, on=None, why=""):
    """The last day of one who looks after a courtyard; the account's role is for the security administrator to end."""
    require(policies.may_end_steward(by, venue))
    on = on or clock.today()
    _require_serving(steward, venue)
    require(on >= steward.since, _("离任日期早于任职日期。"), field="on")
    require(on <= clock.today(), _("离任日期不能晚于今天。"), field="on")
    changed = Steward.objects.filter(pk=steward.pk, until=None).update(until=on)
    require(changed, _("这位已经离任。"), field="steward")
    steward.until = on
    told = events.StewardEnded(
        venue=venue.name, post=_post(steward), person=steward.name, until=on.isoformat()
    )
    record(told, about=steward, by=by, why=why)


@command
def reveal_steward(*, by, venue, steward, why):
    """Return ``(name, phone)``; the reading is entered in the journal with its reason (PIPL art. 51)."""
    require(policies.may_reveal_steward(by, venue))
    require(why.strip(), _("请写明为什么需要查看。"), field="why")
    require(steward.venue_id == venue.pk and steward.erased_on is None, _("这位的信息已经删除。"), field="steward")
    record(events.StewardPhoneRead(venue=venue.name, post=_post(steward)), about=steward, by=by, why=why)
    return steward.name, sealed.unseal(settings.CONTACT_KEY, steward.phone)


@command
def erase_steward(*, by, venue, steward, why=""):
    """Erase the person: name, telephone, account and the journal's salted values (PIPL art. 47); the days stay."""
    require(policies.may_erase_steward(by, venue))
    require(steward.venue_id == venue.pk, _("这位不属于这个小院。"), field="steward")
    require(steward.erased_on is None, _("这位的信息已经删除。"), field="steward")
    values = erase_personal(subject=steward._meta.label_lower, subject_ids=[steward.pk])
    steward.name = as_stored(gettext_lazy("（应本人要求，已删除）"))
    steward.until = steward.until or max(clock.today(), steward.since)
    steward.phone, steward.shown, steward.account = "", False, None
    steward.erased_on = clock.today()
    steward.save()
    record(events.StewardErased(venue=venue.name, post=_post(steward), values=values), about=steward, by=by, why=why)


def _require_serving(steward, venue):
    require(steward.venue_id == venue.pk, _("这位不属于这个小院。"), field="steward")
    require(steward.until is None, _("这位已经离任。"), field="steward")


def _check_account(account, venue, steward=None):
    """An account that may act as a steward here, and that looks after no other courtyard."""
    if account is None:
        return
    may = account.is_active and account.has(Role.STEWARD, committee_id=venue.committee_id)
    require(may, _("这个账号没有“小院管家”角色，请先找安全管理员授予。"), field="account")
    elsewhere = Steward.objects.filter(account=account, until=None).exclude(pk=steward.pk if steward else None)
    require(not elsewhere.exists(), _("这个账号已经对应另一位院长或管家。"), field="account")


def _post(steward) -> str:
    return as_stored(Steward.Post(steward.post).label)
