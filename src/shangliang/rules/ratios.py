"""Shares compared exactly: two thirds of thirty is twenty, although 0.667 is stored."""

from fractions import Fraction


def simple(ratio) -> Fraction:
    """The simple fraction that a stored ratio of three decimals means (0.667 is 2/3)."""
    return Fraction(ratio).limit_denominator(100)


def at_least(part: int, whole: int, ratio) -> bool:
    """Whether ``part`` of ``whole`` reaches the ratio (三分之二以上); nothing of nothing does not."""
    return whole > 0 and Fraction(part, whole) >= simple(ratio)


def more_than(part: int, whole: int, ratio) -> bool:
    """Whether ``part`` of ``whole`` exceeds the ratio (过半数)."""
    return whole > 0 and Fraction(part, whole) > simple(ratio)
