"""What can happen to the table of divisions."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event(
    "regions.loaded",
    says=_("装入%(name)s行政区划（%(code)s）：新增 %(added)s 处，改名 %(renamed)s 处，别名 %(aliases)s 个"),
)
class RegionsLoaded:
    """A county's divisions are loaded from the register, or brought up to date with it."""

    code: str
    name: str
    added: int
    renamed: int
    aliases: int


@event("regions.alias_added", says=_("%(name)s又写作“%(alias)s”（%(source)s）"))
class AliasAdded:
    """Another name is known under which a place is written."""

    name: str
    alias: str
    source: str


@event("regions.closed", says=_("%(name)s自%(on)s后撤销，并入：%(successor)s"))
class RegionClosed:
    """A division ceases to exist after a day; its records keep their place."""

    name: str
    on: str
    successor: str
