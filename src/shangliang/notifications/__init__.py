"""Notices: who has to be told what about a matter, and whether they were."""
