"""The desk's tests look at the threads of the journeys."""

from tests.journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]
