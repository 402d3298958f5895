"""Reading attachments of the committee in scope."""

from .models import Attachment


def of(record) -> list[Attachment]:
    """The files handed in with one record, in the order of handing in; one query."""
    found = Attachment.objects.filter(subject=record._meta.label_lower, subject_id=record.pk)
    return list(found.order_by("pk"))


def for_case(case_no: str, public_only: bool) -> list[Attachment]:
    """The files of a whole case in the order of handing in, all or the public ones; one query."""
    found = Attachment.objects.filter(case_no=case_no)
    if public_only:
        found = found.filter(is_public=True)
    return list(found.order_by("pk"))


def signs_of(venue, public_only=False) -> list[Attachment]:
    """The photographs of a place's sign, the newest first; one query."""
    found = Attachment.objects.filter(subject=venue._meta.label_lower, subject_id=venue.pk, role=Attachment.Role.SIGN)
    return list((found.filter(is_public=True) if public_only else found).order_by("-pk"))
