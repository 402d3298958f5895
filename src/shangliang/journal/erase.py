"""Erasing a person from the journal: the salted values go, the commitments and the chain stay."""

from .models import PersonalValue


def erase_personal(*, subject: str, subject_ids) -> int:
    """Delete every personal value entered about these records; returns how many values went (PIPL art. 47)."""
    rows = PersonalValue.objects.filter(entry__subject=subject, entry__subject_id__in=list(subject_ids))
    gone, _by_model = rows.delete()
    return gone
