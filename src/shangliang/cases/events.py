"""What can happen to a case file itself."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("cases.published", says=_("案卷公开：%(title)s"), public=True, tone="info")
class CasePublished:
    """A reviewer opened the public page of the case with masked words."""

    title: str


@event("cases.taken_back", says=_("撤回公开"), tone="stopped")
class CaseTakenBack:
    """A reviewer closed the public page of the case."""


@event("cases.joined", says=_("并入案卷 %(into)s"), tone="info")
class CaseJoined:
    """The case continues under another number, because its matter is being handled there."""

    into: str
