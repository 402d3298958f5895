"""The register: the committee, its offices, stations and units, its members and their posts."""

from django.utils.translation import gettext as _

from ...journal.record import command, record
from ...shared.refusals import require
from .. import events, policies
from ..models import Committee, Leader, Member, Office, Station, Unit


@command
def establish_committee(*, by, code, name, short_name, region, level="county", host="", phone=""):
    """Make a tenant. Raises Refused unless the command line asks, or when the code is taken."""
    require(policies.may_establish_committee(by))
    require(not Committee.objects.filter(code=code).exists(), _("这个代码已有政协委员会使用。"))
    committee = Committee.objects.create(
        code=code, name=name, short_name=short_name, region=region, level=level, host=host, phone=phone
    )
    record(events.CommitteeEstablished(name=name, code=code), about=committee, by=by)
    return committee


@command
def add_office(*, by, committee, name):
    """Register an office of the committee's organ (委室)."""
    require(policies.may_register_body(by, committee))
    office = _once(Office, committee, name)
    record(events.OfficeAdded(name=office.name), about=office, by=by)
    return office


@command
def add_station(*, by, committee, name, kind, region):
    """Register a grassroots station (所站) of a kind of Station.Kind."""
    require(policies.may_register_body(by, committee))
    station = _once(Station, committee, name, kind=kind, region=region)
    record(events.StationAdded(name=station.name), about=station, by=by)
    return station


@command
def add_unit(*, by, committee, name, kind, region=None):
    """Register a body that takes on tasks, of a kind of Unit.Kind."""
    require(policies.may_register_body(by, committee))
    unit = _once(Unit, committee, name, kind=kind, region=region)
    record(events.UnitAdded(name=unit.name), about=unit, by=by)
    return unit


@command
def add_member(*, by, committee, name, sector, term, term_from, term_to=None, level="county", demo=False):
    """Register a member with sector (界别) and term (届)."""
    row = {"name": name, "sector": sector, "term": term, "term_from": term_from, "term_to": term_to}
    return add_members(by=by, committee=committee, rows=[{**row, "level": level, "demo": demo}])[0]


@command
def add_members(*, by, committee, rows):
    """Register many members, one entry of the journal each; ``rows`` are the fields of :func:`add_member`."""
    require(policies.may_register_member(by, committee))
    Committee.objects.select_for_update().get(pk=committee.pk)
    members = [Member(committee=committee, **row) for row in rows]
    for member in members:
        same = Member.objects.filter(name=member.name, sector=member.sector, term=member.term)
        require(not same.exists(), _("同届同界别已有这个姓名。真是两个人，请在姓名后加注区别。"), field="name")
        ends_before = member.term_to is not None and member.term_to < member.term_from
        require(not ends_before, _("任期的结束日期早于开始日期。"), field="term_to")
        require(bool(member.name.strip()), _("请填写委员姓名。"), field="name")
        member.save()
        told = events.MemberAdded(name=member.name, sector=member.sector, term=member.term)
        record(told, about=member, by=by)
    return members


@command
def appoint_leader(*, by, member, post, since, until=None):
    """Record that a member holds a post in the leadership (班子成员)."""
    require(policies.may_register_member(by, member.committee))
    require(until is None or until >= since, _("结束日期早于开始日期。"), field="until")
    Committee.objects.select_for_update().get(pk=member.committee_id)
    same = Leader.objects.filter(member=member, post=post, until=None)
    require(not same.exists(), _("这位委员已经登记在这个职务上。"), field="post")
    leader = Leader.objects.create(committee=member.committee, member=member, post=post, since=since, until=until)
    told = events.LeaderAppointed(name=member.name, post=post, since=since.isoformat())
    record(told, about=leader, by=by)
    return leader


def _once(model, committee, name, **fields):
    name = name.strip()
    require(name, _("请填写名称。"), field="name")
    taken = model.objects.filter(committee=committee, name=name).exists()
    require(not taken, _("同名的已经登记过。"), field="name")
    return model.objects.create(committee=committee, name=name, **fields)
