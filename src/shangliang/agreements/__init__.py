"""Agreements 协商意见: the numbered items that came out of a consultation, each as data, none weakened in silence."""
