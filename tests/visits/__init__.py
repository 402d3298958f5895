"""Visits of members to courtyards."""
