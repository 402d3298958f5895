"""What can happen to a voice."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event(
    "voices.received", says=_("收到反映：%(text)s"), personal=("text", "place_note"), stage="voice",
)
class VoiceReceived:
    """A matter was raised and its receipt code given out; ``raised_at`` is set when it was raised elsewhere before."""

    channel: str
    text: str
    place_note: str
    on_behalf: bool
    photos: int
    raised_at: str = ""


@event("voices.screening_begun", says=_("已收到群众反映，开始审看"), public=True, stage="voice")
class VoiceScreeningBegun:
    """The voice waits at the desk of the liaison of its place, with a clock running."""


@event("voices.info_asked", says=_("请反映人补充：%(question)s"), personal=("question",), tone="waiting")
class VoiceInfoAsked:
    """The liaison needs to know more; the clock stands still meanwhile."""

    question: str


@event("voices.supplemented", says=_("反映人补充：%(text)s"), personal=("text",))
class VoiceSupplemented:
    """The person who raised the voice added to it."""

    text: str


@event(
    "voices.screened", says=_("审看结论：%(outcome)s。%(words)s"), personal=("words",), stage="voice",
    tone="info",
)
class VoiceScreened:
    """The voice was answered, referred, guided, turned into information or not accepted, with a reason."""

    outcome: str
    code: str
    words: str


@event("voices.made_topic", says=_("转为议题，准备协商"), public=True, stage="topic", tone="info")
class VoiceMadeTopic:
    """The voice became a source of a topic."""


@event("voices.returned", says=_("议题未成立，回到审看"), tone="waiting", stage="voice")
class VoiceReturned:
    """The topic was declined; the voice is screened again and its proposer told why."""


@event("voices.merged", says=_("归并到 %(into)s，进展同步告知"), tone="info")
class VoiceMerged:
    """The voice follows another one that tells of the same matter; its proposer stays on notice."""

    into: str


@event(
    "voices.result_given", says=_("结果：%(words)s"), public=True, stage="result", tone="done",
)
class VoiceResultGiven:
    """The person was told the result in plain words."""

    words: str


@event("voices.rated", says=_("反映人作出评价"), stage="rating")
class VoiceConfirmed:
    """The person who raised the voice said whether the result is good."""


@event("voices.closed", says=_("民声办结：%(how)s"), public=True, tone="done")
class VoiceClosed:
    """The voice ended, rated or unrated; silence is not counted as satisfaction."""

    how: str


@event("voices.worked_again", says=_("因不满意，重新办理"), public=True, stage="task", tone="waiting")
class VoiceWorkedAgain:
    """The person was not satisfied; the unit works on it again and a new result will be told."""


@event("voices.reopened", says=_("再次办理"), personal=("reason",), public=True, stage="voice", tone="waiting")
class VoiceReopened:
    """The matter is taken up again because the result did not hold or did not satisfy."""

    reason: str


@event("voices.contact_read", says=_("查看联系方式"), tone="waiting")
class ContactRead:
    """Somebody of staff read the contact data of the person, for the reason stated."""


@event("voices.contact_expired", says=_("保存期满，联系方式已删除"))
class ContactExpired:
    """The months for which contact data may be kept after the matter ended are over (PIPL art. 19)."""


@event("voices.person_erased", says=_("个人信息已删除（%(values)s 项）"), tone="stopped")
class PersonErased:
    """The personal data of the person was erased from the record; the chain of the journal still holds."""

    values: int
