"""The records behind a brief: whether they may be its sources, where they are, and voices that go on as information."""

from django.utils.translation import gettext as _

from ..shared.refusals import Refused, require
from ..voices.commands import turn_to_info
from ..voices.models import Voice
from ..voices.policies import may_turn_to_info
from .models import BriefSource
from .queries import readable_sources


def check_sources(by, sources) -> None:
    """Raise Refused for a record that the actor may not read, and for a voice that went another way."""
    for source in sources:
        name = source._meta.model_name
        if name not in BriefSource.FIELDS:
            raise TypeError(f"a brief cannot come from a {name}")
        reached = readable_sources(by, name).filter(pk=source.pk).exists()
        require(reached, _("找不到这个来源，或不在您的职责范围内。"), field=name)
        if isinstance(source, Voice) and source.state not in Voice.SCREENABLE | {Voice.State.INFO}:
            words = _("这条民声现在是“%(state)s”，不能再转为社情民意信息。")
            raise Refused(words % {"state": source.get_state_display()}, field=name)


def place_of(source):
    """Where the matter is, as far as the source knows."""
    if getattr(source, "region", None):
        return source.region
    salon = getattr(source, "salon", None)
    return salon.venue.region if salon and salon.venue_id else None


def take_voices(by, brief, told="") -> None:
    """Voices behind the brief that are still being screened become information, by whoever may screen them."""
    rows = Voice.objects.filter(brief_sources__brief=brief, state__in=Voice.SCREENABLE)
    for voice in rows.select_related("case", "region", "deadline"):
        if may_turn_to_info(by, voice):
            words = told.strip() or _("已写成社情民意信息，报上去以后有了回音会告诉您。")
            turn_to_info(by=by, voice=voice, words=words)
