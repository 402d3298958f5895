"""Our committee's own signing key."""

from django.conf import settings

from ...journal.record import command, record
from ...shared import clock, sealed
from ...shared.refusals import require
from .. import events, keys, policies
from ..models import OwnKey


@command
def make_key(*, by, committee):
    """The key in use, made now if there is none."""
    require(policies.may_manage(by, committee))
    known = OwnKey.objects.filter(committee=committee, retired_at=None).first()
    if known is None:
        known = _stored(committee)
        record(events.KeyMade(key=keys.fingerprint(known.public)), about=known, by=by)
    return known


@command
def next_key(*, by, committee):
    """A new key that is not yet in use."""
    require(policies.may_manage(by, committee))
    return _stored(committee, retired_at=clock.now())


def _stored(committee, **fields):
    private = keys.new_private()
    public = keys.public_of(private)
    return OwnKey.objects.create(
        committee=committee, key_id=keys.key_id(public), public=public, since=clock.now(),
        private=sealed.seal(settings.FEDERATION_KEY, private), **fields,
    )  # fmt: skip
