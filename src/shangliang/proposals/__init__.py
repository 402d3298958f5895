"""Proposals of members, from signing to evaluation."""
