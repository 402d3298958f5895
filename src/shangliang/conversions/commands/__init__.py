"""The steps of the ladder, what carries an adopted output out, and its public page."""

from .carried import add_benefit, add_measure, map_clause, withdraw_benefit
from .ladder import adopt, adopt_part, close, consider, identify, not_adopt, put_in_force, record_effect, submit
from .public import publish, take_back

__all__ = [
    "add_benefit", "add_measure", "adopt", "adopt_part", "close", "consider", "identify", "map_clause", "not_adopt",
    "publish", "put_in_force", "record_effect", "submit", "take_back", "withdraw_benefit",
]  # fmt: skip
