"""Actors that are not accounts: anybody at the wall code, the holder of a receipt, and the clock."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Outsider:
    """Somebody or something that acts without an account and therefore holds no role."""

    kind: str
    words: str
    is_authenticated: bool = False

    @property
    def reference(self) -> str:
        """How the journal names this actor."""
        return self.kind

    def has(self, *roles, **scope) -> bool:
        """An outsider never holds a role."""
        return False

    def role_words(self, committee_id=None) -> str:
        """The capacity in words."""
        return _(self.words)


@dataclass(frozen=True)
class ReceiptHolder:
    """Whoever presents the receipt code of a voice: the person who raised it, or someone they trust with it."""

    voice_id: int
    is_authenticated: bool = False

    @property
    def reference(self) -> str:
        """How the journal names this actor."""
        return f"receipt:{self.voice_id}"

    def has(self, *roles, **scope) -> bool:
        """A receipt gives no role."""
        return False

    def role_words(self, committee_id=None) -> str:
        """The capacity in words."""
        return _("反映人")


@dataclass(frozen=True)
class Neighbour:
    """A neighbouring committee that speaks for its own side, through a message whose signature was checked."""

    side: str
    name: str
    is_authenticated: bool = False

    @property
    def reference(self) -> str:
        """How the journal names this actor."""
        return f"side:{self.side}"

    def has(self, *roles, **scope) -> bool:
        """A neighbour holds no role here."""
        return False

    def role_words(self, committee_id=None) -> str:
        """The capacity in words."""
        return _("毗邻方：%(name)s") % {"name": self.name}


ANYONE = Outsider("public", gettext_noop("群众"))
CLOCK = Outsider("system", gettext_noop("系统"))
