"""Outcomes: ratings by those concerned, and the settling of agreements and topics that follows from them."""
