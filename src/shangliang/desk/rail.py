"""The rail of the desk: where one can go, by what one is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ..people.policies import BODY_KEEPERS
from ..people.roles import HANDLERS, OFFICE, Role

STAFF = (*OFFICE, Role.LIAISON, Role.REVIEWER, Role.PARTY_APPROVER)


@dataclass(frozen=True)
class Stop:
    """One entry of the rail."""

    label: str
    href: str
    icon: str
    active: bool
    count: int | None = None


def context(request) -> dict:
    """Context processor: the rail, made only by pages that show it."""
    return {"rail": SimpleLazyObject(lambda: rail_for(request))}


def rail_for(request) -> list[Stop]:
    """The entries this person may use; empty for nobody."""
    user = request.user
    if not user.is_authenticated:
        return []
    places = [(_("待我办理"), reverse("desk:inbox"), "inbox")]
    if user.has(*STAFF, Role.MEMBER):
        places += [
            (_("民声"), "/desk/voices/", "voice"), (_("议题"), "/desk/topics/", "topic"),
            (_("协商"), "/desk/consultations/", "consult"),
        ]
    if user.has(*STAFF, Role.UNIT_CLERK):
        places += [
            (_("约定"), "/desk/agreements/", "agreement"), (_("交办"), "/desk/tasks/", "task"),
        ]
    if user.has(*STAFF):
        places += [(_("案卷"), "/desk/cases/", "history")]
    if user.has(*HANDLERS):
        places += [
            (_("待告知"), reverse("desk:notices"), "phone"),
            (_("场所"), reverse("venues:venues"), "courtyard"),
        ]
    if user.has(Role.SECURITY_ADMIN):
        places += [(_("账号与角色"), reverse("people:accounts"), "shield")]
    if user.has(*BODY_KEEPERS):
        places += [(_("机构与委员"), reverse("people:register"), "unit")]
    if user.has(Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN):
        places += [(_("规则与日历"), reverse("rules:rules"), "calendar")]
    if user.has(Role.AUDITOR):
        places += [(_("记录链"), reverse("desk:journal"), "journal")]
    places += [(_("我的账号"), reverse("people:me"), "user")]
    return [Stop(label, href, icon, _is_here(request.path, href)) for label, href, icon in places]


def _is_here(path: str, href: str) -> bool:
    if href == "/desk/":
        return path == href
    return path.startswith(href)
