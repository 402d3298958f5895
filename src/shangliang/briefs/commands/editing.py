"""The office's steps: take a brief up, edit it beside the original, send it back, sign it."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal.record import command, record
from ...shared import clock
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..measures import PARTS, characters, plain, refuse_longer


def news() -> dict:
    """What a step that concerns the author stores besides: it is unheard of until the author says so."""
    return {"unheard": True, "news_on": clock.today()}


@command
def take_edit(*, by, brief):
    """Take the brief up for editing."""
    require(policies.may_take_edit(by, brief))
    moved = move(brief, "take_edit", **news())
    record(events.BriefEditBegun(), about=brief, by=by, moved=moved)


@command
def edit(*, by, brief, title, situation, analysis, advice):
    """Write the edited text, which stands beside the original; without personal data and within one sheet."""
    require(policies.may_edit(by, brief))
    texts = dict(zip(PARTS, map(plain, (situation, analysis, advice)), strict=True))
    require(title.strip(), _("请写题目。"), field="title")
    for name, text in texts.items():
        require(text, _("三部分都要有。"), field=name)
    refuse_longer(brief.committee_id, **texts)
    refuse_personal(title=title, **texts)
    edited = {f"edited_{name}": text for name, text in texts.items()}
    moved = move(brief, "edit", edited_on=clock.today(), edited_title=title.strip(), **edited)
    done = events.BriefEdited(title=brief.edited_title, characters=characters(*texts.values()))
    record(done, about=brief, by=by, moved=moved)


@command
def send_back(*, by, brief, why):
    """Return the brief to its author, who may write it anew; what was edited is laid aside."""
    require(policies.may_send_back(by, brief))
    require(why.strip(), _("请写明需要改什么，作者会看到。"), field="why")
    empty = dict.fromkeys(("edited_title", *(f"edited_{name}" for name in PARTS)), "")
    moved = move(brief, "send_back", returned_why=why.strip(), edited_on=None, **empty, **news())
    record(events.BriefSentBack(), about=brief, by=by, why=why, moved=moved)


@command
def sign(*, by, brief, post):
    """Release the edited text; who signs is named by post."""
    require(policies.may_sign(by, brief))
    require(post.strip(), _("请写签发人的职务。"), field="post")
    require(brief.is_edited or brief.state != brief.State.EDITING, _("还没有编辑好的文稿，不能签发。"))
    moved = move(brief, "sign", signed_on=clock.today(), signer_post=post.strip(), **news())
    record(events.BriefSigned(post=brief.signer_post), about=brief, by=by, moved=moved)
