"""The desk's list and pages of briefs."""

KIND = None
