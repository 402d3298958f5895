"""The register's sections: what each list of bodies or people shows, and by which form and command it grows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..shared.formats import day
from . import commands, policies
from . import register_forms as forms
from .models import ContactLink, Leader, Member, Office, Station, Unit


@dataclass(frozen=True)
class Section:
    """One list of the register. ``name`` is its address; ``cells`` are a row's words in the order of ``columns``."""

    name: str
    title: str
    lead: str
    keepers: tuple
    model: type
    form: type[forms.RegisterForm]
    add: Callable
    columns: tuple
    cells: Callable
    search: tuple
    order: tuple
    related: tuple = ()

    def rows(self, words=""):
        """The records of the committee in scope, found by words."""
        found = Q()
        for path in self.search if words else ():
            found |= Q(**{f"{path}__icontains": words})
        return self.model.objects.filter(found).select_related(*self.related).order_by(*self.order)


def _until(last):
    return day(last) if last else _("至今")


def _appoint(*, by, committee, **fields):
    """A leader belongs to the committee of the member."""
    return commands.appoint_leader(by=by, **fields)


BODIES, PEOPLE = policies.BODY_KEEPERS, policies.PEOPLE_KEEPERS

UNITS = Section(
    name="units", title=_("单位"),
    lead=_("接受交办的部门、镇街、村和企业。先登记单位，才能给经办人授予“承办单位”角色。"),
    keepers=BODIES, model=Unit, form=forms.UnitForm, add=commands.add_unit,
    columns=(_("名称"), _("类别"), _("所在地")),
    cells=lambda unit: (unit.name, unit.get_kind_display(), unit.region or _("全区县")),
    search=("name",), order=("kind", "name"), related=("region",),
)  # fmt: skip
OFFICES = Section(
    name="offices", title=_("委室"), lead=_("政协机关的专门委员会和办公室。"),
    keepers=BODIES, model=Office, form=forms.OfficeForm, add=commands.add_office,
    columns=(_("名称"),), cells=lambda office: (office.name,), search=("name",), order=("name",),
)  # fmt: skip
STATIONS = Section(
    name="stations", title=_("所站"), lead=_("委室对接的基层站所：委员联络站、司法所、农业服务中心等。"),
    keepers=BODIES, model=Station, form=forms.StationForm, add=commands.add_station,
    columns=(_("名称"), _("类别"), _("所在地")),
    cells=lambda station: (station.name, station.get_kind_display(), station.region),
    search=("name",), order=("region__code", "name"), related=("region",),
)  # fmt: skip
MEMBERS = Section(
    name="members", title=_("委员"), lead=_("政协委员，每届登记一次。委员要登录，再请安全管理员开立账号。"),
    keepers=PEOPLE, model=Member, form=forms.MemberForm, add=commands.add_member,
    columns=(_("姓名"), _("界别"), _("届次"), _("起始日期"), _("结束日期")),
    cells=lambda member: (
        member.name, member.sector, _("第%(term)s届") % {"term": member.term}, day(member.term_from),
        _until(member.term_to),
    ),
    search=("name", "sector"), order=("-term", "name", "pk"),
)  # fmt: skip
LEADERS = Section(
    name="leaders", title=_("班子成员"), lead=_("担任领导职务的委员，先登记为委员，再在这里登记职务。"),
    keepers=PEOPLE, model=Leader, form=forms.LeaderForm, add=_appoint,
    columns=(_("姓名"), _("职务"), _("任职日期"), _("结束日期")),
    cells=lambda leader: (leader.member.name, leader.post, day(leader.since), _until(leader.until)),
    search=("member__name", "post"), order=("pk",), related=("member",),
)  # fmt: skip
LINKS = Section(
    name="links", title=_("联系关系"),
    lead=_("班子成员联系委室、委室对接所站、委员进小院，每条都有起止日期；换人时用“交接”，中间不断。"),
    keepers=PEOPLE, model=ContactLink, form=forms.LinkForm, add=commands.link,
    columns=(_("谁来联系"), _("联系哪里"), _("起始日期"), _("结束日期")),
    cells=lambda link: (*map(forms.told_apart, link.ends), day(link.since), _until(link.until)),
    search=(
        "leader__member__name", "office__name", "station__name", "member__name", "venue__name",
        "venue__region__full_name",
    ),
    order=(F("until").desc(nulls_first=True), "-pk"),
    related=("leader__member", "office", "station", "member", "venue__region"),
)  # fmt: skip

SECTIONS = (UNITS, OFFICES, STATIONS, MEMBERS, LEADERS, LINKS)


def sections_of(account) -> list[Section]:
    """The sections that an account keeps."""
    return [section for section in SECTIONS if account.has(*section.keepers, committee_id=account.committee_id)]
