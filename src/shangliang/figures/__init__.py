"""Figures: what each public number means, what it is counted from, and how anybody can count it again."""
