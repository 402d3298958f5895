"""Salons of members, their guests and the points made there."""
