"""The dated links of the serving chain: opened, ended, handed over when a member leaves."""

from django.db.models import Q
from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...shared.calendar import DAY
from ...shared.refusals import Refused, require
from .. import events, policies
from ..models import Committee, ContactLink, Leader, Member
from ..queries import open_links_of, open_posts_of


@command
def link(*, by, committee, kind, since, until=None, **ends):
    """Open one of the three links; ``ends`` are the two of leader, office, station, member, venue that it joins.

    Raises Refused for wrong ends, an end before the start, and days on which the same two are linked already.
    """
    require(policies.may_link(by, committee))
    return _open_link(by, committee, kind, since, until, ends)


@command
def end_link(*, by, link, on, successor=None, why=""):
    """End a link on its last day; a successor of the same sort takes it over on the day after.

    Returns the successor's link, or None when nobody takes over.
    """
    require(policies.may_end_link(by, link))
    require(on >= link.since, _("联系的结束日期早于开始日期。"), field="on")
    still_open = ContactLink.objects.filter(pk=link.pk).filter(Q(until=None) | Q(until__gt=on))
    require(still_open.update(until=on), _("这条联系已经结束。"))
    one, other = (str(end) for end in link.ends)
    told = events.LinkEnded(kind=link.kind, one=one, other=other, until=on.isoformat())
    record(told, about=link, by=by, why=why)
    taken = None if successor is None else _take_over(by, link, on, successor, "successor")
    link.until = on
    return taken


@command
def leave(*, by, committee, member, on, successors, why=""):
    """A member leaves: the term and every post end on the day ``on``, and each open link with them.

    ``successors`` says for the primary key of every such link which member or leader takes it over from the next day,
    or None for nobody; a link that is not named there is refused, so that no courtyard is forgotten.
    The account is left alone: closing it is the security administrator's.
    """
    require(policies.may_leave(by, member))
    require(member.committee_id == committee.pk, _("这位委员不属于本政协。"))
    require(on >= member.term_from, _("离任日期早于任期开始。"), field="on")
    Committee.objects.select_for_update().get(pk=committee.pk)
    serving = Member.objects.filter(Q(term_to=None) | Q(term_to__gt=on), pk=member.pk)
    require(serving.update(term_to=on), _("这位委员的任期在这一天以前已经结束。"), field="on")
    for each in open_links_of(member, on):
        field = f"link_{each.pk}"
        require(each.pk in successors, _("请选一位接手的人，或选“没有人接”。"), field=field)
        require(each.since <= on, _("这条联系在离任日期以后才开始，请先到联系关系里处理。"), field=field)
        end_link(by=by, link=each, on=on, why=why)
        if successors[each.pk] is not None:
            _take_over(by, each, on, successors[each.pk], field)
    for post in open_posts_of(member, on):
        require(post.since <= on, _("这个职务在离任日期以后才开始。"), field="on")
        Leader.objects.filter(pk=post.pk).update(until=on)
        told = events.LeaderEnded(name=member.name, post=post.post, until=on.isoformat())
        record(told, about=post, by=by, why=why)
    record(events.MemberLeft(name=member.name, until=on.isoformat()), about=member, by=by, why=why)
    # Last, so that a refusal leaves the record in the caller's hand as it was.
    member.term_to = on


def _take_over(by, link, on, successor, field):
    """The link that goes on after another from the day after it; what is wrong with it stands beside ``field``."""
    first, second = ContactLink.ENDS[link.kind]
    ends = {first: successor, second: getattr(link, second)}
    require(successor != getattr(link, first), _("接手的人就是他自己，请另选一位。"), field=field)
    last = getattr(successor, "term_to", None) or getattr(successor, "until", None)
    require(last is None or last > on, _("接手的人那时已经离任，请另选一位。"), field=field)
    try:
        return _open_link(by, link.committee, link.kind, on + DAY, None, ends)
    except Refused as refused:
        raise Refused(refused.sentence, field=field) from None


def _open_link(by, committee, kind, since, until, ends):
    require(until is None or until >= since, _("联系的结束日期早于开始日期。"), field="until")
    require(set(ends) == set(ContactLink.ENDS[kind]), _("这种联系要写明的两方不对。"))
    ours = all(end is not None and end.committee_id == committee.pk for end in ends.values())
    require(ours, _("这种联系要写明的两方不对。"))
    Committee.objects.select_for_update().get(pk=committee.pk)
    overlapping = ContactLink.objects.filter(Q(until=None) | Q(until__gte=since), kind=kind, **ends)
    if until is not None:
        overlapping = overlapping.filter(since__lte=until)
    require(not overlapping.exists(), _("这两方在这段时间里已有联系，不必重复登记。"), field="since")
    made = ContactLink.objects.create(committee=committee, kind=kind, since=since, until=until, **ends)
    one, other = (str(end) for end in made.ends)
    told = events.Linked(kind=kind, one=one, other=other, since=since.isoformat())
    record(told, about=made, by=by)
    return made
