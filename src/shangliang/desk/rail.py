"""The rail of the desk: where one can go, by what one is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from ..backfill.policies import STAFF as BACKFILLERS
from ..people.policies import BODY_KEEPERS
from ..people.roles import HANDLERS, OFFICE, Role
from .kinds import KINDS
from .ledger_pages import READERS as LEDGER_READERS

STAFF = (*OFFICE, Role.LIAISON, Role.REVIEWER, Role.PARTY_APPROVER)


#: The headings of the rail, in their order.
GROUPS = {
    "now": "", "thread": _l("一件事"), "carriers": _l("四个平台"), "counsel": _l("建言成果"), "keeping": _l("管理"),
}  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """One entry of the rail."""

    label: str
    href: str
    icon: str
    active: bool
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """Entries of the rail under one heading."""

    label: str
    stops: list


def context(request) -> dict:
    """Context processor: the rail, made only by pages that show it."""
    return {"rail": SimpleLazyObject(lambda: rail_for(request))}


def rail_for(request) -> list[Group]:
    """The entries this person may use, under their headings; empty for nobody."""
    user = request.user
    if not user.is_authenticated:
        return []
    places = [*_fixed(user), *_kinds(user)]
    active = max((href for _group, _label, href, _icon in places if _is_here(request.path, href)), key=len, default="")
    groups = []
    for name, label in GROUPS.items():
        stops = [Stop(str(words), href, icon, href == active) for group, words, href, icon in places if group == name]
        if stops:
            groups.append(Group(str(label), stops))
    return groups


def _kinds(user) -> list[tuple]:
    return [
        (kind.group, kind.title, f"/desk/{kind.plural}/", kind.icon) for kind in KINDS if user.has(*kind.seen_by)
    ]


def _fixed(user) -> list[tuple]:
    """(group, label, address, icon) of the entries that are no kinds of records."""
    rows: list[tuple] = [
        ("now", _("待我办理"), reverse("desk:inbox"), "inbox", None),
        ("now", _("全局"), reverse("desk:overview"), "figures", OFFICE),
        ("now", _("我的小院"), reverse("desk:yard"), "courtyard", (Role.STEWARD,)),
        ("now", _("走访安排"), reverse("desk:plan"), "pin", (Role.MEMBER, Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)),
        ("carriers", _("小院覆盖"), reverse("desk:coverage"), "courtyard", (*HANDLERS, Role.LEADER)),
        ("thread", _("民声"), "/desk/voices/", "voice", (*STAFF, Role.MEMBER)),
        ("thread", _("议题"), "/desk/topics/", "topic", (*STAFF, Role.MEMBER)),
        ("thread", _("协商"), "/desk/consultations/", "consult", (*STAFF, Role.MEMBER)),
        ("thread", _("约定"), "/desk/agreements/", "agreement", (*STAFF, Role.UNIT_CLERK)),
        ("thread", _("交办"), "/desk/tasks/", "task", (*STAFF, Role.UNIT_CLERK)),
        ("thread", _("案卷"), "/desk/cases/", "history", STAFF),
        ("thread", _("待告知"), reverse("desk:notices"), "phone", HANDLERS),
        ("counsel", _("履职档案"), reverse("desk:duties"), "dossier", (*OFFICE, Role.MEMBER)),
        ("keeping", _("台账"), reverse("desk:ledgers"), "journal", LEDGER_READERS),
        ("keeping", _("外单位报表"), reverse("desk:blanks"), "copy", HANDLERS),
        ("keeping", _("补录"), reverse("desk:backfill"), "upload", BACKFILLERS),
        ("keeping", _("场所"), reverse("venues:venues"), "pin", HANDLERS),
        ("keeping", _("更正记录"), reverse("desk:corrections"), "edit", (Role.COMMITTEE_OFFICE,)),
        ("keeping", _("人口和界线"), reverse("desk:divisions"), "chart", (Role.COMMITTEE_OFFICE,)),
        ("keeping", _("毗邻方往来"), reverse("desk:neighbours"), "bridge", (Role.COMMITTEE_OFFICE,)),
        ("keeping", _("账号与角色"), reverse("people:accounts"), "shield", (Role.SECURITY_ADMIN,)),
        ("keeping", _("机构与委员"), reverse("people:register"), "unit", BODY_KEEPERS),
        ("keeping", _("规则与日历"), reverse("rules:rules"), "calendar", (Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN)),
        ("keeping", _("记录链"), reverse("desk:journal"), "journal", (Role.AUDITOR,)),
        ("keeping", _("我的账号"), reverse("people:me"), "user", None),
    ]
    return [row[:4] for row in rows if row[4] is None or user.has(*row[4])]


def _is_here(path: str, href: str) -> bool:
    if href == "/desk/":
        return path == href
    return path.startswith(href)
