"""The desk's list and pages of proposals."""

KIND = None
