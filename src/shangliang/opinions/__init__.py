"""Opinions: a topic put to everyone it concerns as short statements, and what every group accepts."""
