"""Making notices and entering that they reached the person."""

from ..journal.queries import says
from ..journal.record import command, record
from ..shared import clock
from ..shared.refusals import require
from ..voices.models import Contact
from . import events, policies
from .models import Notice


@command
def notify(*, by, voice, entry):
    """Put one notice before the person who raised the voice and all whose voices were merged into it; each once."""
    told = [voice, *voice.merged.all()]
    phones = set(
        Contact.objects.filter(voice__in=told).exclude(phone="").values_list("voice", flat=True)
    )
    for each in told:
        Notice.objects.get_or_create(
            voice=each,
            entry=entry.seq,
            defaults={
                "committee": each.committee, "case_no": voice.case_no, "made_at": clock.now(),
                "sentence": says(entry)[:400], "by_phone": each.pk in phones,
            },
        )


@command
def tell(*, by, notice):
    """Enter that the person was told by telephone or in person."""
    require(policies.may_tell(by, notice))
    notice.told_at, notice.told_by = clock.now(), by
    notice.save(update_fields=["told_at", "told_by"])
    record(events.NoticeTold(), about=notice, by=by)
