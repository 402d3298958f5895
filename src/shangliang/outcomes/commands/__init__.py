"""Rating results: of voices and of those at the table, and of proposals."""

from .evaluating import bring_in_proposal, evaluate_proposal
from .ratings import forget_comments, rate, rate_attended

__all__ = ["bring_in_proposal", "evaluate_proposal", "forget_comments", "rate", "rate_attended"]
