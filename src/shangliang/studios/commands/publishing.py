"""What the reviewer opens to everybody, and takes back: activities with their pictures, promises, the sign."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...files.commands import publish_attachment, withhold_attachment
from ...files.models import Attachment
from ...files.queries import of
from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..models import Activity, Promise


@command
def publish_activity(*, by, studio, activity, title, summary, photos=()):
    """Open an activity to everybody, in words without personal data and with the chosen pictures of it."""
    require(policies.may_publish_activity(by, studio))
    _check_own(studio, activity, "activity")
    title, summary = title.strip(), summary.strip()
    require(title, _("请写公开的标题。"), field="title")
    refuse_personal(title=title, summary=summary)
    photos = list(photos)
    _check_pictures(activity, photos)
    moved = move(studio, "publish_activity")
    rows = Activity.objects.filter(pk=activity.pk, published_on=None)
    changed = rows.update(published_on=clock.today(), title=title, summary=summary)
    require(changed, _("这项活动已经公开。"), field="activity")
    activity.published_on, activity.title, activity.summary = clock.today(), title, summary
    record(events.ActivityPublished(title=title), about=studio, by=by, moved=moved)
    for photo in photos:
        if not photo.is_public:
            publish_attachment(by=by, attachment=photo)


def _check_own(studio, record_, field):
    require(record_.studio_id == studio.pk, _("这不是本工作室的记录。"), field=field)


def _check_pictures(about, photos):
    label = about._meta.label_lower
    own = all((photo.subject, photo.subject_id) == (label, about.pk) for photo in photos)
    require(own, _("请只选这一项自己的照片。"), field="photos")


@command
def withdraw_activity(*, by, studio, activity, why):
    """Take an activity and its pictures back from the public pages."""
    require(policies.may_withdraw_activity(by, studio))
    _check_own(studio, activity, "activity")
    require(why.strip(), _("请写明为什么撤回。"), field="why")
    moved = move(studio, "withdraw_activity")
    rows = Activity.objects.filter(pk=activity.pk).exclude(published_on=None)
    require(rows.update(published_on=None), _("这项活动没有公开。"), field="activity")
    activity.published_on = None
    record(events.ActivityWithdrawn(title=activity.title), about=studio, by=by, why=why, moved=moved)
    for photo in of(activity):
        if photo.is_public:
            withhold_attachment(by=by, attachment=photo, why=why)


@command
def publish_promise(*, by, studio, promise):
    """Open a promise to everybody, word for word as it was made."""
    require(policies.may_publish_promise(by, studio))
    _check_own(studio, promise, "promise")
    refuse_personal(promise=promise.text)
    moved = move(studio, "publish_promise")
    changed = Promise.objects.filter(pk=promise.pk, published_on=None).update(published_on=clock.today())
    require(changed, _("这项承诺已经公开。"), field="promise")
    promise.published_on = clock.today()
    record(events.PromisePublished(text=promise.text), about=studio, by=by, moved=moved)


@command
def withdraw_promise(*, by, studio, promise, why):
    """Take a promise back from the public pages, for a reason."""
    require(policies.may_withdraw_promise(by, studio))
    _check_own(studio, promise, "promise")
    require(why.strip(), _("请写明为什么撤回。"), field="why")
    moved = move(studio, "withdraw_promise")
    rows = Promise.objects.filter(pk=promise.pk).exclude(published_on=None)
    require(rows.update(published_on=None), _("这项承诺没有公开。"), field="promise")
    promise.published_on = None
    record(events.PromiseWithdrawn(text=promise.text), about=studio, by=by, why=why, moved=moved)


@command
def publish_sign(*, by, studio, photos):
    """Open pictures of the sign to everybody."""
    require(policies.may_publish_sign(by, studio))
    photos = [photo for photo in photos if photo.role == Attachment.Role.SIGN]
    require(photos, _("请选要公开的门牌照片。"), field="photos")
    _check_pictures(studio, photos)
    moved = move(studio, "publish_sign")
    record(events.SignPublished(photos=len(photos)), about=studio, by=by, moved=moved)
    for photo in photos:
        publish_attachment(by=by, attachment=photo)
