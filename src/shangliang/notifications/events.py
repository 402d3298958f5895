"""What can happen to a notice."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("notifications.told", says=_("已电话或当面告知反映人"))
class NoticeTold:
    """Somebody of staff told the person in words."""
