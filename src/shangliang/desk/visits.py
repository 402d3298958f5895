"""The desk's list and pages of visits."""

KIND = None
