"""The desk's list and pages of conversions."""

KIND = None
