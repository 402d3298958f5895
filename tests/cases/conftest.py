"""The lamp thread at several stages, for the case that holds it."""

from ..journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]
