"""Appeals on a line of a duty file, and schemes of scoring that are tried before anybody is touched by them."""

from django.utils.translation import gettext as _

from ..journal import once
from ..journal.record import as_stored, command, record
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import require
from . import events, policies
from .lines import KINDS
from .models import Addition, Appeal, Scheme, SchemeRule
from .queries import line_of


@command
def appeal(*, by, committee, year, words, line="", key=""):
    """Say that a line of the own file is wrong (``line`` is its key), or that something is missing.

    Raises Refused for a line that is not in the file of that year, and for a second open appeal on the same one.
    """
    require(policies.may_appeal(by))
    words = words.strip()
    body = ["appeal", year, line, words]
    made = once.made(key, body, Appeal)
    if made:
        return made
    require(words, _("请写哪里不对，或者少了什么。"), field="words")
    require(2000 <= year <= clock.today().year, _("没有这一年的档案。"), field="year")
    found = line_of(by.member, year, line) if line else None
    require(not line or found, _("您的档案里没有这一条。"), field="line")
    waiting = Appeal.objects.filter(member=by.member, line=line, state=Appeal.State.RAISED)
    require(not line or not waiting.exists(), _("这一条已经提过意见，正在等答复。"), field="line")
    raised = Appeal.objects.create(
        committee=committee, member=by.member, year=year, line=line, line_words=found.words[:200] if found else "",
        words=words, raised_on=clock.today(), raised_by=by,
    )
    record(events.DutyAppealed(year=year, line=line, words=words), about=raised, by=by)
    if key:
        once.remember(key, body, raised)
    return raised


@command
def uphold(*, by, appeal, words, on=None, added="", proof=""):
    """Agree: a wrong line no longer counts; what was missing is added with its day and its proof.

    Something missing cannot be agreed to without all three of ``on``, ``added`` and ``proof``: a duty file holds no
    line that nothing proves.
    """
    require(policies.may_uphold(by, appeal))
    require(words.strip(), _("请写明理由。"), field="words")
    if not appeal.line:
        require(added.strip(), _("请写补上什么。"), field="added")
        require(proof.strip(), _("请写凭据：哪份文件、哪张照片、谁能证明。"), field="proof")
        require(on and on.year == appeal.year and on <= clock.today(), _("日期要在这一年里，不能在将来。"), field="on")
    moved = move(appeal, "uphold", decision=words.strip(), decided_on=clock.today())
    if not appeal.line:
        Addition.objects.create(
            committee=appeal.committee, appeal=appeal, member=appeal.member, on=on, words=added.strip(),
            proof=proof.strip(),
        )
    told = events.DutyUpheld(words=words.strip(), added=added.strip())
    record(told, about=appeal, by=by, moved=moved)


@command
def deny(*, by, appeal, words):
    """Do not agree, and say why."""
    require(policies.may_deny(by, appeal))
    require(words.strip(), _("请写明理由。"), field="words")
    moved = move(appeal, "deny", decision=words.strip(), decided_on=clock.today())
    record(events.DutyDenied(words=words.strip()), about=appeal, by=by, moved=moved)


@command
def withdraw(*, by, appeal):
    """Take an appeal back."""
    require(policies.may_withdraw(by, appeal))
    moved = move(appeal, "withdraw")
    record(events.DutyWithdrawn(), about=appeal, by=by, moved=moved)


@command
def draft_scheme(*, by, committee, name, year, key=""):
    """Begin a scheme of scoring; it gives nobody anything until it is used, which the rules forbid by default."""
    require(policies.may_keep_schemes(by, committee))
    body = ["scheme", name, year]
    made = once.made(key, body, Scheme)
    if made:
        return made
    require(name.strip(), _("请写名称。"), field="name")
    scheme = Scheme.objects.create(committee=committee, name=name.strip(), year=year)
    record(events.SchemeDrafted(name=scheme.name, year=year), about=scheme, by=by)
    if key:
        once.remember(key, body, scheme)
    return scheme


@command
def set_rule(*, by, scheme, kind, value, cap=None):
    """Set what one line of a kind is worth, and the most that a year gives for that kind."""
    require(policies.may_set_rule(by, scheme))
    require(kind in KINDS, _("请选择一种履职内容。"), field="kind")
    require(value >= 0, _("分值不能是负数。"), field="value")
    require(cap is None or cap >= value, _("全年上限不能低于一次的分值。"), field="cap")
    moved = move(scheme, "set_rule")
    SchemeRule.objects.update_or_create(
        scheme=scheme, kind=kind, defaults={"committee": scheme.committee, "value": value, "cap": cap}
    )
    title = as_stored(KINDS[kind].title)
    told = events.SchemeRuled(kind=title, value=str(value), cap="—" if cap is None else str(cap))
    record(told, about=scheme, by=by, moved=moved)


@command
def use(*, by, scheme):
    """Take a scheme in use; refused while the committee's rules leave scoring off, as they do by default."""
    require(policies.may_use(by, scheme))
    other = Scheme.objects.filter(committee=scheme.committee, year=scheme.year, state=Scheme.State.IN_USE)
    require(not other.exists(), _("这一年已有一套在用，请先停用它。"))
    require(scheme.rules.exists(), _("还没有定规则。"))
    moved = move(scheme, "use")
    record(events.SchemeUsed(), about=scheme, by=by, moved=moved)


@command
def retire(*, by, scheme):
    """Stop using a scheme."""
    require(policies.may_retire(by, scheme))
    moved = move(scheme, "retire")
    record(events.SchemeRetired(), about=scheme, by=by, moved=moved)
