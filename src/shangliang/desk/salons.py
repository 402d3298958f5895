"""The desk's list and pages of salons."""

KIND = None
