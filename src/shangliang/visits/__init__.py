"""Visits of members to courtyards, and what came of them."""
