"""The office's steps: take a brief up, word it beside the original, send it back, keep it, sign it."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..measures import check
from ..sources import take_voices


@command
def take_edit(*, by, brief):
    """Take the brief up; the edited wording starts from the original."""
    require(policies.may_take_edit(by, brief))
    moved = move(
        brief, "take_edit", changed_at=clock.now(), edited_title=brief.title, edited_situation=brief.situation,
        edited_analysis=brief.analysis, edited_advice=brief.advice,
    )
    record(events.BriefEditBegun(), about=brief, by=by, moved=moved)
    take_voices(by, brief)


@command
def edit(*, by, brief, title, situation, advice, analysis=""):
    """Change the office's wording, which holds no personal data; the author's stays beside it."""
    require(policies.may_edit(by, brief))
    characters = check(brief.committee_id, title, situation, analysis, advice)
    refuse_personal(situation=situation, analysis=analysis, advice=advice)
    moved = move(
        brief, "edit", edited_title=title.strip(), edited_situation=situation.strip(),
        edited_analysis=analysis.strip(), edited_advice=advice.strip(),
    )
    record(events.BriefEdited(characters=characters), about=brief, by=by, moved=moved)


@command
def send_back(*, by, brief, words):
    """Return the brief to its author with what is missing; what the office worded is laid aside."""
    require(policies.may_send_back(by, brief))
    require(words.strip(), _("请写明需要补什么。"), field="words")
    moved = move(
        brief, "send_back", back_words=words.strip(), changed_at=clock.now(), edited_title="", edited_situation="",
        edited_analysis="", edited_advice="",
    )
    record(events.BriefSentBack(words=words.strip()), about=brief, by=by, moved=moved)


@command
def keep(*, by, brief, words):
    """Keep the brief, before it was sent or because nobody above used it; the author reads why."""
    require(policies.may_keep(by, brief))
    require(words.strip(), _("请写明为什么留存，作者会看到。"), field="words")
    moved = move(brief, "keep", back_words=words.strip(), changed_at=clock.now())
    record(events.BriefKept(), about=brief, by=by, why=words.strip(), moved=moved)


@command
def sign(*, by, brief, post):
    """Sign the edited wording, by post; words that go up and into print hold no personal data."""
    require(policies.may_sign(by, brief))
    require(post.strip(), _("请写签发人的职务。"), field="post")
    require(brief.edited_situation and brief.edited_advice, _("还没有编辑稿，不能签发。"))
    refuse_personal(post=" ".join(
        (brief.edited_title, brief.edited_situation, brief.edited_analysis, brief.edited_advice)
    ))
    moved = move(brief, "sign", signed_on=clock.today(), signer=post.strip(), changed_at=clock.now())
    record(events.BriefSigned(post=brief.signer), about=brief, by=by, moved=moved)
