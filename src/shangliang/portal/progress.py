"""What the holder of a receipt reads: where the matter stands, what may be done now, and what is kept of them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..cases import thread
from ..cases.models import Case
from ..files.queries import of as files_of
from ..journal.models import Entry, PersonalValue
from ..journal.queries import public_timeline
from ..notifications.models import Notice
from ..outcomes import policies as outcome_policies
from ..outcomes.models import Rating
from ..people.actors import ReceiptHolder
from ..rules.queries import explain_all, tone
from ..shared import sealed
from ..shared.lifecycle import verbs_from
from ..tasks.models import Task
from ..voices import policies
from ..voices.models import Contact, Voice

S = Voice.State
#: Title and sentence of each state, for the person who waits.
SAYS = {
    S.RECEIVED: (_("已经收到"), _("您反映的事已经记下，马上转给负责的联络员。")),
    S.SCREENING: (_("正在审看"), _("联络员正在看这件事，会在下面的日子以前告诉您怎么办。")),
    S.NEED_INFO: (_("请您补充一下"), _("还差一点情况才好办。补充以后接着算时间。")),
    S.ANSWERED: (_("已经答复"), _("这是给您的答复。满意不满意，请说一声。")),
    S.REFERRED: (_("已经转给负责的单位"), _("负责的单位正在办，有了结果会写在这里。")),
    S.TOPIC: (_("已经列为协商议题"), _("这件事要请大家坐下来商量，走到哪一步看下面的灯。")),
    S.INFO: (_("已经作为社情民意上报"), _("有了回音会写在这里。")),
    S.MERGED: (_("和别人反映的是同一件事"), _("两件并成一件一起办，进展一样告诉您。")),
    S.GUIDED: (_("这件事另有地方办"), _("下面写着该找谁、怎么找。")),
    S.NOT_ACCEPTED: (_("这里不能受理"), _("下面写着为什么，以及可以找谁。")),
    S.RESULT: (_("有结果了"), _("事情办得怎么样，请您评一评。")),
    S.CONFIRMED: (_("您已经评价"), _("谢谢您。")),
    S.CLOSED: (_("已经办结"), _("这件事办完了。要是又坏了，可以要求再办一次。")),
    S.REOPENED: (_("正在再次办理"), _("按您的要求重新看这件事。")),
}
CLOCKS = {"voice.screen": _("最晚什么时候告诉您怎么办"), "voice.evaluate": _("请在这一天以前评价")}


@dataclass
class Progress:
    """The receipt's own page; ``lead`` is the voice that is followed: this one, or the one it was merged into."""

    voice: Voice
    lead: Voice
    title: str
    sentence: str
    steps: list
    clock: dict | None
    duties: list
    notices: list
    ratings: list
    verbs: set

    @property
    def case_is_public(self) -> bool:
        """Whether there is a public page to lead to."""
        return self.lead.case.state == "published"


def read(voice: Voice, today) -> Progress:
    """The page of a receipt in seven queries."""
    lead = voice.merged_into or voice
    title, sentence = SAYS.get(voice.state, (voice.get_state_display(), ""))
    tasks = Task.objects.filter(case=lead.case).exclude(state=Task.State.REASSIGNED)
    tasks = list(tasks.select_related("unit", "deadline").order_by("pk"))
    own = [lead.deadline] if lead.deadline and lead.deadline.ended_on is None else []
    explained = explain_all(own + [task.deadline for task in tasks])
    return Progress(
        voice=voice,
        lead=lead,
        title=title,
        sentence=sentence,
        steps=_steps(lead),
        clock=_clock(own[0], explained, today) if own else None,
        duties=[
            {"task": task, "tone": tone(task.deadline, today, soon=today), "rows": explained[task.deadline_id]}
            for task in tasks
        ],
        notices=list(Notice.objects.filter(voice=voice).order_by("-made_at", "-pk")),
        ratings=list(Rating.objects.filter(voice=voice).order_by("round")),
        verbs=verbs(voice),
    )


def _steps(lead) -> list:
    """The lane of lamps; none where the matter goes elsewhere, a short one where it was answered at once."""
    if lead.state in (S.GUIDED, S.NOT_ACCEPTED):
        return []
    stage = Case.Stage.RESULT if lead.state == S.ANSWERED else lead.case.stage
    return thread.steps(stage, public_timeline(lead.case.no))


def _clock(deadline, explained, today) -> dict:
    return {
        "label": CLOCKS.get(deadline.key, _("期限")), "due": deadline.due_on,
        "tone": tone(deadline, today, soon=today), "rows": explained[deadline.pk],
    }


def verbs(voice: Voice) -> set[str]:
    """What the holder may do now: the life cycle's verbs that the policies allow, and erasing, once."""
    by = ReceiptHolder(voice.pk)
    judges = {
        "supplement": policies.may_supplement, "confirm": outcome_policies.may_rate, "reopen": policies.may_reopen,
    }
    allowed = {verb for verb in verbs_from(voice) if verb in judges and judges[verb](by, voice)}
    return allowed | ({"erase_person"} if voice.erased_on is None else set())


def kept(voice: Voice) -> dict:
    """Everything kept of the person who raised the voice (PIPL art. 45), for them to take away."""
    contact = Contact.objects.filter(voice=voice).first()
    key = settings.CONTACT_KEY
    return {
        "case": voice.case.no,
        "received_at": voice.reported_at,
        "channel": str(voice.get_channel_display()),
        "text": voice.text,
        "place": voice.venue.full_name if voice.venue else voice.region.full_name,
        "place_note": voice.place_note,
        "name": sealed.unseal(key, contact.name) if contact else "",
        "phone": sealed.unseal(key, contact.phone) if contact else "",
        "photos": [
            {"sha256": each.sha256, "bytes": each.size, "public": each.is_public} for each in files_of(voice)
        ],
        "state": str(voice.get_state_display()),
        "told": voice.outcome_words,
        "result": voice.result_words,
        "ratings": [
            {"at": each.rated_at, "value": str(each.get_value_display()), "comment": each.comment}
            for each in Rating.objects.filter(voice=voice).order_by("round")
        ],
        "notices": [
            {"at": each.made_at, "says": each.sentence} for each in Notice.objects.filter(voice=voice)
        ],
        "journal": _journal(voice),
        "erased_on": voice.erased_on,
    }


def _journal(voice) -> list[dict]:
    """The entries about this voice with the personal values behind their commitments."""
    entries = Entry.objects.filter(subject="voices.voice", subject_id=voice.pk).order_by("seq")
    values: dict[int, dict] = {}
    rows = PersonalValue.objects.filter(entry__subject="voices.voice", entry__subject_id=voice.pk)
    for entry, field, value in rows.values_list("entry_id", "field", "value"):
        values.setdefault(entry, {})[field] = value
    return [
        {"entry": each.seq, "at": each.at, "event": each.event, "by": each.actor_role, "why": each.why,
         "values": values.get(each.seq, {})}
        for each in entries
    ]
