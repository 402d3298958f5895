"""Erasing a person from the journal: the salted values go, the commitments and the chain stay."""

from .models import PersonalValue


def erase_personal(*, subject: str, subject_ids, value: str | None = None) -> int:
    """Delete the personal values entered about these records, or only those that say ``value``; returns how many.

    Personal Information Protection Law (PIPL) art. 47.
    """
    rows = PersonalValue.objects.filter(entry__subject=subject, entry__subject_id__in=list(subject_ids))
    rows = rows if value is None else rows.filter(value=value)
    gone, _by_model = rows.delete()
    return gone
