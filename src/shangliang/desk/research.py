"""The desk's list and pages of research reports."""

KIND = None
