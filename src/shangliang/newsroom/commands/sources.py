"""From where pages may be fetched, and what people of the committee want to find again."""

import re

from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...shared import clock
from ...shared.refusals import require
from .. import events, policies
from ..models import Source, Subscription

_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
#: Subscriptions that one account keeps.
MOST_KEPT = 50


@command
def allow_host(*, by, committee, host):
    """Let pages of this host be fetched; the same host twice is one. Raises Refused for what is no host name."""
    require(policies.may_allow_host(by, committee))
    host = host.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    named = bool(_HOST.fullmatch(host)) and not host.rsplit(".", 1)[-1].isdecimal() and len(host) <= 100
    require(named, _("请写网站的域名，如 www.example.org，不要写网页地址。"), field="host")
    found = Source.objects.filter(host=host).first()
    if found:
        return found
    made = Source.objects.create(committee=committee, host=host, added_by=by, added_on=clock.today())
    record(events.HostAllowed(host=host), about=made, by=by)
    return made


@command
def forbid_host(*, by, source):
    """Let nothing more be fetched from a host; what was taken from it stays."""
    require(policies.may_allow_host(by, source.committee))
    record(events.HostForbidden(host=source.host), about=source, by=by)
    source.delete()


@command
def keep_subscription(*, by, committee, category="", keyword="", place=None, source=""):
    """Keep a subscription at one's desk; the same twice is one. What somebody reads is not entered in the journal."""
    require(policies.may_keep_subscription(by, committee))
    require(category or keyword or place or source, _("请至少选一样：类别、词、地方或来源。"), field="keyword")
    wish = {"account": by, "category": category, "keyword": keyword, "place": place, "source": source}
    found = Subscription.objects.filter(**wish).first()
    if found:
        return found
    few = Subscription.objects.filter(account=by).count() < MOST_KEPT
    require(few, _("最多留 %(n)s 个订阅，请先取消不用的。") % {"n": MOST_KEPT})
    return Subscription.objects.create(committee=committee, **wish)


@command
def drop_subscription(*, by, subscription):
    """Give up one of one's own subscriptions."""
    require(policies.may_drop_subscription(by, subscription))
    subscription.delete()
