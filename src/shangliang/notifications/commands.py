"""Making notices and entering that they reached the person."""

from django.utils.translation import gettext as _

from ..journal.models import Entry
from ..journal.queries import says
from ..journal.record import command, record
from ..shared import clock
from ..shared.refusals import require
from ..voices.models import Contact
from . import events, policies
from .models import Notice

#: Events whose reason the person reads with them (domain.md 10: "reason told to the proposer").
WITH_REASON = frozenset(
    {
        "topics.declined", "topics.withdrawn", "consultations.cancelled", "agreements.not_adopted",
        "agreements.adopted_part", "tasks.extension_granted",
    }
)


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
                "sentence": _sentence(entry), "by_phone": each.pk in phones,
            },
        )


def _sentence(entry) -> str:
    told = says(entry)
    return (f"{told}：{entry.why}" if entry.event in WITH_REASON and entry.why else told)[:400]


@command
def forget(*, by, voice):
    """Say the notices of an erased person again without what was erased; nobody is to be telephoned any more."""
    notices = Notice.objects.filter(voice=voice)
    entries = Entry.objects.in_bulk([notice.entry for notice in notices])
    for notice in notices:
        notice.sentence, notice.by_phone = _sentence(entries[notice.entry]), False
        notice.save(update_fields=["sentence", "by_phone"])


@command
def tell(*, by, notice):
    """Enter that the person was told by telephone or in person."""
    require(policies.may_tell(by, notice))
    require(notice.told_at is None, _("已经有人告知过本人了。"))
    notice.told_at, notice.told_by = clock.now(), by
    notice.save(update_fields=["told_at", "told_by"])
    record(events.NoticeTold(), about=notice, by=by)
