"""The desk's list and pages of studios."""

KIND = None
