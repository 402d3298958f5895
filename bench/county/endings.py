"""How a voice of the made-up county ends: with a rating or in silence."""

from shangliang.outcomes.events import OutcomeRated
from shangliang.outcomes.models import Rating
from shangliang.voices.events import VoiceClosed


def rate(filling, case, voice, at) -> None:
    """The person's word on the result."""
    value = filling.random.choices(["satisfied", "mostly", "not"], [6, 3, 1])[0]
    rating = filling.add(
        Rating, case=case, voice=voice, value=value, said="receipt", rated_at=at
    )
    told = OutcomeRated(who="反映人", value=str(rating.get_value_display()), code=value, said="凭查询码", comment="")
    filling.ink.say(at, told, rating, case.no, f"receipt:{voice.pk}", "反映人")


def close(filling, case, voice, at, rated) -> None:
    """The end of a voice."""
    moved = ("close" if rated else "close_unrated", voice.state, "closed")
    voice.state, case.updated_at = "closed", at
    case.stage = "rating" if rated else case.stage
    told = VoiceClosed(how="群众已评价" if rated else "未评价")
    filling.ink.say(at, told, voice, case.no, moved=moved)
